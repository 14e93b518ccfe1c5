import CloudflareSimulator
import JSONModel
import SnapshotStore
import Testing

/// Accounts whose every answer is made from the schemas of the reference.
///
/// The first account has all lists, and a zone; the others are there for the kinds of which an account has one object,
/// so that each branch of their schemas is answered by somebody.
struct GeneratedWorld: Sendable {
    private(set) var world: SimulatedWorld
    /// Answers for what the simulator does not read from the world.
    private(set) var faults: [SimulatorFault] = []
    /// What is to be found in the snapshot, one entry for each listing that was given objects.
    private(set) var listings: [Listing] = []

    /// The objects of one listing.
    struct Listing: Sendable {
        let kind: ResourceKind
        let accountID: String
        var zoneID: String?
        var parentID: String?
        let objects: [JSONValue]
    }

    static let token = SimulatedToken(
        value: "Vw8nQ2_tKc5rZyGd-1BxHs",
        id: "reader",
        name: "Audit",
        permissions: Set(ResourceCatalogue.kinds.map(\.permission)).union(["Account Settings Read", "Zone Read"]),
        accountIDs: []
    )
    static let zoneID = String(repeating: "e", count: 32)

    init(_ reference: APIReference, _ filling: SchemaGenerator.Filling, _ text: SchemaGenerator.Text) throws {
        var source = GeneratedObjects(SchemaGenerator(reference, filling, text))
        var objects: [ResourceKind: [JSONValue]] = [:]
        for kind in ResourceCatalogue.kinds { objects[kind] = try source.objects(of: kind, below: .account) }
        for kind in ResourceCatalogue.kinds where kind.isObjectOfParent {
            let parent = try #require(kind.parentKind)
            while (objects[parent] ?? []).count < (objects[kind] ?? []).count {
                objects[parent, default: []].append(source.bareObject(of: parent))
            }
        }
        let settings = ResourceCatalogue.kinds.filter { $0.listing.paging == .object && $0.parentKind == nil }
        let accountIDs = (1...(settings.map { objects[$0]?.count ?? 0 }.max() ?? 1)).map { number in
            String(repeating: "0", count: 29) + String(number + 100)
        }
        var token = Self.token
        token.accountIDs = accountIDs
        world = SimulatedWorld(tokens: [token])
        for (number, accountID) in accountIDs.enumerated() {
            world.accounts.append(SimulatedAccount(id: accountID, name: "Northwind \(number)"))
            for kind in settings {
                guard let variants = objects[kind], !variants.isEmpty else { continue }
                add(variants[number % variants.count], of: kind, accountID: accountID)
            }
        }
        world.zones = [SimulatedZone(id: Self.zoneID, name: "northwind.example", accountID: accountIDs[0])]
        for kind in ResourceCatalogue.kinds where kind.listing.paging != .object && kind.parentKind == nil {
            add(objects[kind] ?? [], of: kind, to: accountIDs[0])
            addToZone(try source.objects(of: kind, below: .zone), of: kind, in: accountIDs[0])
        }
        for kind in ResourceCatalogue.kinds {
            guard let parent = kind.parentKind else { continue }
            addBelow(parent, objects[kind] ?? [], of: kind, in: accountIDs[0])
        }
    }

    /// Changes every object, both in the world and in what is expected of the snapshot.
    mutating func map(_ change: (JSONValue, ResourceKind) -> JSONValue) {
        let before = listings
        (listings, faults) = ([], [])
        for index in world.accounts.indices { world.accounts[index].resources = [:] }
        world.zones[0].resources = [:]
        for listing in before {
            let objects = listing.objects.map { change($0, listing.kind) }
            put(
                Listing(
                    kind: listing.kind,
                    accountID: listing.accountID,
                    zoneID: listing.zoneID,
                    parentID: listing.parentID,
                    objects: objects
                )
            )
        }
    }

    private mutating func add(_ object: JSONValue, of kind: ResourceKind, accountID: String) {
        put(Listing(kind: kind, accountID: accountID, objects: [object]))
    }

    private mutating func add(_ objects: [JSONValue], of kind: ResourceKind, to accountID: String) {
        put(Listing(kind: kind, accountID: accountID, objects: objects))
    }

    private mutating func addToZone(_ objects: [JSONValue], of kind: ResourceKind, in accountID: String) {
        guard kind.listing.scope == .accountAndZones else { return }
        put(Listing(kind: kind, accountID: accountID, zoneID: Self.zoneID, objects: objects))
    }

    /// Each parent gets one object; of lists, the first parent gets all.
    private mutating func addBelow(
        _ parent: ResourceKind,
        _ objects: [JSONValue],
        of kind: ResourceKind,
        in accountID: String
    ) {
        let parents = listings.filter { $0.kind == parent && $0.accountID == accountID }.flatMap { listing in
            listing.objects.compactMap { listing.kind.id(of: $0) }
        }
        for (number, parentID) in parents.enumerated() {
            let isLast = number > 0 && kind.listing.paging != .object
            let own = kind.listing.paging == .object ? [objects[number % objects.count]] : isLast ? [] : objects
            put(Listing(kind: kind, accountID: accountID, parentID: parentID, objects: own))
        }
    }

    private mutating func put(_ listing: Listing) {
        listings.append(listing)
        let path = listing.kind.listing.path.replacing("{parent}", with: listing.parentID ?? "")
        let result = listing.kind.listing.paging == .object ? listing.objects[0] : .array(listing.objects)
        if listing.kind.listing.scope == .itself {
            let envelope: JSONValue = ["success": true, "errors": [], "messages": [], "result": result]
            let text = try? String(decoding: envelope.serialized(), as: UTF8.self)
            faults.append(SimulatorFault(.body(text ?? ""), target: .suffix("/accounts/\(listing.accountID)")))
        } else if listing.zoneID != nil {
            world.zones[0].resources[path] = result
        } else {
            world.updateAccount(listing.accountID) { account in
                // Two kinds can share a path, and are told apart by the query.
                let others = account.resources[path]?.arrayValue ?? []
                account.resources[path] = result.arrayValue.map { .array(others + $0) } ?? result
            }
        }
    }
}

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

extension ResourceKind {
    /// The kind for each of whose objects it is listed once.
    var parentKind: ResourceKind? {
        guard case .each(let name) = listing.scope else { return nil }
        return ResourceCatalogue.kinds.first { $0.name == name }
    }

    fileprivate var isObjectOfParent: Bool { parentKind != nil && listing.paging == .object }

    /// The id that an object bears itself.
    func id(of object: JSONValue) -> String? {
        [identifier, ["id"], ["uid"]].lazy.compactMap { object[path: $0]?.stringValue }.first { !$0.isEmpty }
    }
}
