import AuditModel

/// What the verdicts say of each control of each framework, and what they do not.
struct ControlsModel: Sendable {
    /// A framework.
    struct Section: Sendable {
        let frameworkAnchor: String
        let frameworkTitle: String
        let frameworkSource: String?
        let controlCount: String
        let controlBar: KeyedChart?
        let controlRows: [Row]
    }

    /// A control.
    struct Row: Sendable {
        let controlAnchor: String
        /// Framework and control as the filter names them.
        let controlKey: String
        let controlID: String
        let controlTitle: String
        let stateTone: String
        let stateSymbol: String
        let stateWord: String
        let stateRank: Int
        let passes: Int
        let fails: Int
        let unknowns: Int
        let ruleCount: String
        let ruleLinks: [Link]
        let rulesCut: String?
    }

    /// A rule that gives evidence for a control.
    struct Link: Sendable {
        let linkAnchor: String
        let linkTitle: String
        let linkCounts: String
    }

    /// What the evidence for a control comes to, worst first.
    enum State: Int, CaseIterable, Sendable {
        case serious, open, accepted, unclear, passed, idle

        /// The state in a few words.
        var word: String {
            switch self {
            case .serious: "Serious findings"
            case .open: "Lesser findings"
            case .accepted: "Only accepted findings"
            case .unclear: "Not fully known"
            case .passed: "Only passes"
            case .idle: "Nothing examined"
            }
        }

        /// A shape beside the word.
        var symbol: String {
            switch self {
            case .serious: "✕"
            case .open: "▽"
            case .accepted: "◐"
            case .unclear: "?"
            case .passed: "✓"
            case .idle: "○"
            }
        }

        /// Class of the style sheet.
        var tone: String {
            switch self {
            case .serious: "critical"
            case .open: "medium"
            case .accepted: "low"
            case .unclear: "unclear"
            case .passed: "good"
            case .idle: "info"
            }
        }
    }

    /// Rules that a control's row names.
    private static let rules = 3

    let frameworkCount: String
    let frameworkSections: [Section]

    /// Gathers them; `nil` when no rule names a framework.
    init?(_ index: ResultIndex, _ plan: PagePlan) {
        let result = index.result
        var open: [String: Severity] = [:]
        for finding in result.findings where finding.isOpenFail {
            open[finding.ruleID] = min(open[finding.ruleID] ?? .info, finding.severity)
        }
        guard !plan.controls.sections.isEmpty else { return nil }
        frameworkSections = plan.controls.sections.map { Self.section($0, open, plan) }
        frameworkCount = Words.count(frameworkSections.count, "framework")
    }

    private static func section(_ section: ControlPlan.Section, _ open: [String: Severity], _ plan: PagePlan) -> Section
    {
        let rows = section.controls.map { row($0, in: section.id, open, plan) }
        return Section(
            frameworkAnchor: section.anchor,
            frameworkTitle: VisibleText.singleLine(section.framework?.title ?? Words.framework(section.id)),
            frameworkSource: section.framework.flatMap { WebLink($0.source)?.address },
            controlCount: Words.count(rows.count, "control"),
            controlBar: KeyedChart(
                "Controls by what the evidence comes to",
                State.allCases.map { state in
                    BarChart.Part(
                        tone: state.tone,
                        symbol: state.symbol,
                        count: rows.count { $0.0 == state },
                        word: state.word.lowercased()
                    )
                }
            ),
            controlRows: rows.map(\.1)
        )
    }

    private static func row(
        _ control: ControlPlan.Entry,
        in framework: String,
        _ open: [String: Severity],
        _ plan: PagePlan
    ) -> (State, Row) {
        let outcomes = control.rules
        let counts = outcomes.reduce(into: VerdictCounts()) { sum, outcome in
            sum.pass += outcome.counts.pass
            sum.fail += outcome.counts.fail
            sum.unknown += outcome.counts.unknown
        }
        let state = state(outcomes, counts, open)
        // What is open says most, then what failed at all, then what is not known.
        let ranked = [
            outcomes.filter { open[$0.metadata.id]?.isAtLeast(.high) == true },
            outcomes.filter { open[$0.metadata.id]?.isAtLeast(.high) == false },
            outcomes.filter { open[$0.metadata.id] == nil && $0.counts.fail > 0 },
            outcomes.filter {
                $0.counts.fail == 0 && ($0.counts.unknown > 0 || !$0.gaps.isEmpty || $0.status == .error)
            },
        ].flatMap { $0 }
        let listed = ranked + outcomes.filter { outcome in !ranked.contains { $0.metadata.id == outcome.metadata.id } }
        let left = outcomes.count - rules
        let row = Row(
            controlAnchor: control.anchor,
            controlKey: VisibleText.singleLine("\(framework):\(control.id)"),
            controlID: VisibleText.singleLine(control.id),
            controlTitle: VisibleText.singleLine(control.title),
            stateTone: state.tone,
            stateSymbol: state.symbol,
            stateWord: state.word,
            stateRank: state.rawValue,
            passes: counts.pass,
            fails: counts.fail,
            unknowns: counts.unknown,
            ruleCount: Words.count(outcomes.count, "rule"),
            ruleLinks: listed.prefix(rules).map { link($0, plan) },
            rulesCut: left > 0 ? "and \(Words.count(left, "more rule")), which the JSON report names" : nil
        )
        return (state, row)
    }

    private static func state(_ outcomes: [RuleOutcome], _ counts: VerdictCounts, _ open: [String: Severity]) -> State {
        if let worst = outcomes.compactMap({ open[$0.metadata.id] }).min() {
            return worst.isAtLeast(.high) ? .serious : .open
        }
        if counts.fail > 0 { return .accepted }
        if counts.unknown > 0 || outcomes.contains(where: { !$0.gaps.isEmpty || $0.status == .error }) {
            return .unclear
        }
        return counts.pass > 0 ? .passed : .idle
    }

    private static func link(_ outcome: RuleOutcome, _ plan: PagePlan) -> Link {
        let counts = outcome.counts
        let words = [(counts.fail, "failed"), (counts.unknown, "unknown"), (counts.pass, "passed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return Link(
            linkAnchor: plan.anchor(ofRule: outcome.metadata.id),
            linkTitle: VisibleText.prose(outcome.metadata.title),
            linkCounts: outcome.status == .error
                ? "broke" : words.isEmpty ? "nothing examined" : words.joined(separator: ", ")
        )
    }
}
