import AuditModel
import JSONModel
import RuleEngine
import SnapshotStore
import Testing

@Suite struct EvaluationTests {
    private static func groups(_ names: [String: String]) -> [ResourceKind: [JSONValue]] {
        [.accessGroups: names.map { ["id": .string($0), "name": .string($1)] }]
    }

    @Test func keepsAccountsApart() async throws {
        let query = """
            SELECT portal.id AS resource_id, portal.name AS resource_name, 'fail' AS verdict, server.name AS message
            FROM mcp_portal AS portal JOIN mcp_portal_server AS offer ON offer.portal_id = portal.id
            JOIN mcp_server AS server ON server.id = offer.server_id
            """
        var audit = Audit(SampleRule(resource: "mcp_portal", query: query))
        audit.accounts = ["acc1", "it's 2"].map { account in
            AccountData(
                id: account,
                objects: [
                    .mcpPortals: [["id": "p", "name": .string(account), "servers": [["server_id": "s"]]]],
                    .mcpServers: [["id": "s", "name": .string(account)]],
                ]
            )
        }
        let findings = try await audit.result().findings
        #expect(findings.map(\.accountID).sorted() == ["acc1", "it's 2"])
        #expect(findings.allSatisfy { $0.message == $0.accountID && $0.resource.name == $0.accountID })
        #expect(Set(findings.map(\.fingerprint)).count == 2)
    }

    @Test(arguments: ["account", "coverage", "snapshot_info"])
    func judgesTheCollectionItself(table: String) async throws {
        let column = ["account": "id", "coverage": "kind", "snapshot_info": "tool_version"][table] ?? ""
        let query = """
            SELECT \(column) AS resource_id, \(column) AS resource_name, 'fail' AS verdict, 'Seen.' AS message FROM \(table)
            """
        var audit = Audit(SampleRule(resource: table, query: query))
        let unread: [ResourceKind: CoverageStatus?] = [.devices: .denied, .mcpServers: .partial]
        audit.accounts = [AccountData(id: "acc1", coverage: unread), AccountData(id: "acc2", coverage: unread)]
        let result = try await audit.result()
        // Nobody reads these tables from the API, so they have no gaps.
        #expect(result.rules.map(\.status) == [.evaluated] && result.rules.first?.gaps == [])
        let seen = Dictionary(grouping: result.findings, by: \.accountID).mapValues { Set($0.map(\.resource.id)) }
        let kinds = Set(ResourceCatalogue.kinds.map(\.name))
        switch table {
        case "account": #expect(seen == ["acc1": ["acc1"], "acc2": ["acc2"]])
        case "coverage": #expect(seen == ["acc1": kinds, "acc2": kinds])
        default: #expect(seen == ["acc1": ["1"], "acc2": ["1"]])
        }
    }

    @Test func hidesWhatOtherAccountsCouldNotRead() async throws {
        let query = """
            SELECT account.id AS resource_id, account.id AS resource_name, 'x' AS message,
              CASE WHEN EXISTS (SELECT 1 FROM coverage WHERE status = 'denied') THEN 'fail' ELSE 'pass' END AS verdict
            FROM account
            """
        var audit = Audit(SampleRule(resource: "account", query: query))
        audit.accounts = [AccountData(id: "acc1", coverage: [.devices: .denied]), AccountData(id: "it's 2")]
        #expect(try await audit.result().verdicts == ["acc1: fail", "it's 2: pass"])
    }

    @Test func keepsAnalysisTablesApart() async throws {
        let query = """
            SELECT policy_id AS resource_id, 'n' AS resource_name, 'fail' AS verdict, COUNT(*) AS message
            FROM policy_reach GROUP BY policy_id
            """
        var audit = Audit(SampleRule(resource: "access_policy", query: query))
        audit.accounts = ["acc1", "acc2"].map { account in
            AccountData(id: account, objects: [.accessPolicies: [["id": "p", "include": [["everyone": [:]]]]]])
        }
        #expect(try await audit.result().findings.map(\.message) == ["1", "1"])
    }

    @Test func saysWhoGetsInToTheApplicationsOfEachAccount() async throws {
        let bypass: JSONValue = ["id": "p", "name": "Open", "decision": "bypass", "include": [["everyone": [:]]]]
        var audit = Audit(SampleRule(query: SampleRule.everyGroup()))
        audit.accounts = [
            AccountData(id: "acc1", objects: [.accessApplications: [["id": "a", "name": "Shut", "type": "saas"]]]),
            AccountData(
                id: "acc2",
                objects: [
                    .accessApplications: [["id": "a", "name": "Site", "type": "self_hosted", "policies": [bypass]]]
                ]
            ),
        ]
        let applications = try await audit.result().applications
        #expect(applications.map(\.accountID) == ["acc2", "acc1"])
        #expect(applications.map(\.weakest?.assurance) == [.some(.none), nil])
        #expect(applications.map(\.reach.anybody) == [.yes, .no])
        #expect(applications.first?.weakest?.policyName == "Open")
        #expect(applications.first?.witness?.hasPrefix("{") == true)
    }

