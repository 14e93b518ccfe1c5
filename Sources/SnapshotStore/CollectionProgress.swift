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
                    count INTEGER NOT NULL, new INTEGER NOT NULL, total_count INTEGER, total_pages INTEGER, cursor TEXT, per_page INTEGER,
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
        // A cursor that looks like a secret is one for all that we know: the page is asked for again then.
        guard page.cursor.map({ SecretScrubber.scrub($0) == $0 }) ?? true, SecretScrubber.scrub(request) == request
        else { return }
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO collected_page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(
            arguments: key(place) + [
                request, page.count, page.new, page.totalCount, page.totalPages, page.cursor, page.perPage,
                page.isSilent, page.isMisshapen,
            ]
        )
    }

    static func page(of request: String, at place: ListingPlace, in database: Database) throws -> StoredPage? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT count, new, total_count, total_pages, cursor, per_page, is_silent, is_misshapen
                FROM collected_page
                WHERE \(Self.place) AND request = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: key(place) + [request]) else { return nil }
        var page = StoredPage(
            count: row[0],
            totalCount: row[2],
            totalPages: row[3],
            cursor: row[4],
            perPage: row[5],
            isSilent: row[6],
            isMisshapen: row[7]
        )
        page.new = row[1]
        return page
    }

    static func forgetPages(of place: ListingPlace, in database: Database) throws {
        try database.execute(sql: "DELETE FROM collected_page WHERE \(Self.place)", arguments: key(place))
    }

    /// Removes what a place handed out when it is to be read from its beginning: some of it may be gone meanwhile.
    static func removeRows(of place: ListingPlace, in database: Database) throws {
        let known = "SELECT EXISTS (SELECT 1 FROM collected_page WHERE \(Self.place))"
        guard try Bool.fetchOne(database, sql: known, arguments: key(place)) != true else { return }
        let ids = "(SELECT id FROM collected_id WHERE \(Self.place))"
        let scope: StatementArguments = [place.accountID, place.zoneID]
        for child in place.kind.children where child.source != .accessRules {
            try database.execute(
                sql: """
                    DELETE FROM \(SnapshotSchema.quoted(child.table))
                    WHERE account_id = ? AND \(SnapshotSchema.quoted(child.parentColumn)) IN \(ids)
                    """,
                arguments: [place.accountID] + key(place)
            )
        }
        if place.kind.children.contains(.accessRules) {
            try database.execute(
                sql: "DELETE FROM access_rule WHERE account_id = ? AND owner_type = ? AND owner_id IN \(ids)",
                arguments: [place.accountID, place.kind.table] + key(place)
            )
        }
        let parent = place.kind.parentColumn.map { "AND \(SnapshotSchema.quoted($0)) = ?" } ?? ""
        try database.execute(
            sql: """
                DELETE FROM \(SnapshotSchema.quoted(place.kind.table))
                WHERE account_id = ? AND zone_id IS ? \(parent) AND id IN \(ids)
                """,
            arguments: scope + (place.kind.parentColumn == nil ? [] : [place.parentID ?? ""]) + key(place)
        )
        try database.execute(sql: "DELETE FROM collected_id WHERE \(Self.place)", arguments: key(place))
    }

    /// Whether a list of its own has handed an id out, at account level.
    static func isListed(_ id: String, as kind: ResourceKind, accountID: String, in database: Database) throws -> Bool {
        let place = ListingPlace(kind, accountID: accountID)
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM collected_id WHERE \(Self.place) AND id = ?")
        return try Bool.fetchOne(statement, arguments: key(place) + [id]) ?? false
    }

    /// Names of the kinds of which answers are stored.
    static func kinds(in database: Database) throws -> Set<String> {
        try Set(String.fetchAll(database, sql: "SELECT DISTINCT kind FROM collected_page"))
    }

    private static func key(_ place: ListingPlace) -> StatementArguments {
        [place.kind.name, place.accountID, place.zoneID ?? "", place.parentID ?? ""]
    }
}
