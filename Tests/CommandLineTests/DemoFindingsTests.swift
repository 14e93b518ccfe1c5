import AuditModel
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

@Suite struct DemoFindingsTests {
    @Test func findsWhatTheDemoAccountDoesWrong() async throws {
        let summary = try await DemoAccount.audit().summary
        #expect(summary.rulesByStatus["error"] == 0)
        #expect(summary.failsByState["waived"] == 2)
        #expect(!summary.isIncomplete)
    }

    /// These judge the collection, not the account: one that is new, complete and made by a token that can only read
    /// passes all of them.
    private static let ofTheCollection: Set = [
        "audit-credential-can-write", "audit-credential-is-global-key", "list-incomplete", "resource-kind-not-read",
        "snapshot-outdated",
    ]

    @Test func showsEveryRulePassingAndFailing() async throws {
        let rules = try await DemoAccount.audit().rules
        #expect(rules.count >= 90)
        for rule in rules where !Self.ofTheCollection.contains(rule.metadata.id) {
            #expect(rule.status == .evaluated, "\(rule.metadata.id)")
            #expect(rule.counts.fail > 0, "\(rule.metadata.id) fails nowhere")
            #expect(rule.counts.pass > 0, "\(rule.metadata.id) passes nowhere")
        }
    }

    @Test func saysWhatAPoorerTokenCouldNotRead() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshotWithoutMCP, to: folder.path("s.ztaudit"))
            let outcome = try await runZTAudit(
                [
                    "audit", "s.ztaudit", "--as-of", "2027-01-01", "--rule", "resource-kind-not-read", "--rule",
                    "snapshot-outdated",
                ],
                in: folder
            )
            #expect(outcome.output.contains("MCP Portals Read"))
            #expect(outcome.output.contains("[snapshot-outdated]"))
        }
    }
}
