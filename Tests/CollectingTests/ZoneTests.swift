import AuditModel
import CloudflareSimulator
import JSONModel
import SnapshotStore
import Testing

@Suite struct ZoneTests {
    static let first = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    static let second = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    static let foreign = "cccccccccccccccccccccccccccccccc"

    /// An account with two zones, one application in each list, and one that all of them have.
    private func setup(_ change: (inout CollectionSetup) -> Void = { _ in }) -> CollectionSetup {
        func apps(_ own: String) -> [String: JSONValue] {
            ["access/apps": [["id": .string(own), "name": .string(own)], ["id": "common", "name": .string(own)]]]
        }
        return CollectionSetup {
            $0.world.zones = [
                SimulatedZone(
                    id: Self.second,
                    name: "second.example",
                    accountID: SmallWorld.account,
                    resources: apps("in-second").merging(["access/groups": [["id": "both"]]]) { $1 }
                ),
                SimulatedZone(
                    id: Self.first,
                    name: "first.example",
                    accountID: SmallWorld.account,
                    resources: apps("in-first").merging(["access/groups": [["id": "both"]]]) { $1 }
                ),
                SimulatedZone(id: Self.foreign, name: "foreign.example", accountID: SmallWorld.foreign),
            ]
            $0.world.updateAccount(SmallWorld.account) {
                $0.resources.merge(apps("at-account")) { $1 }
                $0.resources["access/groups"] = []
            }
            change(&$0)
        }
    }

    @Test func readsWhatIsDefinedInZonesAndMergesItById() async throws {
        try await setup().run { collected async throws in
            #expect(try collected.texts("SELECT name FROM zone ORDER BY name") == ["first.example", "second.example"])
            let apps = try collected.texts(
                "SELECT id || ' ' || name || ' ' || coalesce(zone_id, '-') FROM access_application ORDER BY id"
            )
            #expect(
                apps == [
                    "at-account at-account -", "common at-account -", "in-first in-first \(Self.first)",
                    "in-second in-second \(Self.second)",
                ]
            )
            // What only zones have belongs to the first of them, whichever was read first.
            #expect(try collected.texts("SELECT zone_id FROM access_group") == [Self.first])
            let zoned = ResourceKind.standard.filter { $0.listing.scope == .accountAndZones }
            #expect(zoned.count == 7)
            for kind in zoned {
                let entries = collected.coverage.filter { $0.kind == kind.name }
                #expect(entries.map(\.zoneID) == [nil, Self.first, Self.second])
                #expect(entries.allSatisfy { $0.status == .complete })
            }
        }
    }

    @Test func knowsThatZonesItCannotListMayHoldMore() async throws {
        let setup = setup { $0.world.updateToken("reader") { $0.permissions.remove("Zone Read") } }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.zones).status == .denied)
            for kind in ResourceKind.standard where kind.listing.scope == .accountAndZones {
                let entry = try collected.entry(kind)
                #expect(entry.status == .partial)
                #expect(entry.permission == "Zone Read")
                #expect(entry.reason?.contains("zones") == true)
            }
            #expect(try collected.entry(.accessPolicies).status == .complete)
            #expect(collected.snapshot.coverage == collected.coverage)
        }
    }

    @Test func tellsZonesApartThatItMayNotRead() async throws {
        let body = JSONValue.failure(10000, "Authentication error").text
        let setup = setup {
            $0.options.faults = [SimulatorFault(.status(403, body: body), target: .prefix("/zones/\(Self.second)/"))]
        }
        try await setup.run { collected async throws in
            for kind in ResourceKind.standard where kind.listing.scope == .accountAndZones {
                let entries = collected.coverage.filter { $0.kind == kind.name }
                #expect(entries.map(\.status) == [.complete, .complete, .denied])
            }
        }
    }

    @Test func asksNoFurtherZonesOnceSeveralHaveRefused() async throws {
        let body = JSONValue.failure(10000, "Authentication error").text
        let setup = CollectionSetup {
            $0.width = 2
            $0.world.zones = (10..<40).map {
                SimulatedZone(
                    id: String(repeating: String($0), count: 16),
                    name: "zone-\($0).example",
                    accountID: SmallWorld.account
                )
            }
            $0.options.faults = [SimulatorFault(.status(403, body: body), target: .prefix("/zones/"))]
        }
        try await setup.run { collected async throws in
            for kind in ResourceKind.standard where kind.listing.scope == .accountAndZones {
                let entries = collected.coverage.filter { $0.kind == kind.name && $0.zoneID != nil }
                #expect(entries.count == 30 && entries.allSatisfy { $0.status == .denied && $0.rowCount == 0 })
            }
            #expect(collected.requests.count { $0.path.hasPrefix("/zones/") } <= 7 * 4)
        }
    }

    @Test func readsNoZoneOfAnAccountWithoutAny() async throws {
        try await CollectionSetup().run { collected async throws in
            #expect(try collected.entry(.zones).status == .complete)
            #expect(try collected.entry(.zones).rowCount == 0)
            #expect(!collected.requests.contains { $0.path.hasPrefix("/zones/") })
        }
    }
}
