import AuditModel
import Foundation
import GRDB
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct OpeningTests {
    @Test func saysThatThereIsNoFile() async throws {
        try await ScratchFolder.with { folder in
            let error = try #require(throws: SnapshotError.self) { try Snapshot(path: folder.path("none")) }
            #expect(error.code == .notFound)
            #expect(error.description.contains("ztaudit collect"))
        }
    }

    @Test(arguments: ["", "PK", "SQLite", "{\"json\": true}", String(repeating: "x", count: 5000)])
    func rejectsOtherFiles(text: String) async throws {
        try await ScratchFolder.with { folder in
            try Data(text.utf8).write(to: folder.url.appending(path: "a"))
            #expect(throws: SnapshotError.self) { try Snapshot(path: folder.path("a")) }
            #expect(try code(folder.path("a")) == .notASnapshot)
        }
    }

    @Test func rejectsAFolder() async throws {
        try await ScratchFolder.with { folder in
            let code = try code(folder.url.path())
            #expect(code == .notASnapshot || code == .unreadable)
        }
    }

    @Test(arguments: [20, 99, 100, 5000])
    func noticesAFileThatIsCutShort(bytes: Int) async throws {
        try await ScratchFolder.with { folder in
            let path = try await snapshot(in: folder)
            try Data(contentsOf: URL(filePath: path)).prefix(bytes).write(to: URL(filePath: path))
            #expect(try code(path) == .truncated)
        }
    }

    @Test(arguments: [
        "CREATE TABLE t (x)", "CREATE TABLE snapshot_info (x); INSERT INTO snapshot_info VALUES (1)",
        "CREATE TABLE snapshot_info (schema_version)",
        "CREATE TABLE snapshot_info (schema_version); INSERT INTO snapshot_info VALUES ('one')",
    ])
    func rejectsOtherDatabases(sql: String) async throws {
        try await ScratchFolder.with { folder in
            try execute(sql, folder.path("a"))
            #expect(try code(folder.path("a")) == .notASnapshot)
        }
    }

    @Test(arguments: [
        ("UPDATE snapshot_info SET schema_version = schema_version + 1", SnapshotError.Code.newerSchema),
        ("UPDATE snapshot_info SET schema_version = 0", .olderSchema),
        ("DROP TABLE access_rule", .unreadable), ("ALTER TABLE access_group DROP COLUMN is_default", .unreadable),
        ("ALTER TABLE coverage RENAME COLUMN reason TO why", .unreadable),
    ])
    func rejectsAnotherSchema(sql: String, code: SnapshotError.Code) async throws {
        try await ScratchFolder.with { folder in
            let path = try await snapshot(in: folder)
            try execute(sql, path)
            #expect(try self.code(path) == code)
        }
    }

    @Test func survivesValuesOfOtherTypes() async throws {
        try await ScratchFolder.with { folder in
            let path = try await snapshot(in: folder)
            try execute(
                """
                INSERT INTO coverage VALUES ('acc1', NULL, 'devices', 'device', 'excellent', 'x', 'y', 'p', NULL, 'many', 1.5);
                UPDATE snapshot_info SET status = 'splendid', finished_at = x'00ff', token_id = 7
                """,
                path
            )
            let snapshot = try Snapshot(path: path)
            #expect(snapshot.info.status == .partial)
            #expect(snapshot.coverage.map(\.status) == [.failed])
            #expect(snapshot.coverage.map(\.rowCount) == [0])
        }
    }

    @Test func countsResources() async throws {
        try await withSnapshot([Page(.accessGroups, [["id": "g1"], ["id": "g2"]])]) { snapshot in
            let inventory = try snapshot.inventory()
            #expect(inventory["access_group"] == 2)
            #expect(inventory["device"] == 0)
            // Nobody knows how many there are of what is read only when asked for, and was not.
            #expect(inventory.count == Set(ResourceCatalogue.kinds.filter { !$0.isOptional }.map(\.table)).count)
            #expect(inventory[ResourceKind.scimUsers.table] == nil)
        }
    }

    @Test func cannotBeWrittenThrough() async throws {
        try await withSnapshot([]) { snapshot in
            #expect(throws: DatabaseError.self) {
                try snapshot.read { try $0.execute(sql: "DELETE FROM account") }
            }
        }
    }

    private func snapshot(in folder: ScratchFolder) async throws -> String {
        let path = folder.path("a.ztaudit")
        try await makeWriter(path).finish(at: "2026-01-01T00:01:00Z")
        return path
    }

    private func execute(_ sql: String, _ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func code(_ path: String) throws -> SnapshotError.Code {
        try #require(throws: SnapshotError.self) { try Snapshot(path: path) }.code
    }
}
