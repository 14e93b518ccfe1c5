import AuditModel
import RuleEngine
import TestSupport
import Testing

@Suite struct RemedyTests {
    private static func outcome(given: String, remedy: String) async throws -> [String] {
        let rule = SampleRule(
            query: SampleRule.everyGroup("CASE WHEN name = 'bad' THEN 'fail' ELSE 'pass' END")
        )
        let test = try RuleTestFile(
            file: "rules/test/sample.test.yaml",
            text: """
                cases:
                  - name: a case
                    given: { access_groups: \(given) }
                    remedy: { access_groups: \(remedy) }
                    expect: [{ resource: g1, verdict: fail }]
                """
        )
        return try await ScratchFolder.with { folder in
            try await RuleTestRunner(scratchDirectory: folder.url)
                .run(test, of: RulePack([rule.source]), ruleID: "sample").flatMap(\.differences)
        }
    }

    @Test(arguments: [
        "[{ id: g1, name: good }]", "[{ id: g1, $delete: true }]", "[{ id: g1, name: null }]", "[{ name: good }]",
    ])
    func acceptsARemedyAfterWhichNothingFails(remedy: String) async throws {
        #expect(try await Self.outcome(given: "[{ id: g1, name: bad }]", remedy: remedy) == [])
    }

    @Test(arguments: [
        "[{ id: g1, other: good }]", "[{ id: g2, name: good }]", "[{ id: g1, name: good }, { id: g3, name: bad }]",
    ])
    func refusesARemedyThatLeavesAFail(remedy: String) async throws {
        let differences = try await Self.outcome(given: "[{ id: g1, name: bad }]", remedy: remedy)
        #expect(differences.count == 1)
        #expect(differences.first?.contains("after the remedy still fail") == true)
    }

    @Test func refusesARemedyWhereNothingFails() async throws {
        let differences = try await Self.outcome(given: "[{ id: g1, name: good }]", remedy: "[{ id: g1, name: x }]")
        #expect(differences.contains("there is a remedy, but nothing fails"))
    }
}
