import AuditModel
import BuiltInFiles
import Foundation
import JSONModel
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

@Suite struct WaiverTests {
    private static let today = "2026-11-15"

    /// Groups `g1` to `g3` fail, `g4` is unknown.
    private static func audit() -> Audit {
        let verdict = "CASE id WHEN 'g4' THEN 'unknown' ELSE 'fail' END"
        let names = ["g1": "Legacy wiki", "g2": "Legacy shop", "g3": "Payroll", "g4": "Legacy odd"]
        return Audit(
            SampleRule(query: SampleRule.everyGroup(verdict, more: ", name AS label")),
            [.accessGroups: names.map { ["id": .string($0), "name": .string($1)] }]
        )
    }

    /// The audited groups with the waivers of a configuration applied.
    private static func waive(
        _ waivers: String,
        on day: String = today,
        policy: String = "",
        audit: Audit = audit()
    ) async throws -> AuditResult {
        let now = try #require(UTCTimestamp("\(day)T23:59:59Z"))
        let file = try ConfigurationFile(file: "ztaudit.yaml", text: "\(policy)\nwaivers:\n\(waivers)")
        return try await audit.result().applying(file.waivers, at: now)
    }

    private static func waiver(
        _ names: String,
        expires: String = "2026-12-31",
        rule: String = "sample",
        more: String = ""
    ) -> String {
        "  - { rule: \(rule), \(names), reason: Kept until the move, owner: Team A, expires: \(expires)\(more) }\n"
    }

    private static func waived(_ result: AuditResult) -> [String] {
        result.findings.filter { $0.state == .waived }.map(\.resource.id).sorted()
    }

