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
    init(_ reference: APIReference, _ filling: SchemaGenerator.Filling, _ text: SchemaGenerator.Text) throws {
        var source = GeneratedObjects(SchemaGenerator(reference, filling, text))
        var objects: [ResourceKind: [JSONValue]] = [:]
        for kind in ResourceCatalogue.kinds { objects[kind] = try source.objects(of: kind, below: .account) }
        for kind in ResourceCatalogue.kinds {
            guard let parent = kind.parent, let condition = kind.condition else { continue }
            // One at least.
            let first = objects[parent]?.first ?? [:]
            objects[parent]?[0] = first.setting(condition, to: true)
        }
        for kind in ResourceCatalogue.kinds where kind.isObjectOfParent {
            let parent = try #require(kind.parent)
            while (objects[parent] ?? []).count < (objects[kind] ?? []).count {
                objects[parent, default: []].append(source.bareObject(of: parent))
            }
        }
        let settings = ResourceCatalogue.kinds.filter { $0.listing.paging == .object && $0.parent == nil }
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
                let variant = variants[number % variants.count]
                // An account that answers with another one's id is not taken for it.
                let isAccount = kind == .accountSettings
                add(
                    isAccount ? variant.setting(["id"], to: .string(accountID)) : variant,
                    of: kind,
                    accountID: accountID
                )
            }
        }
        for accountID in accountIDs.dropFirst() { add([], of: .zones, to: accountID) }
        for (number, zone) in (objects[.zones] ?? []).enumerated() {
            let id = String(repeating: "e", count: 29) + String(number + 100)
            world.zones.append(SimulatedZone(id: id, name: "northwind.example", accountID: accountIDs[0]))
            objects[.zones]?[number] = zone.setting(["id"], to: .string(id))
        }
        for kind in ResourceCatalogue.kinds where kind.listing.paging != .object && kind.parent == nil {
            add(objects[kind] ?? [], of: kind, to: accountIDs[0])
            guard kind.listing.scope == .accountAndZones else { continue }
            for (number, zone) in world.zones.enumerated() {
                let own = number == 0 ? try source.objects(of: kind, below: .zone) : []
                put(Listing(kind: kind, accountID: accountIDs[0], zoneID: zone.id, objects: own))
            }
        }
        for kind in ResourceCatalogue.kinds {
            guard let parent = kind.parent else { continue }
            addBelow(parent, objects[kind] ?? [], of: kind, in: accountIDs[0])
        }
    }

    /// Changes every object, both in the world and in what is expected of the snapshot.
    mutating func map(_ change: (JSONValue, ResourceKind) -> JSONValue) {
        let before = listings
        (listings, faults) = ([], [])
        for index in world.accounts.indices { world.accounts[index].resources = [:] }
        for index in world.zones.indices { world.zones[index].resources = [:] }
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

    /// Each parent gets one object; of lists, the first parent gets all.
    private mutating func addBelow(
        _ parent: ResourceKind,
        _ objects: [JSONValue],
        of kind: ResourceKind,
        in accountID: String
    ) {
        let parents = listings.filter { $0.kind == parent && $0.zoneID == nil }.flatMap { listing in
            listing.objects.filter { object in kind.condition.map { object[path: $0] == true } ?? true }
                .compactMap { parent.id(of: $0) }
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
            answer(listing, with: result)
        } else if let index = world.zones.firstIndex(where: { $0.id == listing.zoneID }) {
            world.zones[index].resources[path] = result
        } else {
            world.updateAccount(listing.accountID) { account in
                // Two kinds can share a path, and are told apart by the query.
                let others = account.resources[path]?.arrayValue ?? []
                account.resources[path] = result.arrayValue.map { .array(others + $0) } ?? result
            }
        }
    }
}

extension GeneratedWorld {
    /// Answers for an account's own settings and its zones, of which the simulator has a notion of its own.
    private mutating func answer(_ listing: Listing, with result: JSONValue) {
        var envelope: [String: JSONValue] = ["success": true, "errors": [], "messages": [], "result": result]
        let isList = listing.kind.listing.paging != .object
        if isList { envelope["result_info"] = ["page": 1, "total_count": .integer(Int64(listing.objects.count))] }
        faults.append(
            SimulatorFault(
                .body(JSONValue.object(envelope).text),
                target: .suffix(isList ? "/\(listing.kind.listing.path)" : "/accounts/\(listing.accountID)"),
                query: isList ? ["account.id": listing.accountID] : [:]
            )
        )
    }
}

extension ResourceKind {
    /// The kind for each of whose objects it is listed once.
    var parent: ResourceKind? {
        guard case .each(let name, having: _) = listing.scope else { return nil }
        return ResourceCatalogue.kinds.first { $0.name == name }
    }

    /// Path in the parent's object to what must be true for it to be listed there; `nil` when it is listed for all.
    fileprivate var condition: [String]? {
        guard case .each(_, having: let name?) = listing.scope else { return nil }
        return parent?.columns.first { $0.name == name }?.path
    }

    fileprivate var isObjectOfParent: Bool { parent != nil && listing.paging == .object }

    /// The id that an object bears itself.
    func id(of object: JSONValue) -> String? {
        [identifier, ["id"], ["uid"]].lazy.compactMap { object[path: $0]?.stringValue }.first { !$0.isEmpty }
    }
}
