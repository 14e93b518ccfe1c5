import AuditModel

/// What the audit could not decide, by rule.
struct UndecidedModel: Sendable {
    /// A rule with resources of which it could not tell.
    struct Group: Sendable {
        let undecidedAnchor: String
        let ruleTitle: String
        let ruleID: String
        let severity: String
        let word: String
        let symbol: String
        let resourceCount: String
        let missing: Missing?
        let resources: [UndecidedResource]
        let resourcesCut: String?
    }

    /// A box around the data that the rule lacked.
    struct Missing: Sendable {
        let gaps: [Gap]
    }

    /// Data that the rule lacked.
    struct Gap: Sendable {
        let data: String
        let place: String
        let status: String
        let needed: String
        let need: String
    }

    /// A resource of which the rule could not tell.
    struct UndecidedResource: Sendable {
        let resourceName: String
        let resourceID: String
        let why: String
    }

    let undecidedCount: String
    let groups: [Group]

    /// Gathers the unknowns; `nil` when there are none.
    init?(_ index: ResultIndex, _ plan: PagePlan) {
        let groups = index.groups { $0.verdict == .unknown }
        guard !groups.isEmpty else { return nil }
        undecidedCount = Words.count(index.result.summary.verdicts.unknown, "verdict is", "verdicts are")
        // The findings of a rule may be of other severities than the rule, which is what the page shows.
        self.groups = Severity.allCases.flatMap { severity in
            groups.filter { Self.severity($0) == severity }.map { Self.group($0, index, plan) }
        }
    }

    private static func severity(_ group: ResultIndex.Group) -> Severity { group.rule?.severity ?? .info }

    private static func group(_ group: ResultIndex.Group, _ index: ResultIndex, _ plan: PagePlan) -> Group {
        let severity = severity(group)
        let gaps = (index.outcome(group.ruleID)?.gaps ?? []).map { gap in
            Gap(
                data: Words.table(gap.table),
                place: VisibleText.singleLine(index.account(gap.accountID)),
                status: gap.word,
                needed: gap.need.label.prefix(1).uppercased() + gap.need.label.dropFirst(),
                need: VisibleText.singleLine(gap.need.name)
            )
        }
        let resources = group.findings.prefix(PageLimits.resources).map { finding in
            UndecidedResource(
                resourceName: finding.resource.label,
                resourceID: finding.resource.id == Resource.unreadID ? "" : VisibleText.singleLine(finding.resource.id),
                why: VisibleText.multiLine(PageLimits.text(finding.message))
            )
        }
        return Group(
            undecidedAnchor: plan.anchor(ofUndecidedRule: group.ruleID),
            ruleTitle: VisibleText.prose(group.title),
            ruleID: VisibleText.singleLine(group.ruleID),
            severity: severity.rawValue,
            word: severity.word,
            symbol: severity.symbol,
            resourceCount: Words.count(group.findings.count, "resource"),
            missing: gaps.isEmpty ? nil : Missing(gaps: gaps),
            resources: resources,
            resourcesCut: PageLimits.cut(group.findings.count - resources.count, "resource")
        )
    }
}
