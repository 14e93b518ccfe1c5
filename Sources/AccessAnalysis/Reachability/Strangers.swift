import AuditModel
import SnapshotStore

/// Which strangers the rules of a policy match, whatever application it is attached to.
///
/// A stranger is named by nobody: logged in by any identity provider, with an address that anybody can get, without
/// group, claim, token, certificate and posture check.
struct Strangers {
    private let configuration: AccessConfiguration
    private let words: ConditionText

    /// An identity provider that no rule names.
    private static let provider = AccountInventory.IdentityProvider(
        id: "",
        name: "",
        type: "onetimepin",
        isRestrictedToMembers: false
    )

    init(_ configuration: AccessConfiguration) {
        words = ConditionText(configuration)
        var configuration = configuration
        configuration.inventory.providers.elements[Self.provider.id] = Self.provider
        configuration.inventory.providers.isComplete = true
        self.configuration = configuration
    }

    enum Answer: String {
        case yes, limited, no, unknown
    }

    struct Reach {
        let answer: Answer
        /// One sentence.
        let reason: String
        /// The identity provider of one-time PIN that decides.
        var providerID: String?

        static let none = Reach(answer: .no, reason: "The policy admits only whom it names.")
    }

    /// Whether a policy matches everyone, and whether it matches any mailbox because it names one-time PIN.
    func reach(of policy: AccessPolicy) -> (everyone: Reach, oneTimePIN: Reach) {
        let application = AccessApplication(
            id: "",
            name: "",
            type: "self_hosted",
            session: nil,
            allowsDeviceClientLogin: nil,
            allowedProviders: [],
            mfa: .unset,
            links: [AccessApplication.Link(policyID: policy.id, precedence: nil, position: 0)]
        )
        let chain = PolicyChain(application, in: configuration)
        guard mayMatch(chain) else { return (.none, .none) }
        guard var search = StrangerSearch(chain, words) else {
            let unknown = Reach(answer: .unknown, reason: "The policy names more than can be searched.")
            return (unknown, unknown)
        }
        let everyone = search.reach(.everyone)
        let mailbox = search.reach(.mailbox)
        let pin = search.reach(.oneTimePIN)
        // Where a mailbox alone gets as far, one-time PIN makes no difference to what the policy admits.
        let isOutside = pin.answer == .unknown && search.isOpenToExternalEvaluationOnly
        if mailbox.answer == pin.answer, pin.answer != .unknown || isOutside {
            return (everyone, Reach(answer: .no, reason: "One-time PIN makes no difference to the policy."))
        }
        return (everyone, pin)
    }

    /// Whether some Include is one that a stranger can meet; most policies have none, and need no search.
    private func mayMatch(_ chain: PolicyChain) -> Bool {
        let blocks = chain.policies.map(\.blocks) + chain.groups.joined().map(\.blocks)
        return blocks.contains { blocks in
            blocks.include.contains { set in
                switch set.selector {
                case .everyone, .externalEvaluation, .geo, .ip, .loginMethod, .userRiskScore, nil: true
                case .emailDomain:
                    set.conditions.contains { condition in
                        guard case .emailDomain(let domain) = condition else { return false }
                        return configuration.inventory.publicMailDomains.contains(domain)
                    }
                case .group:
                    set.conditions.contains { condition in
                        guard case .group(let id) = condition else { return false }
                        return configuration.groups[id] == nil || configuration.groups.cyclic.contains(id)
                    }
                case .anyValidServiceToken, .authContext, .authMethod, .azureAD, .certificate, .cloudflareAccountMember,
                    .commonName, .devicePosture, .email, .emailList, .githubOrganization, .gsuite, .ipList,
                    .linkedAppToken, .oidc, .okta, .saml, .serviceToken:
                    false
                }
            }
        }
    }
}

/// Looks for strangers whom one policy matches.
private struct StrangerSearch {
    private let policy: ChainedPolicy
    private let chain: PolicyChain
    private let words: ConditionText
    private var search: ReachSearch

