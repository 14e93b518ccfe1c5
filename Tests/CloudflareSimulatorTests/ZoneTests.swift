import CloudflareSimulator
import JSONModel
import Testing

@Suite struct ZoneTests {
    private static let second = "44444444444444444444444444444444"
    private static let dormant = "55555555555555555555555555555555"
    private static let foreign = "66666666666666666666666666666666"

    private static let world: SimulatedWorld = {
        var world = SmallWorld.world
        world.zones += [
            SimulatedZone(id: second, name: "example.net", accountID: SmallWorld.account),
            SimulatedZone(id: dormant, name: "example.org", accountID: SmallWorld.withoutAccess),
            SimulatedZone(id: foreign, name: "example.edu", accountID: SmallWorld.foreign),
        ]
        return world
    }()

    @Test(arguments: [
        ("", [SmallWorld.zone, second, dormant]),
        ("account.id=\(SmallWorld.account)", [SmallWorld.zone, second]),
        ("account.id=\(SmallWorld.account)&page=2&per_page=1", [second]),
        ("account.id=\(SmallWorld.withoutAccess)", [dormant]),
        ("account.id=\(SmallWorld.foreign)", []),
        ("account.name=Dormant", [dormant]),
        ("name=example.net", [second]),
        ("status=pending", []),
        ("status=active&account.id=\(SmallWorld.withoutAccess)", [dormant]),
    ])
    func listsTheZonesThatWereAskedFor(query: String, ids: [String]) async throws {
        let reply = try await withCaller(world: Self.world) { try await $0.send("/zones?\(query)") }
        #expect(reply.ids == ids)
    }

    @Test func countsTheZonesThatWereAskedFor() async throws {
        let reply = try await withCaller(world: Self.world) {
            try await $0.send("/zones?account.id=\(SmallWorld.account)&per_page=1")
        }
        #expect(reply.info("total_count") == 2)
        #expect(reply.info("total_pages") == 2)
    }

    @Test func keepsZonesFromATokenThatLeavesThemOut() async throws {
        try await withCaller(world: Self.world) { caller async throws in
            caller.simulator.updateWorld { $0.updateToken("reader") { $0.zoneIDs = [Self.second] } }
            #expect(try await caller.send("/zones").ids == [Self.second])
            #expect(try await caller.send("/zones/\(Self.second)/access/apps").status == 200)
            let kept = try await caller.send("/zones/\(SmallWorld.zone)/access/apps")
            #expect(kept.status == 403)
            #expect(kept.code == 10000)
            #expect(try await caller.send("/zones/\(SmallWorld.zone)").code == 10000)
            #expect(try await caller.list("access/apps").status == 200)
        }
    }

    @Test func describesAZone() async throws {
        let path = "/zones/\(SmallWorld.zone)"
        try await withCaller { caller async throws in
            let zone = try #require(try await caller.send(path).result)
            #expect(zone["account"] == ["id": .string(SmallWorld.account), "name": "Northwind"])
            #expect(zone["status"] == "active")
            for member in ["owner", "plan", "meta", "name_servers", "development_mode", "created_on", "modified_on"] {
                #expect(zone[member] != nil, "\(member) is missing")
            }
            #expect(try await caller.send("/zones").result == [zone])
        }
    }

    @Test func describesAnAccount() async throws {
        try await withCaller { caller async throws in
            let account = try #require(try await caller.send("/accounts/\(SmallWorld.account)").result)
            #expect(account["settings"]?["enforce_twofactor"] == false)
            #expect(account["created_on"]?.stringValue != nil)
            #expect(try await caller.send("/accounts?name=Northwind").result == [account])
        }
    }
}
