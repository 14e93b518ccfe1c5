import AuditModel
import Testing

@testable import Rendering

@Suite struct MarkdownTests {
    private static let forms: [ReportFormat] = [.markdown, .markdownSummary]

    @Test(arguments: forms)
    func startsNoLineWithData(form: ReportFormat) throws {
        for line in try document(form).split(separator: "\n") {
            #expect(["#", "*", "|", "<", "_", ">"].contains { line.hasPrefix($0) } || line.first?.isASCII == true)
            for name in SampleResult.hostileNames { #expect(!line.hasPrefix(MarkdownText.inline(name))) }
            #expect(!line.hasPrefix("/") && !line.hasPrefix("::"))
        }
    }

    @Test(arguments: forms)
    func givesEveryRowOfATableTheSameCells(form: ReportFormat) throws {
        var cells: Int?
        for line in try document(form).split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                cells = nil
                continue
            }
            let count = line.count { $0 == "|" }
            #expect(count == cells ?? count, "\(line)")
            cells = count
        }
    }

    @Test(arguments: [
        "`", "*", "[", "]", "<script", "@everyone", " #1", "!7", "~label", "https://e", "www.e", "{{", "\\",
    ])
    func neutralisesNames(piece: String) {
        for name in SampleResult.hostileNames {
            #expect(!MarkdownText.inline(name).contains(piece))
        }
    }

    @Test func leavesHarmlessTextReadable() {
        let text = "Access: Apps and Policies (a_b-c, 12:30), 5 of 6."
        #expect(MarkdownText.inline(text) == text)
    }

    @Test(arguments: [(ReportFormat.markdown, MarkdownBudget.Unit.bytes), (.markdownSummary, .characters)])
    func fitsTheBudgetAndSaysWhatWasCut(form: ReportFormat, unit: MarkdownBudget.Unit) throws {
        let result = SampleResult.make(findingsPerSeverity: 400)
        let full = try document(form, of: result, options: RenderOptions(maximumLength: 10_000_000))
        for length in [4_000, 6_000, 20_000, 60_000] {
            let text = try document(form, of: result, options: RenderOptions(maximumLength: length))
            #expect(unit.length(of: text) <= length)
            #expect(text.contains("**Shortened:**"))
            #expect(text.count { $0 == "\n" } > 10)
            let lines = Set(full.split(separator: "\n"))
            for line in text.split(separator: "\n") where line.hasPrefix("|") { #expect(lines.contains(line)) }
            #expect(text.ranges(of: "<details").count == text.ranges(of: "</details>").count)
        }
        #expect(!full.contains("**Shortened:**"))
    }

    @Test func countsWhatWasCut() throws {
        let result = SampleResult.make(findingsPerSeverity: 400)
        let text = try document(.markdownSummary, of: result)
        let note = try #require(text.firstMatch(of: /Shortened:\*\* ([0-9]+) findings/))
        // How a finding compares with the baseline stands before what is wrong.
        let shown = text.matches(of: #/\| (?:\*\*[A-Z][a-z ]+\*\* · )?(?:Policy|Sessions of) /#).count
        #expect(Int(note.1) == 2009 - shown)
    }

    @Test func refusesBudgetThatHoldsNoVerdict() throws {
        let error = #expect(throws: RenderingError.self) {
            try document(.markdown, options: RenderOptions(maximumLength: 100))
        }
        #expect(error?.code == .lengthTooSmall)
    }

    @Test func linksOnlyToTheWeb() throws {
        let text = try document(.markdown)
        #expect(!text.contains("href=\"javascript"))
        #expect(!text.contains("user@evil"))
        #expect(text.ranges(of: "href=").count == 1)
    }
    @Test func keepsToWhatTheSitesTake() throws {
        let result = SampleResult.make(findingsPerSeverity: 2000)
        #expect(try document(.markdownSummary, of: result).utf16.count <= 60_000)
        let full = try document(.markdown, of: result)
        #expect(full.utf8.count <= 900_000)
        // The unit is what counts: names that take several bytes a character do not break the limit.
        #expect(full.utf8.count > 800_000)
        #expect(full.contains("did not fit into 900000 bytes"))
    }

    @Test func showsTheFactsOfEveryFindingInTheFullForm() throws {
        let result = SampleResult.small
        let text = try document(.markdown)
        let rows = text.split(separator: "\n").filter { $0.contains("decision: <code>allow</code>") }
        #expect(rows.count == result.findings.count)
        for finding in result.findings {
            #expect(text.contains(MarkdownText.code(finding.resource.id)))
        }
        #expect(!(try document(.markdownSummary)).contains("decision:"))
    }

    @Test func showsEverythingElseInTheFullForm() throws {
        let result = SampleResult.small
        let text = try document(.markdown)
        for entry in result.coverage { #expect(text.contains("| \(MarkdownText.code(entry.table)) |")) }
        for outcome in result.waivers { #expect(text.contains(MarkdownText.inline(outcome.waiver.reason))) }
        for access in result.applications { #expect(text.contains(MarkdownText.code(access.domain ?? ""))) }
        #expect(text.contains("<b>CIS Controls v8&#46;1") || text.contains("<summary>CIS Controls v8.1</summary>"))
        #expect(text.contains("| <code>AC-2</code> |"))
        #expect(text.contains(String(repeating: "ab12", count: 16)))
        #expect(text.contains("resource &#34;cloudflare"))
    }

    @Test func countsEachControl() throws {
        let tally = ControlTally(SampleResult.small)
        #expect(tally.frameworks.map(\.title) == ["CIS Controls v8.1", "NIST SP 800-53 r5"])
        let listed = try #require(tally.frameworks.first?.controls)
        #expect(listed.map(\.id) == ["3.3", "6.3"])
        #expect(listed.first?.title == "Access to data is <b>limited</b>\u{202E}")
        #expect(listed.map(\.open) == [9, 9] && listed.map(\.accepted) == [2, 2] && listed.map(\.passed) == [1, 1])
        let other = try #require(tally.frameworks.last?.controls.first { $0.id == "AC-2" })
        #expect(other.rules == 5 && other.broken == 1 && other.unknown == 2 && other.passed == 3)
    }

    @Test func keepsLinesOfASnippetOffTheStartOfALine() {
        let block = MarkdownText.block("a {\n/close\r\n  ```\n</pre>@me\n}")
        #expect(!block.contains("\n") && !block.contains("\r"))
        #expect(block.hasPrefix("<pre>a &#123;&#10;/close&#10;  &#96;&#96;&#96;&#10;&lt;/pre&gt;"))
        #expect(block.hasSuffix("&gt;<span>&#64;</span>me&#10;&#125;</pre>"))
    }
}
