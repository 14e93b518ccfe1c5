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

    /// Gathers it; `nil` when nothing is open, for then there is nothing to filter.
    init?(_ index: ResultIndex) {
        let open = index.groups(where: \.isOpenFail)
        guard !open.isEmpty else { return nil }
        severityChoices = Severity.allCases.map { severity in
            SeverityChoice(severity: severity.rawValue, word: severity.word, symbol: severity.symbol)
        }
        frameworkChoices = Set(open.flatMap { $0.rule?.frameworks.keys.map { $0 } ?? [] }).sorted().map { id in
            FrameworkChoice(
                frameworkID: VisibleText.singleLine(id),
                frameworkLabel: VisibleText.singleLine(
                    index.result.frameworks.first { $0.id == id }?.title ?? Words.framework(id)
                )
            )
        }
    }
}
