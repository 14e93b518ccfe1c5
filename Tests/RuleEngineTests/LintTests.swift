import AuditModel
import RuleEngine
import Testing

@Suite struct LintTests {
    /// A rule with which nothing is wrong.
    private static let rule = """
        id: sample
        version: 1
        title: Sample
        severity: medium
        resource: access_group
        rationale: Because.
        remediation:
          summary: Mend it.
          dashboard: There
          terraform: name = "x"
          api: PUT /x with name
        references:
          - https://example.com/a
          - https://example.com/b
        frameworks:
          first-1: ["A.1", "A.2"]
        parameters:
          limit: { type: days, default: 1, help: A limit. }
        fails_hold_without: [identity_provider]
        query: |
          SELECT g.id AS resource_id, COALESCE(g.name, g.id) AS resource_name,
                 CASE WHEN :limit > 0 THEN 'pass' ELSE 'fail' END AS verdict, 'Says so.' AS message
          FROM access_group AS g LEFT JOIN identity_provider AS p ON p.id = g.id

        """

    private static let test = """
        cases:
          - name: one
            given: {}
            expect: [{ resource: a, verdict: pass }, { resource: b, verdict: fail }]
            remedy: { access_groups: [{ id: b, name: x }] }
          - { name: two, given: {}, coverage: { access_groups: denied }, expect: [{ resource: "*", verdict: unknown }] }
          - { name: three, given: {}, expect: [] }

        """

    private static let framework = """
        id: first-1
        title: First
        version: "1"
        source: https://example.com/first
        controls:
          A.1: One
          A.2: Two
          "Area: A long name": Three

        """

    private static func problems(
        rule: String = rule,
        test: String? = test,
        framework: String = framework
    ) throws -> [RuleFileError] {
        var sources = [
            RuleSource(file: "mine/sample.yaml", text: rule),
            RuleSource(file: "mine/frameworks/first-1.yaml", text: framework),
        ]
        if let test { sources.append(RuleSource(file: "mine/sample.test.yaml", text: test)) }
        return try RuleLinter().problems(in: sources, frameworks: [])
    }

    @Test func findsNothingWrongWithTheSample() throws {
        #expect(try Self.problems() == [])
    }

    @Test(arguments: [
        ("id: sample", "id: other", 1, "has the id 'other', but the file is called 'sample'"),
        ("version: 1", "version: 0", 2, "no whole number"),
        ("title: Sample", "title: Sample.", 3, "title that ends with a full stop"),
        ("title: Sample", "title: sample", 3, "capital letter"),
        ("title: Sample", "title: \(String(repeating: "Long", count: 21))", 3, "title of 84 characters"),
        ("title: Sample", "title: Two  spaces", 3, "the title has a tab or two spaces in a row"),
        ("severity: medium", "severity: hihg", 4, "Did you mean 'high'?"),
        ("severity: medium", "severty: medium", 4, "Did you mean 'severity'?"),
        ("severity: medium", "", 1, "lacks the key 'severity'"),
        ("resource: access_group", "resource: access_grup", 5, "Did you mean 'access_group'?"),
        ("Because.", "Because", 6, "the rationale does not end with a full stop"),
        ("Because.", "See http://example.com.", 6, "link without encryption"),
        ("Mend it.", "Mend it", 8, "the remediation's summary does not end"),
        ("summary: Mend it.", "sumary: Mend it.", 8, "unknown key 'sumary'"),
        ("  dashboard: There\n", "", 8, "has no 'dashboard' under 'remediation'"),
        ("terraform: name = \"x\"", "terraform: ''", 10, "has no 'terraform'"),
        ("api: PUT /x with name", "api: ''", 11, "has no 'api'"),
        ("https://example.com/b", "https://example.com/a", 14, "refers to 'https://example.com/a' twice"),
        ("https://example.com/b", "http://example.com/b", 14, "Use https links only"),
        ("https://example.com/b", "https://", 14, "which is no link"),
        ("  first-1: ", "  frist-1: ", 16, "Did you mean 'first-1'?"),
        ("[\"A.1\", \"A.2\"]", "[\"A.1\",\n    \"A.3\"]", 17, "names 'A.3', which is no control of 'first-1'"),
        ("[\"A.1\", \"A.2\"]", "[\"Area: A long nam\"]", 16, "Did you mean 'Area: A long name'?"),
        ("[\"A.1\", \"A.2\"]", "[\"A.1\", \"A.1\"]", 16, "names the control 'A.1' twice"),
        ("[\"A.1\", \"A.2\"]", "[]", 16, "names no control of 'first-1'"),
        (":limit > 0", "1", 18, "has the parameter 'limit', which the query does not use"),
        ("help: A limit.", "help: A limit", 18, "the help of the parameter 'limit' does not end"),
        (", help: A limit.", "", 18, "lacks the key 'help'"),
        ("type: days", "type: dais", 18, "Did you mean 'days'?"),
        ("[identity_provider]", "[identity_provider, mcp_server]", 19, "names 'mcp_server' under 'fails_hold_without'"),
        ("[identity_provider]", "[identity_providr]", 19, "Did you mean 'identity_provider'?"),
        ("'Says so.' AS message", "'Says so' AS message", 21, "no message that ends with a full stop"),
        ("'Says so.' AS message", "'Says so.' AS mesage", 21, "lacks the column 'message'"),
        ("FROM access_group AS", "FROM access_groop AS", 21, "Did you mean 'access_group'?"),
        ("FROM access_group AS", "FORM access_group AS", 23, "syntax error"),
        ("title: Sample", "title: Sample\ntitle: Sample", 4, "a key stands twice: title"),
    ])
    func namesTheLine(of old: String, as new: String, line: Int, problem: String) throws {
        #expect(Self.rule.contains(old))
        let problems = try Self.problems(rule: Self.rule.replacing(old, with: new))
        let wanted = problems.first { $0.description.contains(problem) }
        #expect(wanted?.line == line, "\(problems.map(\.description))")
        #expect(wanted?.file == "mine/sample.yaml")
    }

