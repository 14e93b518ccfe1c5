import AuditModel
import SnapshotStore

/// Conditions of one version of an application, as formulas over the requesters of a space.
///
/// Says of all requesters at once what ``ConditionEvaluation`` says of one.
struct ConditionFormula {
    private let side: Int
    private let chain: PolicyChain
    /// Whether there is a login that counts.
    private let login: Node
    private var groups: [RuleContext: [String: Node]] = [:]
    private var known: [Key: Node] = [:]

    /// Evaluations of groups that one circle of them may cost.
    private static let maximumEvaluations = 4000

    private struct Key: Hashable {
        let set: Int
        let context: RuleContext
    }

    init(side: Int, in space: inout RequesterSpace) {
        self.side = side
        chain = space.sides[side]
        login = Self.login(side, &space)
        var contexts = Set(chain.policies.compactMap(\.action?.context))
        if chain.policies.contains(where: { $0.action == nil }) { contexts = Set(RuleContext.allCases) }
        for context in RuleContext.allCases where contexts.contains(context) { evaluateGroups(context, &space) }
    }

    /// Whether a policy's rules match, and for an Allow policy whether there is a login.
    mutating func matches(_ policy: ChainedPolicy, in space: inout RequesterSpace) -> Node {
        guard let action = policy.action else {
            // It may be any of them.
            let readings = RuleContext.allCases.map { matches(policy.blocks, $0, &space) }
            let all = readings + [space.solver.and([login, matches(policy.blocks, .login, &space)])]
            return Node(
                isYes: space.solver.and(all.map(\.isYes)),
                isNo: space.solver.and(all.map(\.isNo))
            )
        }
        let match = matches(policy.blocks, action.context, &space)
        return action == .allow ? space.solver.and([login, match]) : match
    }

    /// Any Include, every Require, no Exclude.
    mutating func matches(_ blocks: RuleBlocks, _ context: RuleContext, _ space: inout RequesterSpace) -> Node {
        let include = blocks.include.map { node($0, context, &space) }
        let require = blocks.require.map { node($0, context, &space) }
        let exclude = blocks.exclude.map { !node($0, context, &space) }
        let any = space.solver.or(include)
        return space.solver.and([any] + require + exclude)
    }

    /// Whether a requester can answer the MFA that a policy demands.
    func meetsMFA(_ policy: ChainedPolicy, in space: inout RequesterSpace) -> Node {
        guard policy.action == .allow, policy.mfa.isDemanded > .no else { return .yes }
        let own = policy.mfa.authenticators.sorted { $0.rawValue < $1.rawValue }
            .map { Node.known(space.variable(.authenticator($0))) }
        let other = policy.mfa.hasUnknownAuthenticators ? [Node.unknown] : []
        let answered = space.solver.or(own + other + [isSparedMFA(policy, &space)])
        guard policy.mfa.isDemanded == .unknown else { return answered }
        let question = "\(chain.application.type): \(policy.mfa.explanation)"
        return space.solver.or([!space.answer(to: .mfa(question)), answered])
    }

    private func isSparedMFA(_ policy: ChainedPolicy, _ space: inout RequesterSpace) -> Node {
        guard let organization = chain.configuration.organization.organization, organization.methodMatching != .off
        else { return .no }
        let counting = ["face", "fpt", "hwk", "iris", "otp", "retina", "swk", "vbm"].filter { method in
            Requester.Authenticator(authMethod: method).map(policy.mfa.authenticators.contains) ?? false
        }
        let reports = space.isLogin { chain.counts($0) && $0.reportsMethods }
        let matching = space.solver.or(counting.map { space.variable(.authMethod($0)) })
        let certain = organization.methodMatching == .byMethod ? matching : .no
        let possible = space.solver.or([matching, space.variable(.authMethod("mfa"))])
        return Node(
            isYes: space.solver.and([login.isYes, reports, certain]),
            isNo: !space.solver.and([!login.isNo, reports, possible])
        )
    }

    /// A login that counts: by a provider that is listed and allowed, and not discounted beside a service token.
    private static func login(_ side: Int, _ space: inout RequesterSpace) -> Node {
        let chain = space.sides[side]
        func any(_ condition: (LoginCell) -> Bool) -> Literal {
            space.solver.or(space.logins.cells.filter { condition($0.value) }.map(\.literal))
        }
        let isBy = any { $0.provider.map(chain.counts) ?? false }
        let mayBe = any { $0 == .unlisted && chain.hasUnlistedLogins }
        let brought = Node(isYes: isBy, isNo: !space.solver.or([isBy, mayBe]))
        func shown(_ condition: (Truth) -> Bool) -> Literal {
            space.solver.or(space.tokens.cells.filter { condition($0.value.counts[side]) }.map(\.literal))
        }
        let token = Node(isYes: shown { $0 == .yes }, isNo: !shown { $0 > .no })
        switch chain.configuration.organization {
        case .absent: return brought
        case .unread: return space.solver.and([brought, space.solver.or([!token, .unknown])])
        case .read(let organization):
            return organization.isStrictAboutTokens ? space.solver.and([brought, !token]) : brought
        }
    }

