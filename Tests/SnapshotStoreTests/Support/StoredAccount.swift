import AuditModel
import GRDB
import JSONModel
import SnapshotStore
import TestSupport
import Testing

/// A page of objects that a collection hands to the store.
struct Page: Sendable {
    let kind: ResourceKind
    let objects: [JSONValue]
    var account = "acc1"

    init(_ kind: ResourceKind, _ objects: [JSONValue], account: String = "acc1") {
        self.kind = kind
        self.objects = objects
        self.account = account
    }
}

/// Starts a working file at `path`.
func makeWriter(_ path: String) throws -> SnapshotWriter {
    let info = SnapshotInfo(
        toolVersion: "1.0",
        startedAt: "2026-01-01T00:00:00Z",
        apiBase: "https://api.example",
        tokenID: "t1",
        tokenScope: "account token"
    )
    return try SnapshotWriter(path: path, info: info, accounts: [Account(id: "acc1", name: "One")])
}

/// Writes a finished snapshot and hands it to `body`.
@discardableResult
func withSnapshot<Value>(_ pages: [Page], _ body: (Snapshot) throws -> Value) async throws -> Value {
    try await ScratchFolder.with { folder in
        let writer = try makeWriter(folder.path("a.ztaudit"))
        for page in pages { try await writer.store(page.objects, at: ListingPlace(page.kind, accountID: page.account)) }
        try await writer.finish(at: "2026-01-01T00:01:00Z")
        return try body(try Snapshot(path: folder.path("a.ztaudit")))
    }
}

extension Snapshot {
    /// Checks the rows of a query, as texts; NULL is `nil`.
    func expect(_ sql: String, _ rows: [[String?]], at place: SourceLocation = #_sourceLocation) throws {
        let found = try texts(sql)
        #expect(found == rows, sourceLocation: place)
    }

    /// Rows as texts; NULL is `nil`.
    func texts(_ sql: String) throws -> [[String?]] {
        try read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { value in
                    switch value.storage {
                    case .null: nil
                    case .int64(let number): String(number)
                    case .double(let number): String(number)
                    case .string(let text): text
                    case .blob: "a blob"
                    }
                }
            }
        }
    }
}