    /// Who is looked for.
    enum Kind {
        /// Anybody who logs in.
        case everyone
        /// The same with a mailbox at a public mail provider.
        case mailbox
        /// The same by one-time PIN.
        case oneTimePIN
    }

    init?(_ chain: PolicyChain, _ words: ConditionText) {
        guard let policy = chain.policies.first, let search = ReachSearch(chain) else { return nil }
        self.policy = policy
        self.chain = chain
        self.words = words
        self.search = search
    }

    /// Whether nothing but external evaluations keeps the answer open.
    var isOpenToExternalEvaluationOnly: Bool {
        Doubts(chain, of: policy).found.allSatisfy { $0.hasPrefix("an external evaluation") }
    }

    mutating func reach(_ kind: Kind) -> Strangers.Reach {
        let strangers = strangers(kind)
        let match = search.formula.matches[0]
        let anywhere = strangers + [search.literal(.network), hasNoScore()]
        if search.exists(match, among: anywhere) == .yes {
            let (what, provider) = wayIn(anywhere)
            let reason = "Include has \(what), and nothing in Require narrows it."
            return Strangers.Reach(answer: .yes, reason: reason, providerID: provider)
        }
        let somewhere = strangers + [search.space.fromUnnamedAddress()]
        switch search.exists(match, among: somewhere) {
        case .yes:
            let (what, provider) = wayIn(somewhere)
            let reason = "Include has \(what), narrowed only by country or risk score."
            return Strangers.Reach(answer: .limited, reason: reason, providerID: provider)
        case .unknown:
            let doubt = Doubts(chain, of: policy).found.first ?? "the bound on the work was met"
            return Strangers.Reach(answer: .unknown, reason: "Whom the policy admits cannot be told: \(doubt).")
        case .no:
            return .none
        }
    }

    private mutating func strangers(_ kind: Kind) -> [Literal] {
        var literals = [
            search.limit(.anyMailbox), search.literal(.secondFactor), search.literal(.devicePosture),
        ]
        let isPIN = kind == .oneTimePIN
        literals.append(search.space.isLogin { isPIN ? $0.type == "onetimepin" : $0.id.isEmpty })
        if kind == .everyone { literals.append(search.space.emails.cells[0].literal) }
        return literals
    }

    private func hasNoScore() -> Literal {
        search.space.riskScores.cells.last?.literal ?? .yes
    }

    /// What of Include lets some strangers in, in words, and the identity provider of one-time PIN in it.
    private mutating func wayIn(_ literals: [Literal]) -> (what: String, providerID: String?) {
        var branches = Branches(chain, limit: 1000)
        branches.follow(policy.blocks, path: [])
        let context = policy.action?.context ?? .login
        for branch in branches.found ?? [] {
            let nodes = search.nodes(branch.set, of: branch.path, context)
            guard search.exists(literals + nodes.map(\.isYes) + [search.formula.matches[0].isYes]) == .yes else {
                continue
            }
            let via =
                branch.path.isEmpty
                ? "" : " through the Access group \"\(branch.path.map(\.name).joined(separator: " > "))\""
            let (what, provider) = describe(conditionMet(of: branch.set, context))
            return (what + via, provider)
        }
        return ("everyone", nil)
    }

    /// The condition of a set that the stranger found last meets.
    private func conditionMet(of set: ConditionSet, _ context: RuleContext) -> AccessCondition {
        let stranger = search.requester()
        let logins = Login.possible(
            for: stranger,
            application: chain.application,
            inventory: chain.configuration.inventory
        )
        let evaluation = ChainEvaluation(chain, requester: stranger, login: logins.first ?? .none)
        return set.conditions.first { evaluation.meets($0, context) == .yes } ?? .everyone
    }

    private func describe(_ condition: AccessCondition) -> (what: String, providerID: String?) {
        switch condition {
        case .loginMethod(let id): ("any mailbox by one-time PIN", id)
        case .emailDomain(let domain): ("any mailbox of \(domain)", nil)
        case .ip(let range): ("the range \(range)", nil)
        case .country(let code): ("everyone in \(code)", nil)
        default: ("everyone", nil)
        }
    }
}
