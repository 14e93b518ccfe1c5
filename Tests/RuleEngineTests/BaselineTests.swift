import AuditModel
import JSONModel
import RuleEngine
import SnapshotStore
import Testing

@Suite struct BaselineTests {
    /// What one rule says of a group.
    private struct Row {
        var verdict = "fail"
        var severity = "high"
        /// The evidence.
        var label = "a"
    }

    /// An audit in which a rule says of groups what `rows` say by id.
    private static func audit(_ rows: [String: Row], version: Int = 1, coverage: CoverageStatus = .complete) -> Audit {
        func choose(_ value: (Row) -> String) -> String {
            "CASE id " + rows.map { "WHEN '\($0)' THEN '\(value($1))'" }.sorted().joined(separator: " ") + " END"
        }
        let query = """
            SELECT id AS resource_id, id AS resource_name, \(choose(\.verdict)) AS verdict, 'Says so.' AS message,
                   \(choose(\.severity)) AS severity, \(choose(\.label)) AS label
            FROM access_group
            """
        return Audit(
            SampleRule(version: version, query: query),
            [.accessGroups: rows.keys.map { ["id": .string($0), "name": "n"] }],
            coverage: [.accessGroups: coverage]
        )
    }

    private static func compare(
        _ before: [String: Row],
        _ now: [String: Row],
        version: Int = 1,
        coverage: CoverageStatus = .complete
    ) async throws -> AuditResult {
        let baseline = Baseline(try await audit(before).result())
        return try await audit(now, version: version, coverage: coverage).result().comparing(with: baseline)
    }

    private static func changes(_ result: AuditResult) -> [String] {
        result.findings.filter { $0.verdict == .fail }
            .map { "\($0.resource.id) \($0.change?.rawValue ?? "none") \($0.state)" }.sorted()
    }

    @Test func countsOnlyWhatIsNew() async throws {
        let result = try await Self.compare(["g1": Row(), "g2": Row()], ["g1": Row(), "g2": Row(), "g3": Row()])
        #expect(Self.changes(result) == ["g1 known baseline", "g2 known baseline", "g3 new open"])
        #expect(result.gate(failOn: .info, allowIncomplete: false) == .findings(1))
        #expect(result.summary.failsByState == ["open": 1, "waived": 0, "baseline": 2])
        #expect(result.summary.openBySeverity["high"] == 1)
        let counts = ["new": 1, "worse": 0, "changed": 0, "unwaived": 0, "known": 2, "rule_changed": 0]
        #expect(result.baseline?.failsByChange == counts)
    }

    @Test func passesTheGateWithoutAnythingNew() async throws {
        let result = try await Self.compare(["g1": Row()], ["g1": Row()])
        #expect(result.gate(failOn: .info, allowIncomplete: false) == .passed)
    }

    @Test(arguments: [
        ("medium", "a", "high", "a", "worse open"), ("medium", "a", "high", "b", "worse open"),
        ("high", "a", "high", "b", "changed open"), ("high", "a", "high", "a", "known baseline"),
        ("high", "a", "medium", "a", "known baseline"), ("high", "a", "medium", "b", "known baseline"),
    ])
    func countsWhatGotWorse(before: String, fact: String, now: String, newFact: String, change: String) async throws {
        let result = try await Self.compare(
            ["g1": Row(severity: before, label: fact)],
            ["g1": Row(severity: now, label: newFact)]
        )
        #expect(Self.changes(result) == ["g1 \(change)"])
    }

    @Test func takesAFailThatWasUnknownForNew() async throws {
        let result = try await Self.compare(["g1": Row(verdict: "unknown")], ["g1": Row()])
        #expect(Self.changes(result) == ["g1 new open"])
    }

    @Test func comparesNoUnknown() async throws {
        let result = try await Self.compare(["g1": Row(verdict: "unknown")], ["g1": Row(verdict: "unknown")])
        #expect(result.findings.map(\.change) == [nil])
        #expect(result.findings.map(\.state) == [.open])
    }

    @Test func saysWhatWasResolved() async throws {
        let before = ["g1": Row(), "g2": Row(severity: "low"), "g3": Row()]
        let result = try await Self.compare(before, ["g1": Row(verdict: "pass"), "g3": Row()])
        let resolved = try #require(result.baseline).resolved
        #expect(resolved.map(\.resource.id).sorted() == ["g1", "g2"])
        #expect(resolved.first { $0.resource.id == "g1" }?.message == "It passes now.")
        #expect(resolved.first { $0.resource.id == "g2" }?.severity == .low)
        #expect(result.baseline?.undecided == [])
        #expect(Self.changes(result) == ["g3 known baseline"])
    }

