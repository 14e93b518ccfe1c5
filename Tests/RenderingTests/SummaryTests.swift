import AuditModel
import Rendering
import Testing

@Suite struct SummaryTests {
    private let result = SampleResult.make(findingsPerSeverity: 3)

    @Test func countsTheSameInEveryFormat() throws {
        let expected = Severity.allCases.map { result.summary.openBySeverity[$0.rawValue] ?? -1 }
        #expect(expected == [12, 3, 3, 3, 3])
        let html = try document(.html, of: result).matches(of: /<span class="number">([0-9]+)</).compactMap {
            Int($0.1)
        }
        #expect(html == expected)
        for form in [ReportFormat.markdown, .markdownSummary] {
            let markdown = try document(form, of: result)
                .matches(of: /\| . (?:Critical|High|Medium|Low|Info) \| ([0-9]+) \|/).compactMap { Int($0.1) }
            #expect(markdown == expected)
        }
        let log = try document(.github, of: result)
            .matches(of: /(?m)^(?:Critical|High|Medium|Low|Info): ([0-9]+) open$/).compactMap { Int($0.1) }
        #expect(log == expected)
        let terminal = try terminalSummary(of: result).matches(of: /(?m)^  [a-z]+ +([0-9]+)$/).compactMap { Int($0.1) }
        #expect(terminal == expected)
        for flavour in [ReportFormat.junit, .junitExtended] {
            let root = try #require(XMLTreeReader.root(of: document(flavour, of: result)))
            let types = root.all("failure").compactMap { $0.attributes["type"] }
            let counts = Severity.allCases.map { severity in types.count { $0.hasSuffix(".\(severity.rawValue)") } }
            #expect(counts == expected)
            let properties = Severity.allCases.map { severity in
                root.all("property").first { $0.attributes["name"] == "counts.open.\(severity.rawValue)" }
                    .flatMap { Int($0.attributes["value"] ?? "") }
            }
            #expect(properties == expected)
        }
    }

    @Test func saysTheSameVerdictEverywhere() throws {
        let headline = "12 critical, 3 high, 3 medium, 3 low and 3 info findings are open, and the audit is incomplete"
        #expect(try document(.html, of: result).contains(headline))
        for format in [ReportFormat.markdown, .markdownSummary, .github] {
            #expect(try document(format, of: result).contains(headline))
        }
        #expect(try terminalSummary(of: result).hasPrefix(headline))
    }

    @Test func saysWhenNothingIsOpen() throws {
        let clean = AuditResult(
            tool: result.tool,
            snapshot: result.snapshot,
            accounts: result.accounts,
            coverage: [],
            summary: Summary(rules: [], findings: [], inventory: [:]),
            rules: [],
            findings: []
        )
        #expect(try terminalSummary(of: clean).hasPrefix("No open findings\n"))
        #expect(try document(.html, of: clean).contains("There are no open findings."))
        #expect(try document(.markdown, of: clean).contains("✅ No open findings"))
        #expect(XMLTreeReader.root(of: try document(.junit, of: clean)) != nil)
    }

    @Test func saysInTheHeadlineWhatStillFails() throws {
        var result = SampleResult.small
        for index in result.findings.indices where result.findings[index].verdict == .fail {
            result.findings[index].state = index == 0 ? .waived : .baseline
        }
        result.summary = Summary(rules: result.rules, findings: result.findings, inventory: [:])
        let fails = result.summary.verdicts.fail
        let headline =
            "No open findings, but \(fails - 1) known before and 1 waived still fail, and the audit is incomplete"
        #expect(try terminalSummary(of: result).hasPrefix(headline + "\n"))
        let page = try document(.html, of: result)
        #expect(page.contains(headline))
        #expect(page.contains("verdict attention"))
        #expect(try document(.markdown, of: result).contains("⚠️ \(headline)"))
    }

    @Test func startsNoTerminalLineWithData() throws {
        let text = try terminalSummary()
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(!text.contains("##"))
        for line in text.split(separator: "\n") { #expect(!line.drop { $0 == " " }.hasPrefix("::")) }
    }

    @Test func listsTenFindingsAtMost() throws {
        #expect(try terminalSummary(of: result).ranges(of: "            - ").count == 10)
        #expect(try terminalSummary(of: result).contains("… and 14 more"))
    }
}
