import GRDB

/// The tables of a snapshot file.
enum SnapshotSchema {
    /// `PRAGMA application_id` of a snapshot: "ztau" in ASCII, so that `file` and we can tell it from other databases.
    static let applicationID: Int32 = 0x7A74_6175

    /// The tables that describe the collection itself.
    static let bookkeeping: [SnapshotTable] = [
        SnapshotTable(
            name: "snapshot_info",
            summary: "One row: who collected this snapshot, when, and with which token.",
            columns: [
                .init("tool_version", "TEXT NOT NULL", "Version of ztaudit."),
                .init("schema_version", "INTEGER NOT NULL", "Version of these tables."),
                .init("status", "TEXT NOT NULL", "complete when the collection ran to its end, else partial."),
                .init("started_at", "TEXT NOT NULL", "RFC 3339, UTC."),
                .init(
                    "resumed_at",
                    "TEXT",
                    "When it went on after an interruption, RFC 3339, UTC; NULL when it was not."
                ),
                .init("finished_at", "TEXT", "RFC 3339, UTC; NULL when the collection did not end."),
                .init("api_base", "TEXT NOT NULL", "Base URL of the API."),
                .init("token_id", "TEXT", "Cloudflare's id of the API token; never the token."),
                .init("token_scope", "TEXT NOT NULL", "Kind of credential."),
                .init(
                    "token_expires_at",
                    "TEXT",
                    "RFC 3339, UTC; NULL when the token never ends or that is not known."
                ),
                .init(
                    "token_policies",
                    "TEXT",
                    "Permission groups and resources of the token, as JSON; NULL when it may not read them itself."
                ),
                .init("content_digest", "TEXT", "SHA-256 over the collected objects."),
            ]
        ),
        SnapshotTable(
            name: "account",
            summary: "The accounts in this snapshot.",
            columns: [
                .init("id", "TEXT NOT NULL PRIMARY KEY", "Cloudflare's id."),
                .init("name", "TEXT", "Name; NULL when the token may not read it."),
            ]
        ),
        SnapshotTable(
            name: "coverage",
            summary: "What was read of each resource kind, and why the rest was not.",
            columns: [
                .init("account_id", "TEXT NOT NULL", "Account."),
                .init("zone_id", "TEXT", "Zone; NULL at account level."),
                .init("kind", "TEXT NOT NULL", "Resource kind."),
                .init("table_name", "TEXT NOT NULL", "Table that the kind fills."),
                .init("status", "TEXT NOT NULL", "complete, partial, denied, unavailable or failed."),
                .init("http_status", "INTEGER", "HTTP status of the answer that ended the reading badly."),
                .init("error_code", "INTEGER", "Cloudflare's error code in it."),
                .init("permission", "TEXT NOT NULL", "API token permission that the kind needs."),
                .init("reason", "TEXT", "Why it is not complete; NULL when it is."),
                .init("row_count", "INTEGER NOT NULL", "Rows stored."),
                .init("reported_total", "INTEGER", "Total that the API reported; NULL when it reported none."),
            ]
        ),
    ]

    /// Creates the tables in an empty file.
    static func create(in queue: DatabaseQueue) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { database in
            for table in bookkeeping + ResourceCatalogue.tables {
                let columns = table.columns.map { "\(quoted($0.name)) \($0.sqlType)" }
                try database.execute(sql: "CREATE TABLE \(quoted(table.name)) (\(columns.joined(separator: ", ")))")
            }
            var indexed: Set<String> = []
            for kind in ResourceCatalogue.kinds where indexed.insert(kind.table).inserted {
                let parent = kind.parentColumn.map { [$0] } ?? []
                try createIndex(on: kind.table, ["account_id"] + parent + ["id"], unique: true, in: database)
            }
            for child in ResourceCatalogue.kinds.flatMap(\.children) where indexed.insert(child.table).inserted {
                let owner = child.source == .accessRules ? ["owner_type", "owner_id"] : [child.parentColumn]
                try createIndex(on: child.table, ["account_id"] + owner, unique: false, in: database)
            }
            try CollectionProgress.create(in: database)
        }
        try queue.write { try $0.execute(sql: "PRAGMA application_id = \(applicationID)") }
        try migrator.migrate(queue)
    }

    static func quoted(_ name: String) -> String { "\"\(name)\"" }

    private static func createIndex(
        on table: String,
        _ columns: [String],
        unique: Bool,
        in database: Database
    ) throws {
        let list = columns.map(quoted).joined(separator: ", ")
        let kind = unique ? "UNIQUE INDEX" : "INDEX"
        try database.execute(
            sql: "CREATE \(kind) \(quoted("\(table)_by_\(columns.last ?? "id")")) ON \(quoted(table)) (\(list))"
        )
    }
}
