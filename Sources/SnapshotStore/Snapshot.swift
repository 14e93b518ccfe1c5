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
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            // Rolling back what was not finished would be writing.
            throw SnapshotError(
                code: .unreadable,
                path: path,
                problem: "was being written when the program ended",
                remedy: "Go on with 'ztaudit collect --resume', or collect it again"
            )
        } catch let error as DatabaseError {
            throw SnapshotError(
                code: .unreadable,
                path: path,
                problem: "cannot be read (\(error.message ?? "unknown reason"))",
                remedy: "Collect it again"
            )
        }
    }

    /// Runs `body` on a read-only connection.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try queue.read(body)
    }

    /// How many rows each resource table has, over all accounts; without those of optional kinds not asked for, of which
    /// nobody knows how many there are.
    package func inventory() throws -> [String: Int] {
        try read { database in
            var counts: [String: Int] = [:]
            let collected = Set(coverage.map(\.kind))
            for kind in ResourceCatalogue.kinds where !kind.isOptional || collected.contains(kind.name) {
                counts[kind.table] =
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(SnapshotSchema.quoted(kind.table))") ?? 0
            }
            return counts
        }
    }

    /// What a document says of this snapshot.
    ///
    /// - Parameter evaluatedAt: Time at which the rules are evaluated, RFC 3339, UTC.
    /// - Returns: The members of ``info`` that a reader of the document needs.
    package func summary(evaluatedAt: String) -> SnapshotSummary {
        SnapshotSummary(
            status: info.status,
            toolVersion: info.toolVersion,
            schemaVersion: info.schemaVersion,
            startedAt: info.startedAt,
            resumedAt: info.resumedAt,
            finishedAt: info.finishedAt,
            evaluatedAt: evaluatedAt,
            apiBase: info.apiBase,
            contentDigest: info.contentDigest
        )
    }

    /// Looks at the file's header: SQLite itself would name neither the cause nor the remedy.
    private static func checkFile(_ path: String) throws {
        var status = stat()
        // Opening a pipe would wait for somebody to write.
        guard stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw SnapshotError(
                code: .notASnapshot,
                path: path,
                problem: "is not a snapshot (a device or pipe)",
                remedy: "Give the file that 'ztaudit collect' or 'ztaudit scan --snapshot' wrote"
            )
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw SnapshotError(
                code: exists ? .unreadable : .notFound,
                path: path,
                problem: exists ? "cannot be opened" : "there is no such file",
                remedy: exists ? "Check that you may read it" : "Make one with 'ztaudit collect --output \(path)'"
            )
        }
        // Only read from; a failing close loses nothing.
        defer { try? handle.close() }
        let header = [UInt8]((try? handle.read(upToCount: 100)) ?? Data())
        let magic = Array("SQLite format 3\0".utf8)
        guard header.count == 100 || !header.starts(with: magic) else {
            throw SnapshotError(
                code: .truncated,
                path: path,
                problem: "is cut short: \(header.count) bytes are there",
                remedy: "Copy it again, or collect it again"
            )
        }
        guard header.starts(with: magic) else {
            throw SnapshotError(
                code: .notASnapshot,
                path: path,
                problem: "is not a snapshot (not an SQLite file)",
                remedy: "Give the file that 'ztaudit collect' or 'ztaudit scan --snapshot' wrote"
            )
        }
        let pageSize = UInt64(header[16]) << 8 | UInt64(header[17])
        let pages = header[28...31].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let expected = pages * (pageSize == 1 ? 65536 : pageSize)
        let size = (try? handle.seekToEnd()) ?? 0
        guard size >= expected else {
            throw SnapshotError(
                code: .truncated,
                path: path,
                problem: "is cut short: \(size) of \(expected) bytes are there",
                remedy: "Copy it again, or collect it again"
            )
        }
    }

    private static func readInfo(_ database: Database, path: String) throws -> SnapshotInfo {
        guard try database.tableExists("snapshot_info"),
            let row = try Row.fetchOne(database, sql: "SELECT * FROM snapshot_info"),
            let schemaVersion: Int = row.typed("schema_version")
        else {
            throw SnapshotError(
                code: .notASnapshot,
                path: path,
                problem: "is an SQLite file, but no snapshot of ztaudit",
                remedy: "Give the file that 'ztaudit collect' or 'ztaudit scan --snapshot' wrote"
            )
        }
        guard schemaVersion == SnapshotInfo.currentSchemaVersion else {
            let isNewer = schemaVersion > SnapshotInfo.currentSchemaVersion
            throw SnapshotError(
                code: isNewer ? .newerSchema : .olderSchema,
                path: path,
                problem: "has schema version \(schemaVersion); this ztaudit reads \(SnapshotInfo.currentSchemaVersion)",
                remedy: isNewer ? "Use the ztaudit that wrote it, or a newer one" : "Collect it again"
            )
        }
        try checkColumns(database, path: path)
        var info = SnapshotInfo(
            toolVersion: row.typed("tool_version") ?? "",
            startedAt: row.typed("started_at") ?? "",
            apiBase: row.typed("api_base") ?? "",
            tokenID: row.typed("token_id"),
            tokenScope: row.typed("token_scope") ?? ""
        )
        info.status = SnapshotSummary.Status(rawValue: row.typed("status") ?? "") ?? .partial
        info.resumedAt = row.typed("resumed_at")
        info.tokenExpiresAt = row.typed("token_expires_at")
        info.tokenPolicies = row.typed("token_policies")
        info.finishedAt = row.typed("finished_at")
        info.contentDigest = row.typed("content_digest")
        info.redaction = try SnapshotRedactionNote.read(database)
        return info
    }

    /// Looks whether every column is there, so that nothing fails on a damaged or strange file later.
    private static func checkColumns(_ database: Database, path: String) throws {
        for table in tables {
            let present = Set(try database.columns(in: table.name).map(\.name))
            guard let missing = table.columns.first(where: { !present.contains($0.name) }) else { continue }
            throw SnapshotError(
                code: .unreadable,
                path: path,
                problem: "lacks the column '\(missing.name)' of the table '\(table.name)'",
                remedy: "Collect it again"
            )
        }
    }

    private static func readAccounts(_ database: Database) throws -> [Account] {
        try Row.fetchAll(database, sql: "SELECT id, name FROM account ORDER BY id")
            .map { Account(id: $0.typed("id") ?? "", name: $0.typed("name")) }
    }

    private static func readCoverage(_ database: Database) throws -> [CoverageEntry] {
        try Row.fetchAll(database, sql: "SELECT * FROM coverage ORDER BY account_id, zone_id, kind").map { row in
            CoverageEntry(
                accountID: row.typed("account_id") ?? "",
                zoneID: row.typed("zone_id"),
                kind: row.typed("kind") ?? "",
                table: row.typed("table_name") ?? "",
                status: CoverageStatus(rawValue: row.typed("status") ?? "") ?? .failed,
                httpStatus: row.typed("http_status"),
                errorCode: row.typed("error_code"),
                permission: row.typed("permission") ?? "",
                reason: row.typed("reason"),
                rowCount: row.typed("row_count") ?? 0,
                reportedTotal: row.typed("reported_total")
            )
        }
    }
}
