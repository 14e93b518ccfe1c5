import AuditModel
import CloudflareAPI
import Collecting
import Foundation
import RuleEngine

/// The collecting part of `scan`, `collect` and `demo`.
struct CollectionRun: Sendable {
    let client: CloudflareClientConfiguration
    let accountIDs: [String]
    var include: Set<String> = []
    var resumes = false
    let logging: LoggingOptions

    /// A run with the connection that options and environment describe.
    init(
        connection: ConnectionOptions,
        environment: [String: String],
        collection: CollectionOptions,
        configuration: ConfigurationFile?,
        logging: LoggingOptions,
        resumes: Bool
    ) throws {
        client = try connection.clientConfiguration(environment, configuration)
        accountIDs = connection.accountIDs(environment, configuration).value
        include = Set(collection.optionalKinds(configuration).value)
        self.resumes = resumes
        self.logging = logging
    }

    /// A run with a client's configuration, over every account that the token sees.
    init(client: CloudflareClientConfiguration, include: Set<String>, logging: LoggingOptions) {
        self.client = client
        accountIDs = []
        self.include = include
        self.logging = logging
    }

    /// Collects a snapshot.
    func collect(to path: String) async throws -> CollectionOutcome {
        try OutputFiles.checkSnapshot(path)
        let outcome = try await withCollector { try await $0.collect(request(path: path)) }
        if outcome.path != path {
            Console.note(
                "ztaudit: not everything could be read, so the earlier snapshot at \(path) stays; this one is at \(outcome.path)"
            )
        }
        return outcome
    }

    /// Finds out what the token may read.
    func check() async throws -> Preflight {
        try await withCollector { try await $0.check(request(path: "")) }
    }

    private func withCollector<Value: Sendable>(_ body: (Collector) async throws -> Value) async throws -> Value {
        let display = logging.progressDisplay()
        defer { display.end() }
        var configuration = client
        configuration.onWait = { display.wait($0) }
        return try await CloudflareClient.withClient(configuration, logger: logging.logger("cloudflare")) { client in
            try await body(Collector(client: client) { display.show($0) })
        }
    }

    private func request(path: String) -> CollectionRequest {
        var usesGlobalKey = false
        if case .globalKey = client.credentials { usesGlobalKey = true }
        return CollectionRequest(
            accountIDs: accountIDs,
            path: path,
            toolVersion: Version.current,
            apiBase: client.baseURL.absoluteString,
            usesGlobalKey: usesGlobalKey,
            width: client.concurrency,
            include: include,
            resumes: resumes,
            now: { UTCTimestamp.now.wholeSeconds }
        )
    }

    /// Lets a signal end `work`, which collects, in order, and says what is left of the snapshot then.
    ///
    /// - Parameters:
    ///   - path: Path of the snapshot that `work` makes.
    ///   - work: Everything up to the end of the command, so that its temporary files are removed too.
    /// - Returns: What `work` returns.
    /// - Throws: What `work` throws; ``InputError`` or `CancellationError` after a signal.
    static func interruptible<Value: Sendable>(
        to path: String,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await Interruption.cancelling(work)
        } catch is CancellationError {
            guard FileManager.default.fileExists(atPath: path + ".partial") else { throw CancellationError() }
            throw InputError(
                path: path + ".partial",
                problem: "the collection was interrupted; this file holds what was read so far, marked partial",
                remedy: "Go on with 'ztaudit collect --resume --output \(path)', or run the command again"
            )
        }
    }
}
