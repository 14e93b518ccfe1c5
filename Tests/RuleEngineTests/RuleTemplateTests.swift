import Foundation
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

@Suite struct RuleTemplateTests {
    private static let tables = Set(ResourceCatalogue.kinds.map(\.table)).sorted()

    /// All in one test: each runs six small audits.
    @Test func startsARuleThatWorksAboutEveryTable() async throws {
        try await ScratchFolder.with { folder in
            let runner = RuleTestRunner(scratchDirectory: folder.url)
            let linter = try RuleLinter()
            for table in Self.tables {
                let template = try RuleTemplate(id: "my-rule", resource: table)
                let rule = RuleSource(file: "my-rule.yaml", text: template.rule)
                let test = RuleSource(file: "my-rule.test.yaml", text: template.test)
                let problems = linter.problems(in: [rule, test], frameworks: Self.frameworks)
                #expect(problems.map(\.description) == [], "\(table)")
                let outcomes = try await runner.run(
                    RuleTestFile(file: test.file, text: test.text),
                    of: RulePack([rule]),
                    ruleID: "my-rule"
                )
                #expect(outcomes.count == 6)
                for outcome in outcomes { #expect(outcome.differences == [], "\(table): \(outcome.name)") }
            }
        }
    }

    private static let frameworks = ["nist-800-53-r5", "iso-27001-2022"].map { id in
        let url = Repository.root.appending(path: "rules/frameworks/\(id).yaml")
        return RuleSource(file: "frameworks/\(id).yaml", text: (try? String(contentsOf: url, encoding: .utf8)) ?? "")
    }

    @Test(arguments: [
        "", "A", "a_b", "a b", "-a", "a-", "a--b", "1a", "../a", "a/b", "a.b", "ä", "a\n",
        String(repeating: "a", count: 81),
    ])
    func refusesWhatIsNoID(id: String) {
        #expect(!RuleID.isValid(id))
        #expect(throws: RuleTemplateError.self) { try RuleTemplate(id: id, resource: "access_group") }
    }

    @Test(arguments: ["a", "a1", "mcp-server-2", String(repeating: "a", count: 80)])
    func takesAnID(id: String) {
        #expect(RuleID.isValid(id))
    }

    @Test(arguments: [
        ("mcp_servr", "Did you mean 'mcp_server'?"), ("mcp_server_tool", "Give mcp_server."), ("coverage", "schema"),
        ("policy_reach", "schema"), ("", "schema"),
    ])
    func refusesWhatIsNoResource(table: String, remedy: String) throws {
        let error = try #require(throws: RuleTemplateError.self) { try RuleTemplate(id: "a", resource: table) }
        #expect(error.description.contains(remedy), "\(error)")
    }
}
