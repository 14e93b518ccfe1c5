import AuditModel

/// The whole result as lines of a log.
///
/// Every line starts with words of ours, and nothing in it is a command to GitHub Actions or Azure Pipelines.
struct GitHubLog: Sendable {
    /// Most findings that are listed; a log of more is slow to open and nobody reads it.
    static let listedFindings = 1000
    /// Most entries of each other list.
    static let listed = 200

    private let index: ResultIndex
    private var result: AuditResult { index.result }

    init(_ index: ResultIndex) { self.index = index }

    /// The lines, without their newlines.
    var lines: [String] {
        let parts = [counts, unread, broken, open, undecided, accepted, waivers, past]
        return parts.filter { !$0.isEmpty }.joined(separator: [""]).map(VisibleText.logLine)
    }

    private var counts: [String] {
        Severity.allCases.map { "\($0.word): \(result.summary.openBySeverity[$0.rawValue] ?? 0) open" }
            + [AccessSentences(result)?.strangers].compactMap(\.self)
    }

    private var unread: [String] {
        list("What was not evaluated, and why", index.unread) { entry in
            let account = index.hasSeveralAccounts ? " in \(index.account(entry.accountID))" : ""
            let zone = entry.zoneID.map { ", zone \($0)" } ?? ""
            return [
                "- \(entry.table)\(account)\(zone): \(entry.reason ?? entry.status.word) "
                    + "Permission needed: \(entry.permission)"
            ]
        }
    }

    private var broken: [String] {
        list("Rules that broke", result.rules.filter { $0.status == .error }) { rule in
            ["- \(rule.metadata.id): \(rule.error ?? "no reason given")"]
        }
    }

    private var open: [String] {
        let findings = result.findings.filter(\.isOpenFail)
        return list("Open findings", findings, most: Self.listedFindings) { finding in
            let change = finding.change.map { "(\($0.word.lowercased())) " } ?? ""
            return ["- \(heading(finding))", "  What is wrong: \(change)\(finding.message)"]
        }
    }

    private var undecided: [String] {
        list("What could not be decided", result.findings.filter { $0.verdict == .unknown }) { finding in
            let gaps = finding.unknownReason == .coverage ? index.gaps(of: finding) : []
            let missing = gaps.map { "\($0.table) (\($0.word); \($0.need.label): \($0.need.name))" }
            return ["- \(heading(finding))", "  Why: \(finding.message)"]
                + (missing.isEmpty ? [] : ["  Not read: \(Words.list(missing))"])
        }
    }

    private var accepted: [String] {
        let findings = result.findings.filter { $0.verdict == .fail && $0.state != .open }
        return list("Waived or known before", findings, most: Self.listedFindings) { finding in
            [
                "- \(heading(finding))", "  Why it does not count: \(finding.acceptance ?? finding.state.word)",
                "  What is wrong: \(finding.message)",
            ]
        }
    }

    private var waivers: [String] {
        list("Waivers that need attention", result.waivers.filter(\.status.needsAttention)) { outcome in
            ["- \(outcome.notice)"]
        }
    }

    private var past: [String] {
        guard let baseline = result.baseline else { return [] }
        func lines(_ past: PastFinding) -> [String] {
            ["- \(past.severity.word): \(place(past.resource, past.detailKey, past.accountID)) [\(past.ruleID)]"]
                + ["  Now: \(past.message)"]
        }
        return list("Resolved since the baseline", baseline.resolved, lines)
            + list("In the baseline, and it cannot be told what became of them", baseline.undecided, lines)
    }

    private func list<Item>(
        _ title: String,
        _ items: [Item],
        most: Int = listed,
        _ lines: (Item) -> [String]
    ) -> [String] {
        guard !items.isEmpty else { return [] }
        let more = items.count - most
        return ["\(title): \(items.count)"] + items.prefix(most).flatMap(lines)
            + (more > 0 ? ["… and \(more) more; the JSON report has all."] : [])
    }

    private func heading(_ finding: Finding) -> String {
        "\(finding.severity.word): \(place(finding.resource, finding.detailKey, finding.accountID)) [\(finding.ruleID)]"
    }

    private func place(_ resource: Resource, _ detailKey: String?, _ accountID: String) -> String {
        let detail = detailKey.map { ", \($0)" } ?? ""
        let account = index.hasSeveralAccounts ? " in \(index.account(accountID))" : ""
        return "\(resource.label) (\(resource.type) \(resource.id)\(detail))\(account)"
    }
}
