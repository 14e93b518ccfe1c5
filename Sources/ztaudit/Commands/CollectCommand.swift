import ArgumentParser
import AuditModel
import Collecting
import Foundation
import RuleEngine
import SnapshotStore

/// `ztaudit collect`.
struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Read an account into a snapshot, without auditing it.",
        discussion: """
            The exit status is 0 when everything asked for was read, or is not available on the account, and 2 otherwise. \
            What was read is kept: go on with --resume, or audit it as it is.
            """
    )

    @Option(help: ArgumentHelp("Path of the snapshot.", valueName: "file"))
    var output: String?

    @Flag(help: "Go on where an interrupted or partial collection to the same path stopped, if there is one.")
    var resume = false

    @Flag(help: "Say what the token may read and which permissions it lacks; collect nothing.")
    var check = false

    @Flag(help: "Print the requests that would be sent; send none.")
    var dryRun = false

    @Flag(help: "Exit with status 0 although some data could not be read.")
    var allowIncomplete = false

    @OptionGroup var collection: CollectionOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var file: ConfigurationOptions
    @OptionGroup var logging: LoggingOptions

    func validate() throws {
        if check, dryRun { throw ValidationError("--check sends requests, --dry-run sends none: give one of them.") }
        guard output == nil else {
            if check || dryRun { throw ValidationError("--check and --dry-run write no --output.") }
            return
        }
        guard check || dryRun else { throw ValidationError("Missing expected argument '--output <file>'") }
        if resume { throw ValidationError("--resume needs --output, to find what was interrupted.") }
    }

    mutating func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let configuration = try file.load()
        if let output { try KeptFile("configuration", configuration?.file)?.check(output, of: "--output") }
        if dryRun { return try printPlan(environment, configuration) }
        let run = try CollectionRun(
            connection: connection,
            environment: environment,
            collection: collection,
            configuration: configuration,
            logging: logging,
            resumes: resume
        )
        if check { throw ExitCode(try await Self.check(run)) }
        try await collect(run, to: output ?? "")
    }

    private func collect(_ run: CollectionRun, to output: String) async throws {
        let outcome = try await CollectionRun.interruptible(to: output) { try await run.collect(to: output) }
        let snapshot = try Snapshot(path: outcome.path)
        // One line for each kind and account, however many zones lack it.
        let missing = CoverageEntry.mergingZones(outcome.coverage).filter { !$0.status.isReliable }
        for entry in missing {
            let account = snapshot.accounts.count > 1 ? snapshot.accounts.first { $0.id == entry.accountID } : nil
            let reason = (entry.reason ?? "no reason given") + (account.map { " (\($0.label))" } ?? "")
            Console.note("ztaudit: \(entry.kind): \(entry.status.rawValue): \(reason)")
        }
        Console.note("ztaudit: wrote \(outcome.path): \(try snapshot.inventory().values.reduce(0, +)) resources")
        if outcome.coverage.contains(where: { $0.status == .failed || $0.status == .partial }) {
            Console.note("ztaudit: the snapshot is marked partial; run the command again with --resume to go on")
        }
        if !missing.isEmpty, !allowIncomplete { throw ExitCode(ExitStatus.failed) }
    }

    private static func check(_ run: CollectionRun) async throws -> Int32 {
        let preflight = try await Interruption.cancelling { try await run.check() }
        try Console.output(PreflightText.render(preflight))
        return preflight.isReady ? ExitStatus.clean : ExitStatus.failed
    }

    private func printPlan(_ environment: [String: String], _ configuration: ConfigurationFile?) throws {
        let requests = try PlannedRequest.all(
            accountIDs: connection.accountIDs(environment, configuration).value,
            include: Set(collection.optionalKinds(configuration).value),
            usesGlobalKey: connection.usesGlobalKey(environment)
        )
        let base = try connection.baseURL(environment).absoluteString
        for planned in requests {
            let request = planned.request.replacing("GET /", with: "GET \(base.hasSuffix("/") ? base : base + "/")")
            try Console.output(request + (planned.repetition.map { "  (\($0))" } ?? "") + "\n")
        }
    }
}
