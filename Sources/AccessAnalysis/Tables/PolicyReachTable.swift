import AuditModel
import SnapshotStore

/// `policy_reach`: which strangers a policy's rules let through.
enum PolicyReachTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "policy_reach",
                summary:
                    "Which strangers the rules of each policy match, whatever its action, groups included; also of the "
                    + "policies that applications name and no answer of the API holds.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("policy_id", "TEXT", "Policy, which need not be in access_policy."),
                    .init(
                        "everyone",
                        "TEXT",
                        "Does it match everyone? yes, limited (only by country or risk score), no or unknown."
                    ),
                    .init("everyone_explanation", "TEXT", "Why, in a sentence."),
                    .init(
                        "one_time_pin",
                        "TEXT",
                        "Does it match any mailbox because it names one-time PIN? yes, limited, no or unknown."
                    ),
                    .init(
                        "one_time_pin_provider_id",
                        "TEXT",
                        "The identity provider concerned; NULL unless yes or limited."
                    ),
                    .init("one_time_pin_explanation", "TEXT", "Why, in a sentence."),
                ]
            ),
            derivedFrom: ["access_application", "access_policy", "access_group", "identity_provider"],
            rows: rows
        )
    }

    static func rows(of configuration: AccessConfiguration) -> [[EvidenceValue]] {
        let strangers = Strangers(configuration)
        let seen: [[EvidenceValue]] = configuration.policies.values.sorted { $0.id < $1.id }.map { policy in
            let (everyone, pin) = strangers.reach(of: policy)
            return [
                .text(configuration.accountID), .text(policy.id), .text(everyone.answer.rawValue),
                .text(everyone.reason), .text(pin.answer.rawValue), EvidenceValue(pin.providerID), .text(pin.reason),
            ]
        }
        let unseen: [[EvidenceValue]] = configuration.unseenPolicies.map { id in
            let reason = "The policy \"\(id)\" was in no answer of the API."
            return [
                .text(configuration.accountID), .text(id), .text("unknown"), .text(reason), .text("unknown"), .null,
                .text(reason),
            ]
        }
        return seen + unseen
    }
}
