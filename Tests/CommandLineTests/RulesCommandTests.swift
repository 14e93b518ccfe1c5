import BuiltInFiles
import Foundation
import RuleEngine
import TestSupport
import Testing

@Suite struct RulesCommandTests {
    private static let builtIn = BuiltInFiles.files(below: "rules")
        .map { RuleSource(file: $0.path, text: $0.text) }
        .count { !$0.isTest && !$0.isFramework }

    @Test func listsEveryRuleWorstFirst() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["rules", "list"], in: folder)
            #expect(outcome.status == 0 && outcome.errors == "")
            let lines = outcome.output.split(separator: "\n").dropFirst(2)
            #expect(lines.count == Self.builtIn)
            #expect(lines.first?.hasPrefix("critical") == true)
            #expect(lines.contains { $0.contains("mcp-server-unauthenticated") })
        }
    }

    @Test func selectsRulesByPattern() async throws {
        try await ScratchFolder.with { folder in
            func ids(_ options: String...) async throws -> [String] {
                let outcome = try await runZTAudit(["rules", "list"] + options, in: folder)
                return outcome.output.split(separator: "\n").dropFirst(2).map {
                    String($0.split(separator: " ")[1])
                }
            }
            let aboutMCP = try await ids("--rule", "mcp-*")
            #expect(aboutMCP.contains("mcp-portal-shared-credential") && aboutMCP.allSatisfy { $0.hasPrefix("mcp-") })
            let ofTwoPatterns = try await ids("--rule", "*-unauthenticated", "--rule", "*-never-expires")
            #expect(ofTwoPatterns.contains("mcp-server-unauthenticated"))
            #expect(ofTwoPatterns.contains("service-token-never-expires"))
            #expect(ofTwoPatterns.allSatisfy { $0.hasSuffix("-unauthenticated") || $0.hasSuffix("-never-expires") })
            let withoutAccess = try await ids("--exclude-rule", "access-*")
            #expect(!withoutAccess.isEmpty && withoutAccess.allSatisfy { !$0.hasPrefix("access-") })
            let ofBoth = try await ids("--rule", "mcp-*", "--exclude-rule", "*portal*")
            #expect(Set(ofBoth) == Set(aboutMCP.filter { !$0.contains("portal") }))
            #expect(ofBoth.count < aboutMCP.count)
        }
    }

    @Test(arguments: [
        ["--rule", "mpc-*"], ["--exclude-rule", "nothing"], ["--rule", "mcp-*", "--exclude-rule", "*"],
    ])
    func refusesASelectionOfNothing(options: [String]) async throws {
        try await ScratchFolder.with { folder in
            expectRefusal(try await runZTAudit(["rules", "list"] + options, in: folder), saying: "rule")
        }
    }

    @Test func showsARule() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["rules", "show", "mcp-server-unauthenticated"], in: folder)
            #expect(outcome.status == 0 && outcome.errors == "")
            for heading in ["Why it matters", "What to do", "Query", "SELECT", "severity    high"] {
                #expect(outcome.output.contains(heading), "\(heading)")
            }
            expectRefusal(
                try await runZTAudit(["rules", "show", "mcp-server"], in: folder),
                saying: "no rule matches 'mcp-server'",
                "mcp-server-unauthenticated"
            )
        }
    }

    @Test func addsRulesOfTheUser() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(SampleRule.text(), to: "mine/sub/my-rule.yaml")
            let list = try await runZTAudit(["rules", "list", "--rules", "mine"], in: folder)
            #expect(list.output.split(separator: "\n").count == 2 + Self.builtIn + 1)
            let show = try await runZTAudit(["rules", "show", "my-rule", "--rules", "mine"], in: folder)
            #expect(show.output.contains("mine/sub/my-rule.yaml"))
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let arguments = ["audit", "s.ztaudit", "--rules", "mine", "--rule", "my-rule", "--fail-on", "low"]
            let audit = try await runZTAudit(arguments, in: folder)
            #expect(audit.status == 1)
            #expect(audit.output.contains("There is a group. [my-rule]"))
        }
    }

    /// The tests of all of them run in RuleFileTests; here it is the command that matters.
    @Test func runsTheTestsOfTheBuiltInRules() async throws {
        try await ScratchFolder.with { folder in
            let rules = Repository.root.appending(path: "rules/mcp").path()
            let outcome = try await runZTAudit(["rules", "test", rules], in: folder, limit: .seconds(300))
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.hasSuffix(" passed, 0 failed, 0 rules without a test\n"))
            #expect(folder.files == [])
        }
    }

    @Test(arguments: ["mine", "mine/my-rule.yaml", "mine/my-rule.test.yaml"])
    func testsARuleByFolderRuleOrTest(path: String) async throws {
        try await ScratchFolder.with { folder in
            try folder.write(SampleRule.text(), to: "mine/my-rule.yaml")
            try folder.write(SampleRule.test(), to: "mine/my-rule.test.yaml")
            let outcome = try await runZTAudit(["rules", "test", path], in: folder)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output == "1 passed, 0 failed, 0 rules without a test\n")
        }
    }

    @Test func exitsWith1WhenATestFails() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(SampleRule.text(), to: "mine/my-rule.yaml")
            try folder.write(SampleRule.test(verdict: "pass"), to: "mine/my-rule.test.yaml")
            let outcome = try await runZTAudit(["rules", "test", "mine"], in: folder)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(outcome.output.contains("FAIL my-rule: a group\n    g1: expected pass, got fail"))
        }
    }

    /// Rules of somebody else: neither they nor their tests may steer the terminal, or start a line that CI obeys.
    @Test func makesVisibleWhatATestSays() async throws {
        try await ScratchFolder.with { folder in
            let query = SampleRule.query.replacing("'There is a group.'", with: "char(27, 10) || '::error::'")
            try folder.write(SampleRule.text(query: query), to: "mine/my-rule.yaml")
            let test = SampleRule.test(verdict: "pass").replacing("a group", with: #""a\e[31m""#)
                .replacing("g1", with: #""::g1""#)
            try folder.write(test, to: "mine/my-rule.test.yaml")
            let outcome = try await runZTAudit(["rules", "test", "mine"], in: folder)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(
                outcome.output == """
                    FAIL my-rule: a⟨U+001B⟩[31m
                        : :g1: expected pass, got fail: ⟨U+001B⟩⟨U+000A⟩::error::
                    0 passed, 1 failed, 0 rules without a test

                    """
            )
        }
    }

    @Test func refusesAPackThatIsTooLarge() async throws {
        try await ScratchFolder.with { folder in
            for number in 1...65 {
                try folder.write("", to: "mine/r\(number).test.yaml")
                // Nothing is written: the file system counts holes as bytes.
                #expect(truncate(folder.path("mine/r\(number).test.yaml"), 4 << 20) == 0)
            }
            let outcome = try await runZTAudit(["rules", "list", "--rules", "mine"], in: folder)
            expectRefusal(outcome, saying: "mine: has more than 256 MiB")
        }
    }

    @Test func exitsWith1WhenARuleHasNoTest() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(SampleRule.text(), to: "mine/my-rule.yaml")
            let outcome = try await runZTAudit(["rules", "test", "mine"], in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("UNTESTED my-rule"))
        }
    }

    @Test func refusesWhatIsNoRule() async throws {
        try await ScratchFolder.with { folder in
            expectRefusal(try await runZTAudit(["rules", "test", "nowhere"], in: folder), saying: "nowhere", "no such")
            try folder.write("", to: "empty/README.md")
            expectRefusal(try await runZTAudit(["rules", "test", "empty"], in: folder), saying: "empty")
            try folder.write(SampleRule.text(), to: "mine/my-rule.yaml")
            try folder.write("cases:\n  - nme: x\n", to: "mine/my-rule.test.yaml")
            expectRefusal(
                try await runZTAudit(["rules", "test", "mine"], in: folder),
                saying: "mine/my-rule.test.yaml:2: ",
                "'nme'"
            )
        }
    }

    @Test(arguments: BrokenRule.all)
    func refusesABrokenRuleFileWithItsPlace(rule: BrokenRule) async throws {
        try await ScratchFolder.with { folder in
            try folder.write(rule.text, to: "mine/my-rule.yaml")
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let runs = [
                ["rules", "list", "--rules", "mine"],
                ["audit", "s.ztaudit", "--rules", "mine", "--report", "json=out"],
            ]
            for arguments in runs {
                expectRefusal(
                    try await runZTAudit(arguments, in: folder),
                    saying: "mine/my-rule.yaml:\(rule.line): ",
                    rule.word
                )
            }
            #expect(folder.files == ["mine", "mine/my-rule.yaml", "s.ztaudit"])
        }
    }

    @Test func saysEverythingThatIsWrongWithRules() async throws {
        try await ScratchFolder.with { folder in
            try folder.write("id: [", to: "mine/a.yaml")
            try folder.write(SampleRule.text(added: "colour: red"), to: "mine/b.yaml")
            let outcome = try await runZTAudit(["rules", "list", "--rules", "mine"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errorLines.count == 2, "\(outcome.errors)")
            #expect(outcome.errorLines.allSatisfy { $0.hasPrefix("ztaudit: mine/") })
        }
    }
}

