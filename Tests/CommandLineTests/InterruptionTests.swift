import CloudflareSimulator
import Foundation
import TestSupport
import Testing

@Suite struct InterruptionTests {
    /// Slow enough for a signal to arrive while requests are under way.
    private static let slow = SimulatorOptions(
        faults: [SimulatorFault(.delay(.seconds(30)), target: .suffix("/access/groups"))]
    )

    @Test(arguments: [SIGINT, SIGTERM])
    func marksWhatAnInterruptedCollectionLeaves(signal: Int32) async throws {
        try await interrupt(["collect", "--output", "s.ztaudit"], signal) { outcome, folder async throws in
            expectRefusal(outcome, saying: "s.ztaudit.partial: the collection was interrupted", "marked partial")
            #expect(try snapshotStatus(folder.path("s.ztaudit.partial")) == "partial")
            #expect(folder.files == ["s.ztaudit", "s.ztaudit.partial"])
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func leavesNoReportOfAnInterruptedScan(signal: Int32) async throws {
        try await interrupt(["scan", "--report", "json=r.json"], signal) { outcome, folder async throws in
            expectRefusal(outcome, saying: "interrupted; no document was written.")
            #expect(folder.files == ["s.ztaudit"])
        }
    }

    @Test func claimsNothingWhenItIsKilled() async throws {
        try await interrupt(["scan", "--snapshot", "s.ztaudit", "--report", "json=r.json"], SIGKILL) {
            outcome,
            folder async throws in
            #expect(outcome.endedBySignal && outcome.status == SIGKILL)
            #expect(outcome.output == "")
            #expect(try snapshotStatus(folder.path("s.ztaudit.partial")) == "partial")
            #expect(!folder.files.contains("r.json"))
        }
    }

    @Test func collectsOverWhatAnInterruptionLeft() async throws {
        try await interrupt(["collect", "--output", "s.ztaudit"], SIGINT) { _, folder async throws in
            try await withDemoAPI { api in
                let arguments = ["collect", "--output", "s.ztaudit"]
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(try snapshotStatus(folder.path("s.ztaudit")) == "complete")
                #expect(folder.files == ["s.ztaudit"])
            }
        }
    }

    /// Sends a signal once everything that is not slow has been asked for.
    private func interrupt(
        _ arguments: [String],
        _ signal: Int32,
        _ check: (ProcessOutcome, ScratchFolder) async throws -> Void
    ) async throws {
        try await withDemoAPI(options: Self.slow) { api in
            try await ScratchFolder.with { folder in
                try folder.write("earlier snapshot", to: "s.ztaudit")
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder) { process in
                    while !api.recordedRequests().contains(where: { $0.path.hasSuffix("/access/groups") }) {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    process.send(signal)
                }
                #expect(try folder.text("s.ztaudit") == "earlier snapshot")
                try await check(outcome, folder)
            }
        }
    }
}
