import AuditModel
import SnapshotStore

/// `policy_selector`: the access rules of each policy with its groups expanded.
enum PolicySelectorTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "policy_selector",
                summary: "The access rules of policies, with the groups they name replaced by what those include.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("policy_id", "TEXT", "Policy."),
                    .init("policy_name", "TEXT", "Its name."),
                    .init("block", "TEXT", "include, require or exclude: where the rule or the group stands."),
                    .init("position", "INTEGER", "Place of that rule in its block, from 0."),
                    .init(
                        "type",
                        "TEXT",
                        "Rule type as the API spells it; NULL when it is no one-key object. Of a group only where it is unresolved or includes nothing."
                    ),
                    .init("value", "TEXT", "What the rule names."),
                    .init("identity_provider_id", "TEXT", "Identity provider that the rule is bound to."),
                    .init("via", "TEXT", "Names of the groups on the way, joined by ' > '; NULL when direct."),
                    .init(
                        "narrowed",
                        "INTEGER",
                        "1 when a group on the way also requires something that not everyone has, or excludes everyone."
                    ),
                    .init("understood", "INTEGER", "1 when the rule type is known and has the members it needs."),
                    .init(
                        "resolved",
                        "INTEGER",
                        "0 for a group that does not exist, closes a cycle or nests too deep."
                    ),
                ]
            ),
            derivedFrom: ["access_policy", "access_group"],
            rows: rows
        )
    }

    static func rows(of configuration: AccessConfiguration) -> [[EvidenceValue]] {
        var expander = GroupExpander(groups: configuration.groups)
        return configuration.policies.values.sorted { $0.id < $1.id }.flatMap { policy in
            [
                ("include", policy.blocks.include), ("require", policy.blocks.require),
                ("exclude", policy.blocks.exclude),
            ].flatMap { block, rules in
                rules.enumerated().flatMap { position, rule in
                    expander.expand(rule, collapsingEveryone: block == "require").map { selector in
                        row(selector, (block, position), of: policy, accountID: configuration.accountID)
                    }
                }
            }
        }
    }

    private static func row(
        _ selector: ExpandedSelector,
        _ place: (block: String, position: Int),
        of policy: AccessPolicy,
        accountID: String
    ) -> [EvidenceValue] {
        [
            .text(accountID), .text(policy.id), .text(policy.name), .text(place.block), .integer(Int64(place.position)),
            selector.rule.type.map(EvidenceValue.text) ?? .null, selector.rule.value.map(EvidenceValue.text) ?? .null,
            selector.rule.identityProviderID.map(EvidenceValue.text) ?? .null,
            selector.via.isEmpty ? .null : .text(selector.via.joined(separator: " > ")),
            .integer(selector.isNarrowed ? 1 : 0), .integer(selector.rule.isUnderstood ? 1 : 0),
            .integer(selector.isResolved ? 1 : 0),
        ]
    }
}

/// A rule that a policy reaches directly or through groups.
struct ExpandedSelector: Sendable, Hashable {
    var rule: StoredRule
    /// Names of the groups on the way, outermost first.
    var via: [String]
    var isNarrowed: Bool
    var isResolved: Bool

    /// Whether it keeps nobody out: everyone, or the range of all addresses.
    var admitsEveryone: Bool {
        switch rule.selector {
        case .everyone: !isNarrowed
        case .ip: !isNarrowed && rule.value?.hasSuffix("/0") == true
        default: false
        }
    }
}

/// Replaces groups by what they include.
///
/// Each group is expanded once, so the work is linear in what is configured.
struct GroupExpander {
    let groups: [String: AccessGroup]

    private var expanded: [String: [ExpandedSelector]] = [:]
    private var open: Set<String> = []

    /// A group that includes more through nesting is not expanded further: adversarial nesting must not explode.
    private static let maximumSelectors = 5000
    private static let maximumDepth = 50

    init(groups: [String: AccessGroup]) {
        self.groups = groups
    }

    /// What a rule of a policy stands for.
    ///
    /// - Parameters:
    ///   - rule: A rule of a policy's block.
    ///   - collapsingEveryone: For a required group: when it lets everyone through, its other rules do not narrow
    ///     anything and are left out.
    /// - Returns: The rule itself, or what its group includes.
    mutating func expand(_ rule: StoredRule, collapsingEveryone: Bool) -> [ExpandedSelector] {
        let selectors = expand(rule)
        if collapsingEveryone, rule.selector == .group,
            let everyone = selectors.first(where: \.admitsEveryone)
        {
            return [everyone]
        }
        return selectors
    }

    private mutating func expand(_ rule: StoredRule) -> [ExpandedSelector] {
        guard rule.selector == .group else {
            return [ExpandedSelector(rule: rule, via: [], isNarrowed: false, isResolved: true)]
        }
        let unresolved = [ExpandedSelector(rule: rule, via: [], isNarrowed: false, isResolved: false)]
        guard let id = rule.value, let group = groups[id] else { return unresolved }
        if let known = expanded[id] { return known }
        guard open.count < Self.maximumDepth, open.insert(id).inserted else { return unresolved }
        defer { open.remove(id) }
        var inner: [ExpandedSelector] = []
        for rule in group.blocks.include {
            inner += expand(rule)
            guard inner.count <= Self.maximumSelectors else {
                expanded[id] = unresolved
                return unresolved
            }
        }
        // A group that includes nothing admits nobody, which a Require of it must not lose.
        if inner.isEmpty {
            return [ExpandedSelector(rule: rule, via: [], isNarrowed: false, isResolved: true)]
        }
        let narrows = narrows(group.blocks)
        let result = inner.map { selector in
            var selector = selector
            selector.via.insert(group.name, at: 0)
            selector.isNarrowed = selector.isNarrowed || narrows
            return selector
        }
        // Kept even when a cycle cut it short: it then holds an unresolved row, and expanding it anew for every policy
        // would cost exponential time.
        expanded[id] = result
        return result
    }

    /// Whether a group's Require or Exclude keeps some of those out that its Include lets in.
    private mutating func narrows(_ blocks: RuleBlocks) -> Bool {
        let requires = blocks.require.contains { rule in
            !expand(rule).contains(where: \.admitsEveryone)
        }
        let excludesEveryone = blocks.exclude.contains { rule in
            expand(rule).contains(where: \.admitsEveryone)
        }
        return requires || excludesEveryone
    }
}
