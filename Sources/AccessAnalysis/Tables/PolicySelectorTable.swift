import AuditModel
import SnapshotStore

/// `policy_rule_source`: where the rules of a policy stand, groups included.
enum PolicyRuleSourceTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "policy_rule_source",
                summary:
                    "Where the rules of each policy stand: in itself, and in the groups that it names, directly or "
                    + "through groups.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("policy_id", "TEXT", "Policy."),
                    .init(
                        "block",
                        "TEXT",
                        "Block of the policy through which the rules count; NULL for its own rules."
                    ),
                    .init("owner_type", "TEXT", "access_policy or access_group, as in access_rule."),
                    .init("owner_id", "TEXT", "Policy or group that holds the rules, as in access_rule."),
                    .init(
                        "path",
                        "TEXT",
                        "Names of the groups on one shortest way to it, outermost first; NULL for its own."
                    ),
                ]
            ),
            derivedFrom: ["access_group", "access_policy", "access_rule"],
            rows: rows
        )
    }

    static func rows(of configuration: AccessConfiguration) -> [[EvidenceValue]] {
        configuration.policies.values.sorted { $0.id < $1.id }.flatMap { policy in
            let own: [EvidenceValue] = [
                .text(configuration.accountID), .text(policy.id), .null, .text("access_policy"), .text(policy.id),
                .null,
            ]
            let blocks = [
                ("include", policy.blocks.include), ("require", policy.blocks.require),
                ("exclude", policy.blocks.exclude),
            ]
            return [own]
                + blocks.flatMap { block, sets in
                    reached(from: sets, in: configuration.groups).map { group, path in
                        [
                            .text(configuration.accountID), .text(policy.id), .text(block), .text("access_group"),
                            .text(group.id), .text(path.joined(separator: " > ")),
                        ]
                    }
                }
        }
    }

    /// Every group that a block names, directly or through groups, each with the names on a shortest way to it.
    private static func reached(
        from sets: [ConditionSet],
        in groups: GroupGraph
    ) -> [(group: AccessGroup, path: [String])] {
        var found: [(group: AccessGroup, path: [String])] = []
        var seen: Set<String> = []
        func add(_ ids: [String], after path: [String]) {
            for id in ids where seen.insert(id).inserted {
                // A deeper path tells nobody more.
                if let group = groups[id] { found.append((group, path.count < 20 ? path + [group.name] : path)) }
            }
        }
        add(RuleBlocks(require: sets).groupIDs, after: [])
        var next = 0
        while next < found.count {
            add(found[next].group.blocks.groupIDs, after: found[next].path)
            next += 1
        }
        return found
    }
}

/// `policy_selector`: the rules of each policy with those of its groups, as a view, because groups that many policies
/// share would fill memory.
enum PolicySelectorTable {
    static let table = AnalysisTable(
        definition: SnapshotTable(
            name: "policy_selector",
            summary: "The rules of each policy, those of the groups that it names included.",
            columns: [
                .init("account_id", "TEXT", "Account."),
                .init("policy_id", "TEXT", "Policy."),
                .init("block", "TEXT", "Block of the policy through which the rule counts."),
                .init("group_id", "TEXT", "Group that holds the rule; NULL for the policy's own."),
                .init(
                    "group_path",
                    "TEXT",
                    "Names of the groups on one shortest way to it; NULL for the policy's own."
                ),
                .init("group_block", "TEXT", "Block of that group; NULL for the policy's own."),
                .init("type", "TEXT", "Rule type as the API spells it; NULL when it is no one-key object."),
                .init("value", "TEXT", "What the rule names, as in access_rule."),
                .init("identity_provider_id", "TEXT", "Identity provider that the rule is bound to."),
                .init("understood", "INTEGER", "1 when the type is known and has the members it needs."),
            ]
        ),
        derivedFrom: ["access_group", "access_policy", "access_rule"],
        rows: [],
        view: """
            SELECT source.account_id, source.policy_id, COALESCE(source.block, rule.block) AS block,
                   CASE WHEN source.block IS NOT NULL THEN source.owner_id END AS group_id, source.path AS group_path,
                   CASE WHEN source.block IS NOT NULL THEN rule.block END AS group_block, rule.type, rule.value,
                   rule.identity_provider_id, rule.understood
            FROM policy_rule_source AS source
            JOIN access_rule AS rule
                ON rule.account_id = source.account_id AND rule.owner_type = source.owner_type
                AND rule.owner_id = source.owner_id
            """
    )
}
