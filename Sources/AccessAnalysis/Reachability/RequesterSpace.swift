import AuditModel
import SnapshotStore

/// Every requester that the policies of an application can tell apart, as variables of a search.
///
/// What a requester has one of (login, address, country …) is split into cells: within a cell, no condition of the
/// policies distinguishes anybody. What it can have any number of (groups, claims, posture checks) is a variable each.
/// Several versions of an application can share one space, so that their answers can be compared.
struct RequesterSpace {
    var solver = SatisfiabilitySolver()
    let sides: [PolicyChain]
    let named: NamedValues

    let logins: Dimension<LoginCell>
    let emails: Dimension<EmailCell>
    let addresses: Dimension<AddressCell>
    let countries: Dimension<CountryCell>
    let certificates: Dimension<CertificateCell>
    let tokens: Dimension<CredentialCell>
    let linkedApplications: Dimension<CredentialCell>
    let riskScores: Dimension<Requester.RiskScore>
    /// Variables for what a requester can have any number of.
    private(set) var attributes: [Attribute: Literal] = [:]
    /// What each credential shows of who has it, for limiting a search to weaker requesters.
    private(set) var credentials: [(assurance: Assurance, literal: Literal)] = []
    private var limits: [Assurance: Literal] = [:]
    /// What the configuration leaves open, as variables; `nil` when it stays open.
    private var worlds: [OpenQuestion: Literal]?

    /// Conditions that one application may have, through groups and lists.
    private static let maximumConditions = 250_000

    /// Something that the configuration does not tell.
    enum OpenQuestion: Hashable {
        case condition(AccessCondition)
        /// The rest of some lists, of which these items are known.
        case lists([AccessCondition], known: [String])
        /// Which level of MFA settings does what, in words.
        case mfa(String)
    }

    /// What a requester can have any number of.
    enum Attribute: Hashable {
        case claim(Claim.Kind, value: String)
        case authMethod(String)
        case authContext(String)
        case posture(String)
        case accountMember
        case authenticator(Requester.Authenticator)
    }

    /// Prepares the search; `nil` when the policies name more than can be searched.
    ///
    /// - Parameters:
    ///   - sides: Versions of an application, or just one.
    ///   - isOpenQuestionChosen: Whether what the configuration leaves open is searched too, with the same answer on every
    ///     side, instead of leaving what hangs on it unknown.
    init?(_ sides: [PolicyChain], choosingOpenQuestions isOpenQuestionChosen: Bool = false) {
        self.sides = sides
        worlds = isOpenQuestionChosen ? [:] : nil
        named = NamedValues(sides)
        guard named.count <= Self.maximumConditions * sides.count, let addressCells = AddressCell.cells(named, sides)
        else { return nil }
        let publicDomains = sides.reduce(into: Set()) { $0.formUnion($1.configuration.inventory.publicMailDomains) }
        logins = Dimension(LoginCell.cells(named, sides), &solver)
        emails = Dimension(EmailCell.cells(named, publicDomains: publicDomains), &solver)
        addresses = Dimension(addressCells, &solver)
        countries = Dimension(CountryCell.cells(named), &solver)
        certificates = Dimension(CertificateCell.cells(named), &solver)
        tokens = Dimension(CredentialCell.tokens(named, sides), &solver)
        linkedApplications = Dimension(CredentialCell.linkedApplications(named, sides), &solver)
        riskScores = Dimension(named.hasRiskScores ? [.low, .medium, .high, .unscored] : [.low], &solver)
        for (cell, literal) in logins.cells { add(cell.assurance, literal) }
        for (cell, literal) in emails.cells { add(cell.assurance, literal) }
        for (cell, literal) in certificates.cells { add(cell.assurance, literal) }
        for (cell, literal) in tokens.cells { add(cell.assurance, literal) }
        for (cell, literal) in linkedApplications.cells { add(cell.assurance, literal) }
        // Whoever logs in by a provider restricted to members is one, also where only Bypass and Service Auth name them.
    }

