import AuditModel

extension RequesterSpace {
    /// The requester that the last search found, with no more than what tells it from others.
    ///
    /// It brings no login and no token of which nobody knows whether there is one: what surely happens to whoever brings
    /// it happens without it too.
    func requester() -> Requester {
        var requester = Requester()
        if let provider = logins.value(in: solver)?.provider {
            requester.identityProviderID = .known(provider.id)
            requester.email = (emails.value(in: solver)?.address).map { .known($0) } ?? .absent
            if named.hasRiskScores, let score = riskScores.value(in: solver) { requester.userRiskScore = .known(score) }
        }
        if !named.ranges.isEmpty, let address = addresses.value(in: solver)?.address {
            requester.ip = .known("\(address)")
        }
        if !named.countries.places.isEmpty, let country = countries.value(in: solver) {
            requester.country = .known(country.code)
        }
        if let certificate = certificates.value(in: solver), certificate.isShown {
            requester.certificate = .known(Requester.Certificate(commonName: certificate.commonName))
        }
        if let token = tokens.value(in: solver)?.id, !token.isEmpty { requester.serviceTokenID = .known(token) }
        if let id = linkedApplications.value(in: solver)?.id { requester.linkedAppUID = .known(id) }
        for attribute in attributes.filter({ solver.value(of: $0.value) }).keys { requester.add(attribute) }
        return requester
    }

    /// What the requester that the last search found shows of who it is.
    func strongestCredential() -> Assurance {
        credentials.filter { solver.value(of: $0.literal) }.map(\.assurance).max() ?? .none
    }
}

extension Requester {
    fileprivate mutating func add(_ attribute: RequesterSpace.Attribute) {
        switch attribute {
        case .claim(let kind, let value): add(kind, value)
        case .authMethod(let method): Self.add(method, to: &authMethods)
        case .authContext(let name): Self.add(name, to: &authContexts)
        case .posture(let id): Self.add(id, to: &devicePosture)
        case .accountMember: accountMember = .known(true)
        case .authenticator(let authenticator): Self.add(authenticator, to: &independentMFA)
        }
    }

    private mutating func add(_ kind: Claim.Kind, _ value: String) {
        var memberships = Groups()
        if case .known(let known) = groups { memberships = known }
        switch kind {
        case .azureAD: memberships.azureAD.insert(value)
        case .okta: memberships.okta.insert(value)
        case .gsuite: memberships.gsuite.insert(value)
        case .github(let team):
            let place = memberships.github.firstIndex { $0.name == value }
            if place == nil { memberships.github.append(GitHubOrganization(name: value)) }
            if let team { memberships.github[place ?? memberships.github.count - 1].teams.insert(team) }
            memberships.github.sort { $0.name < $1.name }
        case .saml(let attribute): return Self.add(value, to: &saml, at: attribute)
        case .oidc(let claim): return Self.add(value, to: &oidc, at: claim)
        }
        groups = .known(memberships)
    }

    private static func add<Element>(_ element: Element, to set: inout Asserted<Set<Element>>) {
        var elements: Set<Element> = []
        if case .known(let known) = set { elements = known }
        set = .known(elements.union([element]))
    }

    private static func add(
        _ value: String,
        to attributes: inout Asserted<[String: Set<String>]>,
        at name: String
    ) {
        var values: [String: Set<String>] = [:]
        if case .known(let known) = attributes { values = known }
        values[name, default: []].insert(value)
        attributes = .known(values)
    }
}
