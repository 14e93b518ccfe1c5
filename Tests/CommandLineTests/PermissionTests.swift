import AuditModel
import CloudflareSimulator
import SnapshotStore
import TestSupport
import Testing

@Suite struct PermissionTests {
    @Test func exitsWith2WhereEverySecondKindIsDenied() async throws {
        let denial = #"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"#
        let kinds = ResourceCatalogue.kinds.filter { !$0.isOptional && $0.listing.scope == .account }
        let denied = kinds.enumerated().filter { $0.offset % 2 == 0 }.map(\.element.listing.path)
        let faults = denied.map { path in
            SimulatorFault(.status(403, body: denial), target: .suffix("/accounts/\(DemoAccount.id)/\(path)"))
        }
        try await withDemoAPI(options: SimulatorOptions(rateLimit: .none, faults: faults)) { api in
            try await ScratchFolder.with { folder in
                for (options, status) in [([], 2), (["--allow-incomplete"], 0)] as [([String], Int32)] {
                    let outcome = try await runZTAudit(
                        ["collect", "--output", "s.ztaudit", "--no-progress", "--account", DemoAccount.id] + options,
                        environment: api.environment(),
                        in: folder
                    )
                    #expect(outcome.status == status, "\(outcome.errors)")
                    #expect(folder.files == ["s.ztaudit"])
                    let snapshot = try Snapshot(path: folder.path("s.ztaudit"))
                    // Asking again brings no more.
                    #expect(snapshot.info.status == .complete)
                    for kind in kinds {
                        let entry = try #require(snapshot.coverage.first { $0.kind == kind.name && $0.zoneID == nil })
                        let isDenied = denied.contains(kind.listing.path)
                        #expect(entry.status == (isDenied ? .denied : .complete), "\(entry)")
                        #expect(outcome.errors.contains("ztaudit: \(kind.name): denied: ") == isDenied)
                    }
                }
            }
        }
    }
}
