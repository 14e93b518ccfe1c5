/// References of an application's policies to what does not exist, circles of groups, and what is not understood.
struct ReferenceDefects {
    private(set) var found: [PolicyDefect] = []

    init(_ chain: PolicyChain) {
        let words = ConditionText(chain.configuration)
        let configuration = chain.configuration
        if !chain.isTypeUnderstood {
            let type = chain.application.type
            add(.notUnderstood, nil, "What policies mean for the application type \"\(type)\" is not known.")
        }
        if !chain.application.areAllowedProvidersRead {
            add(.notUnderstood, nil, "Which identity providers the application allows is not understood.")
        }
        let providers = configuration.inventory.providers
        for id in chain.application.allowedProviders.sorted() where providers.isComplete && providers[id] == nil {
            let what = id.isEmpty ? "what is no identity provider" : "the identity provider \(id), which does not exist"
            add(.danglingReference, nil, "The application allows \(what).")
        }
        for policy in chain.policies {
            if let doubt = PolicyDoubt.sentence(policy) {
                let isGone = policy.policy == nil && configuration.arePoliciesComplete
                add(isGone ? .danglingReference : .notUnderstood, policy.id, doubt)
            }
            guard policy.policy != nil else { continue }
            if policy.action == .allow, policy.mfa.hasUnknownAuthenticators {
                let text = "The MFA of the policy \"\(policy.name)\" has an authenticator that is not understood."
                add(.notUnderstood, policy.id, text)
            }
            let groups = configuration.groups.needed(by: [policy.blocks]).joined()
            for conditions in [policy.blocks.conditions] + groups.map(\.blocks.conditions) {
                for condition in conditions {
                    if case .notUnderstood(let what) = condition {
                        let text = "The policy \"\(policy.name)\" has \(what), which is not understood."
                        add(.notUnderstood, policy.id, text)
                    }
                    guard Reference(condition)?.dangles(in: configuration) == true else { continue }
                    let text = "The policy \"\(policy.name)\" names what does not exist: \(words.describe(condition))."
                    add(.danglingReference, policy.id, text)
                }
            }
            let circle = groups.filter { configuration.groups.cyclic.contains($0.id) }
            if !circle.isEmpty {
                let names = ConditionText.list(circle.prefix(4).map { "\"\($0.name)\"" }, "and")
                let text = "The policy \"\(policy.name)\" depends on Access groups that refer to themselves: \(names)."
                add(.groupCycle, policy.id, text)
            }
        }
    }

    private mutating func add(_ kind: PolicyDefect.Kind, _ policyID: String?, _ message: String) {
        let defect = PolicyDefect(kind: kind, policyID: policyID, message: message)
        if !found.contains(defect) { found.append(defect) }
    }
}
