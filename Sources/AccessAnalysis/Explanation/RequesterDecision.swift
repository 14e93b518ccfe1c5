package import AuditModel

/// What Access answers to one requester of one application, with how it came to that (explain.md, "With a requester").
package struct RequesterDecision: Sendable, Hashable {
    /// The answer; `unknown` where the configuration leaves more than one open.
    package let decision: Decision
    /// One sentence.
    package let reason: String
    /// The policy that decided; `nil` when none did, or more than one may have.
    package let policyID: String?
    /// Every policy in run order, those behind the deciding one included.
    package let trace: [Step]

    /// What one policy makes of the requester.
    package struct Step: Sendable, Hashable {
        package let policyID: String
        package let policyName: String
        /// As the API spells it; `nil` when it gave none.
        package let decision: String?
        /// Whether its rules match.
        package let match: Truth
        /// The conditions that decided, in words.
        package let because: String
    }

    /// Evaluates `requester` against an application.
    init(_ requester: Requester, for chain: PolicyChain) {
        let logins = Login.possible(
            for: requester,
            application: chain.application,
            inventory: chain.configuration.inventory
        )
        // What keeps a login out says more than what no login lacks, so that comes last.
        let evaluations = (logins.filter { $0 != .none } + logins.filter { $0 == .none })
            .map { ChainEvaluation(chain, requester: requester, login: $0) }
        trace = chain.policies.map { policy in Self.step(policy, evaluations) }
        guard chain.isTypeUnderstood else {
            decision = .unknown
            policyID = nil
            reason = "What policies mean for the application type \"\(chain.application.type)\" is not known."
            return
        }
        let outcomes = Set(evaluations.flatMap(Self.outcomes))
        let decisions = Set(outcomes.map(\.decision))
        let deciders = Set(outcomes.map(\.policyID))
        let decision = decisions.count == 1 ? decisions.first ?? .unknown : .unknown
        let decider = deciders.count == 1 ? deciders.first ?? nil : nil
        self.decision = decision
        policyID = decider
        let policy = chain.policies.first { $0.id == decider }
        // Policies behind the deciding one leave nothing open.
        let doubts = zip(chain.policies, trace).filter { $0.1.match == .unknown && deciders.contains($0.0.id) }
        reason =
            deciders.count > 1 && decision != .unknown
            ? "Whatever is not known, the answer is the same; which policy gives it is open."
            : Self.reason(decision, policy, doubts.first.map { ($0.0.name, $0.1.because) })
    }

    /// What may come of the requester, and which policy would decide it.
    private struct Outcome: Hashable {
        let decision: Decision
        let policyID: String?
    }

    private static func outcomes(_ evaluation: ChainEvaluation) -> [Outcome] {
        var result: [Outcome] = []
        for policy in evaluation.chain.policies {
            let match = evaluation.matches(policy)
            guard match > .no else { continue }
            result += outcomes(policy, evaluation).map { Outcome(decision: $0, policyID: policy.id) }
            // What is not known to run first may leave the decision to another.
            if match == .yes, policy.action != nil { return result }
        }
        return result + [Outcome(decision: .deny, policyID: nil)]
    }

    /// What may come of a match.
    private static func outcomes(_ policy: ChainedPolicy, _ evaluation: ChainEvaluation) -> [Decision] {
        switch policy.action {
        case .bypass: return [.bypass]
        case .serviceAuth: return [.serviceAuth]
        case .block: return [.block]
        case .allow:
            let mfa = evaluation.meetsMFA(policy)
            return (mfa > .no ? [.allow] : []) + (mfa < .yes ? [.deny] : [])
        case nil: return [.bypass, .serviceAuth, .block, .allow, .deny]
        }
    }

    private static func reason(
        _ decision: Decision,
        _ policy: ChainedPolicy?,
        _ doubt: (name: String, why: String)?
    ) -> String {
        let name = "\"\(policy?.name ?? "")\""
        switch (decision, policy) {
        case (.bypass, .some): return "The Bypass policy \(name) matches, so Access is switched off for the request."
        case (.serviceAuth, .some): return "The Service Auth policy \(name) matches."
        case (.allow, .some): return "The Allow policy \(name) matches."
        case (.block, .some): return "The Block policy \(name) matches."
        case (.deny, .some):
            return "The Allow policy \(name) matches, but the requester cannot answer the MFA that it demands."
        case (.deny, nil): return "No policy matches, and what no policy admits is denied."
        case (.unknown, let policy?) where policy.action == .allow && doubt == nil:
            return "The Allow policy \(name) matches, but whether the MFA that it may demand is met cannot be told. "
                + (policy.mfa.isDemanded == .unknown
                    ? policy.mfa.explanation
                    : "What counts as an answer to it is not documented.")
        case (.unknown, _):
            guard let doubt else { return "What the policies that match do cannot be told from the configuration." }
            return "Whether the policy \"\(doubt.name)\" matches cannot be told: \(doubt.why)."
        case (.bypass, nil), (.serviceAuth, nil), (.allow, nil), (.block, nil):
            return "Which policy decides cannot be told."
        }
    }

    private static func step(_ policy: ChainedPolicy, _ evaluations: [ChainEvaluation]) -> Step {
        let matches = evaluations.map { $0.matches(policy) }
        let isCommon = matches.allSatisfy { $0 == matches.first }
        let match = isCommon ? matches.first ?? .unknown : .unknown
        let because =
            isCommon
            ? Self.because(evaluations.map { MatchReason($0).text(for: policy, match) })
            : "it depends on the identity provider of the login, which is not given"
        return Step(
            policyID: policy.id,
            policyName: policy.name,
            decision: policy.policy?.decision,
            match: match,
            because: because
        )
    }

    /// One reason out of those for each identity provider that the login may be by.
    private static func because(_ reasons: [String]) -> String {
        let different = reasons.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard different.count > 1 else { return different.first ?? "" }
        return "depending on the identity provider, " + different.prefix(3).joined(separator: "; or ")
    }
}

