import ArgumentParser
import AuditModel
import CloudflareAPI
import Collecting
import Foundation

/// `ztaudit collect`.
struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Read an account into a snapshot, without auditing it."
    )

    @Option(help: ArgumentHelp("Path of the snapshot.", valueName: "file"))
    var output: String

    @Flag(help: "Exit with status 0 although some data could not be read.")
    var allowIncomplete = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var logging: LoggingOptions

    mutating func run() async throws {
        let (output, connection, logging) = (output, connection, logging)
        let coverage = try await Collection.interruptible(to: output) {
            try await Collection.run(to: output, connection: connection, logging: logging)
        }
        let missing = coverage.filter { !$0.status.isReliable }
        for entry in missing {
            Console.note("ztaudit: \(entry.kind): \(entry.status.rawValue): \(entry.reason ?? "no reason given")")
        }
        Console.note("ztaudit: wrote \(output): \(coverage.reduce(0) { $0 + $1.rowCount }) resources")
        if !missing.isEmpty, !allowIncomplete { throw ExitCode(ExitStatus.failed) }
    }
}

/// The collecting part of `scan`, `collect` and `demo`.
enum Collection {
    /// Collects a snapshot with the connection that options and environment describe.
    static func run(
        to path: String,
        connection: ConnectionOptions,
        logging: LoggingOptions
    ) async throws -> [CoverageEntry] {
        let environment = ProcessInfo.processInfo.environment
        return try await run(
            to: path,
            client: try connection.clientConfiguration(environment),
            accountIDs: connection.accountIDs(environment),
            logging: logging
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
                remedy: "Run the command again for a whole snapshot"
            )
        }
    }

    /// Collects a snapshot with a client's configuration.
    static func run(
        to path: String,
        client configuration: CloudflareClientConfiguration,
        accountIDs: [String],
        logging: LoggingOptions
    ) async throws -> [CoverageEntry] {
        try OutputFiles.checkSnapshot(path)
        var usesGlobalKey = false
        if case .globalKey = configuration.credentials { usesGlobalKey = true }
        let request = CollectionRequest(
            accountIDs: accountIDs,
            path: path,
            toolVersion: Version.current,
            apiBase: configuration.baseURL.absoluteString,
            usesGlobalKey: usesGlobalKey,
            width: configuration.concurrency,
            now: { UTCTimestamp.now.wholeSeconds }
        )
        let (logger, progress) = (logging.logger("cloudflare"), logging.progress())
        return try await CloudflareClient.withClient(configuration, logger: logger) { client in
            try await Collector(client: client, report: progress).collect(request)
        }
    }
}
