/// An endpoint with the components of one request's path.
struct Route: Sendable {
    let endpoint: Endpoint
    /// The request's path, cut at its slashes; as many as the endpoint has components.
    let components: [Substring]

    /// The account or zone id in the path; `nil` for paths outside both.
    var scopeID: String? {
        guard endpoint.components.count > 1, Self.isParameter(endpoint.components[1]) else { return nil }
        return String(components[1])
    }

    /// Whether the path stands below a zone.
    var isZone: Bool { scopeID != nil && components[0] == "zones" }

    /// The path below the account or zone, such as `access/apps`; the whole path outside both.
    var resource: String {
        (scopeID == nil ? components[...] : components.dropFirst(2)).joined(separator: "/")
    }

    /// As ``resource``, with `{…}` instead of the ids: the key of ``SimulatorOptions/endpoints``.
    var resourceTemplate: String {
        (scopeID == nil ? endpoint.components[...] : endpoint.components.dropFirst(2)).joined(separator: "/")
    }

    /// Whether the path names an element of a list below the account or zone.
    var namesElement: Bool { endpoint.components.dropFirst(2).contains(where: Self.isParameter) }

    static func isParameter(_ component: Substring) -> Bool { component.hasPrefix("{") }
}

extension EndpointTable {
    /// The route of a path without the first slash; `nil` when no endpoint has it.
    ///
    /// A literal component wins over a parameter, so `access/apps/ca` is no application. Account and zone ids that
    /// are not 32 hexadecimal digits match nothing.
    func route(_ path: Substring) -> Route? {
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        let matching = endpoints.filter { Self.matches($0, components) }
        guard let endpoint = matching.min(by: { Self.parameters($0) < Self.parameters($1) }) else { return nil }
        let route = Route(endpoint: endpoint, components: components)
        if let id = route.scopeID, !Self.isIdentifier(id) { return nil }
        return route
    }

    private static func matches(_ endpoint: Endpoint, _ components: [Substring]) -> Bool {
        endpoint.components.count == components.count
            && zip(endpoint.components, components).allSatisfy { template, component in
                template == component || Route.isParameter(template) && !component.isEmpty
            }
    }

    private static func parameters(_ endpoint: Endpoint) -> Int {
        endpoint.components.count { Route.isParameter($0) }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count == 32 && text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || ("a"..."f").contains($0) }
    }
}
