import JSONModel
import SnapshotStore
import Testing

/// Makes objects that the simulator can list and the snapshot can tell apart.
struct GeneratedObjects {
    private var generator: SchemaGenerator

    init(_ generator: SchemaGenerator) { self.generator = generator }

    /// Objects of a kind; none where the reference has no such operation.
    mutating func objects(of kind: ResourceKind, below scope: APIReference.Scope) throws -> [JSONValue] {
        guard let operation = generator.reference.operation(of: kind, below: scope) else { return [] }
        var objects = try generator.values(of: try #require(operation.object))
        if generator.filling == .observedMembers {
            for path in operation.observed { objects = objects.map { adding(path, to: $0, of: kind) } }
        }
        return objects.map { listable(spelled($0, as: kind), as: kind) }
    }

    /// An object with nothing but what tells it from others.
    mutating func bareObject(of kind: ResourceKind) -> JSONValue { listable([:], as: kind) }

    /// With an observed member, such as `result[].policies[].reusable`.
    private mutating func adding(_ path: String, to object: JSONValue, of kind: ResourceKind) -> JSONValue {
        let names = path.split(separator: ".").dropFirst().map(String.init)
        let type = kind.columns.first { $0.path == names }?.type
        let value: JSONValue =
            switch type {
            case .boolean where generator.text == .plausible: true
            case .integer where generator.text == .plausible: 7
            default: .string(generator.marker())
            }
        return adding(value, at: names[...], to: object)
    }

    private func adding(_ value: JSONValue, at names: ArraySlice<String>, to object: JSONValue) -> JSONValue {
        guard let name = names.first else { return value }
        guard case .object(var members) = object else { return object }
        let rest = names.dropFirst()
        if name.hasSuffix("[]") {
            let key = String(name.dropLast(2))
            members[key] = members[key]?.arrayValue.map { .array($0.map { adding(value, at: rest, to: $0) }) }
        } else if rest.isEmpty || members[name] != nil {
            members[name] = adding(value, at: rest, to: members[name] ?? .null)
        }
        return .object(members)
    }

    /// With times and durations, in one of the API's spellings, where the catalogue reads them.
    private mutating func spelled(_ object: JSONValue, as kind: ResourceKind) -> JSONValue {
        guard generator.text == .plausible else { return object }
        return kind.columns.enumerated().reduce(object) { object, column in
            guard object[path: column.element.path]?.stringValue != nil else { return object }
            switch column.element.type {
            case .duration: return object.setting(column.element.path, to: .string(Spelling.duration(column.offset)))
            case .timestamp: return object.setting(column.element.path, to: .string(Spelling.time(column.offset)))
            case .text, .integer, .boolean, .json: return object
            }
        }
    }

    /// With an id of its own, for policies inside it too, and so that the simulator's filters keep it.
    private mutating func listable(_ object: JSONValue, as kind: ResourceKind) -> JSONValue {
        var object = object
        if kind.listing.paging != .object, object[path: kind.identifier]?.stringValue == nil {
            object = object.setting(kind.identifier, to: .string(generator.marker()))
        }
        if kind == .accessApplications, let policies = object["policies"]?.arrayValue {
            let listed = policies.map {
                $0["id"]?.stringValue == nil ? $0.setting(["id"], to: .string(generator.marker())) : $0
            }
            object = object.setting(["policies"], to: .array(listed))
        }
        if kind.listing.query.contains(where: { $0.name == "is_deleted" }) {
            object = object.setting(["deleted_at"], to: .null)
        }
        if kind == .deviceSettingsProfiles { object = object.setting(["profile_type"], to: "warp") }
        if kind == .browserExtensionProfiles { object = object.setting(["profile_type"], to: "browser_extension") }
        return object
    }
}
