import AuditModel

/// All open findings of one severity.
struct SeveritySection: Sendable {
    let severity: String
    let word: String
    let symbol: String
    let countText: String
    let cards: [RuleCard]

    /// The severities that have open findings, worst first.
    static func all(_ index: ResultIndex, _ plan: PagePlan, _ applications: ApplicationFindings) -> [SeveritySection] {
        var explained: [String: String] = [:]
        return Severity.allCases.compactMap { severity in
            let members = plan.cards.filter { $0.severity == severity }
            guard !members.isEmpty else { return nil }
            let cards = members.map { card in
                defer { if explained[card.ruleID] == nil { explained[card.ruleID] = card.anchor } }
                return RuleCard(card, index, plan, applications, explainedAt: explained[card.ruleID])
            }
            let count = members.reduce(0) { $0 + $1.places.count }
            return SeveritySection(
                severity: severity.rawValue,
                word: severity.word,
                symbol: severity.symbol,
                countText: Words.count(count, "finding"),
                cards: cards
            )
        }
    }
}

/// A rule with its findings of one severity.
struct RuleCard: Sendable {
    let ruleAnchor: String
    let ruleTitle: String
    let ruleID: String
    /// `version 1`, or nothing where the result has no such rule.
    let ruleVersion: String
    let resourceCount: String
    /// Anchors of the controls that the rule is evidence for, for the filter.
    let controlKeys: String
    /// What the rule says; `nil` when a card further up says it.
    let explanation: RuleExplanation?
    /// Anchor of the card that has the explanation; `nil` when this one has it.
    let explainedAt: String?
    let findings: [FindingModel]
    /// How many findings are left out; `nil` when none are.
    let findingsCut: String?

    init(
        _ card: PagePlan.Card,
        _ index: ResultIndex,
        _ plan: PagePlan,
        _ applications: ApplicationFindings,
        explainedAt: String?
    ) {
        let rule = index.outcome(card.ruleID)?.metadata
        ruleAnchor = card.anchor
        ruleTitle = VisibleText.prose(rule?.title ?? card.ruleID)
        ruleID = VisibleText.singleLine(card.ruleID)
        ruleVersion = rule.map { "version \($0.version)" } ?? ""
        resourceCount = Words.count(card.places.count, "finding")
        controlKeys = (rule?.frameworks ?? [:]).sorted { $0.key < $1.key }
            .flatMap { framework in framework.value.map { plan.controls.anchor(of: $0, in: framework.key) } }
            .joined(separator: " ")
        self.explainedAt = explainedAt
        explanation =
            explainedAt == nil ? rule.map { RuleExplanation($0, plan.controls) } : nil
        findings = card.shown.map { place in
            FindingModel(
                index.result.findings[place],
                index,
                applications,
                anchor: plan.anchor(ofFinding: place)
            )
        }
        findingsCut = PageLimits.cut(
            card.places.count - card.shown.count,
            "more finding of this rule",
            "more findings of this rule"
        )
    }
}

/// One resource that failed.
struct FindingModel: Sendable {
    /// The facts of a finding.
    struct Evidence: Sendable {
        let evidenceRows: [EvidenceRow]
    }

    /// One fact.
    struct EvidenceRow: Sendable {
        /// As the rule's query names it; mostly the setting's own name in Cloudflare's API.
        let fact: String
        let factValue: String
    }

    let anchor: String
    let resourceName: String
    let resourceType: String
    let resourceID: String
    let detail: String?
    let accountName: String?
    /// Which applications it concerns; `nil` where the resource says it.
    let concerns: String?
    /// How it compares with the baseline; `nil` without one.
    let changeWord: String?
    let message: String
    /// Who gets in by the way that the evidence describes; `nil` where it describes none.
    let example: String?
    let evidenceDigest: String
    let evidence: Evidence?
    /// For the filter: account, applications (one per line), and the tier that matters most among them.
    let accountLabel: String
    let applicationLabels: String
    let tierName: String
    let hasApplications: Bool

    init(_ finding: Finding, _ index: ResultIndex, _ applications: ApplicationFindings, anchor: String) {
        let concerned = ConcernedApplications(finding, index, applications)
        let account = VisibleText.singleLine(index.account(finding.accountID))
        self.anchor = anchor
        resourceName = finding.resource.label
        resourceType = Words.table(finding.resource.type)
        resourceID = VisibleText.singleLine(finding.resource.id)
        detail = finding.detailKey.map(VisibleText.singleLine)
        accountName = index.hasSeveralAccounts ? account : nil
        concerns = concerned.sentence
        message = VisibleText.multiLine(PageLimits.text(finding.message))
        changeWord = finding.change?.word
        example = Self.example(finding, index, applications)
        evidenceDigest = VisibleText.singleLine(finding.evidenceDigest)
        let rows = finding.sortedEvidence.map { fact in
            EvidenceRow(
                fact: VisibleText.singleLine(fact.name),
                factValue: VisibleText.multiLine(PageLimits.text(fact.value.displayText))
            )
        }
        evidence = rows.isEmpty ? nil : Evidence(evidenceRows: rows)
        accountLabel = account
        applicationLabels = concerned.labels
        tierName = concerned.tierName
        hasApplications = !concerned.labels.isEmpty
    }

    private static func example(
        _ finding: Finding,
        _ index: ResultIndex,
        _ applications: ApplicationFindings
    ) -> String? {
        guard case .text(let document)? = finding.evidence["witness"] else { return nil }
        let application = applications.applications(of: finding).first.map { index.result.applications[$0] }
        // The way in of the application says more, where the witness takes that one.
        let way = application?.witness == document ? application?.weakest : nil
        return WitnessSentence(document, by: way)?.text
    }
}
