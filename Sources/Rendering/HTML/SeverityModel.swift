import AuditModel

/// How bad it is: open findings by severity, and then and now where there is a baseline.
struct SeverityModel: Sendable {
    /// Open findings of one severity.
    struct Count: Sendable {
        /// Class of the style sheet, and end of the section's anchor.
        let severity: String
        let word: String
        let symbol: String
        let count: Int
        let hasFindings: Bool
    }

    let severityBar: BarChart?
    let severityCounts: [Count]
    let trend: TrendModel?

    init(_ result: AuditResult) {
        let counts = Severity.allCases.map { ($0, result.summary.openBySeverity[$0.rawValue] ?? 0) }
        severityCounts = counts.map { severity, count in
            Count(
                severity: severity.rawValue,
                word: severity.word,
                symbol: severity.symbol,
                count: count,
                hasFindings: count > 0
            )
        }
        severityBar = BarChart(
            "Open findings by severity",
            counts.map { severity, count in
                BarChart.Part(
                    tone: severity.rawValue,
                    symbol: severity.symbol,
                    count: count,
                    word: severity.rawValue
                )
            }
        )
        trend = TrendModel(result)
    }
}

/// Findings then and now.
struct TrendModel: Sendable {
    /// One severity.
    struct Row: Sendable {
        let severity: String
        let word: String
        let symbol: String
        let before: Int
        let now: Int
        let difference: String
        let beforeShare: String
        let nowShare: String
    }

    /// A box around the rows.
    struct Table: Sendable {
        let trendRows: [Row]
    }

    /// What became of a number of findings.
    struct Change: Sendable {
        let changeCount: Int
        let changeName: String
    }

    let baselineTime: String
    /// `nil` for results that were saved before they had the counts.
    let trendTable: Table?
    let changes: [Change]

    /// Compares; `nil` without a baseline.
    init?(_ result: AuditResult) {
        guard let baseline = result.baseline else { return nil }
        baselineTime = Words.time(baseline.evaluatedAt)
        trendTable = baseline.openBySeverity.map { Table(trendRows: Self.rows($0, result)) }
        let names: [(FindingChange, String)] = [
            (.new, "new"), (.worse, "worse than before"), (.changed, "with other evidence"),
            (.unwaived, "no longer waived"), (.known, "as before"), (.ruleChanged, "of rules that changed"),
        ]
        let counts = names.map { Change(changeCount: baseline.failsByChange[$0.0.rawValue] ?? 0, changeName: $0.1) }
        let past = [
            Change(changeCount: baseline.resolved.count, changeName: "resolved"),
            Change(changeCount: baseline.undecided.count, changeName: "that cannot be told"),
        ]
        changes = (counts + past).filter { $0.changeCount > 0 }
    }

    private static func rows(_ before: [String: Int], _ result: AuditResult) -> [Row] {
        var now: [Severity: Int] = [:]
        // The baseline counts what nobody waived, whether it was known before or not.
        for finding in result.findings where finding.verdict == .fail && finding.state != .waived {
            now[finding.severity, default: 0] += 1
        }
        let most = max(before.values.max() ?? 0, now.values.max() ?? 0)
        return Severity.allCases.map { severity in
            let (then, today) = (before[severity.rawValue] ?? 0, now[severity] ?? 0)
            return Row(
                severity: severity.rawValue,
                word: severity.word,
                symbol: severity.symbol,
                before: then,
                now: today,
                difference: today == then ? "same" : today > then ? "+\(today - then)" : "−\(then - today)",
                beforeShare: BarChart.percent(then, of: most),
                nowShare: BarChart.percent(today, of: most)
            )
        }
    }
}
