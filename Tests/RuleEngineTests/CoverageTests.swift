import AuditModel
import JSONModel
import SnapshotStore
import Testing

@Suite struct CoverageTests {
    /// Passes p1 and fails p2, and reads the table `mcp_server` beside its own.
    private static let joining = SampleRule(
        resource: "mcp_portal",
        query: """
            SELECT id AS resource_id, id AS resource_name, 'x' AS message,
                   CASE WHEN id = 'p1' THEN 'pass' WHEN id = 'p2' THEN 'fail' ELSE 'unknown' END AS verdict
            FROM mcp_portal WHERE (SELECT COUNT(*) FROM mcp_server) >= 0
            """
    )
    private static let portals: [ResourceKind: [JSONValue]] = [.mcpPortals: [["id": "p1"], ["id": "p2"], ["id": "p3"]]]

    @Test func keepsVerdictsWhereEverythingWasRead() async throws {
        let result = try await Audit(Self.joining, Self.portals).result()
        #expect(result.verdicts == ["p1: pass", "p2: fail", "p3: unknown"])
        #expect(result.findings.map(\.unknownReason) == [nil, .undecided])
        #expect(!result.summary.isIncomplete)
    }

    @Test(arguments: [CoverageStatus.denied, .partial, .failed, nil])
    func turnsVerdictsIntoUnknownWhereAJoinedTableIsMissing(status: CoverageStatus?) async throws {
        let result = try await Audit(Self.joining, Self.portals, coverage: [.mcpServers: status]).result()
        #expect(result.verdicts == ["p1: unknown", "p2: unknown", "p3: unknown"])
        #expect(result.findings.allSatisfy { $0.unknownReason == .coverage && $0.message.contains("mcp_server") })
        #expect(result.findings.allSatisfy { $0.message.hasSuffix(".") })
        let gaps = try #require(result.rules.first?.gaps)
        #expect(gaps.map(\.table) == ["mcp_server"])
        #expect(gaps.map(\.permission) == ["MCP Portals Read"])
        #expect(gaps.map(\.status) == [status ?? .failed])
        #expect(result.summary.isIncomplete)
        if status == .denied {
            #expect(result.findings.allSatisfy { $0.message.contains("\"MCP Portals Read\"") })
        }
    }

    @Test(arguments: [CoverageStatus.complete, .unavailable])
    func reliesOnTablesThatAreKnown(status: CoverageStatus) async throws {
        let result = try await Audit(Self.joining, Self.portals, coverage: [.mcpServers: status]).result()
        #expect(result.verdicts == ["p1: pass", "p2: fail", "p3: unknown"])
        #expect(result.rules.first?.gaps == [])
    }

    @Test(
        arguments: [
            ([(nil, .complete), ("z1", .complete), ("z2", .unavailable)], nil),
            ([(nil, .complete), ("z1", .denied), ("z2", .failed), ("z3", .complete)], 2),
            ([(nil, .complete), ("z1", .denied)], 1), ([(nil, .denied), ("z1", .denied)], 0),
            ([(nil, .denied), ("z1", .complete)], 0), ([("z1", .partial), ("z2", .complete)], 1),
        ] as [([(String?, CoverageStatus)], Int?)]
    )
    func needsEveryZone(entries: [(String?, CoverageStatus)], zonesMissing: Int?) async throws {
        let result = try await Self.result(entries.map { Self.entry(zone: $0, $1) })
        let gaps = try #require(result.rules.first?.gaps)
        // A gap at account level counts no zones.
        #expect(gaps.map { $0.zoneCount ?? 0 } == (zonesMissing.map { [$0] } ?? []))
        #expect(result.verdicts.contains("p1: pass") == (zonesMissing == nil))
        if let zonesMissing, zonesMissing > 0 {
            #expect(result.findings.allSatisfy { $0.message.contains("in \(zonesMissing) zone") })
        }
    }

