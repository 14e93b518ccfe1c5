import Attestation
import AuditModel
import Foundation
import Logging
import Redaction
import Rendering
import RuleEngine
import SnapshotStore

/// The auditing part of `scan` and `audit`: everything that can be wrong with options, rules and configuration is found
/// before the API is asked.
struct AuditPlan: Sendable {
    let configuration: ConfigurationFile?
    private let pack: RulePack
    private let settings: RuleSettings
    private let gate: GateOptions
    var reporting: ReportingOptions
    private let redaction: RedactionPlan?
    private let asOf: UTCTimestamp?
    private let baseline: Baseline?
    private let previous: Snapshot?
    private let logger: Logger
    private let ruleFolders: [String]
    private let signing: DocumentSigning?

    /// - Throws: `RuleFileErrors`, `RuleFileError`, `RuleSelectionError`, ``InputError``.
    init(
        _ rules: RuleOptions,
        _ gate: GateOptions,
        _ reporting: ReportingOptions,
        _ redaction: RedactionOptions,
        _ file: ConfigurationOptions,
        previous: String?,
        asOf: UTCTimestamp?,
        logging: LoggingOptions
    ) throws {
        logger = logging.logger("rules")
        self.previous = try previous.map { try Snapshot(path: $0) }
        configuration = try file.load()
        (pack, settings) = try rules.selection(configuration)
        ruleFolders = rules.folders(configuration).value
        self.gate = gate
        self.reporting = reporting
        self.redaction = try redaction.plan(configuration)
        self.asOf = asOf
        baseline = try gate.readBaseline(configuration)
        signing = try reporting.signing(configuration)
    }

    /// Refuses paths of documents that cannot be written, or hold what the audit reads.
    func checkPaths(keeping snapshot: String?) throws {
        let baseline = KeptFile("baseline", gate.baselinePath(configuration).value)
        let snapshots = [KeptFile("snapshot", snapshot), KeptFile("previous snapshot", previous?.path)]
        let rules = ruleFolders.map { KeptFile("rule", $0) }
        let key = KeptFile("redaction key", redaction?.keyPath)
        try reporting.checkPaths(configuration, keeping: [baseline, key] + snapshots + rules)
    }

    /// Refuses a path of the snapshot to collect that holds something else which the audit reads.
    ///
    /// The previous snapshot is open already, and may make room for the new one.
    func checkSnapshotPath(_ path: String) throws {
        let kept = [
            KeptFile("configuration", configuration?.file),
            KeptFile("baseline", gate.baselinePath(configuration).value),
            KeptFile("private key", reporting.attestationKey(configuration).value),
            KeptFile("redaction key", redaction?.keyPath),
        ]
        for file in kept { try file?.check(path, of: "--snapshot") }
    }

    /// Evaluates the rules over a snapshot file, and tells what waivers and baseline keep from counting.
    func evaluate(_ path: String) throws -> AuditResult {
        let now = asOf ?? UTCTimestamp.now
        let snapshot = try Snapshot(path: path)
        let redaction = try redaction.flatMap { redaction in
            try redaction.isNeeded(for: snapshot.info.redaction, of: path) ? redaction : nil
        }
        // What is logged names accounts, and what breaks quotes them.
        let logger = redaction == nil ? logger : Logger(label: "redacted") { _ in SwiftLogNoOpLogHandler() }
        var result = try Auditing.evaluate(
            snapshot,
            pack: pack,
            previous: previous,
            settings: settings,
            asOf: now,
            logger: logger
        )
        .applying(configuration?.waivers ?? .none, at: now)
        if let baseline { result = result.comparing(with: baseline) }
        if let redaction {
            result = try redaction.redact(result, of: snapshot, previous: previous) { [result] redacted in
                try Auditing.evaluate(
                    redacted.snapshot,
                    pack: pack,
                    previous: redacted.previous,
                    settings: settings.redacted(by: redacted.pseudonyms, as: result),
                    asOf: now,
                    logger: logger
                )
            }
        }
        Auditing.tellErrors(in: result)
        return result
    }

    /// Writes the documents.
    ///
    /// - Parameters:
    ///   - result: What they show.
    ///   - snapshot: Path of the snapshot that was audited.
    ///   - github: What GitHub Actions gets where it runs the command; `nil` for nothing.
    /// - Returns: The exit status.
    /// - Throws: ``OutputError``; errors of rendering and signing.
    func finish(_ result: AuditResult, of snapshot: String, _ github: GitHubOptions? = nil) throws -> Int32 {
        let judgement = gate.judgement(of: result, configuration)
        try reporting.write(result, configuration, signing: signing, snapshot: snapshot, gate: judgement)
        if let github, github.annotates(configuration).value,
            let actions = GitHubActions(environment: ProcessInfo.processInfo.environment)
        {
            actions.write(beside: try reporting.documents(configuration).value) { format, bytes in
                try reporting.document(format, result, configuration, maximumLength: bytes)
            }
        }
        for outcome in result.waivers where outcome.status.needsAttention { Console.error(outcome.notice) }
        let uncompared = result.baseline?.failsByChange[FindingChange.ruleChanged.rawValue] ?? 0
        if uncompared > 0 {
            Console.error(
                "\(uncompared) \(uncompared == 1 ? "finding is" : "findings are") of rules whose meaning changed since the "
                    + "baseline: they do not count until there is a new baseline, so look at them"
            )
        }
        for account in result.baseline?.accountsWithoutBaseline ?? [] {
            Console.error("the baseline does not have the account \(account), so everything there counts as new")
        }
        return gate.status(of: result, configuration)
    }
}

/// The auditing part of `scan`, `audit` and `demo`.
enum Auditing {
    /// Evaluates rules over a snapshot.
    static func evaluate(
        _ snapshot: Snapshot,
        pack: RulePack,
        previous: Snapshot? = nil,
        settings: RuleSettings = RuleSettings(),
        asOf: UTCTimestamp?,
        logger: Logger
    ) throws -> AuditResult {
        let engine = RuleEngine(pack) { step in
            logger.debug(
                "rule evaluated",
                metadata: [
                    "rule": "\(step.ruleID)", "account": "\(step.accountID)", "verdicts": "\(step.count)",
                    "milliseconds": "\(Int(step.duration / .milliseconds(1)))",
                ]
            )
        }
        return try engine.evaluate(
            snapshot,
            now: asOf ?? UTCTimestamp.now,
            toolVersion: Version.current,
            since: previous,
            settings: settings
        )
    }

    /// Names the rules that broke.
    static func tellErrors(in result: AuditResult) {
        for rule in result.rules where !Task.isCancelled {
            if let error = rule.error { Console.error("rule \(rule.metadata.id) broke: \(error)") }
        }
    }
}
