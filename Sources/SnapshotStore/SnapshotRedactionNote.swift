import AuditModel
import GRDB

/// The table that a redacted snapshot has beside the others: what was replaced in it.
///
/// A snapshot as it was collected has no such table, so that older files stay readable.
enum SnapshotRedactionNote {
    private static let table = "redaction"

    static func write(_ note: Redaction, in database: Database) throws {
        try database.execute(
            sql: "CREATE TABLE \(table) (level TEXT NOT NULL, key_id TEXT NOT NULL, replaced TEXT NOT NULL)"
        )
        try database.execute(
            sql: "INSERT INTO \(table) VALUES (?, ?, ?)",
            arguments: [note.level.rawValue, note.keyID, note.replaced.joined(separator: "\n")]
        )
    }

    static func read(_ database: Database) throws -> Redaction? {
        guard try database.tableExists(table), let row = try Row.fetchOne(database, sql: "SELECT * FROM \(table)")
        else { return nil }
        let replaced: String = row.typed("replaced") ?? ""
        return Redaction(
            // A level of a later version is at least as strict as the strictest of this one.
            level: RedactionLevel(rawValue: row.typed("level") ?? "") ?? .public,
            keyID: row.typed("key_id") ?? "",
            replaced: replaced.split(separator: "\n").map(String.init),
            withheldFindings: 0
        )
    }
}
