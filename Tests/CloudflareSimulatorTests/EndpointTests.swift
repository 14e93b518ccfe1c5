import CloudflareSimulator
import JSONModel
import Testing

/// Manners of single endpoints.
@Suite struct EndpointTests {
    /// The small world with more resources and a reader who may read them all.
    private static func world(_ resources: [String: JSONValue]) -> SimulatedWorld {
        var world = SmallWorld.world
        world.updateAccount(SmallWorld.account) { $0.resources.merge(resources) { _, new in new } }
        world.updateToken("reader") {
            $0.permissions.formUnion([
                "Access: Audit Logs Read", "Access: Population Read", "Access: Mutual TLS Certificates Read",
                "Cloudflare One Connectors Read", "Cloudflare One Networks Read",
            ])
        }
        return world
    }

    @Test(arguments: [
        "gateway/rules", "gateway/lists", "gateway/locations", "gateway/proxy_endpoints", "gateway/certificates",
        "devices/networks", "devices/posture",
    ])
    func answersWithoutResultInfo(resource: String) async throws {
        let world = Self.world([resource: SmallWorld.list("one", 60)])
        let reply = try await withCaller(world: world) { try await $0.list("\(resource)?page=2&per_page=5") }
        #expect(reply.ids.count == 60)
        #expect(reply.json?["result_info"] == nil)
    }

    @Test(arguments: [
        "infrastructure/targets", "cfd_tunnel", "warp_connector", "teamnet/routes", "teamnet/virtual_networks",
    ])
    func leavesTheNumberOfPagesOut(resource: String) async throws {
        let world = Self.world([resource: SmallWorld.list("one", 3)])
        let reply = try await withCaller(world: world) { try await $0.list(resource) }
        #expect(
            reply.json?["result_info"] == ["page": 1, "per_page": 1000, "count": 3, "total_count": 3]
        )
    }

    @Test(arguments: [
        "cfd_tunnel", "warp_connector", "teamnet/routes", "teamnet/virtual_networks", "zerotrust/routes/hostname",
        "zerotrust/subnets",
    ])
    func keepsDeletedOnesUnlessTold(resource: String) async throws {
        let elements = SmallWorld.list("one", 3) { ["deleted_at": $0 == 2 ? "2026-01-01T00:00:00Z" : .null] }
        try await withCaller(world: Self.world([resource: elements])) { caller async throws in
            #expect(try await caller.list(resource).ids == ["one-1", "one-2", "one-3"])
            #expect(try await caller.list("\(resource)?is_deleted=false").ids == ["one-1", "one-3"])
            #expect(try await caller.list("\(resource)?is_deleted=true").ids == ["one-2"])
            #expect(try await caller.list("\(resource)?is_deleted=maybe").status == 400)
        }
    }

    @Test(arguments: [("", ["one-1", "one-3"]), ("?profile_type=browser_extension", ["one-2"])])
    func picksProfilesByType(query: String, ids: [String]) async throws {
        let profiles = SmallWorld.list("one", 3) { $0 == 2 ? ["profile_type": "browser_extension"] : [:] }
        let world = Self.world(["devices/policies": profiles])
        #expect(try await withCaller(world: world) { try await $0.list("devices/policies\(query)") }.ids == ids)
    }

    @Test func answersBarelyForPosture() async throws {
        let reply = try await withCaller { try await $0.list("devices/posture") }
        #expect(reply.json == ["success": true, "result": []])
    }

    @Test(arguments: EnvelopeStyle.allCases) func dressesAnswersAsTold(style: EnvelopeStyle) async throws {
        let options = SimulatorOptions(endpoints: [
            "access/groups": EndpointChanges(envelope: style), "access/organizations": EndpointChanges(envelope: style),
        ])
        try await withCaller(options: options) { caller async throws in
            for resource in ["access/groups", "access/organizations"] {
                let json = try await caller.list(resource).json
                let members: [JSONValue?] = [json?["errors"], json?["messages"]]
                switch style {
                case .full: #expect(members == [[], []])
                case .bare: #expect(members == [nil, nil])
                case .nulls: #expect(members == [JSONValue.null, JSONValue.null])
                }
            }
        }
    }

    @Test func wrapsAListAsTold() async throws {
        let options = SimulatorOptions(endpoints: ["access/groups": EndpointChanges(wrapsList: "dex_tests")])
        let reply = try await withCaller(options: options) { try await $0.list("access/groups?per_page=2") }
        #expect(reply.result == ["dex_tests": [["id": "group-1"], ["id": "group-2"]]])
        #expect(reply.info("total_count") == 45)
    }

    @Test func answersNullForAnEmptyListAsTold() async throws {
        let changes = EndpointChanges(answersNullForEmptyList: true)
        let options = SimulatorOptions(endpoints: ["access/service_tokens": changes, "access/groups": changes])
        try await withCaller(options: options) { caller async throws in
            #expect(try await caller.list("access/service_tokens").result == .null)
            #expect(try await caller.list("access/groups").ids.count == 45)
        }
    }

    @Test(arguments: [
        "access/apps/ca", "access/certificates", "access/certificates/settings", "access/groups",
        "access/identity_providers", "access/service_tokens", "access/apps",
    ])
    func servesZonesApartFromTheirAccount(resource: String) async throws {
        var world = Self.world([resource: [["id": "of-account"]]])
        world.zones[0].resources[resource] = [["id": "of-zone"]]
        try await withCaller(world: world) { caller async throws in
            #expect(try await caller.list(resource).ids == ["of-account"])
            #expect(try await caller.send("/zones/\(SmallWorld.zone)/\(resource)").ids == ["of-zone"])
        }
    }

    @Test(arguments: [
        ("gateway/lists", "items"), ("access/users", "active_sessions"), ("access/users", "failed_logins"),
        ("access/identity_providers", "scim/users"), ("access/identity_providers", "scim/groups"),
    ])
    func knowsTheParentsOfLists(parents: String, list: String) async throws {
        let world = Self.world([parents: SmallWorld.list("one", 2), "\(parents)/one-1/\(list)": [["id": "child"]]])
        try await withCaller(world: world) { caller async throws in
            #expect(try await caller.list("\(parents)/one-1/\(list)").ids == ["child"])
            #expect(try await caller.list("\(parents)/one-2/\(list)").result == [])
            let unknown = try await caller.list("\(parents)/one-3/\(list)")
            #expect(unknown.status == 404)
            #expect(unknown.code == 7003)
        }
    }

    @Test func knowsTheTunnelsOfConfigurations() async throws {
        let configuration: JSONValue = ["tunnel_id": "one-1", "config": ["ingress": []]]
        let world = Self.world([
            "cfd_tunnel": SmallWorld.list("one", 2), "cfd_tunnel/one-1/configurations": configuration,
        ])
        try await withCaller(world: world) { caller async throws in
            #expect(try await caller.list("cfd_tunnel/one-1/configurations").result == configuration)
            #expect(try await caller.list("cfd_tunnel/one-2/configurations").status == 404)
            #expect(try await caller.list("cfd_tunnel/one-3/configurations").code == 7003)
        }
    }
}
