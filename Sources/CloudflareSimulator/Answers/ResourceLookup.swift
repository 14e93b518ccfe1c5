import JSONModel

/// Finds what a path below an account or zone stands for.
struct ResourceLookup {
    /// The account's or zone's id.
    let scope: String
    let resources: [String: JSONValue]
    let index: ElementIndex

    /// The whole result, before paging; `nil` when nothing was put there, though its parent exists.
    ///
    /// What is given for the very path comes first; then an element of the list that the path names by id, or a member
    /// of that element, such as an application's `policies`.
    ///
    /// - Throws: `Refusal` when the path names an element that does not exist.
    func result(of route: Route) throws(Refusal) -> JSONValue? {
        let names = Array(route.components.dropFirst(2))
        let template = Array(route.endpoint.components.dropFirst(2))
        if let value = resources[route.resource] { return value }
        guard let place = template.lastIndex(where: Route.isParameter) else { return nil }
        let list = names[..<place].joined(separator: "/")
        let elements = resources[list]?.arrayValue ?? []
        guard let position = index.position(of: String(names[place]), in: elements, list: "\(scope)/\(list)") else {
            throw list == "access/apps" ? .unknownApplication : .noRoute("/" + route.components.joined(separator: "/"))
        }
        return elements[position][path: names[(place + 1)...].map(String.init)]
    }
}
