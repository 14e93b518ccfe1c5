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
        func reach(providers: Set<String>, mailbox: Bool) -> Reach {
            func evaluation(_ meetsCircumstances: Bool) -> BlockEvaluation {
                BlockEvaluation(
                    groups: configuration.groups,
                    requester: RequesterClass(
                        oneTimePINProviders: providers,
                        hasPublicMailbox: mailbox,
                        meetsCircumstances: meetsCircumstances
                    )
                )
            }
            return Reach(anywhere: evaluation(false), somewhere: evaluation(true))
        }
        var everyone = reach(providers: [], mailbox: false)
        var mailbox = reach(providers: [], mailbox: true)
        var pin = reach(providers: configuration.oneTimePINProviders, mailbox: true)
        let seen: [[EvidenceValue]] = configuration.policies.values.sorted { $0.id < $1.id }.map { policy in
            let (everyoneAnswer, everyoneReason, _, _) = everyone.judge(policy.blocks)
            var (pinAnswer, pinReason, provider, isOpenOutside) = pin.judge(policy.blocks)
            // Where a mailbox alone gets as far, one-time PIN makes no difference to what the policy admits.
            if mailbox.judge(policy.blocks).0 == pinAnswer, pinAnswer != .unknown || isOpenOutside {
                (pinAnswer, pinReason, provider) = (.no, "One-time PIN makes no difference to the policy.", nil)
            }
            return [
                .text(configuration.accountID), .text(policy.id),
                .text(everyoneAnswer.rawValue), .text(everyoneReason),
                .text(pinAnswer.rawValue), provider.map(EvidenceValue.text) ?? .null, .text(pinReason),
            ]
        }
        let unseen: [[EvidenceValue]] = configuration.unseenPolicies.map { id in
            let (answer, reason) = (Answer.unknown.rawValue, PolicyDoubt.unseen(id))
            return [
                .text(configuration.accountID), .text(id), .text(answer), .text(reason), .text(answer), .null,
                .text(reason),
            ]
        }
        return seen + unseen
    }

    private enum Answer: String {
        case yes, limited, no, unknown
    }

    /// The same question asked of a requester anywhere, and of one who is in the right country with the right score.
    private struct Reach {
        var anywhere: BlockEvaluation
        var somewhere: BlockEvaluation

        /// Judges a policy's rules.
        ///
        /// - Returns: The answer, the reason, the provider of one-time PIN that decides, and whether an external
        ///   evaluation is what keeps the answer open.
        mutating func judge(
            _ blocks: RuleBlocks
        ) -> (Answer, reason: String, provider: String?, isOpenOutside: Bool) {
            if anywhere.matches(blocks) == .yes {
                let (what, provider) = describe(anywhere.wayIn(through: blocks))
                return (.yes, "Include has \(what), and nothing in Require narrows it.", provider, false)
            }
            switch somewhere.matches(blocks) {
            case .yes:
                let (what, provider) = describe(somewhere.wayIn(through: blocks))
                return (.limited, "Include has \(what), narrowed only by country or risk score.", provider, false)
            case .unknown:
                let doubt = somewhere.doubt(in: blocks) ?? "groups that nest too deep"
                return (
                    .unknown, "Whom the policy admits cannot be told, because it has \(doubt).", nil,
                    doubt == BlockEvaluation.externalDoubt
                )
            case .no:
                return (.no, "The policy admits only whom it names.", nil, false)
            }
        }

        private func describe(_ way: (groups: [String], rule: StoredRule)?) -> (String, provider: String?) {
            guard let way else { return ("everyone", nil) }
            let provider = way.rule.selector == .loginMethod ? way.rule.value : nil
            let what =
                switch way.rule.selector {
                case .loginMethod: "any mailbox by one-time PIN"
                case .emailDomain: "any mailbox of \(way.rule.value ?? "a public mail provider")"
                case .ip: "the range \(way.rule.value ?? "of all addresses")"
                case .geo: "everyone in \(way.rule.value ?? "a country")"
                default: "everyone"
                }
            let via = way.groups.isEmpty ? "" : " through the Access group \"\(way.groups.joined(separator: " > "))\""
            return (what + via, provider)
        }
    }
}
