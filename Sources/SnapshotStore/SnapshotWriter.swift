package import AuditModel
import Foundation
import GRDB
package import JSONModel

/// Writes a snapshot into a working file, which becomes the snapshot when the collection ends.
///
/// The working file is marked partial from its first byte on; whatever interrupts the collection, no file that is
/// marked complete holds less than it says.
package final class SnapshotWriter: Sendable {
    /// Path of the working file: the snapshot's path with `.partial` behind it.
    package let workingPath: String
    /// Path of the finished snapshot.
    package let path: String

    /// Whether it goes on where an interrupted collection stopped.
    package let isResumed: Bool

    let queue: DatabaseQueue

    /// Starts a working file beside `path`; an older working file is replaced, the snapshot itself stays as it is.
    ///
    /// - Throws: ``SnapshotError`` when the file cannot be made.
    package init(path: String, info: SnapshotInfo, accounts: [Account]) throws {
        self.path = path
        workingPath = Self.workingPath(for: path)
        isResumed = false
        try Self.checkNobodyWrites(workingPath, path: path)
        do {
            for suffix in ["", "-journal", "-wal", "-shm"]
            where FileManager.default.fileExists(atPath: workingPath + suffix) {
                try FileManager.default.removeItem(atPath: workingPath + suffix)
            }
            // Whoever may read the account's configuration is a decision of the user's, not of the umask.
            guard
                FileManager.default.createFile(
                    atPath: workingPath,
                    contents: nil,
                    attributes: [.posixPermissions: 0o600]
                )
            else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
            queue = try Self.open(workingPath)
            try SnapshotSchema.create(in: queue)
            try queue.write { database in
                try Self.insert(info, in: database)
                for account in accounts {
                    try database.execute(
                        sql: "INSERT INTO account (id, name) VALUES (?, ?)",
                        arguments: [account.id, account.name.map { SecretScrubber.scrub($0) }]
                    )
                }
            }
        } catch {
            for suffix in ["", "-journal"] { unlink(workingPath + suffix) }
            throw SnapshotWriter.error(error, path: path)
        }
    }

    /// Opens a working file that is checked already; see ``resuming(path:info:accounts:maximumAge:)``.
    init(resuming queue: DatabaseQueue, path: String) {
        self.path = path
        workingPath = Self.workingPath(for: path)
        isResumed = true
        self.queue = queue
    }

    /// Refuses to replace a working file that another program is writing.
    private static func checkNobodyWrites(_ workingPath: String, path: String) throws {
        guard FileManager.default.fileExists(atPath: workingPath) else { return }
        do {
            try open(workingPath).write { try $0.execute(sql: "PRAGMA user_version") }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw SnapshotError(
                code: .notWritable,
                path: path,
                problem: "is being written by another ztaudit",
                remedy: "Wait until that one has ended, or choose another path"
            )
        } catch {
            // Whatever else is wrong with it, it is going to be replaced.
        }
    }

    static func workingPath(for path: String) -> String { path + ".partial" }

    /// Opens a working file for writing.
    ///
    /// Commits are not flushed one by one: what the end of this process leaves is whole all the same, and a file that the
    /// end of the whole machine could leave is checked before it is gone on with. ``finish(at:status:)`` flushes all.
    static func open(_ workingPath: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF")
        }
        return try DatabaseQueue(path: workingPath, configuration: configuration)
    }

    /// Stores one answer of the API.
    ///
    /// - Parameters:
    ///   - objects: The API's objects; their secrets are replaced here, before anything is written.
    ///   - place: Where they are listed.
    ///   - request: What tells the answer from others for the same place, such as `page=2`; `nil` when nobody will ask
    ///     ``page(at:request:)`` for it.
    ///   - page: What the answer said of itself.
    /// - Returns: The page, with the number of objects that no earlier answer for this place held.
    /// - Throws: ``SnapshotError`` when the disk is full or the file is gone.
    @discardableResult
    package func store(
        _ objects: [JSONValue],
        at place: ListingPlace,
        request: String? = nil,
        page: StoredPage? = nil
    ) async throws -> StoredPage {
        let prepared = PreparedObject.all(objects, at: place)
        do {
            return try await queue.write { database in
                let inserter = RowInserter(database: database, place: place)
                var page = page ?? StoredPage(count: prepared.count)
                for object in prepared where try inserter.store(object) { page.new += 1 }
                if let request { try CollectionProgress.remember(page, of: request, at: place, in: database) }
                return page
            }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// An answer that was stored before the collection was interrupted; `nil` when there was none.
    ///
    /// - Throws: ``SnapshotError`` when the file cannot be read.
    package func page(at place: ListingPlace, request: String) async throws -> StoredPage? {
        guard isResumed else { return nil }
        do {
            return try await queue.read { try CollectionProgress.page(of: request, at: place, in: $0) }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Forgets which answers of a place are stored, so that all are asked for again when the collection goes on; what
    /// they held stays until then.
    ///
    /// - Throws: ``SnapshotError`` when it cannot be written.
    package func forgetPages(at place: ListingPlace) async throws {
        do {
            try await queue.write { try CollectionProgress.forgetPages(of: place, in: $0) }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Makes a place ready to be read: where none of its answers is remembered, what it once handed out is removed.
    ///
    /// - Throws: ``SnapshotError`` when it cannot be written.
    package func begin(_ place: ListingPlace) async throws {
        guard isResumed else { return }
        do {
            try await queue.write { try CollectionProgress.removeRows(of: place, in: $0) }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Ids of a kind's rows at account level, a batch at a time.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - accountID: The account.
    ///   - column: Only rows in which this column is 1; `nil` for all.
    ///   - last: The last id of the batch before; `nil` for the first.
    /// - Returns: At most 500 ids, sorted; empty when there are no more.
    /// - Throws: ``SnapshotError`` when the file cannot be read.
    package func ids(
        of kind: ResourceKind,
        accountID: String,
        having column: String?,
        after last: String?
    ) async throws -> [String] {
        let condition = column.map { "AND \(SnapshotSchema.quoted($0)) = 1" } ?? ""
        do {
            return try await queue.read { database in
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT id FROM \(SnapshotSchema.quoted(kind.table))
                        WHERE account_id = ? AND zone_id IS NULL AND id > ? \(condition) ORDER BY id LIMIT 500
                        """,
                    arguments: [accountID, last ?? ""]
                )
            }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Records how completely a kind was read; what was recorded for the same account, zone and kind is replaced.
    ///
    /// - Throws: ``SnapshotError`` when it cannot be written.
    package func record(_ entry: CoverageEntry) async throws {
        do {
            try await queue.write { database in
                try database.execute(
                    sql: "DELETE FROM coverage WHERE account_id = ? AND zone_id IS ? AND kind = ?",
                    arguments: [entry.accountID, entry.zoneID, entry.kind]
                )
                try Self.insert(entry, in: database)
            }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Ends the snapshot and moves it into place; a partial one takes nobody's place.
    ///
    /// - Parameters:
    ///   - finishedAt: RFC 3339, UTC.
    ///   - status: `partial` when the API failed on the way, so that a later try may bring more.
    /// - Returns: Where the snapshot is: at its path, or at the working path when it is partial and an earlier snapshot
    ///   stands at its path.
    /// - Throws: ``SnapshotError``; the previous snapshot at the path is then untouched.
    @discardableResult
    package func finish(at finishedAt: String, status: SnapshotSummary.Status = .complete) async throws -> String {
        do {
            let digest = try await queue.read { try ContentDigest.of($0) }
            try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try await queue.write { database in
                // A partial one can be gone on with.
                if status == .complete { try CollectionProgress.drop(in: database) }
                try database.execute(
                    sql: "UPDATE snapshot_info SET status = ?, finished_at = ?, content_digest = ?",
                    arguments: [status.rawValue, finishedAt, digest]
                )
                // Without statistics SQLite takes "account_id = ?" for selective and reads every table by its index.
                try database.execute(sql: "ANALYZE")
            }
            try queue.close()
            if status == .partial, FileManager.default.fileExists(atPath: path) { return workingPath }
            guard rename(workingPath, path) == 0 else {
                throw SnapshotError(
                    code: .notWritable,
                    path: path,
                    problem: "cannot be put in place (\(String(cString: strerror(errno))))",
                    remedy: "The finished snapshot is at \(workingPath); move it, or choose another path"
                )
            }
            return path
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Closes the working file and removes it.
    package func discard() {
        // Nothing is lost when this fails: the file stays marked partial.
        try? queue.close()
        for suffix in ["", "-journal"] { unlink(workingPath + suffix) }
    }

    static func insert(_ entry: CoverageEntry, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO coverage (account_id, zone_id, kind, table_name, status, http_status, error_code,
                    permission, reason, row_count, reported_total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.accountID, entry.zoneID, entry.kind, entry.table, entry.status.rawValue, entry.httpStatus,
                entry.errorCode, entry.permission, entry.reason.map(SecretScrubber.scrub), entry.rowCount,
                entry.reportedTotal,
            ]
        )
    }

    private static func insert(_ info: SnapshotInfo, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO snapshot_info (tool_version, schema_version, status, started_at, resumed_at, finished_at,
                    api_base, token_id, token_scope, token_expires_at, token_policies, content_digest)
                VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?, NULL)
                """,
            arguments: [
                info.toolVersion, info.schemaVersion, info.status.rawValue, info.startedAt, info.apiBase, info.tokenID,
                info.tokenScope, info.tokenExpiresAt, info.tokenPolicies.map(SecretScrubber.scrub),
            ]
        )
    }

    /// The error to report; a cancellation stays one.
    static func error(_ error: any Error, path: String) -> any Error {
        if error is SnapshotError || error is CancellationError { return error }
        let code = (error as? DatabaseError)?.resultCode
        if Task.isCancelled, code == .SQLITE_INTERRUPT || code == .SQLITE_ABORT { return CancellationError() }
        if code == .SQLITE_FULL || code == .SQLITE_IOERR {
            return SnapshotError(
                code: .diskFull,
                path: path,
                problem: "cannot be written: the disk is full or fails",
                remedy: "Free some space, then go on with 'ztaudit collect --resume', or choose another path"
            )
        }
        let detail = (error as? DatabaseError)?.message ?? (error as NSError).localizedDescription
        return SnapshotError(
            code: .notWritable,
            path: path,
            problem: "cannot be written (\(detail))",
            remedy: "Check that the folder exists and that you may write to it"
        )
    }
}
