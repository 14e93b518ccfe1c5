import AuditModel
import Testing

@testable import Rendering

@Suite struct MarkdownTests {
    @Test func startsNoLineWithData() throws {
        for line in try document(.markdown).split(separator: "\n") {
            #expect(["#", "*", "|", "<", "_", ">"].contains { line.hasPrefix($0) } || line.first?.isASCII == true)
            #expect(!line.hasPrefix("/") && !line.hasPrefix("::"))
        }
    }

    @Test func givesEveryRowOfATableTheSameCells() throws {
        var cells: Int?
        for line in try document(.markdown).split(separator: "\n", omittingEmptySubsequences: false) {
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

    @Test func fitsTheBudgetAndSaysWhatWasCut() throws {
        let result = SampleResult.make(findingsPerSeverity: 400)
        let full = try document(.markdown, of: result, options: RenderOptions(maximumLength: 10_000_000))
        for length in [3_000, 5_000, 20_000, 60_000] {
            let text = try document(.markdown, of: result, options: RenderOptions(maximumLength: length))
            #expect(text.utf16.count <= length)
            #expect(text.contains("**Shortened:**"))
            #expect(text.count { $0 == "\n" } > 10)
            let lines = Set(full.split(separator: "\n"))
            for line in text.split(separator: "\n") where line.hasPrefix("|") { #expect(lines.contains(line)) }
            #expect(text.ranges(of: "<details").count == text.ranges(of: "</details>").count)
        }
        #expect(try document(.markdown, of: result).utf16.count <= MarkdownRenderer.defaultLength)
        #expect(!full.contains("**Shortened:**"))
    }

    @Test func countsWhatWasCut() throws {
        let result = SampleResult.make(findingsPerSeverity: 400)
        let text = try document(.markdown, of: result)
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
}
