import AuditModel
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

@Suite struct GitLabCodeQualityTests {
    private func entries(_ result: AuditResult, _ options: RenderOptions = RenderOptions()) throws -> [JSONValue] {
        let text = try document(.gitlabCodeQuality, of: result, options: options)
        // GitLab refuses a byte order mark.
        #expect(text.utf8.first == UInt8(ascii: "["))
        let value = try JSONValue(parsing: Data(text.utf8))
        #expect(try schema("gitlab-code-quality").faults(in: value) == [])
        return value.arrayValue ?? []
    }

    @Test func hasAnEntryForEveryOpenFailAndNothingElse() throws {
        let result = SampleResult.make(findingsPerSeverity: 2)
        let open = result.findings.filter { $0.verdict == .fail && $0.state == .open }
        let entries = try entries(result)
        #expect(entries.map { $0["fingerprint"]?.stringValue } == open.map(\.fingerprint))
        #expect(Set(open.map(\.fingerprint)).count == open.count)
        #expect(entries.map { $0["check_name"]?.stringValue } == open.map(\.ruleID))
    }

    @Test func countsWhatTheSummaryCounts() throws {
        let result = SampleResult.make(findingsPerSeverity: 3)
        let severities = try entries(result).compactMap { $0["severity"]?.stringValue }
        let words = ["blocker", "critical", "major", "minor", "info"]
        #expect(
            words.map { word in severities.count { $0 == word } }
                == Severity.allCases.map { result.summary.openBySeverity[$0.rawValue] }
        )
    }

    @Test func isAnEmptyListWithoutFindings() throws {
        #expect(try entries(SampleResult.empty) == [])
    }

    @Test func describesAFindingOnOneLine() throws {
        let entries = try entries(SampleResult.small)
        let description = try #require(entries[3]["description"]?.stringValue)
        #expect(description.hasPrefix("Allow policy admits everyone: Access policy \"first⟨U+000A⟩second"))
        #expect(
            description.contains("(id 00000003-aaaa-4bbb-8ccc-ddddeeeeffff), in the account Example & <Co>. Policy")
        )
        for entry in entries {
            let text = try #require(entry["description"]?.stringValue)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
        }
    }

    @Test func pointsAtTheGivenFile() throws {
        #expect(try entries(SampleResult.small).first?[path: ["location", "path"]] == "ztaudit.yaml")
        let location = try #require(RepositoryPath("zero trust/é.yaml"))
        let entry = try #require(entries(SampleResult.small, RenderOptions(location: location)).first)
        #expect(entry[path: ["location", "path"]] == "zero trust/é.yaml")
        #expect(entry[path: ["location", "lines", "begin"]] == 1)
    }

    @Test(arguments: [
        "", "/etc/passwd", "../x", "a/../b", "./x", "a//b", "a/", ".", "a\\b", "C:/x", "c:x", "a\nb", "a\u{202E}b",
        "../\u{301}x", "a/\u{600}b/../../../c", "a\u{600}\\b", "../../\u{600}/x",
    ])
    func takesNoOtherPathForALocation(path: String) {
        #expect(RepositoryPath(path) == nil)
    }

    @Test(arguments: ["ztaudit.yaml", "a/b c/d.yaml", ".github/x", "...", "a..b", "日本/設定.yaml"])
    func takesPathsOfARepository(path: String) {
        #expect(RepositoryPath(path)?.text == path)
    }
}