    /// Groups that need themselves start as unknown and get what follows without that, one step for each of them.
    private mutating func evaluateGroups(_ context: RuleContext, _ space: inout RequesterSpace) {
        groups[context] = [:]
        for component in chain.groups {
            let isCyclic = component.contains { chain.configuration.groups.cyclic.contains($0.id) }
            // Fewer steps than it takes leave more unknown, which is no error.
            var steps = isCyclic ? max(2, min(component.count, Self.maximumEvaluations / component.count)) : 1
            while steps > 0 {
                steps -= 1
                var isStable = true
                for group in component {
                    let node = matches(group.blocks, context, &space)
                    if node != groups[context]?[group.id] ?? .unknown { isStable = false }
                    groups[context]?[group.id] = node
                }
                if isStable { steps = 0 }
            }
        }
    }

    /// Whether one of several conditions of the same kind is met.
    mutating func node(_ set: ConditionSet, _ context: RuleContext, _ space: inout RequesterSpace) -> Node {
        guard let first = set.conditions.first else { return .no }
        if case .group(let id) = first { return groups[context]?[id] ?? space.answer(to: .condition(first)) }
        guard set.selector != nil else { return space.answer(to: .condition(first)) }
        let key = Key(set: set.id, context: context)
        if let node = known[key] { return node }
        var node: Node
        if first.isIdentity {
            node = .no
            if context == .login {
                let identity = identity(set, &space)
                node = space.solver.and([login, identity])
            }
        } else {
            node = circumstance(set, context, &space)
        }
        known[key] = node
        return node
    }

    /// Whether a requester is in a group.
    func group(_ id: String, _ context: RuleContext) -> Node { groups[context]?[id] ?? .unknown }

    private func circumstance(
        _ set: ConditionSet,
        _ context: RuleContext,
        _ space: inout RequesterSpace
    ) -> Node {
        let key = ConditionKey(side: side, set: set.id)
        switch set.conditions[0] {
        case .everyone: return .yes
        case .ip, .ipList: return isAddress(set, &space)
        case .country: return inCells(space.countries, space.named.countries.places[key], \.sets, &space.solver)
        case .anyCertificate:
            return .known(space.solver.or(space.certificates.cells.filter(\.value.isShown).map(\.literal)))
        case .commonName: return inCells(space.certificates, space.named.commonNames.places[key], \.sets, &space.solver)
        case .devicePosture:
            guard chain.application.type != "warp" else { return .no }
            let nodes = set.conditions.map { condition in
                guard case .devicePosture(let id) = condition else { return Node.unknown }
                let isPassed = space.variable(.posture(id))
                let isKnown = chain.configuration.inventory.postureChecks[id] != nil
                guard !isKnown else { return Node.known(isPassed) }
                return space.answer(to: .condition(condition), within: Node(isYes: .no, isNo: !isPassed))
            }
            return space.solver.or(nodes)
        case .anyServiceToken:
            return context == .bypass ? .no : shows(space.tokens, { _ in true }, &space.solver)
        case .serviceToken:
            let place = space.named.tokens.places[key]
            return context == .bypass ? .no : shows(space.tokens, { $0.isIn(place) }, &space.solver)
        case .linkedApplication:
            let place = space.named.linkedApplications.places[key]
            let shown = shows(space.linkedApplications, { $0.isIn(place) }, &space.solver)
            // The documentation and the API's description disagree about Bypass.
            return context == .bypass
                ? space.answer(to: .condition(set.conditions[0]), within: Node(isYes: .no, isNo: shown.isNo)) : shown
        case .notUnderstood, .group, .email, .emailDomain, .emailList, .loginMethod, .authMethod, .authContext,
            .externalEvaluation, .claim, .riskScore, .accountMember:
            return .unknown
        }
    }

    private func identity(_ set: ConditionSet, _ space: inout RequesterSpace) -> Node {
        let key = ConditionKey(side: side, set: set.id)
        switch set.conditions[0] {
        case .email: return inCells(space.emails, space.named.emails.places[key], \.emailSets, &space.solver)
        case .emailDomain:
            return inCells(space.emails, space.named.emailDomains.places[key], \.domainSets, &space.solver)
        case .emailList:
            let inList = inCells(space.emails, space.named.emails.places[key], \.emailSets, &space.solver)
            let areKnown = set.conditions.allSatisfy { condition in
                guard case .emailList(let id) = condition else { return true }
                return ListContent(emails: id, chain.configuration.inventory)?.isComplete ?? false
            }
            return areKnown
                ? inList
                : space.answer(to: restOfLists(set), within: Node(isYes: inList.isYes, isNo: .no))
        default:
            return space.solver.or(set.conditions.map { single($0, &space) })
        }
    }

