import RuleEngine
import SnapshotStore
import Testing

@Suite struct RuleFileGuardTests {
    @Test func acceptsTheSample() throws {
        #expect(try SampleRule().errors() == [])
    }

    @Test(
        arguments: [
            ("severity: medium", "severity: [medium", RuleFileError.Code.malformedYAML, nil),
            ("id: sample", "just text", .malformedYAML, nil),
            ("title: Sample", "title: A\ntitle: B", .malformedYAML, nil),
            ("severity: medium", "severty: medium", .unknownKey, 4),
            ("summary: Mend it.", "sumary: Mend it.", .unknownKey, 8),
            ("title: Sample", "", .missingKey, nil), ("title: Sample", "title: ''", .missingKey, nil),
            ("version: 1", "", .missingKey, nil), ("rationale: Because.", "", .missingKey, nil),
            ("remediation:\n  summary: Mend it.", "", .missingKey, nil),
            ("id: sample", "id: other", .badValue, 1), ("version: 1", "version: one", .badValue, 2),
            ("version: 1", "version: 0", .badValue, 2), ("severity: medium", "severity: grave", .badValue, 4),
            ("title: Sample", "title: [a]", .badValue, 3),
            ("references: []", "references: [http://x.example]", .badValue, 9),
            ("references: []", "references: [javascript:x]", .badValue, 9),
            ("references: []", "references: text", .badValue, 9),
            ("resource: access_group", "resource: access_grupp", .badValue, nil),
            ("resource: access_group", "resource: policy_selector", .badValue, nil),
            ("references: []", "references: []\nfails_hold_without: [coverage]", .badValue, nil),
            ("references: []", "references: []\nfails_hold_without: [application_policy]", .badValue, nil),
            ("references: []", "references: []\nfails_hold_without: [no_table]", .badValue, nil),
            ("references: []", "references: []\nparameters: {p: {type: week, default: 1, help: x}}", .badValue, 10),
            ("references: []", "references: []\nparameters: {p: {type: days, default: 1d, help: x}}", .badValue, 10),
            (
                "references: []", "references: []\nparameters: {p: {type: duration, default: soon, help: x}}",
                .badValue, 10
            ),
            ("references: []", "references: []\nparameters: {p: {type: days, default: 1}}", .missingKey, nil),
            ("references: []", "references: []\nparameters: {p: 1}", .badValue, 10),
            (
                "references: []", "references: []\nparameters: {now: {type: text, default: x, help: x}}",
                .badValue, 10
            ),
            ("title: Sample", "title: \"\"", .missingKey, 3),
            ("references: []", "references: []\nframeworks: {soc-2: CC6.1}", .badValue, 10),
        ] as [(String, String, RuleFileError.Code, Int?)]
    )
    func rejectsABrokenFile(line: String, replacement: String, code: RuleFileError.Code, number: Int?) throws {
        let text = SampleRule().text
        #expect(text.contains(line))
        let source = RuleSource(file: "rules/test/sample.yaml", text: text.replacing(line, with: replacement))
        let error = try #require(throws: RuleFileErrors.self) { try RulePack([source]) }.errors
        #expect(error.map(\.code) == [code])
        #expect(error.first?.file == "rules/test/sample.yaml")
        if let number { #expect(error.first?.line == number) }
    }

    @Test func suggestsTheKeyThatWasMeant() throws {
        let text = SampleRule().text.replacing("severity:", with: "severty:")
        let error = try #require(throws: RuleFileErrors.self) {
            try RulePack([RuleSource(file: "sample.yaml", text: text)])
        }
        #expect(error.description.contains("sample.yaml:4: has the unknown key 'severty'. Did you mean 'severity'?"))
    }

    @Test func rejectsTwoRulesOfOneName() throws {
        let sources = ["a/sample.yaml", "b/sample.yaml"].map { RuleSource(file: $0, text: SampleRule().text) }
        let error = try #require(throws: RuleFileErrors.self) { try RulePack(sources) }
        #expect(error.errors.map(\.code) == [.duplicateID])
    }

