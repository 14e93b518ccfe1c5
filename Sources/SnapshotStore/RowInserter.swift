import GRDB

/// Inserts prepared objects, within one transaction.
struct RowInserter {
    let database: Database
    /// Where the objects are listed.
    let place: ListingPlace

    /// Stores an object; one that is stored already is replaced.
    ///
    /// - Returns: Whether this place had not handed it out before.
    func store(_ object: PreparedObject) throws -> Bool {
        let isNew = try CollectionProgress.note(object.id, at: place, in: database)
        if try !isListedAbove(object.id) { try insert(object) }
        return isNew
    }

    /// Whether the account's list, or that of a zone that comes first, holds the same object: that one stays, whichever
    /// is read first.
    private func isListedAbove(_ id: String) throws -> Bool {
        guard let zoneID = place.zoneID else { return false }
        let sql = """
            SELECT 1 FROM \(SnapshotSchema.quoted(place.kind.table))
            WHERE account_id = ? AND id = ? AND (zone_id IS NULL OR zone_id < ?)
            """
        let arguments: StatementArguments = [place.accountID, id, zoneID]
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? false
    }

    private func insert(_ object: PreparedObject) throws {
        try insert(object.values, into: object.kind.table, or: "OR REPLACE")
        for list in object.lists {
            try removeRows(of: list.table, owner: object)
            for row in list.rows { try insert(row, into: list.table.table) }
            for policy in list.policies where try !isListedItself(policy) { try insert(policy) }
        }
    }

    /// Whether an embedded policy was also handed out by the list of policies, which tells more of it (`app_count`).
    private func isListedItself(_ policy: PreparedObject) throws -> Bool {
        try CollectionProgress.isListed(policy.id, as: policy.kind, accountID: place.accountID, in: database)
    }

    private func removeRows(of child: ChildTable, owner: PreparedObject) throws {
        let isAccessRule = child.source == .accessRules
        let condition =
            isAccessRule ? "owner_type = ? AND owner_id = ?" : "\(SnapshotSchema.quoted(child.parentColumn)) = ?"
        let key = isAccessRule ? [owner.kind.table, owner.id] : [owner.id]
        let sql = "DELETE FROM \(SnapshotSchema.quoted(child.table)) WHERE account_id = ? AND \(condition)"
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments([place.accountID] + key))
    }

    private func insert(_ values: [DatabaseValue], into table: String, or conflict: String = "") throws {
        let marks = String(repeating: "?, ", count: values.count - 1) + "?"
        let sql = "INSERT \(conflict) INTO \(SnapshotSchema.quoted(table)) VALUES (\(marks))"
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}
