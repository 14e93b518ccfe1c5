import AuditModel
// Requesters are made from the conditions that the analysis read.
@testable import AccessAnalysis

/// Every requester that the policies of an application can tell apart, one by one.
struct EveryRequester {
    /// What a requester can have of one thing, each as a change to one who has nothing.
    private typealias Choices = [(inout Requester) -> Void]

    private let chain: PolicyChain
    private let conditions: [AccessCondition]

    init(_ chain: PolicyChain) {
        self.chain = chain
        conditions = chain.namedConditions
    }

    /// `nil` when there are more than `limit`.
    func all(limit: Int) -> [Requester]? {
        var requesters = logins()
        for choices in [addresses(), countries(), certificates(), tokens(), linkedApplications(), posture(), mfa()] {
            guard requesters.count * choices.count <= limit else { return nil }
            requesters = Self.product(requesters, choices)
        }
        return requesters
    }

    private static func product(_ requesters: [Requester], _ choices: Choices) -> [Requester] {
        requesters.flatMap { requester in
            choices.map { change in
                var changed = requester
                change(&changed)
                return changed
            }
        }
    }

    /// Every subset of what one can have any number of.
    private static func subsets<Element: Hashable>(_ elements: Set<Element>) -> [Set<Element>] {
        elements.reduce([[]]) { sets, element in sets + sets.map { $0.union([element]) } }
    }

    private func named<Value: Hashable>(_ value: (AccessCondition) -> Value?) -> Set<Value> {
        Set(conditions.compactMap(value))
    }

    // MARK: Logins

    private func logins() -> [Requester] {
        let inventory = chain.configuration.inventory
        let allowed = chain.application.allowedProviders
        var ids = inventory.providers.elements.keys.sorted()
        // An account of which not every provider was read may have any other.
        if !inventory.providers.isComplete { ids += ["p-gone", "p-other"] }
        var result = [Requester()]
        for id in ids where allowed.isEmpty || allowed.contains(id) {
            var login = Requester()
            login.identityProviderID = .known(id)
            let provider = inventory.providers[id]
            var logins = Self.product([login], emails())
            for choices in [claims(provider), methods(provider), contexts(provider), members(provider), scores()] {
                logins = Self.product(logins, choices)
            }
            result += logins
        }
        return result
    }

    private func emails() -> Choices {
        var addresses: Set<String> = ["anybody@nowhere.example"]
        for condition in conditions {
            switch condition {
            case .email(let address): addresses.insert(address)
            case .emailDomain(let domain): addresses.insert("anybody@\(domain)")
            case .emailList(let id):
                addresses.formUnion((chain.configuration.inventory.lists[id]?.items ?? []).map { $0.lowercased() })
            default: break
            }
        }
        return addresses.sorted().map { address in { $0.email = .known(address) } }
    }

    private func claims(_ provider: AccountInventory.IdentityProvider?) -> Choices {
        let claims = conditions.compactMap { condition -> Claim? in
            if case .claim(let claim) = condition, provider == nil || claim.providerType == provider?.type {
                claim
            } else {
                nil
            }
        }
        let distinct = Set(claims.map { Claim(kind: $0.kind, value: $0.value, providerID: nil) })
        return Self.subsets(distinct).map { claims in { requester in claims.forEach { requester.assert($0) } } }
    }

    private func methods(_ provider: AccountInventory.IdentityProvider?) -> Choices {
        guard provider?.reportsMethods ?? true else { return [{ _ in }] }
        var methods = named { if case .authMethod(let method) = $0 { method } else { nil } }
        if let matching = chain.configuration.organization.organization?.methodMatching, matching != .off,
            chain.policies.contains(where: { $0.mfa.isDemanded > .no })
        {
            methods.formUnion(["mfa", "otp", "hwk"])
        }
        return Self.subsets(methods).map { methods in { $0.authMethods = .known(methods) } }
    }

    private func contexts(_ provider: AccountInventory.IdentityProvider?) -> Choices {
        guard provider == nil || provider?.type == "azureAD" else { return [{ _ in }] }
        let contexts = named { if case .authContext(let name, _) = $0 { name } else { nil } }
        return Self.subsets(contexts).map { contexts in { $0.authContexts = .known(contexts) } }
    }

    private func members(_ provider: AccountInventory.IdentityProvider?) -> Choices {
        let asked = named { if case .accountMember(let id) = $0 { id ?? "acc1" } else { nil } }
        guard asked.contains("acc1"), provider?.type != "onetimepin" else { return [{ _ in }] }
        return [false, true].map { isMember in { $0.accountMember = .known(isMember) } }
    }

    private func scores() -> Choices {
        guard conditions.contains(where: { if case .riskScore = $0 { true } else { false } }) else { return [{ _ in }] }
        return Requester.RiskScore.allCases.map { score in { $0.userRiskScore = .known(score) } }
    }

    // MARK: Circumstances

    private func addresses() -> Choices {
        let places = NamedPlaces(chain)
        return places.representatives.map { address in
            { $0.ip = address.map { .known("\($0)") } ?? .absent }
        }
    }

