import AuditModel
import Foundation
import JSONModel
import RuleEngine
import SnapshotStore
import Testing

@Suite struct RuntimeGuardTests {
    private static let groups: [ResourceKind: [JSONValue]] = [.accessGroups: [["id": "g1"], ["id": "g2"]]]

    @Test(arguments: [
        (SampleRule.everyGroup("'maybe'"), "the verdict 'maybe'"), (SampleRule.everyGroup("NULL"), "the verdict"),
        (SampleRule.everyGroup("'PASS'"), "the verdict 'PASS'"), (SampleRule.everyGroup("1"), "the verdict '1'"),
        (SampleRule.everyGroup(more: ", 'grave' AS severity"), "the severity 'grave'"),
        (SampleRule.everyGroup() + " UNION ALL " + SampleRule.everyGroup("'pass'"), "two rows"),
        (SampleRule.everyGroup(more: ", 'k' AS detail_key") + ", (SELECT 1 UNION ALL SELECT 2)", "two rows"),
        (SampleRule.everyGroup().replacing("id AS resource_id", with: "NULL AS resource_id"), "without resource_id"),
        (SampleRule.everyGroup(more: ", zeroblob(100000000) AS huge"), "too big"),
        (SampleRule.everyGroup(more: ", randomblob(2000000000) AS huge"), "too big"),
        (SampleRule.everyGroup(more: ", json_extract('{', '$') AS broken"), "malformed JSON"),
        (SampleRule.everyGroup(more: ", abs(-9223372036854775807 - 1) AS broken"), "integer overflow"),
        (SampleRule.everyGroup(more: ", 'x' LIKE printf('%.*c', 1000, '%') AS broken"), "pattern too complex"),
    ])
    func reportsAFaultAsAnErrorOfItsRule(query: String, problem: String) async throws {
        var audit = Audit(SampleRule(id: "broken", query: query), Self.groups)
        audit.rules.append(SampleRule(id: "sound"))
        let result = try await audit.result()
        let broken = try #require(result.rules.first { $0.metadata.id == "broken" })
        #expect(broken.status == .error)
        #expect(broken.error?.contains(problem) == true, "\(broken.error ?? "")")
        #expect(broken.error?.hasPrefix("rules/test/broken.yaml:\(SampleRule.queryLine): ") == true)
        #expect(broken.counts == VerdictCounts())
        #expect(result.rules.first { $0.metadata.id == "sound" }?.counts == VerdictCounts(fail: 2))
        #expect(result.findings.allSatisfy { $0.ruleID == "sound" })
        #expect(result.summary.isIncomplete)
    }

    @Test(arguments: [
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS resource_id, x AS resource_name,"
            + " 'pass' AS verdict, '' AS message FROM c WHERE x < 0",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            + " SELECT sum(length(hex(zeroblob(20000000)))) AS resource_id, x AS resource_name, 'pass' AS verdict,"
            + " '' AS message FROM c",
    ])
    func stopsAQueryThatTakesTooLong(query: String) async throws {
        var audit = Audit(SampleRule(query: query))
        audit.limits = StatementLimits(time: .milliseconds(50))
        let start = ContinuousClock.now
        let error = try await audit.result().rules.first?.error
        #expect(error?.contains("ran longer than 0.05 seconds") == true, "\(error ?? "")")
        #expect(start.duration(to: .now) < .seconds(60))
    }

