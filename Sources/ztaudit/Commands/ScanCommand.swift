import ArgumentParser
import AuditModel
import Collecting
import Foundation
import RuleEngine
import SnapshotStore

/// `ztaudit scan`.
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Read an account, audit it and write the reports."
    )

    @Option(help: ArgumentHelp("Keep the snapshot at this path.", valueName: "file"))
    var snapshot: String?

    @OptionGroup var collection: CollectionOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var reporting: ReportingOptions
    @OptionGroup var gate: GateOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var logging: LoggingOptions

    mutating func run() async throws {
        // Whatever is wrong with rules or paths is said before the API is asked.
        let pack = try rules.pack()
        try reporting.checkPaths(keeping: snapshot)
        let command = self
        let status: Int32
        if let snapshot {
            status = try await CollectionRun.interruptible(to: snapshot) {
                try await command.scan(to: snapshot, pack: pack)
            }
        } else {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            // A partial snapshot in a folder that goes away is not worth a word.
            status = try await Interruption.cancelling {
                try await command.scan(to: folder.path("snapshot.ztaudit"), pack: pack)
            }
        }
        throw ExitCode(status)
    }

    private func scan(to path: String, pack: RulePack) async throws -> Int32 {
        let run = try CollectionRun(
            connection: connection,
            environment: ProcessInfo.processInfo.environment,
            collection: collection,
            logging: logging,
            resumes: false
        )
        let outcome = try await run.collect(to: path)
        let result = try Auditing.evaluate(outcome.path, pack: pack, asOf: time.asOf)
        // Cancelling makes queries end early, which looks like rules that broke.
        try Task.checkCancellation()
        try reporting.write(result)
        return gate.status(of: result)
    }
}

/// `ztaudit audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Audit a saved snapshot again, offline."
    )

    @Argument(help: "Snapshot that 'collect' or 'scan --snapshot' wrote.")
    var snapshot: String

    @OptionGroup var reporting: ReportingOptions
    @OptionGroup var gate: GateOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var logging: LoggingOptions

    mutating func run() throws {
        let pack = try rules.pack()
        try reporting.checkPaths(keeping: snapshot)
        let result = try Auditing.evaluate(snapshot, pack: pack, asOf: time.asOf)
        try reporting.write(result)
        throw ExitCode(gate.status(of: result))
    }
}

/// The auditing part of `scan`, `audit` and `demo`.
enum Auditing {
    /// Evaluates rules over a snapshot file, and names the rules that broke.
    static func evaluate(_ path: String, pack: RulePack, asOf: UTCTimestamp?) throws -> AuditResult {
        let snapshot = try Snapshot(path: path)
        let result = try RuleEngine(pack).evaluate(
            snapshot,
            now: asOf ?? UTCTimestamp.now,
            toolVersion: Version.current
        )
        for rule in result.rules where !Task.isCancelled {
            if let error = rule.error { Console.error("rule \(rule.metadata.id) broke: \(error)") }
        }
        return result
    }
}
