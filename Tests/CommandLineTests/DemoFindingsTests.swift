import AuditModel
import Testing

@Suite struct DemoFindingsTests {
    @Test func findsWhatTheDemoAccountDoesWrong() async throws {
        let summary = try await DemoAccount.audit().summary
        #expect(summary.openBySeverity == ["critical": 4, "high": 12, "medium": 12, "low": 1, "info": 0])
        #expect(summary.verdicts.fail == 29)
        #expect(!summary.isIncomplete)
    }

    @Test func showsEveryRulePassingAndFailing() async throws {
        let rules = try await DemoAccount.audit().rules
        let fails = Dictionary(uniqueKeysWithValues: rules.map { ($0.metadata.id, $0.counts.fail) })
        #expect(
            fails == [
                "access-bypass-policy-includes-everyone": 1, "access-policy-includes-everyone": 2,
                "access-policy-includes-one-time-pin": 2, "access-application-without-mfa": 2,
                "access-mfa-disabled": 2, "mcp-portal-shared-credential": 2, "mcp-server-unauthenticated": 2,
                "service-token-never-expires": 1, "access-application-without-policy": 2,
                "access-application-policy-defect": 3,
                "access-session-too-long": 2, "device-registration-stale": 7, "organization-session-too-long": 1,
            ]
        )
        for rule in rules {
            #expect(rule.status == .evaluated)
            #expect(rule.counts.fail > 0, "\(rule.metadata.id) fails nowhere")
            // There is one global session, so this rule has one row.
            guard rule.metadata.id != "organization-session-too-long" else { continue }
            #expect(rule.counts.pass > 0, "\(rule.metadata.id) passes nowhere")
        }
    }
}
