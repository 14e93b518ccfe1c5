import AuditModel
// Single policies are asked about requesters.
@testable import AccessAnalysis

/// What explain.md says of an application, found by asking every requester that there can be.
struct BruteForce {
    /// A requester with what Access makes of it.
    struct Person {
        let requester: Requester
        let assurance: Assurance
        let matches: [Truth]
        /// Whether what each policy demands of Cloudflare's own MFA is met.
        let mfa: [Truth]
        let isFromAnywhere: Bool
    }

    let chain: PolicyChain
    private(set) var people: [Person] = []

    /// `nil` when there are more requesters than `limit`.
    init?(_ generated: PolicyChain, limit: Int) {
        guard let requesters = EveryRequester(generated).all(limit: limit) else { return nil }
        self.init(generated, requesters)
    }

    init(_ generated: PolicyChain, _ requesters: [Requester]) {
        // Nobody knows whether anybody has a named token that does not exist (point 11), although a token that is shown
        // and does not exist is none (point 8).
        var configuration = generated.configuration
        configuration.inventory.serviceTokens.isComplete = false
        chain = PolicyChain(generated.application, in: configuration)
        let credentials = Credentials(generated)
        let places = NamedPlaces(generated)
        let conditions = Set(generated.namedConditions)
        for requester in requesters {
            let logins = Login.possible(
                for: requester,
                application: chain.application,
                inventory: configuration.inventory
            )
            let evaluation = ChainEvaluation(chain, requester: requester, login: logins.first ?? .none)
            var address: IPAddress?
            if case .known(let text) = requester.ip { address = IPAddress(text) }
            var isElsewhere = true
            if case .known(let code) = requester.country { isElsewhere = !conditions.contains(.country(code)) }
            people.append(
                Person(
                    requester: requester,
                    assurance: credentials.strongest(of: requester),
                    matches: chain.policies.map(evaluation.matches),
                    mfa: chain.policies.map(evaluation.meetsMFA),
                    isFromAnywhere: isElsewhere && places.leaveOut(address)
                )
            )
        }
    }

    /// What may come of a requester, were one policy not there.
    func outcomes(_ person: Person, without removed: Int? = nil) -> Set<Decision> {
        guard chain.isTypeUnderstood else { return Set(Decision.allCases) }
        var result: Set<Decision> = []
        for (index, policy) in chain.policies.enumerated() where index != removed && person.matches[index] > .no {
            switch policy.action {
            case .bypass: result.insert(.bypass)
            case .serviceAuth: result.insert(.serviceAuth)
            case .block: result.insert(.block)
            case .allow:
                if person.mfa[index] > .no { result.insert(.allow) }
                if person.mfa[index] < .yes { result.insert(.deny) }
            case nil: result.formUnion([.bypass, .serviceAuth, .allow, .block, .deny])
            }
            if person.matches[index] == .yes { return result }
        }
        return result.union([.deny])
    }

    /// The one answer, or `unknown`.
    func decision(_ person: Person, without removed: Int? = nil) -> Decision {
        let outcomes = outcomes(person, without: removed)
        return outcomes.count == 1 ? outcomes.first ?? .unknown : .unknown
    }

    func answer(_ question: ReachQuestion) -> Truth {
        guard chain.isTypeUnderstood else { return .unknown }
        var result = Truth.no
        for person in people where asks(question, about: person) {
            let isCounted = { (decision: Decision) in question == .withoutMFA ? decision == .allow : decision.admits }
            // A login by a provider that was not read may be of the kind that is asked for, or not.
            let isSure = !isUnlisted(person) || ![.anyMailbox, .consumerAccount].contains(question)
            if isSure, isCounted(decision(person)) { return .yes }
            if outcomes(person).contains(where: isCounted) { result = .unknown }
        }
        return result
    }

    /// The least that somebody shows who surely gets in.
    var weakest: Assurance? { people.filter { decision($0).admits }.map(\.assurance).min() }

    func canMatch(_ index: Int) -> Truth { people.map { $0.matches[index] }.max() ?? .no }