    @Test func waivesAResourceByItsID() async throws {
        let result = try await Self.waive(Self.waiver("resource: g1"))
        #expect(Self.waived(result) == ["g1"])
        let finding = try #require(result.findings.first { $0.state == .waived })
        #expect(
            finding.waiver == Acceptance(reason: "Kept until the move", owner: "Team A", expires: "2026-12-31")
        )
        #expect(result.waivers.map(\.status) == [.active])
        #expect(result.waivers.map(\.findings) == [1])
        #expect(result.waivers[0].waiver.place == "ztaudit.yaml:3")
        #expect(result.summary.failsByState == ["open": 2, "waived": 1, "baseline": 0])
        #expect(result.summary.openBySeverity["medium"] == 2)
        #expect(result.gate(failOn: .info, allowIncomplete: false) == .findings(2))
    }

    @Test(arguments: [
        ("Legacy*", ["g1", "g2"]), ("*wiki", ["g1"]), ("Payroll", ["g3"]), ("*a*", ["g1", "g2", "g3"]),
        ("legacy*", []), ("Legacy", []),
    ])
    func waivesResourcesByAPatternOnTheirNames(pattern: String, ids: [String]) async throws {
        let result = try await Self.waive(Self.waiver("resource_name: \"\(pattern)\""))
        #expect(Self.waived(result) == ids)
        #expect(result.waivers[0].status == (ids.isEmpty ? .unmatched : .active))
    }

    @Test(arguments: [("2026-11-15", WaiverStatus.expiring), ("2026-11-14", .expired), ("2026-11-16", .expiring)])
    func worksToTheEndOfItsLastDay(expires: String, status: WaiverStatus) async throws {
        let result = try await Self.waive(Self.waiver("resource: g1", expires: expires))
        #expect(result.waivers[0].status == status)
        #expect(Self.waived(result) == (status == .expired ? [] : ["g1"]))
    }

    @Test func reportsAnExpiredWaiverThatStoppedWorking() async throws {
        let result = try await Self.waive(Self.waiver("resource_name: Legacy*", expires: "2026-10-01"))
        #expect(Self.waived(result) == [])
        #expect(result.waivers[0].findings == 2)
        #expect(
            result.waivers[0].message == "It expired at the end of 2026-10-01: 2 findings are not waived any more."
        )
        #expect(result.waivers[0].status.needsAttention)
    }

    @Test(arguments: [("2026-12-15", WaiverStatus.expiring), ("2026-12-16", .active)])
    func warnsOfAWaiverThatIsAboutToExpire(expires: String, status: WaiverStatus) async throws {
        let result = try await Self.waive(Self.waiver("resource: g1", expires: expires))
        #expect(result.waivers[0].status == status)
        #expect(Self.waived(result) == ["g1"])
        let later = try await Self.waive(
            Self.waiver("resource: g1", expires: expires),
            policy: "waiver_policy: { warn_days: 60 }"
        )
        #expect(later.waivers[0].status == .expiring)
        #expect(later.waivers[0].message.contains("at the end of \(expires)"))
    }

    @Test func reportsAWaiverThatMatchesNothing() async throws {
        let result = try await Self.waive(Self.waiver("resource: g9"))
        #expect(result.waivers[0].status == .unmatched)
        #expect(result.waivers[0].status.needsAttention)
    }

    @Test func hidesNoUnknown() async throws {
        let result = try await Self.waive(Self.waiver("resource: g4") + Self.waiver("resource_name: Legacy*"))
        let unknown = try #require(result.findings.first { $0.verdict == .unknown })
        #expect(unknown.state == .open && unknown.waiver == nil)
        #expect(result.waivers.map(\.status) == [.undecided, .active])
        #expect(result.summary.verdicts.unknown == 1)
    }

    @Test func hidesNoGapInTheData() async throws {
        var audit = Self.audit()
        audit.accounts[0].coverage = [.accessGroups: .denied]
        audit.accounts[0].objects = [:]
        let result = try await Self.waive(Self.waiver("resource: \"g1\""), audit: audit)
        #expect(result.waivers.map(\.status) == [.undecided])
        #expect(result.gate(failOn: .info, allowIncomplete: false) == .incomplete)
    }

    @Test func worksForTheEvidenceThatItWasGrantedForAlone() async throws {
        let plain = try await Self.audit().result()
        let digest = try #require(plain.findings.first { $0.resource.id == "g1" }).evidenceDigest
        let same = try await Self.waive(Self.waiver("resource: g1", more: ", evidence_digest: \"\(digest)\""))
        #expect(Self.waived(same) == ["g1"])
        let other = String(repeating: "0", count: 32)
        let changed = try await Self.waive(Self.waiver("resource: g1", more: ", evidence_digest: \"\(other)\""))
        #expect(Self.waived(changed) == [])
        #expect(changed.waivers[0].status == .evidenceChanged)
    }

    @Test func isHeldToADetailKeyAndAnAccount() async throws {
        var audit = Audit(SampleRule(query: SampleRule.everyGroup(more: ", 'key ' || id AS detail_key")))
        audit.accounts = ["acc1", "acc2"].map {
            AccountData(id: $0, objects: [.accessGroups: [["id": "g1", "name": "a"]]])
        }
        let waivers =
            Self.waiver("resource: g1", more: ", detail_key: key g1, account: acc2")
            + Self.waiver("resource: g1", more: ", detail_key: other") + Self.waiver("resource: g1, account: acc3")
        let result = try await Self.waive(waivers, audit: audit)
        #expect(result.findings.map { "\($0.accountID) \($0.state)" } == ["acc1 open", "acc2 waived"])
        #expect(result.waivers.map(\.status) == [.active, .unmatched, .notEvaluated])
    }

    @Test func doesNotWorkForAForbiddenRule() async throws {
        let policy = "waiver_policy: { forbidden: [\"sam*\"] }"
        let result = try await Self.waive(Self.waiver("resource: g1"), policy: policy)
        #expect(Self.waived(result) == [])
        #expect(result.waivers[0].status == .forbidden)
    }

    @Test(arguments: [
        ("2027-11-15", "", WaiverStatus.active), ("2027-11-16", "", .tooLong),
        ("2027-11-15", ", granted: 2026-11-14", .tooLong), ("2027-11-14", ", granted: 2026-11-14", .active),
        ("2028-01-01", ", granted: 2027-06-01", .pending),
    ])
    func doesNotWorkForLongerThanIsAllowed(expires: String, more: String, status: WaiverStatus) async throws {
        let result = try await Self.waive(Self.waiver("resource: g1", expires: expires, more: more))
        #expect(result.waivers[0].status == status)
        #expect(Self.waived(result) == (status == .active ? ["g1"] : []))
        let short = try await Self.waive(
            Self.waiver("resource: g1", expires: "2026-12-31"),
            policy: "waiver_policy: { maximum_days: 45 }"
        )
        #expect(short.waivers[0].status == .tooLong)
        #expect(
            short.waivers[0].message
                == "It lasts 46 days more, 45 are allowed: 1 finding is not waived. Let it expire on 2026-12-30 or before."
        )
    }

    @Test func givesAFindingTheWaiverThatLastsLongest() async throws {
        let result = try await Self.waive(
            Self.waiver("resource: g1", expires: "2026-12-01") + Self.waiver("resource_name: Legacy*")
                + Self.waiver("resource: g1", expires: "2026-12-05")
        )
        #expect(result.findings.first { $0.resource.id == "g1" }?.waiver?.expires == "2026-12-31")
        #expect(result.waivers.map(\.findings) == [1, 2, 1])
    }

    @Test func saysNothingOfRulesThatWereNotEvaluated() async throws {
        let result = try await Self.waive(Self.waiver("resource: g1", rule: "other"))
        #expect(result.waivers[0].status == .notEvaluated)
        #expect(!result.waivers[0].status.needsAttention)
        var broken = Self.audit()
        broken.rules = [SampleRule(query: SampleRule.everyGroup("'maybe'"))]
        let error = try await Self.waive(Self.waiver("resource: g1"), audit: broken)
        #expect(error.waivers[0].status == .notEvaluated)
        #expect(error.gate(failOn: .info, allowIncomplete: false) == .incomplete)
    }

    @Test func changesNothingWithoutWaivers() async throws {
        let plain = try await Self.audit().result()
        #expect(plain.applying(.none, at: Audit.now) == plain)
        #expect(try await Self.waive("") == plain)
    }

    @Test(arguments: [
        ("  - { rule: sample, resource: a, owner: o, expires: 2027-01-01 }", 2, "without 'reason'"),
        ("  - { rule: sample, resource: a, reason: r, expires: 2027-01-01 }", 2, "without 'owner'"),
        ("  - { rule: sample, resource: a, reason: r, owner: o }", 2, "without 'expires'"),
        ("  - { resource: a, reason: r, owner: o, expires: 2027-01-01 }", 2, "without 'rule'"),
        ("  - { rule: sample, reason: r, owner: o, expires: 2027-01-01 }", 2, "names no resource"),
        ("  - rule: sample\n    reason: \"\"", 3, "nothing under 'reason'"),
        ("  - rule: sample\n    resource: ~", 3, "nothing under 'resource'"),
        ("  - rule: \"*\"\n    resource: a", 2, "by the pattern '*'"),
        ("  - rule: sample\n    resource: a\n    until: 2027-01-01", 4, "the unknown key 'until'"),
        ("  - just text", 2, "is no mapping"), ("  rule: sample", 2, "no list under 'waivers'"),
    ])
    func refusesAWaiverThatIsNotWhole(text: String, line: Int, words: String) throws {
        let error = try #require(throws: RuleFileError.self) {
            try ConfigurationFile(file: "ztaudit.yaml", text: "waivers:\n\(text)\n")
        }
        #expect(error.line == line, "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("expires", "2027-02-30"), ("expires", "2027-01-01T00:00:00Z"), ("expires", "soon"), ("expires", "20270101"),
        ("granted", "yesterday"), ("granted", "2027-01-02"), ("evidence_digest", "abc"),
        ("evidence_digest", "ABCDEF00000000000000000000000000"), ("resource", "g*"), ("resource_name", "\"*\""),
        ("resource_name", "\"**\""), ("resource", "[a, b]"),
    ])
    func refusesValuesThatAreNone(key: String, value: String) throws {
        var values = [
            "rule": "sample", "resource": "g1", "reason": "r", "owner": "o", "expires": "2027-01-01",
        ]
        if key == "resource_name" { values["resource"] = nil }
        values[key] = value
        let text = values.map { "\($0): \($1)" }.sorted().joined(separator: ", ")
        let error = try #require(throws: RuleFileError.self) {
            try ConfigurationFile(file: "ztaudit.yaml", text: "waivers:\n  - { \(text) }\n")
        }
        #expect(error.code == .badValue)
        #expect(error.line == 2)
    }

    @Test func refusesAnIDTogetherWithAName() throws {
        let text = "waivers:\n" + Self.waiver("resource: a, resource_name: b")
        let error = try #require(throws: RuleFileError.self) { try ConfigurationFile(file: "c.yaml", text: text) }
        #expect(error.problem.contains("both"))
    }

    @Test(arguments: [
        ("maximum_days", "0"), ("maximum_days", "36501"), ("maximum_days", "many"), ("warn_days", "-1"),
        ("forbidden", "sample"), ("allowed", "1"),
    ])
    func refusesAPolicyThatIsNone(key: String, value: String) throws {
        let error = try #require(throws: RuleFileError.self) {
            try ConfigurationFile(file: "c.yaml", text: "waiver_policy:\n  \(key): \(value)\n")
        }
        #expect(error.line == 2)
    }

    @Test(arguments: [
        ("waivers:\n  - { rule: sampel, resource: a, reason: r, owner: o, expires: 2027-01-01 }\n", 2, "sampel"),
        ("waiver_policy:\n  forbidden:\n    - sample\n    - mcp-*\n", 4, "mcp-*"),
    ])
    func refusesRulesThatThereAreNot(text: String, line: Int, name: String) throws {
        let file = try ConfigurationFile(file: "c.yaml", text: text)
        let pack = try RulePack([SampleRule().source])
        let error = try #require(throws: RuleFileErrors.self) { try file.settings(for: pack) }
        #expect(error.errors.map(\.line) == [line])
        #expect(error.description.contains("'\(name)', which does not exist"))
    }

    @Test func isDescribedByTheSchemaOfTheConfiguration() throws {
        let schema = try JSONValue(parsing: Data(BuiltInFiles.configurationSchema.utf8))
        let waiver = try #require(schema[path: ["properties", "waivers", "items"]])
        #expect(Set(waiver["properties"]?.objectValue?.keys ?? [:].keys) == Set(WaiverSet.waiverKeys))
        let policy = schema[path: ["properties", "waiver_policy", "properties"]]?.objectValue
        #expect(Set(policy?.keys ?? [:].keys) == Set(WaiverSet.policyKeys))
        let whole: [String: JSONValue] = [
            "rule": "sample", "resource": "g1", "reason": "r", "owner": "o", "expires": "2027-01-01",
        ]
        let validator = JSONSchemaValidator(root: schema)
        #expect(validator.faults(in: .object(whole), against: waiver) == [])
        let both = whole.merging(["resource_name": "Wiki"]) { $1 }
        #expect(validator.faults(in: .object(both), against: waiver) != [])
        for key in whole.keys {
            #expect(validator.faults(in: .object(whole.filter { $0.key != key }), against: waiver) != [], "\(key)")
        }
    }
}
