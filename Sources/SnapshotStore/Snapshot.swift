package import AuditModel
import Foundation
package import GRDB

/// A finished snapshot, opened for reading only.
package struct Snapshot: Sendable {
    /// Path of the file.
    package let path: String
    /// Who collected it, when and how.
    package let info: SnapshotInfo
    /// Accounts in it, sorted by id.
    package let accounts: [Account]
    /// What was read, sorted by account, zone and kind.
    package let coverage: [CoverageEntry]

    private let queue: DatabaseQueue

    /// Every table of a snapshot: those that describe the collection, then those filled from the API.
    package static let tables = SnapshotSchema.bookkeeping + ResourceCatalogue.tables

    /// Opens a snapshot.
    ///
    /// - Throws: ``SnapshotError`` when there is none, or it is truncated, of another schema, or no snapshot at all.
    package init(path: String) throws {
        self.path = path
        try Self.checkFile(path)
        do {
            var configuration = Configuration()
            configuration.readonly = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            (info, accounts, coverage) = try queue.read { database in
                let info = try Self.readInfo(database, path: path)
                return (info, try Self.readAccounts(database), try Self.readCoverage(database))
            }
        } catch let error as DatabaseError {
            throw SnapshotError(
                code: .unreadable, path: path, problem: "cannot be read (\(error.message ?? "unknown reason"))",
                remedy: "Collect it again"
            )
        }
    }

    /// Runs `body` on a read-only connection.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try queue.read(body)
    }

    /// How many rows each resource table has, over all accounts.
    package func inventory() throws -> [String: Int] {
        try read { database in
            var counts: [String: Int] = [:]
            for kind in ResourceCatalogue.kinds {
                counts[kind.table] =
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(SnapshotSchema.quoted(kind.table))") ?? 0
            }
            return counts
        }
    }

    /// What a document says of this snapshot.
    ///
    /// - Parameter evaluatedAt: Time at which the rules are evaluated, RFC 3339, UTC.
    package func summary(evaluatedAt: String) -> SnapshotSummary {
        SnapshotSummary(
            status: info.status, toolVersion: info.toolVersion, schemaVersion: info.schemaVersion,
            startedAt: info.startedAt, finishedAt: info.finishedAt, evaluatedAt: evaluatedAt, apiBase: info.apiBase,
            contentDigest: info.contentDigest
        )
    }

    /// Looks at the file's header: SQLite itself would name neither the cause nor the remedy.
    private static func checkFile(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw SnapshotError(
                code: exists ? .unreadable : .notFound, path: path,
                problem: exists ? "cannot be opened" : "there is no such file",
                remedy: exists ? "Check that you may read it" : "Make one with 'ztaudit collect --output \(path)'"
            )
        }
        // Only read from; a failing close loses nothing.
        defer { try? handle.close() }
        let header = [UInt8]((try? handle.read(upToCount: 100)) ?? Data())
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw SnapshotError(
                code: .notASnapshot, path: path, problem: "is not a snapshot (not an SQLite file)",
                remedy: "Give the file that 'ztaudit collect' or 'ztaudit scan --snapshot' wrote"
            )
        }
        let pageSize = UInt64(header[16]) << 8 | UInt64(header[17])
        let pages = header[28...31].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let expected = pages * (pageSize == 1 ? 65536 : pageSize)
        let size = (try? handle.seekToEnd()) ?? 0
        guard size >= expected else {
            throw SnapshotError(
                code: .truncated, path: path, problem: "is cut short: \(size) of \(expected) bytes are there",
                remedy: "Copy it again, or collect it again"
            )
        }
    }

    private static func readInfo(_ database: Database, path: String) throws -> SnapshotInfo {
        guard try database.tableExists("snapshot_info"),
            let row = try Row.fetchOne(database, sql: "SELECT * FROM snapshot_info"),
            let schemaVersion = row["schema_version"] as Int?
        else {
            throw SnapshotError(
                code: .notASnapshot, path: path, problem: "is an SQLite file, but no snapshot of ztaudit",
                remedy: "Give the file that 'ztaudit collect' or 'ztaudit scan --snapshot' wrote"
            )
        }
        guard schemaVersion == SnapshotInfo.currentSchemaVersion else {
            let isNewer = schemaVersion > SnapshotInfo.currentSchemaVersion
            throw SnapshotError(
                code: isNewer ? .newerSchema : .olderSchema, path: path,
                problem: "has schema version \(schemaVersion); this ztaudit reads \(SnapshotInfo.currentSchemaVersion)",
                remedy: isNewer ? "Use the ztaudit that wrote it, or a newer one" : "Collect it again"
            )
        }
        var info = SnapshotInfo(
            toolVersion: row["tool_version"], startedAt: row["started_at"], apiBase: row["api_base"],
            tokenID: row["token_id"], tokenScope: row["token_scope"]
        )
        info.status = SnapshotSummary.Status(rawValue: row["status"]) ?? .partial
        info.finishedAt = row["finished_at"]
        info.contentDigest = row["content_digest"]
        return info
    }

    private static func readAccounts(_ database: Database) throws -> [Account] {
        try Row.fetchAll(database, sql: "SELECT id, name FROM account ORDER BY id")
            .map { Account(id: $0["id"], name: $0["name"]) }
    }

    private static func readCoverage(_ database: Database) throws -> [CoverageEntry] {
        try Row.fetchAll(database, sql: "SELECT * FROM coverage ORDER BY account_id, zone_id, kind").map { row in
            CoverageEntry(
                accountID: row["account_id"], zoneID: row["zone_id"], kind: row["kind"], table: row["table_name"],
                status: CoverageStatus(rawValue: row["status"]) ?? .failed, httpStatus: row["http_status"],
                errorCode: row["error_code"], permission: row["permission"], reason: row["reason"],
                rowCount: row["row_count"], reportedTotal: row["reported_total"]
            )
        }
    }
}
