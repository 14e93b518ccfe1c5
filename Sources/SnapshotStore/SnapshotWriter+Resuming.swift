package import AuditModel
import Foundation
import GRDB

extension SnapshotWriter {
    /// Whether an interrupted or partial collection lies at `path` or beside it, which can perhaps be gone on with.
    ///
    /// - Throws: ``SnapshotError`` when a file at `path` cannot be read.
    package static func hasUnfinished(path: String) throws -> Bool {
        if FileManager.default.fileExists(atPath: workingPath(for: path)) { return true }
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return try Snapshot(path: path).info.status == .partial
    }

    /// Goes on with an interrupted or partial collection: what it holds stays, its coverage is made anew.
    ///
    /// - Parameters:
    ///   - path: Path of the snapshot.
    ///   - info: Who goes on, when and how; must fit what began.
    ///   - accounts: The accounts asked for; must be the same.
    ///   - kinds: Names of the kinds asked for; must hold those that were begun.
    ///   - maximumAge: Most seconds since the collection began: what was read then must still describe, together with
    ///     what is read now, one state of the account.
    /// - Returns: A writer that knows the answers stored so far.
    /// - Throws: ``SnapshotError`` when it does not fit or is damaged; the file is then as it was.
    package static func resuming(
        path: String,
        info: SnapshotInfo,
        accounts: [Account],
        kinds: Set<String>,
        maximumAge: Int64
    ) throws -> SnapshotWriter {
        let working = workingPath(for: path)
        do {
            // A partial snapshot at the path itself becomes the working file again; a rename cannot lose it.
            let isAside = FileManager.default.fileExists(atPath: working)
            let queue = try open(isAside ? working : path)
            try queue.read { database in
                try check(database, path: path, info: info, accounts: accounts, maximumAge: maximumAge)
                if let kind = try CollectionProgress.kinds(in: database).subtracting(kinds).sorted().first {
                    throw refusal(path, "was begun with --include \(kind)", remedy: "Give --include \(kind) again")
                }
            }
            // Opened again, because the journal's name follows from the file's.
            try queue.close()
            guard isAside || rename(path, working) == 0 else {
                throw refusal(path, "cannot be moved to \(working) (\(String(cString: strerror(errno))))")
            }
            let writer = SnapshotWriter(resuming: try open(working), path: path)
            try writer.queue.write { database in
                try database.execute(
                    sql: """
                        DELETE FROM coverage;
                        UPDATE snapshot_info SET status = 'partial', resumed_at = ?, finished_at = NULL,
                            content_digest = NULL, token_expires_at = ?, token_policies = ?
                        """,
                    arguments: [info.startedAt, info.tokenExpiresAt, info.tokenPolicies.map(SecretScrubber.scrub)]
                )
            }
            return writer
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw refusal(path, "is being written by another ztaudit", remedy: "Wait until that one has ended")
        } catch let error as DatabaseError
            where [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode)
        {
            throw refusal(path, "is damaged")
        } catch {
            throw Self.error(error, path: path)
        }
    }

    private static func check(
        _ database: Database,
        path: String,
        info: SnapshotInfo,
        accounts: [Account],
        maximumAge: Int64
    ) throws {
        guard try String.fetchOne(database, sql: "PRAGMA quick_check") == "ok",
            try database.tableExists("collected_page"),
            let row = try Row.fetchOne(database, sql: "SELECT * FROM snapshot_info")
        else { throw refusal(path, "is damaged") }
        let differences: [(column: String, value: String?, origin: String)] = [
            ("tool_version", info.toolVersion, "another version of ztaudit"),
            ("api_base", info.apiBase, "another API"),
            ("token_id", info.tokenID, "another API token"),
        ]
        for (column, value, origin) in differences where row.typed(column) as String? != value {
            throw refusal(path, "was begun with \(origin)")
        }
        guard try Set(String.fetchAll(database, sql: "SELECT id FROM account")) == Set(accounts.map(\.id)) else {
            throw refusal(path, "was begun for other accounts")
        }
        guard let started = UTCTimestamp(row.typed("started_at") ?? ""), let now = UTCTimestamp(info.startedAt),
            (0...maximumAge * 1_000_000).contains(now.microseconds - started.microseconds)
        else {
            let hours = maximumAge / 3600
            throw refusal(
                path,
                "was not begun within the last \(hours) hours: what was read then is too old to go on with"
            )
        }
    }

    private static func refusal(
        _ path: String,
        _ problem: String,
        remedy: String = "Collect without --resume"
    ) -> SnapshotError {
        SnapshotError(
            code: .notResumable,
            path: path,
            problem: "the unfinished collection \(problem)",
            remedy: remedy
        )
    }
}