/// A rule file that must be refused.
struct BrokenRule: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let line: Int
    let word: String

    private static let columns = "SELECT id AS resource_id, name AS resource_name, 'fail' AS verdict, 'm' AS message\n"

    static let all: [BrokenRule] = [
        BrokenRule(testDescription: "bad YAML", text: "id: a\ntitle: [\n", line: 3, word: "YAML"),
        BrokenRule(
            testDescription: "unknown key",
            text: SampleRule.text(added: "severty: high"),
            line: 6,
            word: "unknown key 'severty'"
        ),
        BrokenRule(
            testDescription: "SQL error",
            text: SampleRule.text(query: columns + "FROM access_groups"),
            line: 10,
            word: "no such table: access_groups"
        ),
        BrokenRule(
            testDescription: "syntax error on the second line",
            text: SampleRule.text(query: columns + "FORM access_group"),
            line: 11,
            word: "syntax error"
        ),
        BrokenRule(
            testDescription: "writes",
            text: SampleRule.text(query: "DELETE FROM access_group RETURNING id AS resource_id"),
            line: 10,
            word: "only reading"
        ),
        BrokenRule(
            testDescription: "attaches",
            text: SampleRule.text(query: "ATTACH DATABASE '/tmp/x' AS x"),
            line: 10,
            word: "attaches"
        ),
        BrokenRule(
            testDescription: "pragma",
            text: SampleRule.text(query: "PRAGMA journal_mode = WAL"),
            line: 10,
            word: "PRAGMA"
        ),
        BrokenRule(
            testDescription: "two statements",
            text: SampleRule.text(query: columns + "FROM access_group; SELECT 1"),
            line: 10,
            word: "more than one statement"
        ),
        BrokenRule(
            testDescription: "missing column",
            text: SampleRule.text(
                query: "SELECT id AS resource_id, name AS resource_name, 'fail' AS verdict FROM access_group"
            ),
            line: 10,
            word: "lacks the column 'message'"
        ),
    ]
}