    /// An identity condition that is a variable of its own.
    private func single(_ condition: AccessCondition, _ space: inout RequesterSpace) -> Node {
        switch condition {
        case .loginMethod(let id):
            let isBy = asserted(.yes, &space) { $0.id == id }
            return chain.mayBeUnlisted(id) ? isBy : .known(isBy.isYes)
        case .authMethod(let method):
            return asserted(.known(space.variable(.authMethod(method))), &space, by: \.reportsMethods)
        case .authContext(let name, let id):
            return asserted(.known(space.variable(.authContext(name))), &space) {
                $0.type == "azureAD" && (id == nil || id == $0.id)
            }
        case .claim(let claim):
            let variable = space.variable(.claim(claim.kind, value: claim.value))
            return asserted(.known(variable), &space) {
                $0.type == claim.providerType && (claim.providerID == nil || claim.providerID == $0.id)
            }
        case .accountMember(let id):
            let isOwn = id == nil || id == chain.configuration.accountID
            let isMember = isOwn ? .known(space.variable(.accountMember)) : space.answer(to: .condition(condition))
            return asserted(isMember, &space) {
                $0.type != "onetimepin"
            }
        case .riskScore(let levels):
            return .known(
                space.solver.or(space.riskScores.cells.filter { levels.contains($0.value) }.map(\.literal))
            )
        case .externalEvaluation:
            return space.answer(to: .condition(condition))
        case .everyone, .email, .emailDomain, .emailList, .group, .ip, .ipList, .country,
            .anyCertificate, .commonName, .devicePosture, .serviceToken, .anyServiceToken, .linkedApplication,
            .notUnderstood:
            return .unknown
        }
    }

    /// What a login shows counts only with a provider that can assert it.
    private func asserted(
        _ node: Node,
        _ space: inout RequesterSpace,
        by isAble: (AccountInventory.IdentityProvider) -> Bool
    ) -> Node {
        let able = space.isLogin { chain.counts($0) && isAble($0) }
        let unable = space.isLogin { !(chain.counts($0) && isAble($0)) }
        return space.solver.and([node, Node(isYes: able, isNo: unable)])
    }

    private func isAddress(_ set: ConditionSet, _ space: inout RequesterSpace) -> Node {
        let key = ConditionKey(side: side, set: set.id)
        let inside = space.solver.or(space.addresses.cells.filter { $0.value.keys.contains(key) }.map(\.literal))
        let areKnown = set.conditions.allSatisfy { condition in
            guard case .ipList(let id) = condition else { return true }
            return ListContent(addresses: id, chain.configuration.inventory)?.isComplete ?? false
        }
        if areKnown { return .known(inside) }
        let outside = space.solver.or(space.addresses.cells.filter { $0.value.address == nil }.map(\.literal))
        return space.answer(to: restOfLists(set), within: Node(isYes: inside, isNo: outside))
    }

    /// What is not known of the lists of a set.
    private func restOfLists(_ set: ConditionSet) -> RequesterSpace.OpenQuestion {
        let lists = set.conditions.compactMap { condition in
            switch condition {
            case .emailList(let id), .ipList(let id): chain.configuration.inventory.lists[id]
            default: nil
            }
        }
        return .lists(set.conditions, known: lists.flatMap(\.items))
    }

    private func inCells<Value>(
        _ dimension: Dimension<Value>,
        _ place: Int?,
        _ sets: (Value) -> [Int],
        _ solver: inout SatisfiabilitySolver
    ) -> Node {
        guard let place else { return .no }
        return .known(solver.or(dimension.cells.filter { sets($0.value).contains(place) }.map(\.literal)))
    }

    /// Whether one of some credentials is shown: surely, or perhaps.
    private func shows(
        _ dimension: Dimension<CredentialCell>,
        _ isAsked: (CredentialCell) -> Bool,
        _ solver: inout SatisfiabilitySolver
    ) -> Node {
        let asked = dimension.cells.filter { $0.value.id != nil && isAsked($0.value) }
        return Node(
            isYes: solver.or(asked.filter { $0.value.counts[side] == .yes && $0.value.id != "" }.map(\.literal)),
            isNo: !solver.or(asked.filter { $0.value.counts[side] > .no }.map(\.literal))
        )
    }
}

extension CredentialCell {
    func isIn(_ place: Int?) -> Bool { place.map(sets.contains) ?? false }
}
