import ArgumentParser
import AuditModel
import CloudflareAPI
import Collecting
import Foundation

/// `ztaudit collect`.
struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: "Read an account into a snapshot, without auditing it.")

    @Option(help: ArgumentHelp("Path of the snapshot.", valueName: "file"))
    var output: String

    @Flag(help: "Exit with status 0 although some data could not be read.")
    var allowIncomplete = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var logging: LoggingOptions

    mutating func run() async throws {
        let coverage = try await Collection.run(to: output, connection: connection, logging: logging)
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
    /// Collects a snapshot; a signal ends it in order.
    static func run(
        to path: String, connection: ConnectionOptions, logging: LoggingOptions
    ) async throws -> [CoverageEntry] {
        let environment = ProcessInfo.processInfo.environment
        return try await run(
            to: path, client: try connection.clientConfiguration(environment),
            accountIDs: connection.accountIDs(environment), logging: logging
        )
    }

    /// Collects a snapshot with a client's configuration.
    static func run(
        to path: String, client configuration: CloudflareClientConfiguration, accountIDs: [String],
        logging: LoggingOptions
    ) async throws -> [CoverageEntry] {
        try OutputFiles.check(path)
        var usesGlobalKey = false
        if case .globalKey = configuration.credentials { usesGlobalKey = true }
        let request = CollectionRequest(
            accountIDs: accountIDs, path: path, toolVersion: Version.current,
            apiBase: configuration.baseURL.absoluteString, usesGlobalKey: usesGlobalKey,
            width: configuration.concurrency, now: { UTCTimestamp.now.wholeSeconds }
        )
        let (logger, progress) = (logging.logger("cloudflare"), logging.progress())
        do {
            return try await Interruption.cancelling {
                try await CloudflareClient.withClient(configuration, logger: logger) { client in
                    try await Collector(client: client, report: progress).collect(request)
                }
            }
        } catch is CancellationError {
            if FileManager.default.fileExists(atPath: path + ".partial") {
                throw InputError(
                    path: path + ".partial", problem: "the collection was interrupted; this file holds what was read so far, marked partial",
                    remedy: "Run the command again for a whole snapshot"
                )
            }
            throw CancellationError()
        }
    }
}
