import AuditModel
import RuleEngine
import Testing

@Suite struct SelectionTests {
    private static func pack() throws -> RulePack {
        try RulePack(["access-a", "access-b", "mcp-a", "mcp-access"].map { SampleRule(id: $0).source })
    }

    @Test(arguments: [
        ([], [], ["access-a", "access-b", "mcp-a", "mcp-access"]), (["access-*"], [], ["access-a", "access-b"]),
        (["*-a"], [], ["access-a", "mcp-a"]), (["*access*"], [], ["access-a", "access-b", "mcp-access"]),
        (["mcp-a"], [], ["mcp-a"]), (["*"], ["mcp*"], ["access-a", "access-b"]),
        ([], ["*-a"], ["access-b", "mcp-access"]),
        (["a*c*s-a"], [], ["access-a"]), (["**"], [], ["access-a", "access-b", "mcp-a", "mcp-access"]),
        (["mcp-a", "access-b", "mcp-a"], [], ["access-b", "mcp-a"]),
    ])
    func selectsByPattern(included: [String], excluded: [String], ids: [String]) throws {
        #expect(try Self.pack().selecting(included, excluding: excluded).rules.map(\.metadata.id) == ids)
    }

    @Test(arguments: [
        (["none"], []), (["access"], []), (["*-c"], []), ([""], []), (["access-a*a"], []), (["mcp-a"], ["nothing-*"]),
        (["mcp-a", "typo"], []), (["ACCESS-*"], []), (["access-?"], []),
    ])
    func rejectsAPatternThatMatchesNothing(included: [String], excluded: [String]) throws {
        let error = try #require(throws: RuleSelectionError.self) {
            try Self.pack().selecting(included, excluding: excluded)
        }
        #expect(error.pattern != nil)
        #expect(error.known.count == 4)
    }

    @Test func rejectsASelectionThatLeavesNothing() throws {
        let error = try #require(throws: RuleSelectionError.self) {
            try Self.pack().selecting(["mcp-*"], excluding: ["*"])
        }
        #expect(error.pattern == nil)
    }

    @Test func digestsTheSelectedRules() throws {
        let pack = try Self.pack()
        let selected = try pack.selecting(["mcp-*"], excluding: [])
        #expect(selected.digest != pack.digest)
        #expect(try pack.selecting(["*"], excluding: []).digest == pack.digest)
        let again = try RulePack(["mcp-access", "mcp-a"].map { SampleRule(id: $0).source })
        #expect(again.digest == selected.digest)
    }

    @Test func findsARuleByItsID() throws {
        #expect(try Self.pack().rule("mcp-a").metadata.title == "Sample")
        let error = try #require(throws: RuleSelectionError.self) { try Self.pack().rule("access-x") }
        #expect(error.description.contains("Did you mean access-a"))
    }
}
