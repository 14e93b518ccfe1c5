import AuditModel

/// The verdict in words: every format says the same ones.
struct VerdictSentences: Sendable, Hashable {
    /// How the verdict is to be taken.
    enum Tone: String, Sendable {
        /// Open findings of high severity or worse.
        case bad
        /// Other open findings, findings that only do not count, or an incomplete audit.
        case attention
        /// Nothing failed, nothing missing.
        case good
    }

    let tone: Tone
    /// The verdict in one sentence, without a full stop.
    let headline: String
    /// What the audit could not see, or that it saw everything; a whole sentence.
    let completeness: String
    /// Verdicts in numbers; a whole sentence.
    let numbers: String

    /// Words the verdict of `result`.
    init(_ result: AuditResult) {
        let summary = result.summary
        let open = Severity.allCases.map { (severity: $0, count: summary.openBySeverity[$0.rawValue] ?? 0) }
        let total = open.reduce(0) { $0 + $1.count }
        let isSerious = open.contains { $0.count > 0 && $0.severity.isAtLeast(.high) }
        let isUncompared = (result.baseline?.failsByChange[FindingChange.ruleChanged.rawValue] ?? 0) > 0
        // What is waived or known before still fails, and whoever reads only the headline must not miss it.
        let isDoubtful =
            summary.verdicts.fail > 0 || summary.isIncomplete || result.snapshot.status == .partial || isUncompared
        tone = isSerious ? .bad : isDoubtful ? .attention : .good
        headline = Self.headline(open: open, total: total, summary)
        completeness = Self.completeness(result)
        numbers = Self.numbers(summary)
    }

    private static func headline(open: [(severity: Severity, count: Int)], total: Int, _ summary: Summary) -> String {
        let isIncomplete = summary.isIncomplete
        guard total > 0 else {
            let accepted = [FindingState.baseline, .waived].compactMap { state in
                summary.failsByState[state.rawValue].flatMap { $0 > 0 ? "\($0) \(state.word)" : nil }
            }
            let fails = "\(Words.list(accepted)) still \(summary.verdicts.fail == 1 ? "fails" : "fail")"
            let reservations = (accepted.isEmpty ? [] : [fails]) + (isIncomplete ? ["the audit is incomplete"] : [])
            return "No open findings"
                + (reservations.isEmpty ? "" : ", but \(reservations.joined(separator: ", and "))")
        }
        let parts = open.filter { $0.count > 0 }.map { "\($0.count) \($0.severity.rawValue)" }
        let noun = total == 1 ? "finding is" : "findings are"
        return "\(Words.list(parts)) \(noun) open" + (isIncomplete ? ", and the audit is incomplete" : "")
    }

    private static func completeness(_ result: AuditResult) -> String {
        let isCutShort = result.snapshot.status == .partial
        return gaps(result) + (isCutShort ? " The collection was cut short, so there may be more than was seen." : "")
    }

    private static func gaps(_ result: AuditResult) -> String {
        guard result.summary.isIncomplete else {
            let options = Set(result.rules.flatMap(\.gaps).compactMap(\.option)).sorted()
            guard !options.isEmpty else { return "Everything that the selected rules need was read." }
            let rules = Words.count(result.rules.count { !$0.gaps.isEmpty }, "rule needs", "rules need")
            return "Everything that was asked for was read; \(rules) more (\(Words.list(options)))."
        }
        let lacking = result.rules.count { !$0.gaps.isEmpty }
        let broken = result.summary.rulesByStatus[RuleStatus.error.rawValue] ?? 0
        var parts: [String] = []
        if lacking > 0 { parts.append("\(Words.count(lacking, "rule")) lacked data") }
        if broken > 0 { parts.append("\(Words.count(broken, "rule")) broke") }
        let unknown = result.summary.unknownForCoverage
        let verdicts = unknown > 0 ? ", and \(Words.count(unknown, "verdict is", "verdicts are")) unknown for that" : ""
        return "The audit is incomplete: \(Words.list(parts))\(verdicts)."
    }

    private static func numbers(_ summary: Summary) -> String {
        let fails = FindingState.allCases.map { "\(summary.failsByState[$0.rawValue] ?? 0) \($0.word)" }
        return "\(summary.verdicts.pass) passed, \(summary.verdicts.fail) failed (\(fails.joined(separator: ", "))), "
            + "\(summary.verdicts.unknown) unknown."
    }
}
