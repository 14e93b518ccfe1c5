import AuditModel
import Foundation
import RuleEngine
import SnapshotStore

/// The auditing part of `scan` and `audit`: everything that can be wrong with options, rules and configuration is found
/// before the API is asked.
struct AuditPlan: Sendable {
    let configuration: ConfigurationFile?
    private let pack: RulePack
    private let settings: RuleSettings
    private let gate: GateOptions
    private let reporting: ReportingOptions
    private let asOf: UTCTimestamp?
    private let previous: Snapshot?

    /// - Throws: `RuleFileErrors`, `RuleFileError`, `RuleSelectionError`, ``InputError``.
    init(
        _ rules: RuleOptions,
        _ gate: GateOptions,
        _ reporting: ReportingOptions,
        _ file: ConfigurationOptions,
        previous: String?,
        asOf: UTCTimestamp?
    ) throws {
        self.previous = try previous.map { try Snapshot(path: $0) }
        configuration = try file.load()
        (pack, settings) = try rules.selection(configuration)
        self.gate = gate
        self.reporting = reporting
        self.asOf = asOf
    }

    /// Evaluates the rules over a snapshot file.
    func evaluate(_ path: String) throws -> AuditResult {
        try Auditing.evaluate(path, pack: pack, previous: previous, settings: settings, asOf: asOf)
    }

    /// Writes the documents.
    ///
    /// - Returns: The exit status.
    func finish(_ result: AuditResult) throws -> Int32 {
        try reporting.write(result, configuration)
        return gate.status(of: result, configuration)
    }
}

/// The auditing part of `scan`, `audit` and `demo`.
enum Auditing {
    /// Evaluates rules over a snapshot file, and names the rules that broke.
    static func evaluate(
        _ path: String,
        pack: RulePack,
        previous: Snapshot? = nil,
        settings: RuleSettings = RuleSettings(),
        asOf: UTCTimestamp?
    ) throws -> AuditResult {
        let snapshot = try Snapshot(path: path)
        let result = try RuleEngine(pack).evaluate(
            snapshot,
            now: asOf ?? UTCTimestamp.now,
            toolVersion: Version.current,
            since: previous,
            settings: settings
        )
        for rule in result.rules where !Task.isCancelled {
            if let error = rule.error { Console.error("rule \(rule.metadata.id) broke: \(error)") }
        }
        return result
    }
}
