import Foundation
import GRDB
import JSONModel

/// Inserts API objects and the lists inside them, within one transaction.
struct RowInserter {
    let database: Database
    /// Where the objects are listed.
    let place: ListingPlace

    private var accountID: String { place.accountID }
    private var zoneID: String? { place.zoneID }
    private var parentID: String? { place.parentID }

    /// Creates an inserter for the objects of one place.
    init(database: Database, place: ListingPlace) {
        self.database = database
        self.place = place
    }

    /// Stores an object; one that is stored already is replaced.
    ///
    /// - Returns: Whether this place had not handed it out before.
    func store(_ object: JSONValue) throws -> Bool {
        let id = try identifier(of: object, kind: place.kind)
        let isNew = try CollectionProgress.note(id, at: place, in: database)
        if try !isListedAbove(id) { try insert(object, id: id, into: place.kind, replacing: true) }
        return isNew
    }

    /// Whether the account's list, or that of a zone that comes first, holds the same object: that one stays, whichever
    /// is read first.
    private func isListedAbove(_ id: String) throws -> Bool {
        guard let zoneID else { return false }
        let sql = """
            SELECT 1 FROM \(SnapshotSchema.quoted(place.kind.table))
            WHERE account_id = ? AND id = ? AND (zone_id IS NULL OR zone_id < ?)
            """
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [accountID, id, zoneID]) ?? false
    }

    private func insert(_ object: JSONValue, id: String, into kind: ResourceKind, replacing: Bool) throws {
        let name = object["name"]?.stringValue ?? (kind == .deviceRegistrations ? deviceName(object) : nil)
        let parent = kind.parentColumn.map { [(parentID ?? object[$0]?.stringValue ?? "").databaseValue] } ?? []
        let values =
            [accountID.databaseValue, zoneID.databaseValue, id.databaseValue, name.databaseValue] + parent
            + (try RowExtraction.values(of: kind.columns, in: object)) + [try RowExtraction.body(object)]
        try execute(
            """
            INSERT OR \(replacing ? "REPLACE" : "IGNORE") INTO \(SnapshotSchema.quoted(kind.table))
            VALUES (\(placeholders(values.count)))
            """,
            values
        )
        guard database.changesCount > 0 else { return }
        for child in kind.children { try insertChildren(child, of: object, id: id, kind: kind) }
    }

    private func insertChildren(_ child: ChildTable, of object: JSONValue, id: String, kind: ResourceKind) throws {
        let table = SnapshotSchema.quoted(child.table)
        if child.source == .accessRules {
            try execute(
                "DELETE FROM \(table) WHERE account_id = ? AND owner_type = ? AND owner_id = ?",
                [accountID.databaseValue, kind.table.databaseValue, id.databaseValue]
            )
        } else {
            try execute(
                "DELETE FROM \(table) WHERE account_id = ? AND \(SnapshotSchema.quoted(child.parentColumn)) = ?",
                [accountID.databaseValue, id.databaseValue]
            )
        }
        switch child.source {
        case .accessRules:
            try insertAccessRules(of: object, owner: id, ownerType: kind.table)
        case .elements(let path):
            for (position, element) in (object[path: path]?.arrayValue ?? []).enumerated() {
                try insertElement(element, at: position, of: id, child: child)
            }
        case .policies:
            for (position, policy) in (object["policies"]?.arrayValue ?? []).enumerated() {
                guard policy.objectValue != nil else {
                    // An older shape: the policy's id alone.
                    try insertElement(["id": policy], at: position, of: id, child: child)
                    continue
                }
                let policyID = try identifier(of: policy, kind: .accessPolicies)
                var link = policy.objectValue ?? [:]
                link["id"] = .string(policyID)
                try insertElement(.object(link), at: position, of: id, child: child)
                // The policy's own list tells more of it (`app_count`), so what stands there already stays.
                try insert(policy, id: policyID, into: .accessPolicies, replacing: false)
            }
        }
    }

    private func insertElement(_ element: JSONValue, at position: Int, of id: String, child: ChildTable) throws {
        let values =
            [accountID.databaseValue, id.databaseValue, position.databaseValue]
            + (try RowExtraction.values(of: child.columns, in: element)) + [try RowExtraction.body(element)]
        try execute(
            "INSERT INTO \(SnapshotSchema.quoted(child.table)) VALUES (\(placeholders(values.count)))",
            values
        )
    }

    private func insertAccessRules(of object: JSONValue, owner: String, ownerType: String) throws {
        for block in ["include", "require", "exclude"] {
            for (position, body) in (object[block]?.arrayValue ?? []).enumerated() {
                let rule = AccessRule(body)
                let values: [DatabaseValue] = [
                    accountID.databaseValue, owner.databaseValue, ownerType.databaseValue, block.databaseValue,
                    position.databaseValue, rule.type.databaseValue, rule.value.databaseValue,
                    rule.identityProviderID.databaseValue, rule.isUnderstood.databaseValue,
                    try RowExtraction.body(body),
                ]
                try execute("INSERT INTO access_rule VALUES (\(placeholders(values.count)))", values)
            }
        }
    }

    /// The object's id; its parent's, or else the account's, for a kind of which there is one and which has none; a
    /// digest for an object that lacks one, so that nothing the API gave is lost.
    private func identifier(of object: JSONValue, kind: ResourceKind) throws -> String {
        for member in [kind.identifier, ["id"], ["uid"]] {
            switch object[path: member] {
            case .string(let id) where !id.isEmpty: return id
            case .integer(let id): return String(id)
            default: continue
            }
        }
        return kind.listing.paging == .object ? parentID ?? accountID : "no-id-\(try Fingerprint.of(object))"
    }

    private func deviceName(_ registration: JSONValue) -> String? {
        registration["device"]?["name"]?.stringValue
    }

    private func execute(_ sql: String, _ values: [DatabaseValue]) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }

    private func placeholders(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}
