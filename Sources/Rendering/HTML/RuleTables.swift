import AuditModel

/// Rules without findings: passed, lacking data, without anything to examine, broken.
struct RuleTables: Sendable {
    /// A rule that all examined resources passed.
    struct Passed: Sendable {
        let ruleAnchor: String
        let ruleTitle: String
        let ruleID: String
        let severity: String
        let word: String
        let symbol: String
        let passedCount: Int
        let evidenceFor: String
    }

    /// A box around the passed rules.
    struct PassedTable: Sendable {
        let passedRules: String
        let passedRows: [Passed]
    }

    /// A rule that lacked data, examined nothing or broke.
    struct Idle: Sendable {
        let ruleAnchor: String
        let ruleTitle: String
        let ruleID: String
        let why: String
    }

    /// A box around the rules that lacked data.
    struct LackingTable: Sendable {
        let lackingCount: String
        let lackingRows: [Idle]
    }

    /// A box around the rules that examined nothing.
    struct IdleTable: Sendable {
        let idleCount: String
        let idleRows: [Idle]
    }

    /// A box around the rules that broke.
    struct BrokenTable: Sendable {
        let brokenCount: String
        let brokenRows: [Idle]
    }

    let passedTable: PassedTable?
    let lackingTable: LackingTable?
    let idleTable: IdleTable?
    let brokenTable: BrokenTable?

    /// Gathers them; `nil` when every rule has findings.
    init?(_ index: ResultIndex, _ plan: PagePlan) {
        let rules = index.result.rules
        let clean = rules.filter { $0.status != .error && $0.counts.fail == 0 && $0.counts.unknown == 0 }
        let passed = clean.filter { $0.status == .evaluated && $0.gaps.isEmpty }
        let lacking = clean.filter { !$0.gaps.isEmpty }
        let idle = clean.filter { $0.status == .nothingExamined && $0.gaps.isEmpty }
        let broken = rules.filter { $0.status == .error }
        guard !clean.isEmpty || !broken.isEmpty else { return nil }
        passedTable =
            passed.isEmpty
            ? nil
            : PassedTable(
                passedRules: Words.count(passed.count, "rule"),
                passedRows: passed.map { Self.passed($0, plan) }
            )
        lackingTable =
            lacking.isEmpty
            ? nil
            : LackingTable(
                lackingCount: Words.count(lacking.count, "rule"),
                lackingRows: lacking.map { Self.idle($0, plan, Self.lack($0)) }
            )
        idleTable =
            idle.isEmpty
            ? nil
            : IdleTable(
                idleCount: Words.count(idle.count, "rule"),
                idleRows: idle.map { outcome in
                    let resource = Words.table(outcome.metadata.resource)
                    return Self.idle(outcome, plan, "The account has nothing that it applies to (\(resource)).")
                }
            )
        brokenTable =
            broken.isEmpty
            ? nil
            : BrokenTable(
                brokenCount: Words.count(broken.count, "rule"),
                brokenRows: broken.map {
                    Self.idle($0, plan, VisibleText.multiLine($0.error ?? "No reason was given."))
                }
            )
    }

    private static func passed(_ outcome: RuleOutcome, _ plan: PagePlan) -> Passed {
        let rule = outcome.metadata
        let controls = rule.frameworks.sorted { $0.key < $1.key }
            .map { "\(Words.framework($0.key)) \($0.value.joined(separator: ", "))" }
        return Passed(
            ruleAnchor: plan.anchor(ofRule: rule.id),
            ruleTitle: VisibleText.prose(rule.title),
            ruleID: VisibleText.singleLine(rule.id),
            severity: rule.severity.rawValue,
            word: rule.severity.word,
            symbol: rule.severity.symbol,
            passedCount: outcome.counts.pass,
            evidenceFor: VisibleText.singleLine(controls.joined(separator: "; "))
        )
    }

    /// Which data it lacked, each once however many accounts it lacked them in, and what passed nonetheless.
    private static func lack(_ outcome: RuleOutcome) -> String {
        let gaps = outcome.gaps.map { "\(Words.table($0.table)) (\($0.need.label): \($0.need.name))" }
        var named: Set<String> = []
        let passed = outcome.counts.pass == 0 ? "" : " \(Words.count(outcome.counts.pass, "resource")) passed."
        return VisibleText.singleLine("\(Words.list(gaps.filter { named.insert($0).inserted })).\(passed)")
    }

    private static func idle(_ outcome: RuleOutcome, _ plan: PagePlan, _ why: String) -> Idle {
        Idle(
            ruleAnchor: plan.anchor(ofRule: outcome.metadata.id),
            ruleTitle: VisibleText.prose(outcome.metadata.title),
            ruleID: VisibleText.singleLine(outcome.metadata.id),
            why: why
        )
    }
}