    @Test func saysEverythingThatIsWrongAtOnce() throws {
        let sources = [
            SampleRule(id: "one", severity: "bad"), SampleRule(id: "two"), SampleRule(id: "three", query: "SELEC 1"),
        ].map(\.source)
        let error = try #require(throws: RuleFileErrors.self) { try RulePack(sources) }
        #expect(error.errors.map(\.code) == [.badValue, .sqlError])
    }

    @Test func rejectsAHugeFile() throws {
        var rule = SampleRule()
        rule.query += String(repeating: " ", count: 300_000)
        #expect(try rule.errors().map(\.code) == [.unreadable])
    }

    @Test(arguments: [
        ("a: &a [x, x]\nb: *a", "YAML anchor '&a'"),
        ("a: &a [x, x]\n? *a\n: 1", "YAML anchor '&a'"),
        ("a: " + String(repeating: "[", count: 100_000), "not valid YAML"),
        ("a: " + String(repeating: "{a: ", count: 20_000) + String(repeating: "}", count: 20_000), "not valid YAML"),
        ("a: \u{0}", "not valid YAML"), ("\u{FEFF}", "is not a YAML mapping"), ("--- a\n--- b", "YAML"),
    ])
    func rejectsAYAMLBomb(text: String, problem: String) throws {
        let error = try #require(throws: RuleFileErrors.self) {
            try RulePack([RuleSource(file: "rules/test/sample.yaml", text: text)])
        }
        #expect(error.description.contains(problem), "\(error)")
        #expect(throws: RuleFileError.self) { try RuleTestFile(file: "sample.test.yaml", text: text) }
        #expect(throws: RuleFileError.self) { try ConfigurationFile(file: "ztaudit.yaml", text: text) }
    }

    @Test func rejectsSQLThatIsNestedTooDeep() throws {
        let query = "SELECT " + String(repeating: "(", count: 30_000) + "1" + String(repeating: ")", count: 30_000)
        #expect(try SampleRule(query: query).errors().map(\.code) == [.sqlError])
        let union = Array(repeating: SampleRule.everyGroup(), count: 1000).joined(separator: " UNION ALL ")
        #expect(try SampleRule(query: union).errors().map(\.code) == [.sqlError])
    }

    @Test(arguments: [
        ("INSERT INTO access_group (id) VALUES ('x')", RuleFileError.Code.notReadOnly),
        ("UPDATE access_group SET name = 'x'", .notReadOnly), ("DELETE FROM access_group", .notReadOnly),
        ("DELETE FROM access_group RETURNING id", .notReadOnly),
        ("REPLACE INTO account VALUES ('a', 'b')", .notReadOnly),
        ("CREATE TABLE t (x)", .notReadOnly), ("CREATE TEMP VIEW v AS SELECT 1", .notReadOnly),
        ("DROP TABLE access_group", .notReadOnly), ("ALTER TABLE access_group ADD COLUMN x", .notReadOnly),
        ("ATTACH '/tmp/x' AS x", .notReadOnly), ("DETACH main", .notReadOnly), ("PRAGMA user_version", .notReadOnly),
        ("PRAGMA journal_mode = WAL", .notReadOnly), ("SELECT * FROM pragma_database_list", .notReadOnly),
        ("VACUUM", .notReadOnly), ("VACUUM INTO '/tmp/x'", .notReadOnly), ("BEGIN", .notReadOnly),
        ("SAVEPOINT s", .notReadOnly), ("REINDEX", .notReadOnly), ("ANALYZE", .notReadOnly),
        ("SELECT load_extension('x')", .notReadOnly), ("SELECT LOAD_EXTENSION('x')", .notReadOnly),
        ("WITH x AS (SELECT 1) DELETE FROM access_group", .notReadOnly), ("-- nothing", .notOneStatement),
        (";", .notOneStatement), ("SELECT 1; SELECT 2", .notOneStatement),
        ("SELECT 1; DELETE FROM access_group", .notOneStatement),
        ("SELECT 1 /* a */; -- b\n x", .notOneStatement), ("SELECT", .sqlError), ("SELECT nothing()", .sqlError),
        ("SELECT * FROM main.access_group", .sqlError),
        ("SELECT readfile('/etc/passwd')", .sqlError), ("SELECT writefile('/tmp/x', 'x')", .sqlError),
        ("SELECT edit('x')", .sqlError), ("SELECT fts3_tokenizer('x')", .notReadOnly),
        ("SELECT * FROM sqlite_dbpage", .sqlError), ("CREATE VIRTUAL TABLE x USING fts5(y)", .notReadOnly),
        ("SELECT 1", .missingColumn),
        ("EXPLAIN SELECT 1", .missingColumn), ("SELECT :limit", .unknownParameter), ("SELECT ?", .unknownParameter),
        ("SELECT @now", .unknownParameter), ("SELECT ?1", .unknownParameter),
        ("SELECT 1 AS resource_id, 1 AS resource_name, 'pass' AS verdict", .missingColumn),
        ("SELECT 1 AS resource_id, 1 AS resource_name, 'pass' AS verdict, '' AS message, 1 AS a, 2 AS a", .badValue),
    ])
    func rejectsAQueryThatIsNoPlainSelect(query: String, code: RuleFileError.Code) throws {
        let errors = try SampleRule(query: query).errors()
        #expect(errors.map(\.code) == [code], "\(errors)")
        #expect(errors.first?.file == "rules/test/sample.yaml")
        #expect(errors.first.flatMap(\.line) ?? 0 >= SampleRule.queryLine)
    }

    /// SQLite would read it to the NUL, and people to its end.
    @Test func rejectsAQueryThatIsLongerThanSQLiteReads() throws {
        let text = SampleRule().text
        let start = try #require(text.firstRange(of: "query: |")).lowerBound
        let cut = "\(text[..<start])query: \"\(SampleRule.everyGroup())\\0 WHERE 0\""
        let error = try #require(throws: RuleFileErrors.self) {
            try RulePack([RuleSource(file: "rules/test/sample.yaml", text: cut)])
        }
        #expect(error.errors.map(\.code) == [.sqlError])
        #expect(error.description.contains("has a NUL character"), "\(error)")
    }

    @Test(arguments: ["", ";", " ; ; ", "\n-- done", "; -- done", "\n/* done */", "; /* done", "\n-- a\n-- b\n"])
    func allowsCommentsBehindTheStatement(tail: String) throws {
        #expect(try SampleRule(query: SampleRule.everyGroup() + tail).errors() == [])
    }

    @Test(
        arguments: [
            ("SELECT id,\n       nme\nFROM access_group", 1), ("SELECT id\nFROM access_grup", nil),
            ("-- first\n\nSELECT id\nFROM access_group\nWHEER 1", 4), ("SELECT (1\n\n\n,\n))", 4),
        ] as [(String, Int?)]
    )
    func namesTheLineOfAnSQLError(query: String, line: Int?) throws {
        let error = try #require(try SampleRule(query: query).errors().first)
        #expect(error.code == .sqlError)
        #expect(error.line == SampleRule.queryLine + (line ?? 0))
    }

    @Test(arguments: [("|", "\n\n", 13), ("|-", "", 11), (">", "", 11)])
    func countsFromWhereTheQueryStands(style: String, blank: String, line: Int) throws {
        let text = SampleRule(query: "SELECT nme").text
            .replacing("query: |\n", with: "query: \(style)\n\(blank)")
        let error = try #require(throws: RuleFileErrors.self) {
            try RulePack([RuleSource(file: "sample.yaml", text: text)])
        }
        #expect(error.errors.first?.line == line)
    }
}
