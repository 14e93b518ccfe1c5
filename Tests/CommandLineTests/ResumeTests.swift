import AuditModel
import CloudflareSimulator
import Foundation
import SnapshotStore
import TestSupport
import Testing

@Suite struct ResumeTests {
    /// Small pages and slow answers, so that there is something to interrupt.
    private static let slow = SimulatorOptions(
        latency: .milliseconds(4),
        rateLimit: .none,
        endpoints: Dictionary(
            uniqueKeysWithValues: [
                "access/apps", "access/policies", "devices/physical-devices", "devices/registrations",
            ]
            .map { ($0, EndpointChanges(maximumPerPage: 5)) }
        )
    )
    private static let collect = ["collect", "--output", "s.ztaudit", "--concurrency", "3", "--resume"]

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL], [1, 2, 3])
    func makesTheSameSnapshotHoweverOftenItIsStopped(signal: Int32, seed: UInt64) async throws {
        var random = SeededGenerator(seed)
        try await withDemoAPI(options: Self.slow) { api in
            try await ScratchFolder.with { folder in
                let whole = try await runZTAudit(
                    ["collect", "--output", "whole.ztaudit"],
                    environment: api.environment(),
                    in: folder
                )
                #expect(whole.status == 0, "\(whole.errors)")
                let requests = api.recordedRequests().count
                for _ in 1...3 {
                    let stop = api.recordedRequests().count + Int.random(in: 5...60, using: &random)
                    let outcome = try await runZTAudit(Self.collect, environment: api.environment(), in: folder) {
                        process in
                        while api.recordedRequests().count < stop { try await Task.sleep(for: .milliseconds(1)) }
                        process.send(signal)
                    }
                    #expect(outcome.endedBySignal == (signal == SIGKILL), "\(outcome.errors)")
                    #expect(signal == SIGKILL || outcome.status == 2)
                    #expect(!folder.files.contains("s.ztaudit"))
                }
                let last = try await runZTAudit(Self.collect, environment: api.environment(), in: folder)
                #expect(last.status == 0, "\(last.errors)")
                let snapshot = try Snapshot(path: folder.path("s.ztaudit"))
                #expect(snapshot.info.status == .complete)
                #expect(snapshot.info.resumedAt != nil)
                #expect(
                    snapshot.info.contentDigest == (try Snapshot(path: folder.path("whole.ztaudit")).info.contentDigest)
                )
                #expect(snapshot.coverage.allSatisfy { $0.status.isReliable })
                #expect(folder.files == ["s.ztaudit", "whole.ztaudit"])
                // Who the token is and which accounts it sees is asked each time; of the rest, what was under way.
                #expect(api.recordedRequests().count - 2 * requests <= 3 * (3 + 5))
            }
        }
    }

    @Test func goesOnWhereTheDiskWasFull() async throws {
        try await withDemoAPI(options: Self.slow) { api in
            try await ScratchFolder.with { folder in
                // A limit on the size of files ends writing as a full disk does; 512 bytes each.
                let full = try await runZTAudit(
                    Self.collect,
                    environment: api.environment(),
                    in: folder,
                    shell: #"trap '' XFSZ; ulimit -f 1700; exec "$@""#
                )
                expectRefusal(full, saying: "s.ztaudit", "the disk is full", "--resume")
                #expect(!folder.files.contains("s.ztaudit"))
                let count = api.recordedRequests().count
                let outcome = try await runZTAudit(Self.collect, environment: api.environment(), in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
                let snapshot = try Snapshot(path: folder.path("s.ztaudit"))
                #expect(snapshot.info.status == .complete && snapshot.info.resumedAt != nil)
                let whole = try await runZTAudit(
                    ["collect", "--output", "whole.ztaudit"],
                    environment: api.environment(),
                    in: folder
                )
                #expect(whole.status == 0)
                #expect(
                    snapshot.info.contentDigest == (try Snapshot(path: folder.path("whole.ztaudit")).info.contentDigest)
                )
                #expect(count > 10)
            }
        }
    }

    @Test func saysHowToGoOnAfterAFailure() async throws {
        let fault = SimulatorFault(.status(400), target: .suffix("/access/groups"))
        try await withDemoAPI(options: SimulatorOptions(faults: [fault])) { api in
            try await ScratchFolder.with { folder in
                let outcome = try await runZTAudit(Self.collect, environment: api.environment(), in: folder)
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("ztaudit: access_groups: failed: "))
                #expect(outcome.errors.contains("--resume"))
                #expect(try Snapshot(path: folder.path("s.ztaudit")).info.status == .partial)
                let allowed = try await runZTAudit(
                    Self.collect + ["--allow-incomplete"],
                    environment: api.environment(),
                    in: folder
                )
                #expect(allowed.status == 0, "\(allowed.errors)")
                api.updateOptions { $0.faults = [] }
                let again = try await runZTAudit(Self.collect, environment: api.environment(), in: folder)
                #expect(again.status == 0, "\(again.errors)")
                #expect(try Snapshot(path: folder.path("s.ztaudit")).info.status == .complete)
            }
        }
    }

    @Test func letsOnlyOneProgramGoOn() async throws {
        let slow = SimulatorOptions(faults: [SimulatorFault(.delay(.seconds(30)), target: .suffix("/access/groups"))])
        try await withDemoAPI(options: slow) { api in
            try await ScratchFolder.with { folder in
                let first = try await runZTAudit(Self.collect, environment: api.environment(), in: folder) { process in
                    while !api.recordedRequests().contains(where: { $0.path.hasSuffix("/access/groups") }) {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    let second = try await runZTAudit(Self.collect, environment: api.environment(), in: folder)
                    expectRefusal(second, saying: "is being written by another ztaudit")
                    process.send(SIGINT)
                }
                #expect(first.status == 2)
                #expect(try snapshotStatus(folder.path("s.ztaudit.partial")) == "partial")
            }
        }
    }
}