    @Test func keepsFingerprintsAcrossRunsAndRenames() async throws {
        let rule = SampleRule(query: SampleRule.everyGroup(more: ", length(id) AS fact"))
        let first = try #require(try await Audit(rule, Self.groups(["g1": "Old"])).result().findings.first)
        let same = try #require(try await Audit(rule, Self.groups(["g1": "Old"])).result().findings.first)
        #expect(first == same)
        let renamed = try #require(try await Audit(rule, Self.groups(["g1": "New"])).result().findings.first)
        #expect(renamed.fingerprint == first.fingerprint && renamed.evidenceDigest == first.evidenceDigest)
        var reworded = rule
        reworded.severity = "low"
        reworded.query = rule.query.replacing("Says so.", with: "Says otherwise.")
        let other = try #require(try await Audit(reworded, Self.groups(["g1": "Old"])).result().findings.first)
        #expect(other.fingerprint == first.fingerprint && other.evidenceDigest == first.evidenceDigest)
    }

    @Test(arguments: ["1", "0.5", "'a'", "NULL", "''"])
    func changesTheEvidenceDigestWithTheFacts(fact: String) async throws {
        func finding(_ fact: String) async throws -> Finding {
            let rule = SampleRule(query: SampleRule.everyGroup(more: ", \(fact) AS fact"))
            return try #require(try await Audit(rule, Self.groups(["g1": "One"])).result().findings.first)
        }
        let before = try await finding("2")
        let after = try await finding(fact)
        #expect(before.fingerprint == after.fingerprint)
        #expect(before.evidenceDigest != after.evidenceDigest)
    }

    @Test func tellsFindingsApartByDetailKey() async throws {
        let query = SampleRule.everyGroup(more: ", x AS detail_key") + ", (SELECT 'a' AS x UNION ALL SELECT 'b')"
        let findings = try await Audit(SampleRule(query: query), Self.groups(["g1": "One"])).result().findings
        #expect(findings.map(\.detailKey) == ["a", "b"])
        #expect(Set(findings.map(\.fingerprint)).count == 2)
    }

    @Test func takesColumnsWithoutMeaningAsEvidence() async throws {
        let query = SampleRule.everyGroup(
            more: ", 3.0 AS whole, 0.5 AS half, NULL AS missing, 9e999 AS endless, 'high' AS severity"
        )
        let finding = try #require(
            try await Audit(SampleRule(query: query), Self.groups(["g1": "One"])).result().findings.first
        )
        #expect(finding.severity == .high)
        #expect(finding.message == "Says so.")
        let facts: [String: EvidenceValue] = [
            "whole": .integer(3), "half": .real(0.5), "missing": .null, "endless": .text("Infinity"),
        ]
        #expect(finding.evidence == facts)
    }

    @Test func sortsFindings() async throws {
        let query = """
            SELECT id AS resource_id, name AS resource_name, 'x' AS message,
              CASE WHEN id LIKE 'u%' THEN 'unknown' ELSE 'fail' END AS verdict,
              CASE WHEN id LIKE '%low' THEN 'low' WHEN id LIKE '%critical' THEN 'critical' END AS severity
            FROM access_group
            """
        let names = ["f1": "b", "f2": "a", "u1": "a", "u2critical": "z", "f3low": "a", "f4critical": "a", "f5": "b"]
        var audit = Audit(SampleRule(query: query), Self.groups(names))
        audit.rules.append(SampleRule(id: "another", query: SampleRule.everyGroup("'fail'") + " WHERE id = 'f1'"))
        let result = try await audit.result()
        #expect(
            result.findings.map { "\($0.ruleID) \($0.resource.id)" } == [
                "sample f4critical", "sample u2critical", "another f1", "sample f2", "sample f1", "sample f5",
                "sample u1",
                "sample f3low",
            ]
        )
    }

    @Test func sortsRulesBySeverityThenID() async throws {
        var audit = Audit()
        audit.rules = [("b", "low"), ("c", "critical"), ("a", "low"), ("d", "high")].map {
            SampleRule(id: $0, severity: $1)
        }
        let rules = try await audit.result().rules
        #expect(rules.map(\.metadata.id) == ["c", "d", "a", "b"])
    }

    @Test func givesEqualResultsTwice() async throws {
        var audit = Audit(SampleRule(), Self.groups(["g1": "One", "g2": "Two"]), coverage: [.accessGroups: .partial])
        audit.rules += [
            SampleRule(id: "b", query: SampleRule.everyGroup("'pass'")),
            SampleRule(id: "c", query: "SELECT 1 AS resource_id, 1 AS resource_name, 'x' AS verdict, 1 AS message"),
        ]
        let results = try await audit.withSnapshot { snapshot in
            (try audit.evaluate(snapshot), try audit.evaluate(snapshot))
        }
        #expect(results.0 == results.1)
    }

    @Test func summarisesWhatItFound() async throws {
        let result = try await Audit(SampleRule(), Self.groups(["g1": "One", "g2": "Two"])).result()
        #expect(result.summary.verdicts == VerdictCounts(fail: 2))
        #expect(result.summary.inventory["access_group"] == 2)
        #expect(result.snapshot.evaluatedAt == "2027-01-15T08:00:00Z")
        #expect(result.accounts.map(\.id) == ["acc1"])
        #expect(result.coverage.count == ResourceCatalogue.kinds.count)
    }
}
