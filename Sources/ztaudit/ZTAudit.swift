import ArgumentParser
import Foundation
import RuleEngine

/// The command `ztaudit`.
@main
struct ZTAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ztaudit",
        abstract: "Audits whether a Cloudflare Zero Trust setup really keeps people out.",
        discussion: """
            Exit status: 0 no finding at or above --fail-on; 1 there is one; 2 the audit could not be done or is \
            incomplete; 64 wrong usage.
            """,
        version: Version.current,
        subcommands: [
            ScanCommand.self, CollectCommand.self, AuditCommand.self, ReportCommand.self, TemplatesCommand.self,
            BaselineCommand.self, VerifyCommand.self, RulesCommand.self, ExplainCommand.self, QueryCommand.self,
            SchemaCommand.self, SnapshotCommand.self, ConfigCommand.self, DemoCommand.self,
        ]
    )

    /// Runs the command and maps how it ended to an exit status: ArgumentParser would answer 1 to any error.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        // Beyond RLIMIT_FSIZE a write then fails, as on a full disk, instead of ending the program with a core dump.
        signal(SIGXFSZ, SIG_IGN)
        var command: any ParsableCommand
        do {
            command = try parseAsRoot()
        } catch {
            exit(withError: error)
        }
        do {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(withError: status)
        } catch is CancellationError {
            Console.error("interrupted; no document was written.")
            Foundation.exit(ExitStatus.failed)
        } catch let errors as RuleFileErrors {
            for error in errors.errors { Console.error(error.description) }
            Foundation.exit(ExitStatus.failed)
        } catch {
            // ArgumentParser's own, such as a request for help, whose type is not public: it alone knows what to say.
            guard exitCode(for: error) == .failure else { exit(withError: error) }
            Console.error("\(error)")
            Foundation.exit(ExitStatus.failed)
        }
    }
}

/// The version of this program.
enum Version {
    static let current = "0.1.0"
}

/// The exit statuses beside 64, which ArgumentParser gives to wrong usage.
enum ExitStatus {
    static let clean: Int32 = 0
    static let findings: Int32 = 1
    /// The audit could not be done, or is incomplete.
    static let failed: Int32 = 2
}
