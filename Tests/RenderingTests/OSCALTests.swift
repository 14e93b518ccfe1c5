import AuditModel
import Foundation
import JSONModel
import TestSupport
import Testing

@testable import Rendering

@Suite struct OSCALTests {
    private func root(_ result: AuditResult = SampleResult.small) throws -> JSONValue {
        try JSONValue(parsing: Data(document(.oscal, of: result).utf8))
    }

    /// The one result of the document.
    private func assessment(_ result: AuditResult = SampleResult.small) throws -> JSONValue {
        try #require(try root(result)["assessment-results"]?["results"]?.arrayValue?.first)
    }

    private func list(_ name: String, _ result: AuditResult = SampleResult.small) throws -> [JSONValue] {
        try assessment(result)[name]?.arrayValue ?? []
    }

    private func property(_ name: String, _ value: JSONValue) -> String? {
        value["props"]?.arrayValue?.first { $0["name"]?.stringValue == name }?["value"]?.stringValue
    }

    @Test func keepsToItsSchema() throws {
        let schema = try schema("oscal-assessment-results")
        for result in [SampleResult.small, SampleResult.make(findingsPerSeverity: 2), SampleResult.empty] {
            #expect(try schema.faults(in: root(result)) == [])
        }
    }

    @Test func schemaRejectsWhatIsNotOurs() throws {
        guard case .object(var members) = try root()["assessment-results"] ?? nil else { return }
        members["surprise"] = 1
        members["results"] = []
        members["import-ap"] = nil
        #expect(try schema("oscal-assessment-results").faults(in: ["assessment-results": .object(members)]).count == 3)
    }

    @Test func pointsAtNothingThatIsNotThere() throws {
        var ids: [String] = []
        var references: Set<String> = []
        func walk(_ value: JSONValue, _ name: String) {
            switch value {
            case .object(let members): for (name, member) in members { walk(member, name) }
            case .array(let items): for item in items { walk(item, name) }
            case .string(let text) where name == "uuid": ids.append(text)
            case .string(let text) where name.hasSuffix("-uuid"): references.insert(text)
            case .string(let text) where name == "href": references.insert(String(text.dropFirst()))
            default: break
            }
        }
        walk(try root(), "")
        #expect(ids.count == Set(ids).count)
        #expect(references.subtracting(ids).isEmpty)
        #expect(references.count > 20)
    }

    @Test func countsAsTheSummaryDoes() throws {
        let result = SampleResult.make(findingsPerSeverity: 2)
        let assessment = try assessment(result)
        let counts = result.summary
        #expect(property("pass", assessment) == String(counts.verdicts.pass))
        #expect(property("fail", assessment) == String(counts.verdicts.fail))
        #expect(property("unknown", assessment) == String(counts.verdicts.unknown))
        #expect(property("rule-error", assessment) == "1")
        let observations = try list("observations", result)
        let verdicts = observations.map { property("verdict", $0) }
        #expect(verdicts.count { $0 == "fail" } == counts.verdicts.fail)
        #expect(verdicts.count { $0 == "unknown" } == counts.verdicts.unknown)
        #expect(verdicts.count { $0 == "error" } == 1)
        let passes = observations.filter { property("verdict", $0) == "pass" }.compactMap { property("count", $0) }
        #expect(passes.compactMap { Int($0) }.reduce(0, +) == counts.verdicts.pass)
        for state in FindingState.allCases {
            let risks = try list("risks", result).count { property("state", $0) == state.rawValue }
            #expect(risks == counts.failsByState[state.rawValue])
            #expect(property("fail-\(state.rawValue)", assessment) == String(risks))
        }
    }

    @Test(arguments: [(FindingState.open, "open"), (.baseline, "open"), (.waived, "deviation-approved")])
    func mapsTheStateToTheStatusOfTheRisk(state: FindingState, status: String) throws {
        var finding = SampleResult.finding(1, rule: SampleResult.session.id, severity: .high, name: "a", message: "m")
        finding.state = state
        finding.waiver = state == .waived ? Acceptance(reason: "r", owner: "o", expires: "2026-06-30") : nil
        let risk = try #require(try list("risks", SampleResult.result([finding])).first)
        #expect(risk["status"]?.stringValue == status)
        #expect(property("waiver-owner", risk) == (state == .waived ? "o" : nil))
        #expect(risk["description"]?.stringValue?.hasPrefix("m") == true)
    }

    @Test(arguments: FindingChange.allCases)
    func saysHowAFindingCompares(change: FindingChange) throws {
        var finding = SampleResult.finding(1, rule: SampleResult.session.id, severity: .high, name: "a", message: "m")
        finding.change = change
        #expect(try property("change", list("observations", SampleResult.result([finding]))[0]) == change.rawValue)
    }