    private func countries() -> Choices {
        let countries = named { if case .country(let code) = $0 { code } else { nil } }
        guard !countries.isEmpty else { return [{ _ in }] }
        return (countries.sorted() + ["NZ"]).map { code in { $0.country = .known(code) } }
    }

    private func certificates() -> Choices {
        let names = named { if case .commonName(let name) = $0 { name } else { nil } }
        guard !names.isEmpty || conditions.contains(.anyCertificate) else { return [{ _ in }] }
        let shown = (names.sorted().map(Optional.some) + [nil]).map(Requester.Certificate.init)
        return [{ _ in }] + shown.map { certificate in { $0.certificate = .known(certificate) } }
    }

    private func tokens() -> Choices {
        let named = named { if case .serviceToken(let id) = $0 { id } else { nil } }
        guard !named.isEmpty || conditions.contains(.anyServiceToken) else { return [{ _ in }] }
        let listing = chain.configuration.inventory.serviceTokens
        var ids = named.union(listing.elements.keys).filter { listing[$0]?.isUsable ?? true }
        if chain.mayHaveOtherTokens { ids.insert("t-other") }
        return [{ _ in }] + ids.sorted().map { id in { $0.serviceTokenID = .known(id) } }
    }

    private func linkedApplications() -> Choices {
        let ids = named { if case .linkedApplication(let id) = $0 { id } else { nil } }
        return [{ _ in }] + ids.sorted().map { id in { $0.linkedAppUID = .known(id) } }
    }

    private func posture() -> Choices {
        let checks = named { if case .devicePosture(let id) = $0 { id } else { nil } }
        return Self.subsets(checks).map { checks in { $0.devicePosture = .known(checks) } }
    }

    private func mfa() -> Choices {
        let asked = chain.policies.filter { $0.action == .allow && $0.mfa.isDemanded > .no }
        let authenticators = Set(asked.flatMap(\.mfa.authenticators))
        return Self.subsets(authenticators).map { shown in { $0.independentMFA = .known(shown) } }
    }
}

/// Addresses and ranges that the policies of an application name.
struct NamedPlaces {
    /// One for each kind of address; `nil` for one that even a list of which not all is known leaves out (point 20).
    let representatives: [IPAddress?]
    private let narrow: [AddressRange]
    private let hasOutside: Bool

    init(_ chain: PolicyChain) {
        var ranges: [AddressRange] = []
        var isOpen = false
        for condition in chain.namedConditions {
            if case .ip(let range) = condition { ranges.append(range) }
            guard case .ipList(let id) = condition else { continue }
            let list = chain.configuration.inventory.lists[id]
            ranges += list?.items.compactMap(AddressRange.init) ?? []
            isOpen = isOpen || list?.isComplete != true
        }
        narrow = ranges.filter { $0.prefixLength > 0 }
        hasOutside = ranges.isEmpty && !isOpen || isOpen && narrow.count == ranges.count
        let borders = ranges.flatMap { range in
            [range.lowest, range.highest, range.lowest &- 1, range.highest &+ 1].map { IPAddress(range.family, $0) }
        }
        let ordinary = ["203.0.113.9", "2620::9"].compactMap(IPAddress.init)
        var seen: Set<[Bool]> = []
        let addresses = (ordinary + borders).filter { address in
            seen.insert(ranges.map { $0.contains(address) }).inserted
        }
        let known: [IPAddress?] = ranges.isEmpty && !isOpen ? [] : addresses
        representatives = known + (hasOutside ? [nil] : [])
    }

    /// Whether nothing names the address of a requester.
    func leaveOut(_ address: IPAddress?) -> Bool {
        guard let address else { return true }
        return !hasOutside && !narrow.contains { $0.contains(address) }
    }
}

extension PolicyChain {
    /// Every condition of the policies and of the groups that they need.
    var namedConditions: [AccessCondition] {
        policies.flatMap(\.blocks.conditions) + groups.joined().flatMap(\.blocks.conditions)
    }

    /// Whether the account may have service tokens that were not read.
    var mayHaveOtherTokens: Bool { !configuration.inventory.serviceTokens.isComplete }
}

extension Requester {
    fileprivate mutating func assert(_ claim: Claim) {
        var memberships = Groups()
        if case .known(let known) = groups { memberships = known }
        switch claim.kind {
        case .azureAD: memberships.azureAD.insert(claim.value)
        case .okta: memberships.okta.insert(claim.value)
        case .gsuite: memberships.gsuite.insert(claim.value)
        case .github(let team):
            memberships.github.append(GitHubOrganization(name: claim.value, teams: team.map { [$0] } ?? []))
        case .saml(let name):
            var values: [String: Set<String>] = [:]
            if case .known(let known) = saml { values = known }
            saml = .known(values.merging([name: [claim.value]]) { $0.union($1) })
        case .oidc(let name):
            var values: [String: Set<String>] = [:]
            if case .known(let known) = oidc { values = known }
            oidc = .known(values.merging([name: [claim.value]]) { $0.union($1) })
        }
        groups = .known(memberships)
    }
}
