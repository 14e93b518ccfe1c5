import HTTPTypes
import JSONModel

/// Answers requests as the API does when all is well.
///
/// It reads one version of the world and changes nothing.
struct RequestAnswerer {
    let world: SimulatedWorld
    let index: ElementIndex
    let changes: [String: EndpointChanges]
    let table: EndpointTable

    func answer(_ request: IncomingRequest) -> Answer {
        do {
            return try success(request)
        } catch {
            return Answer(error)
        }
    }

    private func success(_ request: IncomingRequest) throws(Refusal) -> Answer {
        guard request.method == .get else { throw .methodNotAllowed }
        switch request.credential {
        case .none: throw .missingCredential
        case .malformedAuthorization: throw .malformedAuthorization
        case .malformedKey: throw .malformedKey
        case .token, .globalKey: break
        }
        guard request.isBelowBase, let route = table.route(request.path.dropFirst()) else {
            throw .noRoute(request.path)
        }
        switch route.endpoint.source {
        case .userTokenVerification: return try verification(request.credential, owner: .user)
        case .accountTokenVerification:
            return try verification(request.credential, owner: .account(route.scopeID ?? ""))
        case .resources, .accounts, .account, .zones, .zone, .userToken, .accountToken: break
        }
        let principal = try Principal(request.credential, in: world)
        if case .token(let token) = principal, token.status != .active { throw .invalidAccessToken }
        return try content(route, request.query, principal)
    }

    /// What the verify endpoints say: they know a token's state and owner, and nothing of its permissions.
    private func verification(_ credential: Credential, owner: SimulatedToken.Owner) throws(Refusal) -> Answer {
        guard case .token(let value) = credential,
            let token = world.tokens.first(where: { $0.value == value && $0.owner == owner })
        else { throw .invalidToken }
        var members: [String: JSONValue] = ["id": .string(token.id), "status": .string(token.status.rawValue)]
        members["expires_on"] = token.expiresOn.map(JSONValue.string)
        return Answer(result: .object(members))
    }

    private func content(_ route: Route, _ query: QueryItems, _ principal: Principal) throws(Refusal) -> Answer {
        switch route.endpoint.source {
        case .userTokenVerification, .accountTokenVerification: throw .invalidToken
        case .userToken: return try userToken(route, principal)
        case .accountToken:
            let (account, _) = try scope(of: route, principal)
            return try token(route, owner: .account(account.id))
        case .accounts:
            let visible = world.accounts.filter { principal.holdsSomething && principal.covers(account: $0.id) }
            return try list(visible.map(\.summary), route, query)
        case .zones:
            guard principal.holds(anyOf: route.endpoint.permissions) else { throw .forbidden }
            return try list(world.zones.filter(principal.covers).map { $0.summary(in: world) }, route, query)
        case .account: return Answer(result: try scope(of: route, principal).account.summary)
        case .zone: return Answer(result: try scope(of: route, principal).zone?.summary(in: world) ?? .null)
        case .resources: return try resource(route, query, principal)
        }
    }

    /// A user's own token; no account-owned token has a user.
    private func userToken(_ route: Route, _ principal: Principal) throws(Refusal) -> Answer {
        if case .token(let token) = principal, token.owner != .user { throw .unauthorizedResource }
        guard principal.holds(anyOf: route.endpoint.permissions) else { throw .unauthorizedResource }
        return try token(route, owner: .user)
    }

    private func token(_ route: Route, owner: SimulatedToken.Owner) throws(Refusal) -> Answer {
        let id = route.components.last.map(String.init)
        guard let token = world.tokens.first(where: { $0.id == id && $0.owner == owner }) else {
            throw .noRoute("/" + route.components.joined(separator: "/"))
        }
        return Answer(result: token.details)
    }

    private func resource(_ route: Route, _ query: QueryItems, _ principal: Principal) throws(Refusal) -> Answer {
        let (account, zone) = try scope(of: route, principal)
        if route.endpoint.product == .access && !account.accessEnabled { throw .accessNotEnabled }
        let lookup = ResourceLookup(
            scope: zone?.id ?? account.id,
            resources: zone?.resources ?? account.resources,
            index: index
        )
        switch (try lookup.result(of: route), route.endpoint.paging) {
        case (.array(let elements), _): return try list(elements, route, query)
        case (nil, .page), (nil, .cursor), (nil, .whole): return try list([], route, query)
        case (nil, .single) where route.namesElement: throw .noRoute("/" + route.components.joined(separator: "/"))
        case (let value, _): return Answer(result: value ?? .null, style: style(of: route))
        }
    }

    private func list(_ elements: [JSONValue], _ route: Route, _ query: QueryItems) throws(Refusal) -> Answer {
        let changes = changes[route.resourceTemplate] ?? EndpointChanges()
        let page = try ListPage(of: elements, route: route, query: query, changes: changes)
        var result = page.result
        if changes.answersNullForEmptyList && result == [] { result = .null }
        if let member = changes.wrapsList { result = .object([member: result]) }
        return Answer(result: result, info: page.info, style: style(of: route))
    }

    private func style(of route: Route) -> EnvelopeStyle {
        changes[route.resourceTemplate]?.envelope ?? route.endpoint.envelope
    }

    /// The account, and the zone if there is one, that the path names.
    ///
    /// - Throws: `Refusal` when it does not exist, is none of the sender's or the permission is missing; the API tells
    ///   none of these apart.
    private func scope(
        of route: Route,
        _ principal: Principal
    ) throws(Refusal) -> (account: SimulatedAccount, zone: SimulatedZone?) {
        let zone = route.isZone ? world.zones.first { $0.id == route.scopeID } : nil
        let accountID = route.isZone ? zone?.accountID : route.scopeID
        guard let account = world.accounts.first(where: { $0.id == accountID }),
            principal.covers(account: account.id), zone.map(principal.covers) ?? true,
            principal.holds(anyOf: route.endpoint.permissions)
        else { throw .forbidden }
        return (account, zone)
    }
}
