/// What of an application's policies the configuration does not settle, and what would.
struct Doubts {
    private(set) var found: [String] = []
    private let chain: PolicyChain
    private let words: ConditionText

    /// - Parameters:
    ///   - chain: The application.
    ///   - policy: The policy to look at; `nil` for all of them, and the application itself.
    ///   - summaries: What is known of the policies already.
    init(_ chain: PolicyChain, of policy: ChainedPolicy? = nil, summaries: [PolicySummary] = []) {
        self.chain = chain
        words = ConditionText(chain.configuration)
        let policies = policy.map { [$0] } ?? chain.policies
        if policy == nil { lookAtApplication() }
        let isOpen = { (summary: PolicySummary) in summary.mfa.state == .unknown && summary.mfa.source != .selector }
        let logins = chain.isTypeUnderstood ? summaries.filter { $0.decision == PolicyAction.allow.rawValue } : []
        for summary in logins where isOpen(summary) {
            add("the policy \"\(summary.policyName ?? summary.policyID)\": \(summary.mfa.explanation.dropLast())")
        }
        for policy in policies {
            if let doubt = PolicyDoubt.sentence(policy) { add(String(doubt.dropLast())) }
            guard policy.policy != nil else { continue }
            let context = policy.action?.context ?? .login
            let groups = chain.configuration.groups.needed(by: [policy.blocks]).joined()
            let circle = groups.filter { chain.configuration.groups.cyclic.contains($0.id) }
            if let first = circle.first {
                let rest = circle.count > 1 ? " and \(circle.count - 1) more depend on themselves" : " refers to itself"
                add("the Access group \"\(first.name)\"\(rest)")
            }
            for blocks in [policy.blocks] + groups.map(\.blocks) {
                for condition in blocks.conditions { look(at: condition, context) }
            }
        }
    }

    private mutating func add(_ doubt: String) {
        if !found.contains(doubt) { found.append(doubt) }
    }

    /// A doubt with why the snapshot does not settle it.
    private func with(_ doubt: String, _ gap: String?) -> String { gap.map { "\(doubt), because \($0)" } ?? doubt }

    private mutating func lookAtApplication() {
        if !chain.isTypeUnderstood {
            add("what policies mean for the application type \"\(chain.application.type)\" is not known")
        }
        if !chain.application.areAllowedProvidersRead {
            add("which identity providers the application allows is not understood")
        }
        if !chain.configuration.inventory.providers.isComplete {
            add(with("who can log in is not known", chain.configuration.inventory.providers.gap))
        }
    }

    private mutating func look(at condition: AccessCondition, _ context: RuleContext) {
        let inventory = chain.configuration.inventory
        let isRead = Reference(condition)?.isKnown(in: chain.configuration) ?? true
        switch condition {
        case .notUnderstood(let what):
            add("\(what) is not understood")
        case .externalEvaluation:
            if context == .login { add("an external evaluation decides at login, outside the configuration") }
        case .emailList(let id):
            look(at: ListContent(emails: id, inventory), condition)
        case .ipList(let id):
            look(at: ListContent(addresses: id, inventory), condition)
        case .accountMember(let id):
            if let id, id != chain.configuration.accountID {
                add("members of another account (\(id)) cannot be listed")
            }
        case .linkedApplication:
            if context == .bypass { add("whether a linked application's token counts for Bypass is not documented") }
            if !isRead { add(with("nobody knows who has \(words.describe(condition))", inventory.applications.gap)) }
        case .group:
            if !isRead {
                add(with("\(words.describe(condition)): what it holds is not known", chain.configuration.groups.gap))
            }
        case .devicePosture:
            if !isRead { add(with("nobody knows who has \(words.describe(condition))", inventory.postureChecks.gap)) }
        case .serviceToken:
            if !isRead { add(with("nobody knows who has \(words.describe(condition))", inventory.serviceTokens.gap)) }
        case .anyServiceToken:
            if !inventory.serviceTokens.isComplete {
                add(with("whether there is a service token is not known", inventory.serviceTokens.gap))
            }
        case .everyone, .email, .emailDomain, .ip, .country, .loginMethod, .authMethod, .authContext, .anyCertificate,
            .commonName, .claim, .riskScore:
            break
        }
    }

    private mutating func look(at list: ListContent?, _ condition: AccessCondition) {
        guard list?.isComplete != true else { return }
        let doubt = "not every item of the list is known: \(words.describe(condition))"
        add(with(doubt, chain.configuration.inventory.lists.gap))
    }
}

/// What a condition names that ought to exist.
struct Reference: Hashable {
    enum Kind: Hashable {
        case group, list, provider, postureCheck, serviceToken, application
    }

    let kind: Kind
    let id: String

    /// `nil` for a condition that names nothing of the account.
    init?(_ condition: AccessCondition) {
        switch condition {
        case .group(let id): self.init(.group, id)
        case .emailList(let id), .ipList(let id): self.init(.list, id)
        case .loginMethod(let id): self.init(.provider, id)
        case .authContext(_, let id): self.init(.provider, id)
        case .claim(let claim): self.init(.provider, claim.providerID)
        case .devicePosture(let id): self.init(.postureCheck, id)
        case .serviceToken(let id): self.init(.serviceToken, id)
        case .linkedApplication(let id): self.init(.application, id)
        case .everyone, .email, .emailDomain, .ip, .country, .authMethod, .anyCertificate, .commonName,
            .anyServiceToken, .externalEvaluation, .riskScore, .accountMember, .notUnderstood:
            return nil
        }
    }

    private init?(_ kind: Kind, _ id: String?) {
        guard let id else { return nil }
        self.kind = kind
        self.id = id
    }

    /// Whether the snapshot has it.
    func isKnown(in configuration: AccessConfiguration) -> Bool {
        let inventory = configuration.inventory
        return switch kind {
        case .group: configuration.groups[id] != nil
        case .list: inventory.lists[id] != nil
        case .provider: inventory.providers[id] != nil
        case .postureCheck: inventory.postureChecks[id] != nil
        case .serviceToken: inventory.serviceTokens[id] != nil
        case .application: inventory.applications[id] != nil
        }
    }

    /// Whether it surely does not exist: everything of its kind was read.
    func dangles(in configuration: AccessConfiguration) -> Bool {
        let inventory = configuration.inventory
        let isComplete =
            switch kind {
            case .group: configuration.groups.isComplete
            case .list: inventory.lists.isComplete
            case .provider: inventory.providers.isComplete
            case .postureCheck: inventory.postureChecks.isComplete
            case .serviceToken: inventory.serviceTokens.isComplete
            case .application: inventory.applications.isComplete
            }
        return isComplete && !isKnown(in: configuration)
    }
}
