import AuditModel

/// All open findings of one severity.
struct SeveritySection: Sendable {
    let severity: String
    let word: String
    let symbol: String
    let countText: String
    let cards: [RuleCard]

    /// The severities that have open findings, worst first.
    static func all(_ index: ResultIndex) -> [SeveritySection] {
        var explained: [String: String] = [:]
        var anchors = AnchorNames()
        return Severity.allCases.compactMap { severity in
            let groups = index.groups { $0.isOpenFail && $0.severity == severity }
            guard !groups.isEmpty else { return nil }
            let cards = groups.map { group in
                let anchor = anchors.unique("\(AnchorNames.safe(group.ruleID))-\(severity.rawValue)")
                defer { if explained[group.ruleID] == nil { explained[group.ruleID] = anchor } }
                return RuleCard(group, index, anchor: anchor, explainedAt: explained[group.ruleID], &anchors)
            }
            let count = groups.reduce(0) { $0 + $1.findings.count }
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
    /// What the rule says; `nil` when a card further up says it.
    let explanation: RuleExplanation?
    /// Anchor of the card that has the explanation; `nil` when this one has it.
    let explainedAt: String?
    let findings: [FindingModel]

    init(
        _ group: ResultIndex.Group,
        _ index: ResultIndex,
        anchor: String,
        explainedAt: String?,
        _ anchors: inout AnchorNames
    ) {
        ruleAnchor = anchor
        ruleTitle = VisibleText.prose(group.title)
        ruleID = VisibleText.singleLine(group.ruleID)
        ruleVersion = group.rule.map { "version \($0.version)" } ?? ""
        resourceCount = Words.count(group.findings.count, "finding")
        self.explainedAt = explainedAt
        explanation =
            explainedAt == nil ? group.rule.map { RuleExplanation($0, frameworks: index.result.frameworks) } : nil
        var models: [FindingModel] = []
        for finding in group.findings {
            models.append(FindingModel(finding, index, anchor: anchors.unique(AnchorNames.fingerprint(finding))))
        }
        findings = models
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
        let fact: String
        let factValue: String
    }

    let anchor: String
    let resourceName: String
    let resourceType: String
    let resourceID: String
    let detail: String?
    let accountName: String?
    /// How it compares with the baseline; `nil` without one.
    let changeWord: String?
    let message: String
    let fingerprint: String
    let evidenceDigest: String
    let evidence: Evidence?
    /// For the script: account, applications (one per line), their highest tier, and framework controls.
    let accountLabel: String
    let applicationLabels: String
    let tierName: String
    let controlKeys: String

    init(_ finding: Finding, _ index: ResultIndex, anchor: String) {
        self.anchor = anchor
        resourceName = finding.resource.label
        resourceType = Words.table(finding.resource.type)
        resourceID = VisibleText.singleLine(finding.resource.id)
        detail = finding.detailKey.map(VisibleText.singleLine)
        accountName = index.hasSeveralAccounts ? VisibleText.singleLine(index.account(finding.accountID)) : nil
        message = VisibleText.multiLine(finding.message)
        changeWord = finding.change?.word
        fingerprint = VisibleText.singleLine(finding.fingerprint)
        evidenceDigest = VisibleText.singleLine(finding.evidenceDigest)
        let rows = finding.sortedEvidence.map { fact in
            EvidenceRow(
                fact: VisibleText.singleLine(fact.name.replacing("_", with: " ")),
                factValue: VisibleText.multiLine(fact.value.displayText)
            )
        }
        evidence = rows.isEmpty ? nil : Evidence(evidenceRows: rows)
        accountLabel = VisibleText.singleLine(index.account(finding.accountID))
        let applications = index.result.applications.filter { application in
            application.accountID == finding.accountID
                && (application.applicationID == finding.resource.id
                    || application.policyIDs.contains(finding.resource.id))
        }
        applicationLabels = applications.map { VisibleText.singleLine($0.name) }.joined(separator: "\n")
        let tiers = Set(applications.map(\.tier))
        tierName = ApplicationTier.allCases.first { tiers.contains($0) }?.rawValue ?? ""
        controlKeys = (index.outcome(finding.ruleID)?.metadata.frameworks ?? [:]).sorted { $0.key < $1.key }
            .flatMap { framework in framework.value.map { "\(framework.key):\($0)" } }.joined(separator: "\n")
    }
}

/// Hands out anchors: short, harmless, each only once in the page.
struct AnchorNames: Sendable {
    private var used: Set<String> = []

    /// `name`, with a number where it was handed out before.
    mutating func unique(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !used.insert(candidate).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }

    /// The beginning of a finding's fingerprint.
    static func fingerprint(_ finding: Finding) -> String { safe(String(finding.fingerprint.prefix(16))) }

    /// `name` with `-` for everything but ASCII letters and digits.
    static func safe(_ name: String) -> String {
        String(
            name.unicodeScalars.map {
                $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
            }
        )
    }
}