    @Test func closesTheRisksThatAreResolved() throws {
        let statuses = try list("risks").compactMap { $0["status"]?.stringValue }
        #expect(statuses.count { $0 == "closed" } == SampleResult.small.baseline?.resolved.count)
        #expect(statuses.count { $0 == "investigating" } == SampleResult.small.baseline?.undecided.count)
    }

    @Test func comesToNoFindingWhereSomethingIsUnknown() throws {
        let findings = try list("findings")
        let targets = findings.compactMap { $0["target"]?["target-id"]?.stringValue }
        #expect(targets == [SampleResult.everyone.id, SampleResult.certificates.id])
        let states = findings.compactMap { $0["target"]?["status"]?["state"]?.stringValue }
        #expect(states == ["not-satisfied", "satisfied"])
        // A fail stands, whatever else is unknown.
        let more = try list("findings", SampleResult.make(findingsPerSeverity: 1))
        #expect(more.contains { $0["target"]?["target-id"]?.stringValue == SampleResult.session.id })
    }

    @Test func claimsOfNoControlThatItIsMet() throws {
        for finding in try list("findings") {
            #expect(finding["target"]?["type"] == "objective-id")
            let target = try #require(finding["target"]?["target-id"]?.stringValue)
            #expect(SampleResult.small.rules.contains { $0.metadata.id == target })
        }
        #expect(try assessment()["remarks"]?.stringValue?.contains("never shows that a control is met") == true)
    }

    @Test func saysWhyAVerdictIsUnknown() throws {
        let observation = try #require(try list("observations").first { property("unknown-reason", $0) == "coverage" })
        #expect(observation["remarks"]?.stringValue?.contains("Access: Service Tokens Read") == true)
        #expect(observation["subjects"]?.arrayValue?.first?["type"] == "component")
    }

    @Test func selectsNoControlWhereNoneIsNamed() throws {
        let selections = try assessment(SampleResult.empty)["reviewed-controls"]?["control-selections"]?.arrayValue
        #expect(selections?.count == 1)
        #expect(selections?.first?["include-controls"] == nil)
        #expect(try root(SampleResult.empty)["assessment-results"]?["results"]?.arrayValue?.first?["findings"] == nil)
    }

    @Test(arguments: [
        ("AC-3", "nist-800-53-r5", "ac-3"), ("AC-6(7)", "nist-800-53-r5", "ac-6.7"),
        ("6.3", "cis-controls-8.1", "cis-controls-8.1_6.3"), ("A.5.15", "iso-27001-2022", "iso-27001-2022_A.5.15"),
        ("Devices: Resource Access", "cisa-ztmm-2.0", "cisa-ztmm-2.0_Devices__Resource_Access"),
    ])
    func writesControlsAsTokens(id: String, framework: String, token: String) {
        #expect(OSCALText.controlID(id, of: framework) == token)
    }

    @Test(arguments: [
        ("", "_"), ("1a", "_1a"), ("-a", "_-a"), ("a b\u{301}", "a_b_"), ("é", "_"), ("_x", "_x"), ("a:b/c", "a_b_c"),
    ])
    func makesTokens(text: String, token: String) {
        #expect(OSCALText.token(text) == token)
    }

    @Test(arguments: [
        ("", "(empty)"), (" \u{A0}\u{3000} ", "(empty)"), (" a b ", "a b"), ("\u{A0}a\u{3000}", "a"),
        ("\na\n", "⟨U+000A⟩a⟨U+000A⟩"),
    ])
    func makesStrings(text: String, string: String) {
        #expect(OSCALText.string(text) == string)
    }

    @Test func givesEachDocumentAnIdOfItsOwn() throws {
        var other = SampleResult.small
        other.findings[0].state = .waived
        let ids = try [SampleResult.small, other, SampleResult.empty].map { result in
            try root(result)["assessment-results"]?["uuid"]?.stringValue
        }
        #expect(Set(ids).count == 3)
        // The same risk, whatever is found out about it.
        #expect(try list("risks")[0]["uuid"] == list("risks", other)[0]["uuid"])
    }

    @Test(arguments: ["yesterday", "0001-01-01T00:00:00Z", "3000-01-01T00:00:00Z"])
    func refusesATimeThatTheFormatLacks(time: String) throws {
        var result = SampleResult.small
        result.snapshot.evaluatedAt = time
        let error = try #require(throws: RenderingError.self) { try document(.oscal, of: result) }
        #expect(error.code == .notExpressible)
        #expect(error.place == "snapshot.evaluated_at")
    }

    @Test func isReadableWithoutAnEndOfTheCollection() throws {
        var result = SampleResult.small
        result.snapshot.finishedAt = nil
        result.snapshot.contentDigest = nil
        #expect(try schema("oscal-assessment-results").faults(in: root(result)) == [])
        #expect(try assessment(result)["end"] == nil)
    }
}
