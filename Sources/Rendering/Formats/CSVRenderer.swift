import AuditModel
import Foundation

/// Writes one line for each finding and each rule that broke, for spreadsheets.
///
/// The columns are the same for every result, so that files can be put one below the other. No line has a line break
/// inside: newlines in names are made visible.
struct CSVRenderer: Renderer {
    /// Excel takes a file for UTF-8 only when it begins so.
    private static let byteOrderMark = "\u{FEFF}"
    /// Most UTF-16 code units of a text: Excel cuts a cell behind 32,767, and guarding can add half as many.
    private static let maximumCell = 20_000
    /// More names in one cell help nobody.
    private static let maximumApplications = 20

    private static let columns = [
        "severity", "verdict", "state", "change", "rule_id", "rule_title", "rule_version", "account_id",
        "account_name", "resource_type", "resource_id", "resource_name", "detail_key", "applications",
        "application_tier", "message", "not_counted_because", "evidence", "remediation", "controls", "waiver_owner",
        "waiver_reason", "waiver_expires", "unknown_reason", "missing_permission", "fingerprint", "evidence_digest",
        "evaluated_at",
    ]

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let context = FindingContext(result)
        let words = RuleWords(result, context)
        let json = DocumentEncoder()
        var rows = try result.findings.map { finding in
            let values = try Self.values(finding, context, words, json)
            return Self.row(values, result)
        }
        rows += result.rules.filter { $0.status == .error }.map { outcome in
            Self.row(Self.values(outcome, words), result)
        }
        output.write(Self.byteOrderMark + CSVText.render(columns: Self.columns, rows: rows))
    }

    private static func row(_ values: [String: EvidenceValue], _ result: AuditResult) -> [EvidenceValue] {
        columns.map { column in
            column == "evaluated_at" ? text(result.snapshot.evaluatedAt) : values[column] ?? .null
        }
    }

    private static func values(
        _ finding: Finding,
        _ context: FindingContext,
        _ words: RuleWords,
        _ json: DocumentEncoder
    ) throws -> [String: EvidenceValue] {
        let isFail = finding.verdict == .fail
        let applications = context.applications(of: finding)
        var values = words.values[finding.ruleID] ?? ["rule_id": text(finding.ruleID)]
        values["severity"] = text(finding.severity.rawValue)
        values["verdict"] = text(finding.verdict.rawValue)
        // An unknown counts nowhere, so it has no state.
        values["state"] = isFail ? text(finding.state.rawValue) : .null
        values["change"] = text(finding.change?.rawValue)
        values["account_id"] = text(finding.accountID)
        values["account_name"] = text(context.index.account(finding.accountID))
        values["resource_type"] = text(finding.resource.type)
        values["resource_id"] = text(finding.resource.id)
        values["resource_name"] = text(finding.resource.name)
        values["detail_key"] = text(finding.detailKey)
        values["applications"] = text(names(applications))
        values["application_tier"] = text(applications.map(\.tier).min()?.rawValue)
        values["message"] = text(finding.message)
        values["not_counted_because"] = text(finding.acceptance)
        values["evidence"] = finding.evidence.isEmpty ? .null : text(try json.text(of: finding.evidence))
        values["waiver_owner"] = text(finding.waiver?.owner)
        values["waiver_reason"] = text(finding.waiver?.reason)
        values["waiver_expires"] = text(finding.waiver?.expires)
        values["unknown_reason"] = text(finding.unknownReason?.rawValue)
        let needs = context.missing(finding).map { $0.option ?? $0.permission }
        values["missing_permission"] = needs.isEmpty ? .null : text(Set(needs).sorted().joined(separator: "; "))
        values["fingerprint"] = text(finding.fingerprint)
        values["evidence_digest"] = text(finding.evidenceDigest)
        return values
    }

    private static func values(_ outcome: RuleOutcome, _ words: RuleWords) -> [String: EvidenceValue] {
        var values = words.values[outcome.metadata.id] ?? [:]
        values["severity"] = text(outcome.metadata.severity.rawValue)
        values["verdict"] = text(RuleStatus.error.rawValue)
        values["resource_type"] = text(outcome.metadata.resource)
        values["message"] = text(outcome.error)
        return values
    }

    private static func names(_ applications: [ApplicationAccess]) -> String? {
        guard !applications.isEmpty else { return nil }
        let names = applications.prefix(maximumApplications).map { $0.name }
        let rest = applications.count - names.count
        return (names + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
    }

    /// A cell of one line; `nil` gives an empty one.
    private static func text(_ text: String?) -> EvidenceValue {
        guard let text else { return .null }
        let line = VisibleText.singleLine(text)
        guard line.utf16.count > maximumCell else { return .text(line) }
        // A scalar has two code units at most.
        return .text(String(line.unicodeScalars.prefix(maximumCell / 2)) + "… cut here; the JSON report has the rest.")
    }

    /// The columns that are the same for all findings of a rule.
    private struct RuleWords {
        let values: [String: [String: EvidenceValue]]

        init(_ result: AuditResult, _ context: FindingContext) {
            let entries = result.rules.map { outcome -> (String, [String: EvidenceValue]) in
                let rule = outcome.metadata
                let controls = context.controls(of: rule).map { "\($0.frameworkID) \($0.id)" }
                let values: [String: EvidenceValue] = [
                    "rule_id": text(rule.id), "rule_title": text(rule.title),
                    "rule_version": .integer(Int64(rule.version)),
                    "remediation": text(VisibleText.prose(rule.remediation.summary)),
                    "controls": controls.isEmpty ? .null : text(controls.joined(separator: "; ")),
                ]
                return (rule.id, values)
            }
            values = Dictionary(entries) { first, _ in first }
        }
    }
}
