import AuditModel
import Foundation
import JSONModel
import Rendering
import Testing

/// Whoever holds two documents of one audit must find the same numbers in them.
@Suite struct CountTests {
    private static let result = SampleResult.make(findingsPerSeverity: 3)

    private let verdicts = result.summary.verdicts
    private let states = result.summary.failsByState
    private let open = result.summary.openBySeverity

    /// What only a document that people read can show.
    @Test(arguments: [ReportFormat.html, .markdown, .markdownSummary, .github])
    func saysTheNumbersInWords(format: ReportFormat) throws {
        let text = try document(format, of: Self.result)
        let numbers =
            "\(verdicts.pass) passed, \(verdicts.fail) failed (\(count(states, "open")) open, "
            + "\(count(states, "waived")) waived, \(count(states, "baseline")) known before), \(verdicts.unknown) unknown."
        #expect(text.contains(numbers))
        let bySeverity = Severity.allCases.map { "\(count(open, $0.rawValue)) \($0.rawValue)" }
        #expect(
            text.contains(bySeverity.dropLast().joined(separator: ", ") + " and \(bySeverity[4]) findings are open")
        )
    }

    @Test(arguments: [ReportFormat.junit, .junitExtended])
    func countsTestCasesAsTheSummaryDoes(format: ReportFormat) throws {
        let root = try #require(XMLTreeReader.root(of: document(format, of: Self.result)))
        #expect(root.all("failure").count == count(states, "open"))
        #expect(root.attributes["failures"] == String(count(states, "open")))
        let properties = Dictionary(
            root.all("property").compactMap { property in
                property.attributes["name"].map { ($0, property.attributes["value"] ?? "") }
            }
        ) { first, _ in first }
        #expect(properties["counts.pass"] == String(verdicts.pass))
        #expect(properties["counts.fail"] == String(verdicts.fail))
        #expect(properties["counts.unknown"] == String(verdicts.unknown))
        for state in FindingState.allCases {
            #expect(properties["counts.fail.\(state.rawValue)"] == String(count(states, state.rawValue)))
        }
        for severity in Severity.allCases {
            #expect(properties["counts.open.\(severity.rawValue)"] == String(count(open, severity.rawValue)))
        }
    }

    @Test func countsSARIFResultsAsTheSummaryDoes() throws {
        let log = try json(.sarif)
        let results = (log["runs"]?.arrayValue ?? []).flatMap { $0["results"]?.arrayValue ?? [] }
        #expect(tally(results) { $0["properties"]?["severity"]?.stringValue } == open.filter { $0.value > 0 })
        #expect(log["properties"]?["summary"] == (try json(.json))["summary"])
    }

    @Test func countsCodeQualityEntriesAsTheSummaryDoes() throws {
        let words = ["blocker": "critical", "critical": "high", "major": "medium", "minor": "low", "info": "info"]
        let entries = try json(.gitlabCodeQuality).arrayValue ?? []
        #expect(
            tally(entries) { words[$0["severity"]?.stringValue ?? ""] } == open.filter { $0.value > 0 }
        )
    }

    @Test func countsCSVLinesAsTheSummaryDoes() throws {
        let rows = CSVReader.rows(try document(.csv, of: Self.result))
        let header = try #require(rows.first)
        let verdict = try #require(header.firstIndex(of: "verdict"))
        let state = try #require(header.firstIndex(of: "state"))
        let counts = Dictionary(grouping: rows.dropFirst()) { [$0[verdict], $0[state]] }.mapValues(\.count)
        for word in FindingState.allCases { #expect(counts[["fail", word.rawValue]] == count(states, word.rawValue)) }
        #expect(counts[["unknown", ""]] == verdicts.unknown)
    }

    @Test func countsOCSFEventsAsTheSummaryDoes() throws {
        let lines = try document(.ocsf, of: Self.result).split(separator: "\n")
        let events = try lines.map { try JSONValue(parsing: Data($0.utf8)) }
        let statuses = tally(events) { $0["compliance"]?["status_id"]?.integerValue.map { String($0) } }
        #expect(statuses["1"] == verdicts.pass)
        #expect(statuses["2"] == verdicts.unknown)
        #expect(statuses["3"] == verdicts.fail)
    }

    @Test func countsOSCALRisksAsTheSummaryDoes() throws {
        let results = try json(.oscal)["assessment-results"]?["results"]?.arrayValue ?? []
        let result = try #require(results.first)
        let properties = Dictionary(
            (result["props"]?.arrayValue ?? []).compactMap { property in
                property["name"]?.stringValue.map { ($0, property["value"]?.stringValue ?? "") }
            }
        ) { first, _ in first }
        #expect(properties["pass"] == String(verdicts.pass))
        #expect(properties["unknown"] == String(verdicts.unknown))
        let risks = tally(result["risks"]?.arrayValue ?? []) { $0["status"]?.stringValue }
        #expect(risks["open"] == count(states, "open") + count(states, "baseline"))
        #expect(risks["deviation-approved"] == count(states, "waived"))
    }

    private func json(_ format: ReportFormat) throws -> JSONValue {
        try JSONValue(parsing: Data(document(format, of: Self.result).utf8))
    }

    private func count(_ counts: [String: Int], _ key: String) -> Int { counts[key] ?? 0 }

    private func tally<Element>(_ elements: [Element], _ word: (Element) -> String?) -> [String: Int] {
        Dictionary(grouping: elements.compactMap(word)) { $0 }.mapValues(\.count)
    }
}