    @Test func takesNothingForResolvedThatCannotBeTold() async throws {
        let before = ["g1": Row(), "g2": Row()]
        let unknown = try await Self.compare(before, ["g1": Row(verdict: "unknown"), "g2": Row()])
        #expect(unknown.baseline?.resolved == [])
        #expect(unknown.baseline?.undecided.map(\.message) == ["The rule could not decide about it."])
        for status in [CoverageStatus.denied, .failed, .partial] {
            let unread = try await Self.compare(before, ["g1": Row()], coverage: status)
            #expect(unread.baseline?.resolved == [])
            #expect(unread.baseline?.undecided.map(\.resource.id) == ["g2"], "\(status)")
        }
        let changed = try await Self.compare(before, ["g1": Row()], version: 2)
        #expect(changed.baseline?.resolved == [])
        #expect(changed.baseline?.undecided.map(\.message) == ["The meaning of its rule changed."])
        let broken = try await Self.compare(before, ["g1": Row(verdict: "maybe"), "g2": Row()])
        #expect(broken.baseline?.resolved == [])
        #expect(broken.baseline?.undecided.map(\.message) == ["Its rule broke.", "Its rule broke."])
    }

    @Test func saysNothingOfRulesAndAccountsThatWereNotAudited() async throws {
        let baseline = Baseline(try await Self.audit(["g1": Row()]).result())
        var other = Self.audit(["g1": Row()])
        other.rules = [SampleRule(id: "another")]
        let unselected = try await other.result().comparing(with: baseline)
        #expect(unselected.baseline?.undecided.map(\.message) == ["Its rule was not selected."])
        #expect(Self.changes(unselected) == ["g1 new open"])
        var elsewhere = Self.audit(["g1": Row()])
        elsewhere.accounts[0].id = "acc2"
        let result = try await elsewhere.result().comparing(with: baseline)
        #expect(result.baseline?.undecided.map(\.message) == ["Its account was not audited."])
        #expect(result.baseline?.accountsWithoutBaseline == ["acc2"])
        #expect(Self.changes(result) == ["g1 new open"])
    }

    @Test func keepsFindingsOfAChangedRuleApart() async throws {
        let result = try await Self.compare(["g1": Row()], ["g1": Row(severity: "critical"), "g2": Row()], version: 2)
        #expect(Self.changes(result) == ["g1 rule_changed baseline", "g2 rule_changed baseline"])
        #expect(result.baseline?.failsByChange["rule_changed"] == 2)
        #expect(result.baseline?.failsByChange["new"] == 0)
        #expect(result.gate(failOn: .info, allowIncomplete: false) == .passed)
    }

    @Test func letsAWaiverWinOverTheBaseline() async throws {
        let before = ["g1": Row(), "g2": Row()]
        let baseline = Baseline(try await Self.audit(before).result())
        let result = try await Self.waived(before.merging(["g3": Row()]) { $1 }, on: "2026-11-15", ["g1", "g3"])
            .comparing(with: baseline)
        #expect(Self.changes(result) == ["g1 known waived", "g2 known baseline", "g3 new waived"])
        // What is waived counts as nothing.
        #expect(result.baseline?.failsByChange["new"] == 0)
        #expect(result.baseline?.failsByChange["known"] == 1)
    }

    @Test func outlastsNoWaiver() async throws {
        let baseline = Baseline(try await Self.waived(["g1": Row(), "g2": Row()], on: "2026-11-15", ["g1"]))
        let still = try await Self.waived(["g1": Row(), "g2": Row()], on: "2026-11-16", ["g1"])
            .comparing(with: baseline)
        #expect(Self.changes(still) == ["g1 known waived", "g2 known baseline"])
        let after = try await Self.waived(["g1": Row(), "g2": Row()], on: "2027-01-01", ["g1"])
            .comparing(with: baseline)
        #expect(Self.changes(after) == ["g1 unwaived open", "g2 known baseline"])
        #expect(after.baseline?.failsByChange["unwaived"] == 1)
    }

    @Test func keepsWhatTheBaselineKnewFromABaseline() async throws {
        let first = try await Self.compare(["g1": Row()], ["g1": Row(), "g2": Row()])
        let second = try await Self.audit(["g1": Row(), "g2": Row()]).result().comparing(with: Baseline(first))
        #expect(Self.changes(second) == ["g1 known baseline", "g2 known baseline"])
    }

    /// The result with waivers until the end of 2026.
    private static func waived(_ rows: [String: Row], on day: String, _ ids: [String]) async throws -> AuditResult {
        let waivers = ids.map {
            "  - { rule: sample, resource: \($0), reason: r, owner: o, expires: 2026-12-31 }\n"
        }
        let file = try ConfigurationFile(file: "ztaudit.yaml", text: "waivers:\n" + waivers.joined())
        return try await audit(rows).result().applying(file.waivers, at: try #require(UTCTimestamp(day)))
    }
}
