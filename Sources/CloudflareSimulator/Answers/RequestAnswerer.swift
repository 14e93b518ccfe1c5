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
        case .resources, .accounts, .account, .zones, .zone: break
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
        case .accounts:
            let visible = world.accounts.filter { principal.holdsSomething && principal.covers(account: $0.id) }
            return try list(visible.map(\.summary), route, query)
        case .zones:
            guard principal.holds(anyOf: route.endpoint.permissions) else { throw .forbidden }
            let visible = world.zones.filter { principal.covers(account: $0.accountID) }
            return try list(visible.map(\.summary), route, query)
        case .account: return Answer(result: try scope(of: route, principal).account.summary)
        case .zone: return Answer(result: try scope(of: route, principal).zone?.summary ?? .null)
        case .resources: return try resource(route, query, principal)
        }
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
        case (let value, _): return Answer(result: value ?? .null)
        }
    }

    private func list(_ elements: [JSONValue], _ route: Route, _ query: QueryItems) throws(Refusal) -> Answer {
        let page = try ListPage(
            of: elements,
            route: route,
            query: query,
            changes: changes[route.resourceTemplate] ?? EndpointChanges()
        )
        return Answer(result: page.result, info: page.info)
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
            principal.covers(account: account.id), principal.holds(anyOf: route.endpoint.permissions)
        else { throw .forbidden }
        return (account, zone)
    }
}

extension SimulatedAccount {
    /// What `/accounts` tells.
    fileprivate var summary: JSONValue {
        ["id": .string(id), "name": .string(name), "type": "standard", "settings": ["enforce_twofactor": false]]
    }
}

extension SimulatedZone {
    /// What `/zones` tells.
    fileprivate var summary: JSONValue {
        [
            "id": .string(id), "name": .string(name), "status": "active", "type": "full", "paused": false,
            "account": ["id": .string(accountID)],
        ]
    }
}