    @Test(arguments: [
        "SELECT count(*) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT x FROM c)",
        "SELECT count(*) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            + " SELECT hex(randomblob(10000)) AS y FROM c ORDER BY y)",
        "SELECT max(y) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            + " SELECT group_concat(hex(zeroblob(100000))) AS y FROM c GROUP BY x % 1000000)",
    ])
    func stopsAQueryThatTakesTooMuchMemory(inner: String) async throws {
        var audit = Audit(SampleRule(query: SampleRule.everyGroup(more: ", (\(inner)) AS huge")), Self.groups)
        audit.limits = StatementLimits(memory: 32 << 20)
        audit.rules.append(SampleRule(id: "sound"))
        let result = try await audit.result()
        let error = result.rules.first { $0.metadata.id == "sample" }?.error
        #expect(error?.contains("needs more than 32 MiB of memory") == true, "\(error ?? "")")
        #expect(result.rules.first { $0.metadata.id == "sound" }?.counts == VerdictCounts(fail: 2))
    }

    /// SQLite cannot be interrupted inside one of these; its own take the product of both lengths.
    @Test(arguments: [
        "instr(hex(zeroblob(2000000)), hex(zeroblob(1000000)) || '1')",
        "length(replace(hex(zeroblob(2000000)), hex(zeroblob(1000000)) || '1', ''))",
        "length(trim(hex(randomblob(200000)), hex(zeroblob(1000000)) || '0123456789ABCDEF'))",
        "length(ltrim(hex(zeroblob(1000000)), '1' || hex(zeroblob(100000))))",
    ])
    func searchesLongTextsInLinearTime(call: String) async throws {
        var audit = Audit(SampleRule(query: SampleRule.everyGroup(more: ", \(call) AS answer")), Self.groups)
        audit.limits = StatementLimits(time: .seconds(30))
        let result = try await audit.result()
        #expect(result.rules.first?.error == nil)
        #expect(result.findings.first?.evidence["answer"] != nil)
    }

    @Test(
        arguments: [
            ("instr('añb', 'b')", .integer(3)), ("instr('abc', '')", .integer(1)), ("instr('abc', 'x')", .integer(0)),
            ("instr(NULL, 'x')", .null), ("instr(x'0102', x'02')", .integer(2)), ("instr('aaab', 'aab')", .integer(2)),
            ("replace('añbab', 'ab', 'X')", .text("añbX")), ("replace('abc', '', 'x')", .text("abc")),
            ("replace('aaa', 'a', '')", .text("")), ("replace('ababab', 'aba', '-')", .text("-bab")),
            ("replace('a', 'a', NULL)", .null), ("replace(121, 1, 3)", .text("323")),
            ("trim('  a  ')", .text("a")), ("trim('ññabñ', 'ñ')", .text("ab")), ("ltrim('xxax', 'x')", .text("ax")),
            ("rtrim('xaxx', 'x')", .text("xa")), ("trim('', 'x')", .text("")), ("trim(NULL)", .null),
            ("trim(12)", .text("12")), ("trim('ab', '')", .text("ab")),
        ] as [(String, EvidenceValue)]
    )
    func answersAsSQLiteDoes(call: String, answer: EvidenceValue) async throws {
        let result = try await Audit(SampleRule(query: SampleRule.everyGroup(more: ", \(call) AS answer")), Self.groups)
            .result()
        #expect(result.findings.first?.evidence["answer"] == answer)
    }

    @Test func stopsAQueryThatReturnsTooMuch() async throws {
        var audit = Audit(SampleRule(), [.accessGroups: (0..<20).map { ["id": .string("g\($0)")] }])
        audit.limits = StatementLimits(rows: 20)
        #expect(try await audit.result().rules.first?.status == .evaluated)
        audit.limits = StatementLimits(rows: 19)
        #expect(try await audit.result().rules.first?.error?.contains("more than 19 rows") == true)
        audit.rules = [SampleRule(query: SampleRule.everyGroup(more: ", hex(zeroblob(1000000)) AS huge"))]
        audit.limits = StatementLimits(bytes: 16 << 20)
        #expect(try await audit.result().rules.first?.error?.contains("more than 16 MiB") == true)
    }

    @Test func rejectsAnOverrideWithoutParameter() async throws {
        var audit = Audit(SampleRule(), Self.groups)
        audit.settings.parameters = ["sample": ParameterSettings(values: ["limit": "3"])]
        #expect(try await audit.result().rules.first?.error?.contains("no parameter 'limit'") == true)
    }

    @Test(arguments: [("duration", "24h", "a week"), ("days", "7", "7d"), ("integer", "3", "three")])
    func rejectsAnOverrideOfAnotherType(type: String, usual: String, bad: String) async throws {
        let rule = SampleRule(more: "parameters: {limit: {type: \(type), default: \(usual), help: x}}")
        var audit = Audit(rule, Self.groups)
        audit.settings.parameters = ["sample": ParameterSettings(values: ["limit": bad])]
        #expect(try await audit.result().rules.first?.error?.contains("'\(bad)' is no \(type)") == true)
    }

    @Test func saysWhichParametersWereInForce() async throws {
        var audit = Audit(
            SampleRule(
                more: "parameters: {one: {type: days, default: 1, help: x}, two: {type: days, default: 2, help: x}}"
            ),
            Self.groups
        )
        audit.settings.parameters = ["sample": ParameterSettings(values: ["two": "20"])]
        #expect(try await audit.result().rules.first?.metadata.parameters == ["one": "1", "two": "20"])
    }

    @Test(arguments: ["it's", "x' OR '1'='1", "'; DROP TABLE access_group; --", ""])
    func bindsParametersInsteadOfPastingThem(text: String) async throws {
        var audit = Audit(
            SampleRule(
                more: "parameters: {wanted: {type: text, default: x, help: x}}",
                query: SampleRule.everyGroup("CASE WHEN name = :wanted THEN 'fail' ELSE 'pass' END")
            ),
            [.accessGroups: [["id": "g1", "name": .string(text)], ["id": "g2", "name": "other"]]]
        )
        audit.settings.parameters = ["sample": ParameterSettings(values: ["wanted": text])]
        #expect(try await audit.result().verdicts == ["g1: fail", "g2: pass"])
    }

    @Test func comparesDurationsAsNumbers() async throws {
        let sessions = ["23h", "24h", "1441m", "86400.5s", "forever", "soon"]
        let query = """
            SELECT id AS resource_id, id AS resource_name, 'x' AS message, :limit AS evidence,
              CASE WHEN session_duration_seconds IS NULL THEN 'unknown'
                   WHEN session_duration_seconds > :limit THEN 'fail' ELSE 'pass' END AS verdict
            FROM access_application
            """
        var audit = Audit(
            SampleRule(
                resource: "access_application",
                more: "parameters: {limit: {type: duration, default: 24h, help: x}}",
                query: query
            ),
            [.accessApplications: sessions.map { ["id": .string($0), "session_duration": .string($0)] }]
        )
        let result = try await audit.result()
        #expect(
            result.verdicts == [
                "1441m: fail", "23h: pass", "24h: pass", "86400.5s: fail", "forever: fail", "soon: unknown",
            ]
        )
        #expect(result.findings.first?.evidence["evidence"] == .integer(86400))
        audit.settings.parameters = ["sample": ParameterSettings(values: ["limit": "forever"])]
        #expect(try await audit.result().findings.map(\.resource.id) == ["soon"])
    }

    @Test func givesRulesTheTimeOfEvaluation() async throws {
        let result = try await Audit(SampleRule(query: SampleRule.everyGroup(more: ", :now AS time")), Self.groups)
            .result()
        #expect(result.findings.first?.evidence["time"] == .text("2027-01-15T08:00:00.000000Z"))
    }

    @Test func leavesTheSnapshotAsItIs() async throws {
        try await Audit(SampleRule(), Self.groups).withSnapshot { snapshot in
            let folder = URL(filePath: snapshot.path).deletingLastPathComponent().path()
            let before = try Data(contentsOf: URL(filePath: snapshot.path))
            _ = try Audit().evaluate(snapshot)
            let after = try Data(contentsOf: URL(filePath: snapshot.path))
            #expect(after == before)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files == ["a.ztaudit"])
        }
    }
}
