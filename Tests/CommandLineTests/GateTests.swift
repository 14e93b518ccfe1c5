import Foundation
import TestSupport
import Testing

@Suite struct GateTests {
    private static let time = ["--as-of", DemoAccount.asOf]

    @Test(
        arguments: [
            ([], 1), (["--fail-on", "critical"], 1), (["--fail-on", "info"], 1), (["--fail-on", "none"], 0),
            (["--rule", "service-token-*"], 1), (["--rule", "service-token-*", "--fail-on", "critical"], 0),
            (["--rule", "access-session-too-long"], 1),
            (["--rule", "organization-session-too-long", "--fail-on", "high"], 0),
            (["--rule", "organization-session-too-long", "--fail-on", "medium"], 1),
        ] as [([String], Int32)]
    )
    func judgesACompleteAudit(options: [String], status: Int32) async throws {
        try await audit(DemoAccount.snapshot, options) { outcome in
            #expect(outcome.status == status, "\(outcome.errors)")
            #expect(outcome.errors.contains("exit status 1") == (status == 1))
        }
    }

    @Test(
        arguments: [
            (["--rule", "mcp-*-shared-credential"], 2),
            (["--rule", "mcp-*-shared-credential", "--allow-incomplete"], 0),
            (["--rule", "mcp-*-shared-credential", "--fail-on", "none"], 2), ([], 1), (["--allow-incomplete"], 1),
            (["--fail-on", "none"], 2), (["--fail-on", "none", "--allow-incomplete"], 0),
            (["--exclude-rule", "mcp-*", "--exclude-rule", "logpush-*", "--fail-on", "none"], 0),
        ] as [([String], Int32)]
    )
    func judgesAnAuditThatLackedData(options: [String], status: Int32) async throws {
        try await audit(DemoAccount.snapshotWithoutMCP, options) { outcome in
            #expect(outcome.status == status, "\(outcome.errors)")
            #expect(outcome.errors.contains("incomplete") == (status == 2))
        }
    }

    @Test func exitsWithTheSameStatusFromAScan() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                for (token, options, status) in [
                    (DemoAccount.token, [], 1), (DemoAccount.token, ["--fail-on", "none"], 0),
                    (DemoAccount.tokenWithoutMCP, ["--rule", "mcp-*-shared-credential"], 2),
                    (DemoAccount.tokenWithoutMCP, [], 1),
                    (DemoAccount.tokenWithoutMCP, ["--rule", "mcp-*-shared-credential", "--allow-incomplete"], 0),
                ] as [(String, [String], Int32)] {
                    let arguments = ["scan"] + Self.time + options
                    let outcome = try await runZTAudit(
                        arguments,
                        environment: api.environment(token: token),
                        in: folder
                    )
                    #expect(outcome.status == status, "\(options): \(outcome.errors)")
                }
                // Without --snapshot nothing is kept, also not among the temporary files.
                #expect(folder.files == [])
            }
        }
    }

    @Test func exitsWith2WhenARuleBreaksWhileRunning() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try folder.write(SampleRule.text(query: SampleRule.breaksWhileRunning), to: "rules/my-rule.yaml")
            let arguments = ["audit", "s.ztaudit", "--rules", "rules", "--rule", "my-rule"]
            let outcome = try await runZTAudit(arguments, in: folder)
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(outcome.errors.contains("ztaudit: rule my-rule broke: rules/my-rule.yaml:"))
        }
    }

    private func audit(
        _ snapshot: Task<Data, any Error>,
        _ options: [String],
        _ check: (ProcessOutcome) throws -> Void
    ) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(snapshot, to: folder.path("s.ztaudit"))
            try check(try await runZTAudit(["audit", "s.ztaudit"] + Self.time + options, in: folder))
            #expect(folder.files == ["s.ztaudit"])
        }
    }
}
