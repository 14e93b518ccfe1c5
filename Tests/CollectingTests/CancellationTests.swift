import AuditModel
import CloudflareSimulator
import Foundation
import SnapshotStore
import TestSupport
import Testing

@Suite struct CancellationTests {
    @Test func leavesOnlyAWorkingFileThatSaysSo() async throws {
        try await ScratchFolder.with { folder async throws in
            let path = folder.path("snapshot.db")
            let previous = Data("what was there before".utf8)
            try previous.write(to: folder.url.appending(path: "snapshot.db"))
            let hang = SimulatorFault(.hang, target: .suffix("/devices/registrations"))
            let options = SimulatorOptions(faults: [hang])
            try await withCloudflareSimulator(world: SmallWorld.world(), options: options) { simulator async throws in
                await withThrowingTaskGroup(of: [CoverageEntry].self) { group in
                    group.addTask { try await CollectionSetup().collect(from: simulator, into: path) }
                    await poll { simulator.recordedRequests().contains { $0.path.hasSuffix("/registrations") } }
                    group.cancelAll()
                    await #expect(throws: CancellationError.self) { try await group.next() }
                }
            }
            #expect(try Data(contentsOf: folder.url.appending(path: "snapshot.db")) == previous)
            let partial = try Snapshot(path: path + ".partial")
            #expect(partial.info.status == .partial)
            #expect(partial.info.finishedAt == nil)
            #expect(!partial.coverage.contains { $0.kind == ResourceKind.deviceRegistrations.name })
        }
    }

    @Test func replacesTheWorkingFileOfAnInterruptedCollection() async throws {
        try await ScratchFolder.with { folder async throws in
            let path = folder.path("snapshot.db")
            try Data("an older attempt".utf8).write(to: folder.url.appending(path: "snapshot.db.partial"))
            try await withCloudflareSimulator(world: SmallWorld.world()) { simulator async throws in
                _ = try await CollectionSetup().collect(from: simulator, into: path)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["snapshot.db"])
            #expect(try Snapshot(path: path).info.status == .complete)
        }
    }
}
