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
        #expect(embedded.map(\.path) == RuleFiles.sources.map(\.file))
        for (file, source) in zip(embedded, RuleFiles.sources) {
            #expect(file.text == source.text, "\(file.path)")
        }
    }

    @Test func loadsAllRulesTogether() throws {
        #expect(try RulePack(RuleFiles.sources.filter { !$0.isTest }).rules.count == RuleFiles.all.count)
    }

    @Test func findsNothingToSayAboutTheFiles() throws {
        let problems = try RuleLinter().problems(in: RuleFiles.sources, frameworks: [])
        #expect(problems.map(\.description) == [])
    }

    @Test(arguments: RuleFiles.all)
    func liesInAnAreaAndIsEvidenceForSomething(files: RuleFiles) throws {
        #expect(files.path.split(separator: "/").count == 3)
        #expect(try !Rule(file: files.file, text: files.rule).metadata.frameworks.isEmpty)
    }

    @Test func hasTheFrameworksThatReportsAreReadBy() throws {
        let pack = try RulePack(RuleFiles.sources.filter { !$0.isTest })
        let ids = pack.frameworks.frameworks.map(\.id)
        #expect(
            ids == [
                "cis-controls-8.1", "cisa-ztmm-2.0", "iso-27001-2022", "nist-800-53-r5", "pci-dss-4.0.1", "soc-2",
            ]
        )
        for framework in pack.frameworks.frameworks {
            for control in framework.controls {
                #expect(!control.title.hasSuffix(".") && control.title.count <= 90, "\(framework.id) \(control.id)")
            }
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