    /// The variable of an attribute, made when it is first asked for.
    mutating func variable(_ attribute: Attribute) -> Literal {
        if let literal = attributes[attribute] { return literal }
        let literal = solver.makeVariable()
        attributes[attribute] = literal
        switch attribute {
        case .claim(.github(let team), let organization):
            add(.group, literal)
            // Whoever is in a team is in its organization.
            if team != nil {
                solver.add([!literal, variable(.claim(.github(team: nil), value: organization))])
            }
        case .claim, .accountMember:
            add(.group, literal)
        case .authMethod, .authContext, .posture, .authenticator:
            break
        }
        return literal
    }

    /// What is known of an open question, and else what the search chooses, if it may.
    mutating func answer(to question: OpenQuestion, within known: Node = .unknown) -> Node {
        guard let chosen = worlds?[question] ?? (worlds == nil ? nil : solver.makeVariable()) else { return known }
        worlds?[question] = chosen
        return .known(solver.or([known.isYes, solver.and([!known.isNo, chosen])]))
    }

    private mutating func add(_ assurance: Assurance, _ literal: Literal) {
        guard assurance > .none else { return }
        credentials.append((assurance, literal))
        for (limit, isLimited) in limits where limit < assurance { solver.add([!isLimited, !literal]) }
    }

    /// Holds only for requesters whose strongest credential is at most `assurance`.
    mutating func limit(_ assurance: Assurance) -> Literal {
        if let literal = limits[assurance] { return literal }
        let literal = solver.makeVariable()
        for credential in credentials where credential.assurance > assurance {
            solver.add([!literal, !credential.literal])
        }
        limits[assurance] = literal
        return literal
    }

    /// Holds only for logins of a kind.
    mutating func isLogin(where condition: (AccountInventory.IdentityProvider) -> Bool) -> Literal {
        solver.or(logins.cells.filter { $0.value.provider.map(condition) ?? false }.map(\.literal))
    }

    /// Holds only for requesters who can prove no second factor: not to Cloudflare, nor by their identity provider.
    ///
    /// Methods of RFC 8176 that a login without a second factor can report do not count.
    mutating func withoutSecondFactor() -> Literal {
        let single: Set<String> = ["geo", "kba", "pin", "pwd", "rba", "user", "wia"]
        return solver.and(
            attributes.compactMap { attribute, literal in
                switch attribute {
                case .authenticator: return !literal
                case .authMethod(let method): return single.contains(method) ? nil : !literal
                case .accountMember, .authContext, .claim, .posture: return nil
                }
            }.sorted()
        )
    }

    /// Holds only for requesters who pass no device posture check and show no client certificate.
    mutating func withoutDevicePosture() -> Literal {
        let checks = attributes.compactMap { attribute, literal in
            if case .posture = attribute { return !literal }
            return nil
        }
        let certificate = certificates.cells.filter { $0.value.isShown }.map { !$0.literal }
        return solver.and((checks + certificate).sorted())
    }

    /// Holds only for requesters at no address that the policies name.
    mutating func fromUnnamedAddress() -> Literal {
        solver.and(addresses.cells.filter { $0.value.isNamed }.map { !$0.literal })
    }

    /// Holds only for requesters at no address and in no country that the policies name.
    mutating func fromAnywhere() -> Literal {
        let countries = countries.cells.filter { $0.value.isNamed }.map { !$0.literal }
        return solver.and([fromUnnamedAddress()] + countries)
    }
}

/// What a requester has exactly one of: values of which none is like another to the policies.
struct Dimension<Value> {
    /// At least one; the first is what a search tries first.
    let cells: [(value: Value, literal: Literal)]

    init(_ values: [Value], _ solver: inout SatisfiabilitySolver) {
        switch values.count {
        case 1:
            cells = values.map { ($0, .yes) }
        case 2:
            let isSecond = solver.makeVariable()
            cells = [(values[0], !isSecond), (values[1], isSecond)]
        default:
            var literals: [Literal] = []
            for index in values.indices { literals.append(solver.makeVariable(preferring: index == 0)) }
            solver.atMostOne(literals)
            solver.add(literals)
            cells = Array(zip(values, literals))
        }
    }

    /// The value that a requester found by the last search has.
    func value(in solver: SatisfiabilitySolver) -> Value? {
        cells.first { solver.value(of: $0.literal) }?.value
    }
}
