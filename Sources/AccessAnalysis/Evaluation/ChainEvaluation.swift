import AuditModel

/// What Access answers to a requester of an application.
package enum Decision: String, Sendable, CaseIterable {
    case bypass, allow, block, deny, unknown
    case serviceAuth = "service_auth"

    /// Whether the requester gets in.
    package var admits: Bool { self == .bypass || self == .serviceAuth || self == .allow }
}

/// Runs an application's policies for one requester with one login.
struct ChainEvaluation {
    let chain: PolicyChain
    let conditions: ConditionEvaluation
    let requester: Requester
    /// The login, as far as it counts beside a service token.
    private let loginCounts: Truth
    /// What is known of each group, as each kind of policy reads it.
    private var groups: [RuleContext: [String: Truth]] = [:]

    init(_ chain: PolicyChain, requester: Requester, login: Login) {
        self.chain = chain
        self.requester = requester
        let inventory = chain.configuration.inventory
        func conditions(_ login: Login) -> ConditionEvaluation {
            ConditionEvaluation(
                requester: requester,
                login: login,
                accountID: chain.configuration.accountID,
                applicationType: chain.application.type,
                inventory: inventory
            )
        }
        let shown = conditions(login)
        let token = shown.serviceToken?.isToken ?? .no
        let strictness: Truth =
            switch chain.configuration.organization {
            case .unread: .unknown
            case .absent: .no
            case .read(let organization): Truth(organization.isStrictAboutTokens)
            }
        let isDiscounted = login == .none ? .no : min(token, strictness)
        self.conditions = isDiscounted == .yes ? conditions(.none) : shown
        loginCounts = min(self.conditions.login.counts, !isDiscounted)
        for context in RuleContext.allCases { groups[context] = evaluateGroups(context) }
    }

    /// Whether the rules of a policy match, and for an Allow policy whether there is a login.
    func matches(_ policy: ChainedPolicy) -> Truth {
        guard let action = policy.action else {
            // It may be any of them.
            let readings =
                RuleContext.allCases.map { matches(policy.blocks, $0) }
                + [min(loginCounts, matches(policy.blocks, .login))]
            return readings.allSatisfy { $0 == readings[0] } ? readings[0] : .unknown
        }
        let match = matches(policy.blocks, action.context)
        return action == .allow ? min(loginCounts, match) : match
    }

    /// Whether one condition is met.
    func meets(_ condition: AccessCondition, _ context: RuleContext) -> Truth {
        if case .group(let id) = condition { return groups[context]?[id] ?? .unknown }
        let truth = conditions.meets(condition, context)
        // A login that may not count settles nothing.
        return condition.isIdentity && truth == .yes ? min(truth, loginCounts) : truth
    }

    /// Any Include, every Require, no Exclude.
    func matches(_ blocks: RuleBlocks, _ context: RuleContext) -> Truth {
        func any(_ sets: [ConditionSet]) -> Truth {
            var result = Truth.no
            for condition in sets.lazy.flatMap(\.conditions) where result < .yes {
                result = max(result, meets(condition, context))
            }
            return result
        }
        var result = any(blocks.include)
        for condition in blocks.require.lazy.flatMap(\.conditions) where result > .no {
            result = min(result, meets(condition, context))
        }
        return result > .no ? min(result, !any(blocks.exclude)) : .no
    }

    /// Whether the requester can answer the MFA that a policy demands.
    func meetsMFA(_ policy: ChainedPolicy) -> Truth {
        let isDemanded = policy.mfa.isDemanded
        guard isDemanded > .no else { return .yes }
        let answered = max(
            requester.independentMFA.truth { Truth(!$0.isDisjoint(with: policy.mfa.authenticators)) },
            isSparedMFA(policy),
            policy.mfa.hasUnknownAuthenticators ? .unknown : .no
        )
        return max(!isDemanded, answered)
    }

    /// Whether a second factor that the identity provider reports counts as an authenticator.
    private func isSparedMFA(_ policy: ChainedPolicy) -> Truth {
        guard let organization = chain.configuration.organization.organization, organization.methodMatching != .off,
            case .by(let provider) = conditions.login, provider.reportsMethods
        else { return .no }
        return requester.authMethods.truth { methods in
            let counting = Set(methods.compactMap(Requester.Authenticator.init(authMethod:)))
            if !counting.isDisjoint(with: policy.mfa.authenticators) {
                return organization.methodMatching == .byMethod ? .yes : .unknown
            }
            return methods.contains("mfa") ? .unknown : .no
        }
    }

    /// Groups that need themselves start as unknown and get what follows without that.
    private mutating func evaluateGroups(_ context: RuleContext) -> [String: Truth] {
        groups[context] = [:]
        for component in chain.groups {
            let isCyclic = component.contains { chain.configuration.groups.cyclic.contains($0.id) }
            var isStable = false
            while !isStable {
                isStable = true
                for group in component {
                    let truth = matches(group.blocks, context)
                    if isCyclic, truth != groups[context]?[group.id] ?? .unknown { isStable = false }
                    groups[context]?[group.id] = truth
                }
            }
        }
        return groups[context] ?? [:]
    }
}

extension AccessCondition {
    /// Whether it looks at who logged in.
    var isIdentity: Bool {
        switch self {
        case .email, .emailDomain, .emailList, .loginMethod, .authMethod, .authContext, .externalEvaluation, .claim,
            .riskScore, .accountMember:
            true
        case .everyone, .group, .ip, .ipList, .country, .anyCertificate, .commonName, .devicePosture, .serviceToken,
            .anyServiceToken, .linkedApplication, .notUnderstood:
            false
        }
    }
}

extension Requester.Authenticator {
    /// Whether it is for infrastructure applications; all others take the rest.
    var isForInfrastructure: Bool { self == .pivKey || self == .sshFIDO2Key }

    /// The authenticator as which a reported method counts (Independent MFA, "AMR matching").
    init?(authMethod: String) {
        switch authMethod {
        case "hwk", "swk": self = .securityKey
        case "otp": self = .totp
        case "face", "fpt", "iris", "retina", "vbm": self = .biometrics
        default: return nil
        }
    }
}
