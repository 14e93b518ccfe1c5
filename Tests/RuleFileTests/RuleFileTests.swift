import AuditModel
import BuiltInFiles
import Foundation
import RuleEngine
import TestSupport
import Testing

@Suite struct RuleFileTests {
    @Test(arguments: RuleFiles.all)
    func passesItsTest(files: RuleFiles) async throws {
        let test = try RuleTestFile(file: "\(files.path).test.yaml", text: try #require(files.test))
        let outcomes = try await ScratchFolder.with { folder in
            try await RuleTestRunner(scratchDirectory: folder.url).run(
                test,
                of: RulePack([files.source]),
                ruleID: files.id
            )
        }
        #expect(!outcomes.isEmpty)
        for outcome in outcomes {
            #expect(outcome.differences == [], "\(outcome.name)")
        }
    }

    @Test(arguments: RuleFiles.all)
    func hasACaseOfEveryKind(files: RuleFiles) throws {
        let test = try #require(files.test)
        for expectation in ["verdict: pass", "verdict: fail", "verdict: unknown", "expect: []"] {
            #expect(test.contains(expectation), "no case expects '\(expectation)'")
        }
        #expect(test.contains("coverage: {"), "no case has missing data")
    }

    @Test func carriesTheFilesOnDisk() {
        #expect(!RuleFiles.all.isEmpty)
        let embedded = BuiltInFiles.files(below: "rules").filter { $0.path.hasSuffix(".yaml") }
        #expect(embedded.map(\.path).filter { !$0.hasSuffix(".test.yaml") } == RuleFiles.all.map(\.file))
        for file in embedded {
            // A text literal ends without the file's last line break.
            #expect(file.text + "\n" == RuleFiles.texts[file.path], "\(file.path)")
        }
    }

    @Test func loadsAllRulesTogether() throws {
        #expect(try RulePack(RuleFiles.all.map(\.source)).rules.count == RuleFiles.all.count)
    }

    @Test(arguments: RuleFiles.all)
    func keepsToTheStyle(files: RuleFiles) throws {
        let rule = try Rule(file: files.file, text: files.rule).metadata
        #expect(!rule.title.hasSuffix("."))
        #expect(rule.title.first?.isUppercase == true)
        #expect(rule.title.count <= 80)
        #expect(rule.rationale.hasSuffix("."))
        #expect(rule.remediation.summary.hasSuffix("."))
        #expect(rule.remediation.dashboard != nil && rule.remediation.terraform != nil && rule.remediation.api != nil)
        #expect(!rule.references.isEmpty)
        #expect(rule.references.allSatisfy { $0.hasPrefix("https://") && URL(string: $0)?.host() != nil })
        #expect(Set(rule.references).count == rule.references.count)
        for text in [rule.title, rule.rationale, rule.remediation.summary] {
            #expect(!text.contains("http://") && !text.contains("  ") && !text.contains("\t"))
        }
        #expect(files.path.split(separator: "/").count == 3)
        #expect(files.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
    }

    /// Ids of the frameworks that documents can name, with the form of their controls.
    private static let frameworks = [
        "cis-controls-8.1": #"^\d{1,2}\.\d{1,2}$"#,
        "nist-800-53-r5": #"^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$"#,
        "iso-27001-2022": #"^A\.[5-8]\.\d{1,2}$"#,
        "soc-2": #"^[A-Z]{1,2}\d{1,2}\.\d{1,2}$"#,
        "pci-dss-4.0.1": #"^\d{1,2}(\.\d{1,2}){1,3}$"#,
        "cisa-ztmm-2.0": #"^((Identity|Devices|Networks|Applications|Data): [A-Z][A-Za-z &-]+|Governance)$"#,
    ]

    @Test(arguments: RuleFiles.all)
    func namesKnownFrameworks(files: RuleFiles) throws {
        let rule = try Rule(file: files.file, text: files.rule).metadata
        #expect(!rule.frameworks.isEmpty)
        for (framework, controls) in rule.frameworks {
            let form = try #require(Self.frameworks[framework], "unknown framework \(framework)")
            let pattern = try Regex(form)
            #expect(!controls.isEmpty && Set(controls).count == controls.count)
            for control in controls { #expect(control.wholeMatch(of: pattern) != nil, "\(framework): \(control)") }
        }
    }

    @Test(arguments: RuleFiles.all)
    func speaksInSentences(files: RuleFiles) async throws {
        // The texts of the query's message column: literals that begin a sentence must end one.
        let query = try Rule(file: files.file, text: files.rule).query
        #expect(query.contains(".'"), "no message ends with a full stop")
        #expect(!query.lowercased().contains("json_extract"), "rules read typed columns, not JSON paths")
    }
}
