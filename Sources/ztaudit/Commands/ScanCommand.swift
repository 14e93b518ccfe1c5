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

    @Option(
        help: ArgumentHelp("Keep the snapshot at this path; --redact leaves it as it is.", valueName: "file")
    )
    var snapshot: String?

    @Option(
        help: ArgumentHelp("Earlier snapshot: report who gets in now and did not get in then.", valueName: "snapshot")
    )
    var previous: String?

    @OptionGroup var collection: CollectionOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var reporting: ReportingOptions
    @OptionGroup var redaction: RedactionOptions
    @OptionGroup var github: GitHubOptions
    @OptionGroup var gate: GateOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var file: ConfigurationOptions
    @OptionGroup var logging: LoggingOptions

    mutating func run() async throws {
        // Whatever is wrong with rules or paths is said before the API is asked.
        let audit = try AuditPlan(
            rules,
            gate,
            reporting,
            redaction,
            file,
            previous: previous,
            asOf: time.asOf,
            logging: logging
        )
        if let snapshot { try audit.checkSnapshotPath(snapshot) }
        try audit.checkPaths(keeping: snapshot)
        let command = self
        let status: Int32
        if let snapshot {
            status = try await CollectionRun.interruptible(to: snapshot) {
                try await command.scan(to: snapshot, audit)
            }
        } else {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            // A partial snapshot in a folder that goes away is not worth a word.
            status = try await Interruption.cancelling {
                try await command.scan(to: folder.path("snapshot.ztaudit"), audit)
            }
        }
        throw ExitCode(status)
    }

    private func scan(to path: String, _ audit: AuditPlan) async throws -> Int32 {
        let run = try CollectionRun(
            connection: connection,
            environment: ProcessInfo.processInfo.environment,
            collection: collection,
            configuration: audit.configuration,
            logging: logging,
            resumes: false
        )
        let outcome = try await run.collect(to: path)
        let result = try audit.evaluate(outcome.path)
        // Cancelling makes queries end early, which looks like rules that broke.
        try Task.checkCancellation()
        return try audit.finish(result, of: outcome.path, github)
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

    @Option(
        help: ArgumentHelp("Earlier snapshot: report who gets in now and did not get in then.", valueName: "snapshot")
    )
    var previous: String?

    @OptionGroup var reporting: ReportingOptions
    @OptionGroup var redaction: RedactionOptions
    @OptionGroup var github: GitHubOptions
    @OptionGroup var gate: GateOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var file: ConfigurationOptions
    @OptionGroup var logging: LoggingOptions

    mutating func run() throws {
        let audit = try AuditPlan(
            rules,
            gate,
            reporting,
            redaction,
            file,
            previous: previous,
            asOf: time.asOf,
            logging: logging
        )
        try audit.checkPaths(keeping: snapshot)
        throw ExitCode(try audit.finish(try audit.evaluate(snapshot), of: snapshot, github))
    }
}
