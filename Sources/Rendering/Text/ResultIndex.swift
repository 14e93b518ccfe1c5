import AuditModel

/// Look-ups into a result that several formats need; every list keeps the result's order.
struct ResultIndex: Sendable {
    /// A rule with those of its findings that belong to one part of a document.
    struct Group: Sendable {
        let ruleID: String
        /// `nil` when the result has no such rule.
        let rule: RuleMetadata?
        var findings: [Finding]

        /// The rule's title, or its id where there is none.
        var title: String { rule?.title ?? ruleID }
    }

    private let rules: [String: RuleOutcome]
    private let accountLabels: [String: String]
    let result: AuditResult

    init(_ result: AuditResult) {
        self.result = result
        rules = Dictionary(result.rules.map { ($0.metadata.id, $0) }) { first, _ in first }
        accountLabels = Dictionary(result.accounts.map { ($0.id, $0.label) }) { first, _ in first }
    }

    /// What was said of the rule `id`.
    func outcome(_ id: String) -> RuleOutcome? { rules[id] }

    /// Data that the finding's rule lacked in the finding's account.
    func gaps(of finding: Finding) -> [DataGap] {
        (rules[finding.ruleID]?.gaps ?? []).filter { $0.accountID == finding.accountID }
    }

    /// Name of the account `id`, or the id itself.
    func account(_ id: String) -> String { accountLabels[id] ?? id }

    /// The framework `id` as the result describes it; `nil` when it does not.
    func knownFramework(_ id: String) -> Framework? { result.frameworks.first { $0.id == id } }

    /// Title of the framework `id`.
    func framework(_ id: String) -> String { knownFramework(id)?.title ?? Words.framework(id) }

    /// Whether documents must say which account a resource is in.
    var hasSeveralAccounts: Bool { result.accounts.count > 1 }

    /// What was not completely read.
    var unread: [CoverageEntry] { result.coverage.filter { !$0.status.isReliable } }

    /// Findings that `isWanted` takes, gathered by rule; rules stand in the order of their first finding.
    func groups(where isWanted: (Finding) -> Bool) -> [Group] {
        var groups: [Group] = []
        var places: [String: Int] = [:]
        for finding in result.findings where isWanted(finding) {
            if let place = places[finding.ruleID] {
                groups[place].findings.append(finding)
            } else {
                places[finding.ruleID] = groups.count
                let rule = rules[finding.ruleID]?.metadata
                groups.append(Group(ruleID: finding.ruleID, rule: rule, findings: [finding]))
            }
        }
        return groups
    }
}

extension Finding {
    /// Whether it counts at the gate.
    var isOpenFail: Bool { verdict == .fail && state == .open }

    /// The facts with their names, sorted by name, since a dictionary has no order.
    var sortedEvidence: [(name: String, value: EvidenceValue)] {
        evidence.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}

extension Resource {
    /// The name on one line, with words for those that have none.
    var label: String {
        if id == Self.unreadID { return "Resources that could not be read" }
        return name.isEmpty ? "unnamed" : VisibleText.singleLine(name)
    }
}
