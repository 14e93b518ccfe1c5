import AuditModel
import RuleEngine
import Testing

@Suite struct FrameworkTests {
    private static func text(_ id: String = "own-1") -> String {
        """
        id: \(id)
        title: Own controls
        version: "1"
        source: https://example.com/own
        controls:
          B.2: Second
          B.10: Tenth
          B.1: First

        """
    }

    private static func source(_ text: String = text(), file: String = "frameworks/own-1.yaml") -> RuleSource {
        RuleSource(file: file, text: text)
    }

    private static func rule(_ id: String, _ frameworks: String) -> RuleSource {
        SampleRule(id: id, more: "frameworks: \(frameworks)").source
    }

    @Test func keepsTheOrderOfTheFile() throws {
        let pack = try RulePack([SampleRule().source, Self.source()])
        let framework = try #require(pack.frameworks.framework("own-1"))
        #expect(framework.controls.map(\.id) == ["B.2", "B.10", "B.1"])
        #expect(framework.title(ofControl: "B.10") == "Tenth")
        #expect(framework.title(ofControl: "B.3") == nil)
        #expect(pack.rules.count == 1)
    }

    @Test func namesTheControlsThatSelectedRulesUse() async throws {
        let rules = [
            Self.rule("one", "{own-1: [B.1, B.9], other: [X]}"), Self.rule("two", "{own-1: [B.2]}"),
        ]
        let pack = try RulePack(rules + [Self.source()])
        let used = pack.frameworks.used(by: pack.rules)
        #expect(used.map(\.id) == ["own-1"])
        #expect(used.first?.controls.map(\.id) == ["B.2", "B.1"])
        let one = try pack.selecting(["one"], excluding: [])
        #expect(one.frameworks.used(by: one.rules).first?.controls.map(\.title) == ["First"])
        let result = try await Audit().withSnapshot { snapshot in
            try RuleEngine(pack).evaluate(snapshot, now: Audit.now, toolVersion: "1.0")
        }
        #expect(result.frameworks == used)
    }

    /// Only the linter minds: a pack may be evidence for what nobody here knows.
    @Test func takesRulesThatNameUnknownFrameworks() throws {
        #expect(try RulePack([Self.rule("one", "{nobody-1: [X]}")]).frameworks.frameworks == [])
    }

    @Test(arguments: [
        ("id: own-1", "id: other", RuleFileError.Code.badValue, 1),
        ("title: Own controls", "titel: Own controls", .unknownKey, 2),
        ("title: Own controls", "title: ''", .missingKey, 2), ("version: \"1\"\n", "", .missingKey, 1),
        ("https://example.com/own", "http://example.com/own", .badValue, 4),
        ("https://example.com/own", "https://", .badValue, 4), ("  B.2: Second", "  B.2:", .badValue, 6),
        ("  B.2: Second", "  B.2: [a]", .badValue, 6), ("  B.2: Second", "  B.1: Second", .malformedYAML, 8),
        ("controls:\n  B.2: Second\n  B.10: Tenth\n  B.1: First\n", "controls: {}\n", .missingKey, 5),
        ("controls:\n  B.2: Second\n  B.10: Tenth\n  B.1: First\n", "controls: [a]\n", .badValue, 5),
    ])
    func rejectsABrokenFile(old: String, new: String, code: RuleFileError.Code, line: Int) throws {
        #expect(Self.text().contains(old))
        let broken = Self.source(Self.text().replacing(old, with: new))
        let error = try #require(throws: RuleFileErrors.self) { try RulePack([SampleRule().source, broken]) }
        #expect(error.errors.map(\.code) == [code], "\(error)")
        #expect(error.errors.first?.line == line, "\(error)")
        #expect(error.errors.first?.file == "frameworks/own-1.yaml")
    }

    @Test func rejectsTwoFrameworksOfOneName() throws {
        let error = try #require(throws: RuleFileErrors.self) {
            try RulePack([SampleRule().source, Self.source(), Self.source(file: "mine/frameworks/own-1.yaml")])
        }
        #expect(error.errors.map(\.code) == [.duplicateID])
        #expect(error.errors.map(\.file) == ["mine/frameworks/own-1.yaml"])
    }

    @Test(arguments: [
        ("frameworks/a.yaml", true), ("x/frameworks/a.yaml", true), ("frameworks/x/a.yaml", false),
        ("frameworks.yaml", false), ("frameworks/a.test.yaml", false), ("my-frameworks/a.yaml", false),
    ])
    func tellsFrameworksByTheirFolder(file: String, isFramework: Bool) {
        #expect(RuleSource(file: file, text: "").isFramework == isFramework)
    }
}