    @Test func saysEverythingAboutAFileAtOnce() throws {
        let problems = try Self.problems(
            rule: """
                id: sample
                version: none
                title: a title.
                severity: bad
                colour: red
                resource: nowhere
                rationale: Because
                remediation:
                  summary: Mend it.
                references: [http://a.example, https://b.example, https://b.example]
                frameworks:
                  second-2: [X]
                query: |
                  SELECT 1 AS resource_id
                  FROM nothing

                """,
            test: "cases:\n  - { name: one, given: {}, expect: [] }\n"
        )
        let lines = problems.map { "\($0.file.split(separator: "/").last ?? ""):\($0.line ?? 0) \($0.code)" }
        #expect(
            lines == [
                "sample.test.yaml:1 missingCase", "sample.test.yaml:1 missingCase", "sample.test.yaml:1 missingCase",
                "sample.test.yaml:1 missingCase", "sample.test.yaml:1 missingCase",
                "sample.yaml:2 badValue", "sample.yaml:3 style", "sample.yaml:3 style", "sample.yaml:4 badValue",
                "sample.yaml:5 unknownKey", "sample.yaml:6 badValue", "sample.yaml:7 style", "sample.yaml:9 style",
                "sample.yaml:9 style", "sample.yaml:9 style", "sample.yaml:10 badValue", "sample.yaml:10 style",
                "sample.yaml:12 unknownFramework", "sample.yaml:15 sqlError",
            ],
            "\(problems.map(\.description))"
        )
    }

    @Test func missesTheTest() throws {
        let problems = try Self.problems(test: nil)
        #expect(problems.map(\.code) == [.missingTest])
        let text = try #require(problems.first?.description)
        #expect(text.hasPrefix("mine/sample.yaml:1: has no test. Write mine/sample.test.yaml; "))
    }

    @Test(arguments: [
        ("verdict: pass", "verdict: fail", "no case that expects 'pass'"),
        ("verdict: fail", "verdict: pass", "no case that expects 'fail'"),
        ("verdict: unknown", "verdict: pass", "no case that expects 'unknown'"),
        ("expect: []", "expect: [{ resource: a, verdict: pass }]", "no case in which nothing is examined"),
        ("coverage: { access_groups: denied }, ", "", "no case with missing data"),
        ("remedy: { access_groups: [{ id: b, name: x }] }", "", "no case that shows the remediation"),
    ])
    func missesAKindOfCase(old: String, new: String, problem: String) throws {
        let problems = try Self.problems(test: Self.test.replacing(old, with: new))
        #expect(problems.map(\.code) == [.missingCase])
        #expect(problems.first?.description.hasPrefix("mine/sample.test.yaml:1: has \(problem)") == true)
    }

    @Test func namesTheLineInATest() throws {
        let problems = try Self.problems(test: Self.test.replacing("name: two", with: "nme: two"))
        #expect(problems.map(\.code) == [.unknownKey])
        #expect(problems.first?.line == 6 && problems.first?.file == "mine/sample.test.yaml")
    }

    @Test func findsFilesThatDoNotGoTogether() throws {
        let sources = [
            RuleSource(file: "a/sample.yaml", text: Self.rule), RuleSource(file: "a/sample.test.yaml", text: Self.test),
            RuleSource(file: "b/sample.yaml", text: Self.rule), RuleSource(file: "b/sample.test.yaml", text: Self.test),
            RuleSource(file: "b/other.test.yaml", text: Self.test),
        ]
        let known = [RuleSource(file: "frameworks/first-1.yaml", text: Self.framework)]
        let problems = try RuleLinter().problems(in: sources, frameworks: known)
        #expect(problems.map(\.file) == ["b/other.test.yaml", "b/sample.yaml"])
        #expect(problems.map(\.code) == [.unreadable, .duplicateID])
    }

    @Test func acceptsAParameterThatOnlyTiersUse() throws {
        let rule = Self.rule.replacing(
            ":limit > 0",
            with: "(SELECT MAX(value) FROM tier_parameter WHERE name = 'limit') > 0"
        )
        #expect(try Self.problems(rule: rule) == [])
    }

    @Test(arguments: ["", "- a", "id: [", "\t", "null", "a: &a [*a]", "? : :", "id: sample\nquery: |", "😀: 1"])
    func survivesWhatIsNoRule(text: String) throws {
        #expect(try !Self.problems(rule: text).isEmpty)
        #expect(try !Self.problems(test: text).isEmpty)
        #expect(try !Self.problems(framework: text).isEmpty)
    }
}
