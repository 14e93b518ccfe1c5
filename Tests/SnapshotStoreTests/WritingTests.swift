import AuditModel
import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct WritingTests {
    @Test func isPrivateAndPartialUntilFinished() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            let writer = try makeWriter(path)
            #expect(writer.workingPath == path + ".partial")
            #expect(try permissions(writer.workingPath) == 0o600)
            #expect(!FileManager.default.fileExists(atPath: path))
            // Nobody else may write or read half of it.
            #expect(throws: SnapshotError.self) { try Snapshot(path: writer.workingPath) }
            try await writer.finish(at: "2026-01-01T00:01:00Z")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["a.ztaudit"])
            #expect(try permissions(path) == 0o600)
            let info = try Snapshot(path: path).info
            #expect(info.status == .complete)
            #expect(info.finishedAt == "2026-01-01T00:01:00Z")
            #expect(info.contentDigest?.count == 64)
            #expect(info.tokenID == "t1" && info.tokenScope == "account token" && info.toolVersion == "1.0")
        }
    }

    @Test func leavesAFileThatSaysItIsPartial() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            func begin() async throws {
                let writer = try makeWriter(path)
                try await writer.store([["id": "g1"]], at: ListingPlace(.accessGroups, accountID: "acc1"))
            }
            try await begin()
            let partial = try Snapshot(path: path + ".partial")
            #expect(partial.info.status == .partial)
            #expect(try partial.inventory()["access_group"] == 1)
        }
    }

    @Test func leavesTheFileOfAnotherWriterAlone() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            let writer = try makeWriter(path)
            let error = try #require(throws: SnapshotError.self) { try makeWriter(path) }
            #expect(error.code == .notWritable && error.problem == "is being written by another ztaudit")
            try await writer.finish(at: "2026-01-01T00:01:00Z")
            #expect(try Snapshot(path: path).info.status == .complete)
        }
    }

    @Test func leavesTheOldSnapshotWhenDiscarded() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            try await makeWriter(path).finish(at: "2026-01-01T00:01:00Z")
            let before = try Data(contentsOf: URL(filePath: path))
            let writer = try makeWriter(path)
            try await writer.store([["id": "g1"]], at: ListingPlace(.accessGroups, accountID: "acc1"))
            writer.discard()
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["a.ztaudit"])
        }
    }

    @Test func replacesAnOlderWorkingFile() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            try Data("rubbish".utf8).write(to: URL(filePath: path + ".partial"))
            try await makeWriter(path).finish(at: "2026-01-01T00:01:00Z")
            #expect(try Snapshot(path: path).accounts == [Account(id: "acc1", name: "One")])
        }
    }

    @Test func saysWhereItCannotWrite() async throws {
        try await ScratchFolder.with { folder in
            let error = try #require(throws: SnapshotError.self) { try makeWriter(folder.path("missing/a.ztaudit")) }
            #expect(error.code == .notWritable)
            #expect(error.path == folder.path("missing/a.ztaudit"))
        }
    }

    @Test func countsNewObjectsOfAListing() async throws {
        try await ScratchFolder.with { folder in
            let writer = try makeWriter(folder.path("a.ztaudit"))
            let page: [JSONValue] = [["id": "g1"], ["id": "g2"], ["id": "g1"]]
            #expect(try await writer.store(page, at: ListingPlace(.accessGroups, accountID: "acc1")).new == 2)
            #expect(try await writer.store(page, at: ListingPlace(.accessGroups, accountID: "acc1")).new == 0)
            #expect(try await writer.store(page, at: ListingPlace(.accessGroups, accountID: "acc2")).new == 2)
            #expect(
                try await writer.store([["id": "g1"]], at: ListingPlace(.accessPolicies, accountID: "acc1")).new == 1
            )
            writer.discard()
        }
    }

    @Test func keepsCoverageSorted() async throws {
        try await ScratchFolder.with { folder in
            let writer = try makeWriter(folder.path("a.ztaudit"))
            let denied = CoverageEntry(
                accountID: "acc1",
                kind: "devices",
                table: "device",
                status: .denied,
                httpStatus: 403,
                errorCode: 10000,
                permission: "Zero Trust Read",
                reason: "no",
                rowCount: 0,
                reportedTotal: nil
            )
            var other = denied
            other.kind = "access_groups"
            other.status = .complete
            other.reportedTotal = 4
            for entry in [denied, other] { try await writer.record(entry) }
            try await writer.finish(at: "2026-01-01T00:01:00Z")
            #expect(try Snapshot(path: folder.path("a.ztaudit")).coverage == [other, denied])
        }
    }

    @Test func givesEqualContentEqualDigests() async throws {
        let first: JSONValue = ["id": "g1", "name": "One", "new": [1, 2]]
        let second: JSONValue = ["id": "g2", "name": "Two"]
        let digest = try await digest([Page(.accessGroups, [first, second])])
        #expect(try await self.digest([Page(.accessGroups, [second]), Page(.accessGroups, [first])]) == digest)
        #expect(try await self.digest([Page(.accessGroups, [second, first, first])]) == digest)
    }

    @Test(arguments: [
        [Page(.accessGroups, [["id": "g1", "name": "One", "new": [2, 1]]])], [Page(.accessGroups, [["id": "g1"]])],
        [Page(.accessGroups, [["id": "g2", "name": "One", "new": [1, 2]]])], [],
        [Page(.accessPolicies, [["id": "g1", "name": "One", "new": [1, 2]]])],
        [Page(.accessGroups, [["id": "g1", "name": "One", "new": [1, 2]]], account: "acc2")],
    ])
    func givesOtherContentAnotherDigest(pages: [Page]) async throws {
        let digest = try await digest([Page(.accessGroups, [["id": "g1", "name": "One", "new": [1, 2]]])])
        #expect(try await self.digest(pages) != digest)
    }

    private func digest(_ pages: [Page]) async throws -> String? {
        try await withSnapshot(pages) { $0.info.contentDigest }
    }

    private func permissions(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
}
