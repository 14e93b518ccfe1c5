import AuditModel
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

@Suite struct OCSFTests {
    private func events(_ result: AuditResult = SampleResult.small) throws -> [JSONValue] {
        let text = try document(.ocsf, of: result)
        return try text.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
    }

    private func event(of finding: Finding) throws -> JSONValue {
        try #require(try events(SampleResult.result([finding])).first)
    }

    private static let finding = SampleResult.finding(
        1,
        rule: SampleResult.everyone.id,
        severity: .high,
        name: "a",
        message: "m"
    )

    @Test func keepsToItsSchema() throws {
        let schema = try schema("ocsf-compliance-finding")
        for result in [SampleResult.small, SampleResult.make(findingsPerSeverity: 2)] {
            for event in try events(result) { #expect(schema.faults(in: event) == []) }
        }
    }

    @Test func schemaRejectsWhatIsNotOurs() throws {
        guard case .object(var members) = try events()[0] else { return }
        members["surprise"] = 1
        members["class_uid"] = 2004
        members["finding_info"] = nil
        #expect(try schema("ocsf-compliance-finding").faults(in: .object(members)).count == 3)
    }

    @Test func countsAsTheSummaryDoes() throws {
        let result = SampleResult.make(findingsPerSeverity: 2)
        let events = try events(result)
        let count = { (status: Int) in events.count { $0["compliance"]?["status_id"] == .integer(Int64(status)) } }
        #expect(count(1) == result.summary.verdicts.pass)
        #expect(count(2) == result.summary.verdicts.unknown)
        #expect(count(3) == result.summary.verdicts.fail)
        #expect(events.count { $0["unmapped"]?["verdict"] == "error" } == result.summary.rulesByStatus["error"])
        for state in FindingState.allCases {
            let count = events.count { $0["unmapped"]?["state"]?.stringValue == state.rawValue }
            #expect(count == result.summary.failsByState[state.rawValue])
        }
    }

    @Test func writesOneLineForEachEvent() throws {
        let text = try document(.ocsf)
        #expect(text.hasSuffix("}\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        #expect(try document(.ocsf, of: SampleResult.empty).isEmpty)
    }

    @Test func tellsEveryEventApart() throws {
        let ids = try events().compactMap { $0["metadata"]?["uid"]?.stringValue }
        #expect(ids.count == Set(ids).count)
    }

    @Test(arguments: [
        (FindingState.open, 1, "New"), (.baseline, 2, "In Progress"), (.waived, 3, "Suppressed"),
    ])
    func mapsTheState(state: FindingState, id: Int64, caption: String) throws {
        var finding = Self.finding
        finding.state = state
        finding.waiver = state == .waived ? Acceptance(reason: "r", owner: "o", expires: "2026-06-30") : nil
        let event = try event(of: finding)
        #expect(event["status_id"] == .integer(id))
        #expect(event["status"]?.stringValue == caption)
        #expect(event["compliance"]?["status"] == "Fail")
        #expect((event["comment"] == nil) == (state == .open))
        #expect(event["unmapped"]?["waiver"]?["reason"] == (state == .waived ? "r" : nil))
    }

    @Test(arguments: FindingChange.allCases)
    func updatesWhatTheBaselineHas(change: FindingChange) throws {
        var finding = Self.finding
        finding.change = change
        let event = try event(of: finding)
        let activity: Int64 = change == .new ? 1 : 2
        #expect(event["activity_id"] == .integer(activity))
        #expect(event["type_uid"] == .integer(200300 + activity))
    }

    @Test func closesWhatIsResolved() throws {
        let events = try events()
        let closed = events.filter { $0["activity_id"] == 3 }
        #expect(closed.count == SampleResult.small.baseline?.resolved.count)
        #expect(closed.allSatisfy { $0["status_id"] == 4 && $0["compliance"]?["status"] == "Resolved" })
        let undecided = events.count { $0["compliance"]?["status"] == "Undecided" }
        #expect(undecided == SampleResult.small.baseline?.undecided.count)
    }

    @Test(arguments: [(Severity.critical, 5 as Int64), (.high, 4), (.medium, 3), (.low, 2), (.info, 1)])
    func mapsTheSeverity(severity: Severity, id: Int64) throws {
        var finding = Self.finding
        finding.severity = severity
        #expect(try event(of: finding)["severity_id"] == .integer(id))
    }

    @Test func saysWhyAVerdictIsUnknown() throws {
        let event = try #require(try events().first { $0["unmapped"]?["unknown_reason"] == "coverage" })
        #expect(event["compliance"]?["status"] == "Warning")
        #expect(event["compliance"]?["status_details"]?.arrayValue?.count == 1)
        #expect(event["unmapped"]?["missing"] == ["Access: Service Tokens Read"])
        #expect(event["resources"]?.arrayValue?.first?["name"] == "Resources that could not be read")
    }

    @Test func saysThatARuleBroke() throws {
        let event = try #require(try events().first { $0["compliance"]?["status_id"] == 99 })
        #expect(event["compliance"]?["status"] == "Error")
        #expect(event["severity_id"] == 0)
        #expect(event["message"]?.stringValue?.hasPrefix("The rule broke: rules/x.yaml:12") == true)
        #expect(event["resources"] == nil)
    }

    @Test func letsAPassFollowAFail() throws {
        var finding = Self.finding
        finding.resource = Resource(type: "access_policy", id: "77", name: "x")
        let events = try events(SampleResult.result([finding]))
        let about = events.filter { $0["resources"]?.arrayValue?.first?["uid"] == "77" }
        #expect(about.count == 2)
        #expect(about[0]["finding_info"]?["uid_alt"] == about[1]["finding_info"]?["uid_alt"])
        #expect(about[0]["finding_info"]?["uid"]?.stringValue == finding.fingerprint)
        // Not even in passing: that a control is met, no pass can say.
        #expect(about[1]["compliance"]?["requirements"] == nil)
    }

    @Test func namesTheApplicationsThatAPolicyAffects() throws {
        var result = SampleResult.small
        result.findings[0].resource.id = result.applications[0].policyIDs[0]
        let resources = try #require(try events(result).first?["resources"]?.arrayValue)
        #expect(resources.map { $0["role_id"] } == [1, 3])
        #expect(resources[1]["uid"]?.stringValue == result.applications[0].applicationID)
        #expect(resources[1]["criticality"]?.stringValue == result.applications[0].tier.rawValue)
    }

    @Test func saysTheTimeInMilliseconds() throws {
        #expect(try events()[0]["time"] == 1_767_323_045_000)
    }

    @Test func refusesAResultWithoutATime() throws {
        var result = SampleResult.small
        result.snapshot.evaluatedAt = "yesterday"
        let error = try #require(throws: RenderingError.self) { try document(.ocsf, of: result) }
        #expect(error.code == .notExpressible)
        #expect(error.place == "snapshot.evaluated_at")
    }
}
