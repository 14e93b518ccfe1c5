import JSONModel

/// A query parameter that leaves elements of a list out.
struct ListFilter: Sendable {
    private enum Choice: Sendable {
        case all
        case activeRegistrations(Bool)
        case activeStatus(Bool)
        case deleted(Bool)
        case profileType(String)
        /// Paths into an element, and the text that is wanted there.
        case members([[String]: String])
    }

    private let choice: Choice

    /// - Throws: `Refusal` for a value that the API does not know.
    init(_ filter: Endpoint.Filter?, query: QueryItems) throws(Refusal) {
        switch filter {
        case nil: choice = .all
        case .activeRegistrations: choice = try Self.activeRegistrations(query["active_registrations"])
        case .registrationStatus: choice = try Self.registrationStatus(query["status"])
        case .isDeleted: choice = try Self.isDeleted(query["is_deleted"])
        case .profileType: choice = try Self.profileType(query["profile_type"])
        case .members(let names): choice = Self.members(names, query)
        }
    }

    private static func activeRegistrations(_ value: String?) throws(Refusal) -> Choice {
        switch value {
        case nil, "only": .activeRegistrations(true)
        case "exclude": .activeRegistrations(false)
        case "include": .all
        case _: throw .invalidQuery("active_registrations", .other)
        }
    }

    private static func registrationStatus(_ value: String?) throws(Refusal) -> Choice {
        switch value {
        case nil, "active": .activeStatus(true)
        case "revoked": .activeStatus(false)
        case "all": .all
        case _: throw .invalidQuery("status", .other)
        }
    }

    private static func isDeleted(_ value: String?) throws(Refusal) -> Choice {
        switch value {
        case nil, "": .all
        case "true": .deleted(true)
        case "false": .deleted(false)
        case _: throw .invalidQuery("is_deleted", .other)
        }
    }

    private static func profileType(_ value: String?) throws(Refusal) -> Choice {
        switch value {
        case nil, "warp": .profileType("warp")
        case "browser_extension": .profileType("browser_extension")
        case _: throw .invalidQuery("profile_type", .other)
        }
    }

    private static func members(_ names: [String], _ query: QueryItems) -> Choice {
        let wanted = names.compactMap { name in
            query[name].map { (name.split(separator: ".").map(String.init), $0) }
        }
        return wanted.isEmpty ? .all : .members(Dictionary(wanted) { first, _ in first })
    }

    /// Whether every element stays.
    var keepsAll: Bool {
        switch choice {
        case .all: true
        case .activeRegistrations, .activeStatus, .deleted, .profileType, .members: false
        }
    }

    /// Whether the element stays in the list.
    ///
    /// A device without `active_registrations` counts as having some, a profile without `profile_type` as one for WARP.
    func keeps(_ element: JSONValue) -> Bool {
        switch choice {
        case .all: true
        case .activeRegistrations(let wanted):
            ((element["active_registrations"]?.integerValue ?? 1) > 0) == wanted
        case .activeStatus(let wanted):
            ["revoked_at", "deleted_at"].allSatisfy { element[$0]?.isNull ?? true } == wanted
        case .deleted(let wanted): (element["deleted_at"]?.isNull ?? true) != wanted
        case .profileType(let wanted): (element["profile_type"]?.stringValue ?? "warp") == wanted
        case .members(let wanted): wanted.allSatisfy { element[path: $0.key]?.stringValue == $0.value }
        }
    }
}
