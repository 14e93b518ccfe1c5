import Foundation
import TestSupport
import Testing

/// The commands for people who write rules: new, lint, docs.
@Suite struct RulesAuthoringTests {
    @Test(arguments: [[], ["--resource", "mcp_server", "--area", "mcp"], ["--output", "packs/mine", "--area", "a1"]])
    func startsARuleThatWorks(options: [String]) async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["rules", "new", "my-rule"] + options, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let files = outcome.output.split(separator: "\n").map(String.init)
            #expect(files.count == 2 && files.allSatisfy(folder.files.contains), "\(files)")
            let lint = try await runZTAudit(["rules", "lint", files[0]], in: folder)
            #expect(lint.status == 0 && lint.output == "1 rule, no problems\n", "\(lint.output)")
            let test = try await runZTAudit(["rules", "test", files[0]], in: folder)
            #expect(test.status == 0 && test.output == "6 passed, 0 failed, 0 rules without a test\n")
            let options = ["--rules", ".", "--rule", "my-rule"]
            let list = try await runZTAudit(["rules", "list"] + options, in: folder)
            #expect(list.output.contains("low       my-rule"), "\(list.output)\(list.errors)")
        }
    }

    @Test func overwritesNothing() async throws {
        try await ScratchFolder.with { folder in
            for name in ["a.yaml", "b.test.yaml"] { try folder.write("mine", to: name) }
            for id in ["a", "b"] {
                let outcome = try await runZTAudit(["rules", "new", id], in: folder)
                expectRefusal(outcome, saying: "there is such a file already")
            }
            #expect(folder.files == ["a.yaml", "b.test.yaml"])
            #expect(try folder.text("a.yaml") == "mine" && folder.text("b.test.yaml") == "mine")
        }
    }

    @Test(arguments: [
        (["My-Rule"], "'My-Rule' cannot be the id"), (["../x"], "cannot be the id"),
        (["a", "--area", "../x"], "--area"),
        (["a", "--area", "frameworks"], "--area"),
        (["a", "--output", "my/frameworks"], "--output"),
        (["a", "--resource", "mcp_servr"], "Did you mean 'mcp_server'?"),
        (["a", "--resource", "access_rule"], "lists inside other resources"),
        (["mcp-server-unauthenticated"], "there is a built-in rule of that name"),
        (["a", "--output", "file/x"], "file/x"),
    ])
    func refusesWhatCannotBeStarted(arguments: [String], word: String) async throws {
        try await ScratchFolder.with { folder in
            try folder.write("", to: "file")
            expectRefusal(try await runZTAudit(["rules", "new"] + arguments, in: folder), saying: word)
            #expect(folder.files == ["file"])
        }
    }

    @Test func findsNothingWrongWithTheBuiltInRules() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["rules", "lint"], in: folder)
            #expect(outcome.status == 0 && outcome.output.hasSuffix(" rules, no problems\n"), "\(outcome.output)")
        }
    }

    @Test func saysEverythingThatIsWrongWithItsPlace() async throws {
        try await ScratchFolder.with { folder in
            try folder.write("id: [", to: "mine/a.yaml")
            try folder.write(SampleRule.text(added: "colour: red"), to: "mine/my-rule.yaml")
            try folder.write(SampleRule.test(), to: "mine/my-rule.test.yaml")
            try folder.write("id: x\n", to: "mine/frameworks/own.yaml")
            try folder.write(SampleRule.test(), to: "mine/orphan.test.yaml")
            let outcome = try await runZTAudit(["rules", "lint", "mine", "mine/my-rule.yaml"], in: folder)
            #expect(outcome.status == 1 && outcome.errors == "")
            let lines = outcome.output.split(separator: "\n").map(String.init)
            let starts = [
                "mine/a.yaml:1: has no test.", "mine/a.yaml:2: is not valid YAML",
                "mine/frameworks/own.yaml:1: has the id 'x', but the file is called 'own'",
                "mine/my-rule.test.yaml:1: has no case in which nothing is examined",
                "mine/my-rule.test.yaml:1: has no case that expects 'pass'",
                "mine/my-rule.test.yaml:1: has no case that expects 'unknown'",
                "mine/my-rule.test.yaml:1: has no case that shows the remediation",
                "mine/my-rule.test.yaml:1: has no case with missing data",
                "mine/my-rule.yaml:1: has no references", "mine/my-rule.yaml:6: has the unknown key 'colour'",
                "mine/my-rule.yaml:9: has no 'api'", "mine/my-rule.yaml:9: has no 'dashboard'",
                "mine/my-rule.yaml:9: has no 'terraform'", "mine/orphan.test.yaml:1: is the test of a rule",
                "2 rules, 14 problems",
            ]
            #expect(lines.count == starts.count, "\(outcome.output)")
            for (line, start) in zip(lines, starts) { #expect(line.hasPrefix(start), "\(line)") }
        }
    }

    /// A name of a file or a text of a rule must not look like a command of the terminal or of the CI's log.
    @Test func letsNoRuleSteerTheTerminal() async throws {
        try await ScratchFolder.with { folder in
            let rule = SampleRule.text().replacing("There is a group\n", with: "\"\\e[31m##[error]\\u202E\"\n")
            try folder.write(rule, to: "mine/my-rule.yaml")
            for command in [["lint", "mine"], ["docs", "--rules", "mine"], ["show", "my-rule", "--rules", "mine"]] {
                let outcome = try await runZTAudit(["rules"] + command, in: folder)
                #expect(!outcome.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" }, "\(command)")
            }
        }
    }

    @Test func looksForFrameworksBesideASingleFile() async throws {
        try await ScratchFolder.with { folder in
            _ = try await runZTAudit(["rules", "new", "my-rule", "--output", "mine", "--area", "a"], in: folder)
            let rule = try folder.text("mine/a/my-rule.yaml").replacing("nist-800-53-r5: [\"CM-8\"]", with: "own: [X]")
            try folder.write(rule, to: "mine/a/my-rule.yaml")
            let without = try await runZTAudit(["rules", "lint", "mine/a/my-rule.yaml"], in: folder)
            #expect(without.status == 1 && without.output.contains("names the unknown framework 'own'"))
            try folder.write(
                "id: own\ntitle: Own\nversion: '1'\nsource: https://example.com/\ncontrols: { X: First }\n",
                to: "mine/frameworks/own.yaml"
            )
            for path in ["mine/a/my-rule.yaml", "mine"] {
                let with = try await runZTAudit(["rules", "lint", path], in: folder)
                #expect(with.status == 0, "\(with.output)")
            }
        }
    }

    @Test func refusesToLintNothing() async throws {
        try await ScratchFolder.with { folder in
            try folder.write("", to: "empty/README.md")
            expectRefusal(try await runZTAudit(["rules", "lint", "nowhere"], in: folder), saying: "nowhere", "no such")
            expectRefusal(try await runZTAudit(["rules", "lint", "empty"], in: folder), saying: "empty", "no rule")
        }
    }

    @Test func keepsTheReferenceCurrent() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["rules", "docs"], in: folder)
            #expect(outcome.status == 0 && outcome.errors == "")
            let file = GoldenFile("rules.md", in: Repository.root.appending(path: "docs"))
            if let difference = try file.difference(from: outcome.output) { Issue.record("\(difference)") }
        }
    }

    @Test func writesTheReferenceOfARuleToAFile() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(SampleRule.text(), to: "mine/own/my-rule.yaml")
            let options = ["--rules", "mine", "--rule", "my-rule", "--output", "r.md"]
            let outcome = try await runZTAudit(["rules", "docs"] + options, in: folder)
            #expect(outcome.status == 0 && outcome.output == "", "\(outcome.errors)")
            let text = try folder.text("r.md")
            #expect(text.hasPrefix("# Rules\n") && text.contains("1 rule, by area"))
            #expect(text.contains("## own\n\n### my-rule\n"))
            expectRefusal(
                try await runZTAudit(["rules", "docs", "--output", "no/r.md"], in: folder),
                saying: "no/r.md",
                "no folder"
            )
        }
    }
}
