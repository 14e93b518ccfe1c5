import AccessAnalysis
import ArgumentParser
import AuditModel
import JSONModel
import RuleEngine
import SnapshotStore

/// `ztaudit explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell who can get in to an application and why, or what Access answers to one requester.",
        discussion: """
            Without a requester: every way in with what it demands, the weakest first, somebody who gets in by it, and \
            what would close it. With --requester, --email, --idp, --country, --ip or --mfa: the decision about that \
            requester, and what each policy makes of it. Options override what is in the requester's document.

            Exit status: 0 whenever there is an answer, also when it is "unknown"; 2 otherwise.
            """
    )

    /// How the answer looks.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(help: "Snapshot that 'collect' or 'scan --snapshot' wrote.")
    var snapshot: String

    @Option(help: ArgumentHelp("Application: its id, its name, or a URL that it guards.", valueName: "name-or-id"))
    var app: String

    @Option(
        help: ArgumentHelp(
            "Account of the application; needed when several in the snapshot have one of this name.",
            valueName: "id"
        )
    )
    var account: String?

    @OptionGroup var requester: RequesterOptions

    @Option(help: "Form of the answer: text or json.")
    var format: Format = .text

    @OptionGroup var time: TimeOptions
    @OptionGroup var file: ConfigurationOptions

    mutating func run() throws {
        let snapshot = try Snapshot(path: snapshot)
        let (account, application) = try application(in: snapshot)
        let gaps = ConfigurationGaps.entries(of: snapshot, accountID: account.id)
        let text = ExplanationText(application: application, gaps: gaps)
        if let requester = try requester.resolved(in: account) {
            guard let decision = account.decision(for: requester, applicationID: application.id) else { return }
            switch format {
            case .text: try Console.output(text.text(of: decision, requester: account.describe(requester)))
            case .json: try output(decision.document, gaps)
            }
        } else {
            guard let analysis = account.analysis(of: application.id) else { return }
            switch format {
            case .text:
                try Console.output(text.text(of: analysis, witness: analysis.reach.witness.map(account.describe)))
            case .json:
                try output(analysis.document(destinations: application.destinations), gaps)
            }
        }
    }

    private func output(_ document: JSONValue, _ gaps: [CoverageEntry]) throws {
        var members = document.objectValue ?? [:]
        members["gaps"] = .array(
            gaps.map { gap in
                [
                    "kind": .string(gap.kind), "status": .string(gap.status.rawValue),
                    "permission": .string(gap.permission),
                ]
            }
        )
        try Console.output(try TerminalJSON.text(of: JSONValue.object(members)))
    }

    /// The accounts in which the application may be.
    private func accounts(in snapshot: Snapshot) throws -> [Account] {
        guard let account else { return snapshot.accounts }
        let accounts = snapshot.accounts.filter { $0.id == account }
        guard accounts.isEmpty else { return accounts }
        let list = snapshot.accounts.prefix(8).map { "\($0.id) (\"\($0.label)\")" }.joined(separator: ", ")
        throw InputError(
            path: "--account '\(account)'",
            problem: "is not in the snapshot",
            remedy: list.isEmpty ? "The snapshot has no account" : "There is \(list)"
        )
    }

    private func application(
        in snapshot: Snapshot
    ) throws -> (account: AccountAnalysis, application: AccountAnalysis.Application) {
        var found: [(account: AccountAnalysis, application: AccountAnalysis.Application)] = []
        var nearest: [AccountAnalysis.Application] = []
        let context = try file.load()?.context ?? AuditContext()
        for account in try accounts(in: snapshot) {
            let analysis = try AccountAnalysis(
                of: snapshot,
                accountID: account.id,
                at: time.asOf ?? UTCTimestamp.now,
                publicMailDomains: context.publicMailDomains
            )
            switch analysis.application(named: app) {
            case .found(let application): found.append((analysis, application))
            case .ambiguous(let applications): found += applications.map { (analysis, $0) }
            case .notFound(let applications): nearest += applications
            }
        }
        if let first = found.first, found.count == 1 { return first }
        guard found.isEmpty else {
            throw InputError(
                path: "--app '\(app)'",
                problem: "more than one application is meant: \(Self.list(found.map(\.application)))",
                remedy: "Give the id"
            )
        }
        throw InputError(
            path: "--app '\(app)'",
            problem: "there is no application of this id or name, nor one that guards such a URL",
            remedy: nearest.isEmpty
                ? "'ztaudit query \(self.snapshot) \"SELECT id, name FROM access_application\"' lists them"
                : "Near to it is \(Self.list(nearest))"
        )
    }

    private static func list(_ applications: [AccountAnalysis.Application]) -> String {
        let rest = applications.count - 8
        return applications.prefix(8).map { "\"\($0.name)\" (\($0.id))" }.joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }
}
