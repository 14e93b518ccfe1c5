import GRDB

/// What a working file knows of its own collection: which answers it holds, and which ids they brought.
///
/// The first tells a collection that goes on what it need not ask for again, the second tells a repeated page from a new
/// one. Both are gone from a snapshot that is complete.
enum CollectionProgress {
    private static let place = "kind = ? AND account_id = ? AND zone_id = ? AND parent_id = ?"
    private static let placeColumns = """
        kind TEXT NOT NULL, account_id TEXT NOT NULL, zone_id TEXT NOT NULL, parent_id TEXT NOT NULL
        """

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE collected_id (\(placeColumns), id TEXT NOT NULL,
                    PRIMARY KEY (kind, account_id, zone_id, parent_id, id)) WITHOUT ROWID;
                CREATE TABLE collected_page (\(placeColumns), request TEXT NOT NULL,
                    count INTEGER NOT NULL, new INTEGER NOT NULL, total_count INTEGER, total_pages INTEGER, cursor TEXT,
                    is_silent INTEGER NOT NULL, is_misshapen INTEGER NOT NULL,
                    PRIMARY KEY (kind, account_id, zone_id, parent_id, request)) WITHOUT ROWID
                """
        )
    }

    static func drop(in database: Database) throws {
        try database.execute(sql: "DROP TABLE collected_id; DROP TABLE collected_page")
    }

    /// Notes that a place handed out an id.
    ///
    /// - Returns: Whether it had not before.
    static func note(_ id: String, at place: ListingPlace, in database: Database) throws -> Bool {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO collected_id VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: key(place) + [id])
        return database.changesCount > 0
    }

    static func remember(
        _ page: StoredPage,
        of request: String,
        at place: ListingPlace,
        in database: Database
    ) throws {
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO collected_page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(
            arguments: key(place) + [
                request, page.count, page.new, page.totalCount, page.totalPages, page.cursor, page.isSilent,
                page.isMisshapen,
            ]
        )
    }

    static func page(of request: String, at place: ListingPlace, in database: Database) throws -> StoredPage? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT count, new, total_count, total_pages, cursor, is_silent, is_misshapen FROM collected_page
                WHERE \(Self.place) AND request = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: key(place) + [request]) else { return nil }
        var page = StoredPage(
            count: row[0],
            totalCount: row[2],
            totalPages: row[3],
            cursor: row[4],
            isSilent: row[5],
            isMisshapen: row[6]
        )
        page.new = row[1]
        return page
    }

    static func forget(_ place: ListingPlace, in database: Database) throws {
        for table in ["collected_id", "collected_page"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE \(Self.place)", arguments: key(place))
        }
    }

    private static func key(_ place: ListingPlace) -> StatementArguments {
        [place.kind.name, place.accountID, place.zoneID ?? "", place.parentID ?? ""]
    }
}
