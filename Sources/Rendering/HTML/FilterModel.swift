import AuditModel

/// What the filter bar cannot take from the findings in the page.
struct FilterModel: Sendable {
    /// A severity that one can tick.
    struct SeverityChoice: Sendable {
        let severity: String
        let word: String
        let symbol: String
    }

    /// A framework that rules with open findings name.
    struct FrameworkChoice: Sendable {
        let frameworkID: String
        let frameworkLabel: String
    }

    let severityChoices: [SeverityChoice]
    let frameworkChoices: [FrameworkChoice]
    /// What the page leaves out, for it cannot be searched; empty when nothing is.
    let leftOut: String

    /// Gathers it; `nil` when nothing is open, for then there is nothing to filter.
    init?(_ index: ResultIndex, _ plan: PagePlan) {
        guard !plan.cards.isEmpty else { return nil }
        let left = plan.cards.reduce(0) { $0 + $1.places.count - $1.shown.count }
        leftOut = left == 0 ? "" : "\(Words.count(left, "more finding is", "more findings are")) not in this page."
        let rules = plan.cards.compactMap { index.outcome($0.ruleID)?.metadata }
        severityChoices = Severity.allCases.map { severity in
            SeverityChoice(severity: severity.rawValue, word: severity.word, symbol: severity.symbol)
        }
        frameworkChoices = Set(rules.flatMap(\.frameworks.keys)).sorted().map { id in
            FrameworkChoice(
                frameworkID: VisibleText.singleLine(id),
                frameworkLabel: VisibleText.singleLine(
                    index.framework(id)
                )
            )
        }
    }
}
