import GRDB
import JSONModel

/// An API object as the rows that it becomes.
///
/// Preparing needs no database, so that several answers are prepared side by side while one is inserted.
struct PreparedObject: Sendable {
    let kind: ResourceKind
    let id: String
    /// Values of its row, in the order of ``SnapshotTable``.
    let values: [DatabaseValue]
    /// The lists inside it.
    let lists: [PreparedList]

    /// A list inside an object.
    struct PreparedList: Sendable {
        let table: ChildTable
        let rows: [[DatabaseValue]]
        /// Policies embedded in it, which are stored as policies too.
        let policies: [PreparedObject]
    }

    /// Prepares the objects of one answer; their secrets are replaced first.
    ///
    /// Where two different objects of one answer have the same id, the second gets a digest behind it: neither is lost.
    static func all(_ objects: [JSONValue], at place: ListingPlace) -> [PreparedObject] {
        var bodies: [String: JSONValue] = [:]
        return objects.map { object in
            let object = SecretScrubber.scrub(object)
            let id = identifier(of: object, kind: place.kind, place)
            guard let other = bodies.updateValue(object, forKey: id), other != object else {
                return PreparedObject(object, id: id, of: place.kind, at: place)
            }
            return PreparedObject(object, id: "\(id) \(Fingerprint.of(object).prefix(8))", of: place.kind, at: place)
        }
    }

    /// Prepares one object, whose secrets are replaced already, under an id that is known.
    init(_ object: JSONValue, id: String, of kind: ResourceKind, at place: ListingPlace) {
        let name = object["name"]?.stringValue ?? (kind == .deviceRegistrations ? Self.deviceName(object) : nil)
        let parent = kind.parentColumn.map { [(place.parentID ?? object[$0]?.stringValue ?? "").databaseValue] }
        self.kind = kind
        self.id = id
        values =
            [
                place.accountID.databaseValue, place.zoneID.databaseValue, id.databaseValue,
                name.map(RowExtraction.text).databaseValue,
            ]
            + (parent ?? []) + RowExtraction.values(of: kind.columns, in: object) + [RowExtraction.body(object)]
        lists = kind.children.map { Self.list($0, of: object, id: id, kind: kind, place) }
    }

    private static func list(
        _ child: ChildTable,
        of object: JSONValue,
        id: String,
        kind: ResourceKind,
        _ place: ListingPlace
    ) -> PreparedList {
        func row(_ element: JSONValue, _ positions: Int...) -> [DatabaseValue] {
            [place.accountID.databaseValue, id.databaseValue] + positions.map(\.databaseValue)
                + RowExtraction.values(of: child.columns, in: element) + [RowExtraction.body(element)]
        }
        switch child.source {
        case .accessRules:
            let rows = accessRules(of: object, id: id, kind: kind, accountID: place.accountID)
            return PreparedList(table: child, rows: rows, policies: [])
        case .elements(let path):
            let elements = (object[path: path]?.arrayValue ?? []).enumerated()
            return PreparedList(table: child, rows: elements.map { row($1, $0) }, policies: [])
        case .nestedElements(let path, let outer, _):
            let rows = (object[path: outer]?.arrayValue ?? []).enumerated().flatMap { place, element in
                (element[path: path]?.arrayValue ?? []).enumerated().map { row($1, place, $0) }
            }
            return PreparedList(table: child, rows: rows, policies: [])
        case .policies:
            var (rows, policies): ([[DatabaseValue]], [PreparedObject]) = ([], [])
            for (position, policy) in (object["policies"]?.arrayValue ?? []).enumerated() {
                guard policy.objectValue != nil else {
                    // An older shape: the policy's id alone.
                    rows.append(row(["id": policy], position))
                    continue
                }
                let policyID = identifier(of: policy, kind: .accessPolicies, place)
                let prepared = PreparedObject(policy, id: policyID, of: .accessPolicies, at: place)
                var link = policy.objectValue ?? [:]
                link["id"] = .string(prepared.id)
                rows.append(row(.object(link), position))
                policies.append(prepared)
            }
            return PreparedList(table: child, rows: rows, policies: policies)
        }
    }

    private static func accessRules(
        of object: JSONValue,
        id: String,
        kind: ResourceKind,
        accountID: String
    ) -> [[DatabaseValue]] {
        ["include", "require", "exclude"].flatMap { block in
            (object[block]?.arrayValue ?? []).enumerated().map { position, body in
                let rule = AccessRule(body)
                return [
                    accountID.databaseValue, id.databaseValue, kind.table.databaseValue, block.databaseValue,
                    position.databaseValue, rule.type.map(RowExtraction.text).databaseValue,
                    rule.value.map(RowExtraction.text).databaseValue,
                    rule.identityProviderID.databaseValue, rule.isUnderstood.databaseValue, RowExtraction.body(body),
                ]
            }
        }
    }

    /// The object's id; its parent's, or else the account's, for a kind of which there is one and which has none; a
    /// digest for an object that lacks one, so that nothing the API gave is lost.
    private static func identifier(of object: JSONValue, kind: ResourceKind, _ place: ListingPlace) -> String {
        for member in [kind.identifier, ["id"], ["uid"]] {
            switch object[path: member] {
            case .string(let id) where !id.isEmpty: return RowExtraction.text(id)
            case .integer(let id): return String(id)
            default: continue
            }
        }
        guard kind.listing.paging == .object else { return "no-id-\(Fingerprint.of(object))" }
        return place.parentID ?? place.accountID
    }

    private static func deviceName(_ registration: JSONValue) -> String? {
        registration["device"]?["name"]?.stringValue
    }
}