/// Which conditions of a policy decided about a requester.
private struct MatchReason {
    let evaluation: ChainEvaluation
    let words: ConditionText

    init(_ evaluation: ChainEvaluation) {
        self.evaluation = evaluation
        words = ConditionText(evaluation.chain.configuration)
    }

    func text(for policy: ChainedPolicy, _ match: Truth) -> String {
        let context = policy.action?.context ?? .login
        let blocks = policy.blocks
        func met(_ set: ConditionSet) -> [AccessCondition] {
            set.conditions.filter { evaluation.meets($0, context) == .yes }
        }
        func open(_ conditions: [AccessCondition]) -> [AccessCondition] {
            conditions.filter { evaluation.meets($0, context) == .unknown }
        }
        let included = blocks.include.flatMap(met)
        let required = blocks.require.flatMap(\.conditions)
        let excluded = blocks.exclude.flatMap(met)
        switch match {
        case .yes:
            let shown = included.prefix(1).map { "include \(words.describe($0))" }
            return (shown + required.map { "require \(words.describe($0))" }).joined(separator: "; ")
        case .no:
            if let hit = excluded.first { return "exclude \(words.describe(hit))" }
            if let missing = required.first(where: { evaluation.meets($0, context) == .no }) {
                return "require \(words.describe(missing)) is not met"
            }
            if blocks.include.isEmpty { return "an empty include matches nobody" }
            let isOpen = !open(blocks.include.flatMap(\.conditions)).isEmpty
            if policy.action == .allow, !included.isEmpty || isOpen { return "there is no login that counts" }
            return "no include matches: " + ConditionText.list(blocks.include.prefix(3).map(words.describe), "or")
        case .unknown:
            if policy.action == nil { return "what the policy does is not known" }
            guard let doubt = open(blocks.conditions).first else { return "whether the login counts is not known" }
            return "\(words.describe(doubt)) cannot be decided"
        }
    }
}