    /// The first earlier policy that surely matches whomever a policy may match.
    func firstCover(of index: Int) -> Int? {
        guard canMatch(index) > .no else { return nil }
        // An action that is not known may run later, so it covers nobody.
        return (0..<index).first { earlier in
            chain.policies[earlier].action != nil
                && people.allSatisfy { $0.matches[index] == .no || $0.matches[earlier] == .yes }
        }
    }

    /// Whether every requester's way through the policies is known.
    var isDecided: Bool {
        chain.policies.allSatisfy { $0.action != nil }
            && people.allSatisfy { !$0.matches.contains(.unknown) && !$0.mfa.contains(.unknown) }
    }

    private func isUnlisted(_ person: Person) -> Bool {
        guard case .known(let id) = person.requester.identityProviderID else { return false }
        return chain.configuration.inventory.providers[id] == nil
    }

    private func asks(_ question: ReachQuestion, about person: Person) -> Bool {
        let requester = person.requester
        switch question {
        case .anonymous: return person.assurance == .none
        case .anyMailbox: return person.assurance == .anyMailbox
        case .consumerAccount:
            return person.assurance == .consumerAccount || person.assurance == .anyMailbox && isUnlisted(person)
        case .withoutMFA:
            if case .known(let shown) = requester.independentMFA, !shown.isEmpty { return false }
            guard case .known(let methods) = requester.authMethods else { return true }
            return methods.isSubset(of: ["pwd", "pin", "kba", "geo", "rba", "user", "wia"])
        case .withoutDevicePosture:
            if case .known(let checks) = requester.devicePosture, !checks.isEmpty { return false }
            return requester.certificate == .absent
        case .fromAnywhere: return person.isFromAnywhere
        }
    }
}

/// How much requesters of an application show of who they are (explain.md, `assurance`, points 15, 18 and 19).
struct Credentials {
    private let chain: PolicyChain
    private let named: Set<AccessCondition>
    private let listed: Set<String>

    init(_ chain: PolicyChain) {
        self.chain = chain
        named = Set(chain.namedConditions)
        listed = Set(
            chain.namedConditions.flatMap { condition -> [String] in
                guard case .emailList(let id) = condition else { return [] }
                return chain.configuration.inventory.lists[id]?.items.map { $0.lowercased() } ?? []
            }
        )
    }

    /// The class of the strongest credential.
    func strongest(of requester: Requester) -> Assurance {
        var shown: [Assurance] = [.none]
        if case .known(let id) = requester.identityProviderID { shown += login(by: id, requester) }
        if case .known(let certificate) = requester.certificate {
            shown.append(certificate.commonName == nil ? .anyCertificate : .named)
        }
        if case .known(let id) = requester.serviceTokenID {
            shown.append(named.contains(.serviceToken(id: id)) ? .named : .anyServiceToken)
        }
        if requester.linkedAppUID != .absent { shown.append(.named) }
        return shown.max() ?? .none
    }

    private func login(by id: String, _ requester: Requester) -> [Assurance] {
        var shown: [Assurance] = []
        let provider = chain.configuration.inventory.providers[id]
        switch provider?.type {
        case "onetimepin": shown.append(.anyMailbox)
        case "google", "github", "facebook", "linkedin", "yandex": shown.append(.consumerAccount)
        case "cloudflare": shown.append(provider?.isRestrictedToMembers == true ? .directory : .consumerAccount)
        case nil: shown.append(.anyMailbox)
        default: shown.append(.directory)
        }
        if case .known(let address) = requester.email {
            let domain = address.split(separator: "@").last.map(String.init) ?? ""
            if named.contains(.email(address)) { shown.append(.named) }
            if listed.contains(address) { shown.append(.group) }
            if named.contains(.emailDomain(domain)), domain != "gmail.com" { shown.append(.domain) }
        }
        var hasClaim = requester.accountMember == .known(true)
        if case .known(let groups) = requester.groups, groups != Requester.Groups() { hasClaim = true }
        if case .known(let values) = requester.saml, !values.isEmpty { hasClaim = true }
        if case .known(let values) = requester.oidc, !values.isEmpty { hasClaim = true }
        return hasClaim ? shown + [.group] : shown
    }
}
