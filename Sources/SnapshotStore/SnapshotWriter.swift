package import AuditModel
import Crypto
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

    private let queue: DatabaseQueue

    /// Starts a working file beside `path`; an older working file is replaced, the snapshot itself stays as it is.
    ///
    /// - Throws: ``SnapshotError`` when the file cannot be made.
    package init(path: String, info: SnapshotInfo, accounts: [Account]) throws {
        self.path = path
        workingPath = path + ".partial"
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
            queue = try DatabaseQueue(path: workingPath)
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

    /// Stores one page of objects.
    ///
    /// - Parameters:
    ///   - objects: The API's objects; their secrets are replaced here, before anything is written.
    ///   - kind: Their kind.
    ///   - accountID: Their account.
    ///   - zoneID: Their zone; `nil` at account level.
    ///   - parentID: The resource below which they are listed, for a kind that has a parent column.
    /// - Returns: How many of them this listing had not handed out before.
    /// - Throws: ``SnapshotError`` when the disk is full or the file is gone.
    package func store(
        _ objects: [JSONValue],
        of kind: ResourceKind,
        accountID: String,
        zoneID: String? = nil,
        parentID: String? = nil
    ) async throws -> Int {
        do {
            return try await queue.write { database in
                var inserter = RowInserter(database: database, accountID: accountID, zoneID: zoneID, parentID: parentID)
                return try objects.reduce(0) { count, object in
                    try count + (inserter.store(SecretScrubber.scrub(object), of: kind) ? 1 : 0)
                }
            }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Records how completely a kind was read.
    ///
    /// - Throws: ``SnapshotError`` when it cannot be written.
    package func record(_ entry: CoverageEntry) async throws {
        do {
            try await queue.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO coverage (account_id, zone_id, kind, table_name, status, http_status, error_code,
                            permission, reason, row_count, reported_total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        entry.accountID, entry.zoneID, entry.kind, entry.table, entry.status.rawValue,
                        entry.httpStatus, entry.errorCode, entry.permission, entry.reason, entry.rowCount,
                        entry.reportedTotal,
                    ]
                )
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
            let digest = try await queue.read { try Self.contentDigest(in: $0) }
            try await queue.write { database in
                try database.execute(sql: "DROP TABLE collected_id")
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

    private static func insert(_ info: SnapshotInfo, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO snapshot_info (tool_version, schema_version, status, started_at, finished_at, api_base,
                    token_id, token_scope, content_digest) VALUES (?, ?, ?, ?, NULL, ?, ?, ?, NULL)
                """,
            arguments: [
                info.toolVersion, info.schemaVersion, info.status.rawValue, info.startedAt, info.apiBase, info.tokenID,
                info.tokenScope,
            ]
        )
    }

    /// SHA-256 over table, account, id and body of every object, each ended by a NUL, in that order.
    private static func contentDigest(in database: Database) throws -> String {
        var hash = SHA256()
        for table in Set(ResourceCatalogue.kinds.map(\.table)).sorted() {
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT account_id, id, body FROM \(SnapshotSchema.quoted(table)) ORDER BY account_id, id, body"
            )
            while let row = try rows.next() {
                for part in [table, row[0] as String, row[1] as String, row[2] as String] {
                    hash.update(data: Data(part.utf8))
                    hash.update(data: [0])
                }
            }
        }
        return Fingerprint.hexadecimal(hash.finalize())
    }

    /// The error to report; a cancellation stays one.
    private static func error(_ error: any Error, path: String) -> any Error {
        if error is SnapshotError || error is CancellationError { return error }
        let code = (error as? DatabaseError)?.resultCode
        if Task.isCancelled, code == .SQLITE_INTERRUPT || code == .SQLITE_ABORT { return CancellationError() }
        if code == .SQLITE_FULL || code == .SQLITE_IOERR {
            return SnapshotError(
                code: .diskFull,
                path: path,
                problem: "cannot be written: the disk is full or fails",
                remedy: "Free some space, or choose another path with --output or --snapshot"
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