    @Test func namesThePermissionThatIsMissing() async throws {
        let denied = Self.entry(zone: nil, .denied, permission: "Zone Read")
        let result = try await Self.result([denied])
        #expect(result.rules.first?.gaps.map(\.permission) == ["Zone Read"])
        #expect(
            result.findings.first?.message
                == "The table mcp_server could not be read: the token lacks the permission \"Zone Read\"."
        )
    }

    @Test func saysHowToCollectWhatIsOptional() async throws {
        let rule = SampleRule(resource: "access_user_session", query: Self.joining.query)
        for kind in [ResourceKind.accessUserSessions, .scimUsers] {
            let query = Self.joining.query.replacing("mcp_server", with: kind.table)
            let rule = SampleRule(resource: "mcp_portal", query: query)
            let result = try await Audit(rule, Self.portals, coverage: [kind: nil]).result()
            #expect(result.verdicts == ["p1: unknown", "p2: unknown", "p3: unknown"])
            let option = "it is read only when asked for with --include \(kind.name)."
            #expect(result.findings.allSatisfy { $0.message.hasSuffix(option) })
        }
        let result = try await Audit(rule, coverage: [.accessUserSessions: nil]).result()
        #expect(result.findings.map(\.evidence) == [["option": .text("--include access_user_sessions")]])
    }

    @Test func mergesTheZonesInTheResult() async throws {
        let zones = [Self.entry(zone: "z1", .complete), Self.entry(zone: "z2", .denied)]
        let merged = try await Self.result([Self.entry(zone: nil, .complete)] + zones).coverage
        #expect(merged.count == ResourceCatalogue.kinds.count)
        #expect(merged.first { $0.kind == "mcp_servers" }?.status == .denied)
        #expect(merged.map(\.kind) == merged.map(\.kind).sorted())
    }

    private static func result(_ coverage: [CoverageEntry]) async throws -> AuditResult {
        var audit = Audit(joining)
        audit.accounts = [
            AccountData(objects: portals, coverage: [.mcpServers: nil], furtherCoverage: coverage)
        ]
        return try await audit.result()
    }

    private static func entry(
        zone: String?,
        _ status: CoverageStatus,
        permission: String = ResourceKind.mcpServers.permission
    ) -> CoverageEntry {
        CoverageEntry(
            accountID: "acc1",
            zoneID: zone,
            kind: ResourceKind.mcpServers.name,
            table: ResourceKind.mcpServers.table,
            status: status,
            permission: permission,
            rowCount: 0
        )
    }

    @Test func keepsFailsThatHoldAllTheSame() async throws {
        var rule = Self.joining
        rule.more = "fails_hold_without: [mcp_server]"
        let result = try await Audit(rule, Self.portals, coverage: [.mcpServers: .denied]).result()
        #expect(result.verdicts == ["p1: unknown", "p2: fail", "p3: unknown"])
        #expect(result.rules.first?.gaps.map(\.table) == ["mcp_server"])
    }

    @Test(arguments: [CoverageStatus.denied, .failed, nil])
    func saysThatTheResourcesWereNotRead(status: CoverageStatus?) async throws {
        let result = try await Audit(SampleRule(), coverage: [.accessGroups: status]).result()
        let finding = try #require(result.findings.first)
        #expect(result.findings.count == 1)
        #expect(finding.resource.id == Resource.unreadID)
        #expect(finding.verdict == .unknown && finding.unknownReason == .coverage)
        #expect(result.rules.first?.status == .evaluated)
        #expect(result.summary.unknownForCoverage == 1)
    }

    @Test func keepsVerdictsOnTheResourcesThatWereRead() async throws {
        let result = try await Audit(
            SampleRule(query: SampleRule.everyGroup("CASE id WHEN 'g1' THEN 'pass' ELSE 'fail' END")),
            [.accessGroups: [["id": "g1"], ["id": "g2"]]],
            coverage: [.accessGroups: .partial]
        ).result()
        #expect(result.verdicts == ["*: unknown", "g1: pass", "g2: fail"])
        #expect(result.findings.last?.message.contains("there may be more") == true)
    }

    @Test func countsTheListsInsideAResourceAsItsOwn() async throws {
        let rule = SampleRule(
            resource: "mcp_portal",
            query: """
                SELECT portal_id AS resource_id, 'n' AS resource_name, 'pass' AS verdict, 'x' AS message
                FROM mcp_portal_server
                """
        )
        let objects: [ResourceKind: [JSONValue]] = [.mcpPortals: [["id": "p1", "servers": [["server_id": "s1"]]]]]
        let result = try await Audit(rule, objects, coverage: [.mcpPortals: .partial]).result()
        #expect(result.verdicts == ["*: unknown", "p1: pass"])
    }

    @Test(arguments: [
        ("policy_reach", ResourceKind.accessGroups, "access_group"),
        ("POLICY_REACH", .accessGroups, "access_group"),
        ("policy_reach", .accessPolicies, "access_policy"), ("application_policy", .organization, "organization"),
        ("application_policy", .accessApplications, "access_application"),
        ("application_policy", .accessPolicies, "access_policy"), ("Access_Rule", .accessPolicies, "access_rule"),
        ("MCP_SERVER", .mcpServers, "mcp_server"), ("temp.mcp_server", .mcpServers, "mcp_server"),
    ])
    func seesGapsThroughAnalysisTablesAndSpelling(table: String, kind: ResourceKind, missing: String) async throws {
        let rule = SampleRule(
            resource: "device",
            query: """
                SELECT id AS resource_id, id AS resource_name, 'pass' AS verdict, 'x' AS message
                FROM device WHERE (SELECT COUNT(*) FROM \(table)) >= 0
                """
        )
        let devices: [ResourceKind: [JSONValue]] = [.devices: [["id": "d1"]]]
        #expect(try await Audit(rule, devices).result().verdicts == ["d1: pass"])
        let result = try await Audit(rule, devices, coverage: [kind: .denied]).result()
        #expect(result.verdicts == ["d1: unknown"])
        #expect(result.rules.first?.gaps.map(\.table).contains(missing) == true)
    }

    @Test func saysThatNothingWasExaminedOnlyWhereThatIsKnown() async throws {
        #expect(try await Audit().result().rules.isEmpty == false)
        #expect(try await Audit(Self.joining).result().rules.map(\.status) == [.nothingExamined])
        let result = try await Audit(Self.joining, coverage: [.mcpServers: .denied]).result()
        #expect(result.rules.map(\.status) == [.evaluated])
        #expect(result.findings == [])
        #expect(result.gate(failOn: .high, allowIncomplete: false) == .incomplete)
    }

    @Test func judgesEachAccountByItsOwnCoverage() async throws {
        var audit = Audit(Self.joining)
        audit.accounts = [
            AccountData(id: "acc1", objects: [.mcpPortals: [["id": "p1"]]], coverage: [.mcpServers: .denied]),
            AccountData(id: "acc2", objects: [.mcpPortals: [["id": "p1"]]]),
        ]
        let result = try await audit.result()
        #expect(result.findings.map(\.accountID) == ["acc1"])
        #expect(result.rules.first?.passed.map(\.accountID) == ["acc2"])
        #expect(result.rules.first?.gaps.map(\.accountID) == ["acc1"])
    }
}
