import AuditModel
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

/// What waivers and a baseline keep from counting stays visible.
@Suite struct AcceptanceTests {
    /// A Code Quality report has a place for what counts, and for nothing else.
    private static let formats = ReportFormat.allCases.filter { $0 != .gitlabCodeQuality }

    private static let reason = "marker-reason"
    private static let owner = "marker-owner"

    /// One waived finding, and nothing else.
    private static let waived: AuditResult = {
        var finding = SampleResult.finding(
            7,
            rule: SampleResult.everyone.id,
            severity: .high,
            name: "marker-name",
            message: "marker-message"
        )
        finding.state = .waived
        finding.waiver = Acceptance(reason: reason, owner: owner, expires: "2026-09-30")
        var result = SampleResult.result([finding])
        result.waivers = []
        result.baseline = nil
        return result
    }()

    @Test(arguments: Self.formats)
    func showsAWaivedFindingWithItsReason(format: ReportFormat) throws {
        let text = try document(format, of: Self.waived)
        for marker in [Self.reason, Self.owner, "2026-09-30", "marker-name", "marker-message"] {
            #expect(text.contains(marker), "\(format) lacks \(marker)")
        }
    }

    @Test func showsAWaivedFindingInTheSummary() throws {
        let text = try terminalSummary(of: Self.waived)
        #expect(text.contains("marker-name"))
        #expect(text.contains("Waived until 2026-09-30 by marker-owner: marker-reason."))
        #expect(text.contains("1 failed (0 open, 1 waived, 0 known before)"))
    }

    @Test(arguments: Self.formats)
    func showsEveryWaiverThatNeedsAttention(format: ReportFormat) throws {
        var result = SampleResult.small
        for place in result.waivers.indices {
            result.waivers[place].message = "marker-\(result.waivers[place].status.rawValue)"
        }
        // Lines about findings have no place for a waiver that keeps none from counting.
        guard ![ReportFormat.csv, .ocsf].contains(format) else { return }
        let text = try document(format, of: result)
        for status in WaiverStatus.allCases where status.needsAttention {
            #expect(text.contains("marker-\(status.rawValue)"), "\(format) lacks \(status)")
        }
    }

    @Test(arguments: Self.formats)
    func saysWhatWasResolvedAndWhatCannotBeTold(format: ReportFormat) throws {
        var result = SampleResult.small
        var comparison = try #require(result.baseline)
        comparison.resolved[0].resource.name = "marker-resolved"
        comparison.undecided[0].resource.name = "marker-undecided"
        comparison.undecided[0].message = "marker-why"
        result.baseline = comparison
        // A line for each finding of this audit, and for no other.
        guard format != .csv else { return }
        let text = try document(format, of: result)
        for marker in ["marker-resolved", "marker-undecided", "marker-why"] { #expect(text.contains(marker)) }
    }

    @Test func saysTheSameOfTheBaselineEverywhere() throws {
        let sentence =
            "6 new, 1 worse, 1 changed, 1 no longer waived, 1 as before, 6 resolved. "
            + "What became of 5 further findings cannot be told."
        for format in [ReportFormat.html, .markdown, .markdownSummary, .junit, .junitExtended, .github] {
            #expect(try document(format).contains(sentence), "\(format)")
        }
        #expect(try terminalSummary().contains(sentence))
    }

    @Test(arguments: [
        (FindingChange.new, "New"), (.worse, "Worse than before"), (.changed, "Changed since"),
        (.unwaived, "Waiver ended"),
    ])
    func marksHowAnOpenFindingCompares(change: FindingChange, word: String) throws {
        var finding = SampleResult.finding(1, rule: SampleResult.session.id, severity: .high, name: "a", message: "m")
        finding.change = change
        let result = SampleResult.result([finding])
        #expect(try document(.html, of: result).contains("<span class=\"change\">\(word)</span> <bdi>m</bdi>"))
        for form in [ReportFormat.markdown, .markdownSummary] {
            #expect(try document(form, of: result).contains("**\(word)** · m"))
        }
        #expect(try document(.github, of: result).contains("::a: (\(word.lowercased())) m ["))
        #expect(try document(.junit, of: result).contains("Compared with the baseline: \(word.lowercased())."))
        #expect(try terminalSummary(of: result).contains("- (\(word.lowercased())) m"))
    }

    @Test func saysProminentlyThatRulesChanged() throws {
        var finding = SampleResult.finding(1, rule: SampleResult.session.id, severity: .high, name: "a", message: "m")
        finding.state = .baseline
        finding.change = .ruleChanged
        var result = SampleResult.empty
        result.findings = [finding]
        result.baseline = SampleResult.comparison([finding])
        let sentence = "1 finding is of rules whose meaning changed since"
        for format in [ReportFormat.html, .markdown, .markdownSummary, .github] {
            #expect(try document(format, of: result).contains(sentence))
        }
        #expect(try terminalSummary(of: result).contains(sentence))
        // No green sign above a finding that nobody compared.
        #expect(try document(.html, of: result).contains("class=\"verdict attention\""))
        // JUnit shows findings with their rule, and this result has no rules.
        for format in Self.formats where ![.json, .junit, .junitExtended].contains(format) {
            #expect(try document(format, of: result).contains("the meaning of the rule changed"), "\(format)")
        }
    }

    @Test func namesAccountsThatTheBaselineLacks() throws {
        var result = SampleResult.small
        result.baseline?.accountsWithoutBaseline = [SampleResult.account]
        #expect(try terminalSummary(of: result).contains("The baseline does not have the account Example & <Co>"))
    }

    @Test func readsAWholeResultAsABaseline() throws {
        let text = try document(.json)
        let baseline = try AuditResultReader().readBaseline(Data(text.utf8))
        #expect(baseline == Baseline(SampleResult.small))
        #expect(baseline.findings.count == SampleResult.small.findings.count { $0.verdict == .fail })
    }

    @Test func writesABaselineThatKeepsToItsSchema() throws {
        let baseline = Baseline(SampleResult.small)
        let text = try JSONDocument.text(of: baseline)
        let file = TestFiles.root.appending(path: "report-templates/json/baseline.schema.json")
        let schema = JSONSchemaValidator(root: try JSONValue(parsing: Data(contentsOf: file)))
        #expect(try schema.faults(in: JSONValue(parsing: Data(text.utf8))) == [])
        #expect(try AuditResultReader().readBaseline(Data(text.utf8)) == baseline)
    }

    @Test func readsAResultWithoutWaiversAndBaseline() throws {
        guard case .object(var members) = try JSONValue(parsing: Data(document(.json).utf8)) else { return }
        members["waivers"] = nil
        members["baseline"] = nil
        let result = try AuditResultReader().read(Data(JSONValue.object(members).serialized()))
        #expect(result.waivers.isEmpty && result.baseline == nil)
    }
}
