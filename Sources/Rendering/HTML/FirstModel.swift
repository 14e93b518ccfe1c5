import AuditModel

/// What to mend first: the worst findings, by the tier of the applications that they concern.
struct FirstModel: Sendable {
    /// Findings that concern applications of one tier, or none.
    struct Group: Sendable {
        let groupTitle: String
        let items: [Item]
        let firstCut: String?
    }

    /// One finding.
    struct Item: Sendable {
        let firstAnchor: String
        let ruleTitle: String
        let severity: String
        let word: String
        let symbol: String
        let resourceName: String
        let concerned: String?
        let firstMessage: String
    }

    /// Findings of each group.
    private static let shown = 6

    let firstLead: String
    let firstGroups: [Group]

    /// Gathers them; `nil` when nothing is open.
    init?(_ index: ResultIndex, _ plan: PagePlan, _ applications: ApplicationFindings) {
        let open = plan.cards.filter { $0.severity.isAtLeast(.high) }
        let cards = open.isEmpty ? plan.cards.filter { $0.severity == plan.cards.first?.severity } : open
        guard !cards.isEmpty else { return nil }
        let findings = index.result.findings
        let candidates = cards.flatMap(\.places).map { (place: $0, tier: applications.tier(of: findings[$0])) }
        let kinds: [(ApplicationTier?, String)] = [
            (.privileged, "Privileged applications"), (.sensitive, "Sensitive applications"),
            (.standard, "Other applications"), (nil, "The account as a whole"),
        ]
        let least = Words.list(
            Severity.allCases.filter { word in cards.contains { $0.severity == word } }.map(\.rawValue)
        )
        firstLead =
            "The worst open findings (\(least)), those that concern the applications that matter most before the others."
        firstGroups = kinds.compactMap { tier, title in
            let members = candidates.filter { $0.tier == tier }
            guard !members.isEmpty else { return nil }
            let left = members.count - Self.shown
            return Group(
                groupTitle: title,
                items: members.prefix(Self.shown).map { Self.item($0.place, index, plan, applications) },
                firstCut: left > 0 ? "and \(Words.count(left, "more finding")) of these severities" : nil
            )
        }
    }

    private static func item(
        _ place: Int,
        _ index: ResultIndex,
        _ plan: PagePlan,
        _ applications: ApplicationFindings
    ) -> Item {
        let finding = index.result.findings[place]
        return Item(
            firstAnchor: plan.anchor(ofFinding: place),
            ruleTitle: VisibleText.prose(index.outcome(finding.ruleID)?.metadata.title ?? finding.ruleID),
            severity: finding.severity.rawValue,
            word: finding.severity.word,
            symbol: finding.severity.symbol,
            resourceName: finding.resource.label,
            concerned: ConcernedApplications(finding, index, applications).sentence,
            firstMessage: VisibleText.singleLine(PageLimits.text(finding.message))
        )
    }
}

/// The applications that a finding concerns, in words.
struct ConcernedApplications: Sendable {
    /// Names that a sentence lists, and that the page keeps for its filter.
    private static let (named, kept) = (3, 50)

    /// Names, one per line.
    let labels: String
    /// The tier that matters most among them, or nothing.
    let tierName: String
    /// Which they are; `nil` where the finding's own resource says it.
    let sentence: String?

    init(_ finding: Finding, _ index: ResultIndex, _ applications: ApplicationFindings) {
        let places = applications.applications(of: finding)
        let names = places.prefix(Self.kept).map { index.result.applications[$0].label }
        labels = names.joined(separator: "\n")
        tierName = applications.tier(of: finding)?.rawValue ?? ""
        let isOwn = places.count == 1 && index.result.applications[places[0]].applicationID == finding.resource.id
        guard !places.isEmpty, !isOwn else {
            sentence = nil
            return
        }
        let more = places.count - Self.named
        let listed = names.prefix(Self.named) + (more > 0 ? [Words.count(more, "more application")] : [])
        sentence = "Concerns \(Words.list(Array(listed)))"
    }
}
