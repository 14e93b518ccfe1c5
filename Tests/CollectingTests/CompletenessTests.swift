import AuditModel
import CloudflareAPI
import CloudflareSimulator
import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct CompletenessTests {
    static let demoAccount = "0ac664733e82a981accb3ea4fd0f0e72"

    /// The demo account's own setup.
    static func demo() throws -> CollectionSetup {
        let world = try SimulatedWorld.demoAccount()
        return CollectionSetup {
            $0.world = world
            $0.credentials = .token("demo-read-only-token")
            $0.accountIDs = [demoAccount]
        }
    }

    @Test func readsTheWholeDemoAccount() async throws {
        let setup = try Self.demo()
        let resources = try #require(setup.world.accounts.first).resources
        try await setup.run { collected async throws in
            #expect(collected.snapshot.coverage == collected.coverage)
            #expect(collected.snapshot.info.status == .complete)
            #expect(collected.snapshot.accounts == [Account(id: Self.demoAccount, name: "Northwind Logistics")])
            #expect(collected.coverage.allSatisfy { $0.status == .complete && $0.reason == nil })
            for kind in ResourceKind.standard {
                let entry = try collected.entry(kind, account: Self.demoAccount)
                // Not one that would be empty for want of data.
                #expect(entry.rowCount > 0, "\(kind.name)")
            }
            for kind in ResourceKind.atAccount where kind.listing.query.isEmpty && kind != .deviceSettingsProfiles {
                let given = try #require(resources[kind.listing.path])
                let entry = try collected.entry(kind, account: Self.demoAccount)
                let elements = given[path: kind.listing.member]?.arrayValue ?? given.arrayValue
                #expect(entry.rowCount == elements?.count ?? 1)
                let ids = Set(try collected.ids(kind, account: Self.demoAccount))
                #expect(ids.isSuperset(of: (elements ?? []).compactMap { $0[path: kind.identifier]?.stringValue }))
            }
        }
    }

    @Test func asksForEveryPageOnce() async throws {
        let setup = CollectionSetup { $0.options.endpoints = SmallWorld.endpoints(EndpointChanges(maximumPerPage: 10)) }
        try await setup.run { collected async throws in
            for kind in ResourceKind.objects + ResourceKind.singles {
                #expect(collected.requests(for: kind).count == 1)
            }
            for kind in ResourceKind.lists {
                #expect(collected.requests(for: kind).count == 3)
                #expect(try collected.worldIDs(kind) == (1...25).map { SmallWorld.id(kind, $0) })
            }
            let asked = collected.requests.map { request in
                [request.path] + ["page", "cursor", "profile_type"].map { request.queryValue($0) ?? "" }
            }
            #expect(Set(asked).count == asked.count)
            #expect(collected.coverage.allSatisfy { $0.status == .complete })
        }
    }

    @Test func asksForTheLargestPages() async throws {
        try await CollectionSetup().run { collected async throws in
            for kind in ResourceKind.lists {
                let requests = collected.requests(for: kind)
                let size = kind.listing.paging.pageSizes.first.map(String.init)
                #expect(requests.map { $0.queryValue("per_page") } == [size])
                for item in kind.listing.query { #expect(requests.first?.queryValue(item.name) == item.value) }
            }
        }
    }

    @Test func readsAnAccountThatHasNothing() async throws {
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) { account in
                account.resources = account.resources.filter { $0.value.arrayValue == nil }
            }
        }
        try await setup.run { collected async throws in
            #expect(collected.coverage.allSatisfy { $0.status == .complete })
            // The account itself is one more.
            #expect(collected.coverage.reduce(0) { $0 + $1.rowCount } == ResourceKind.objects.count + 1)
            #expect(collected.snapshot.info.status == .complete)
        }
    }

    @Test(arguments: [1, 3, 64])
    func readsTheSameAtEveryWidth(width: Int) async throws {
        let setup = CollectionSetup {
            $0.width = width
            $0.options.endpoints = SmallWorld.endpoints(EndpointChanges(maximumPerPage: 4))
        }
        try await setup.run { collected async throws in
            for kind in ResourceKind.lists { #expect(try collected.entry(kind).rowCount == 25) }
        }
    }

    @Test func readsWithAGlobalKey() async throws {
        let key = SimulatedGlobalKey(email: "owner@example.com", key: "c2547eb745079dac9320b638f5e225cf483cc5cfd")
        let setup = CollectionSetup {
            $0.world.globalKeys = [key]
            $0.credentials = .globalKey(email: key.email, key: key.key)
            $0.accountIDs = [SmallWorld.account]
        }
        try await setup.run { collected async throws in
            #expect(collected.coverage.allSatisfy { $0.status == .complete })
            #expect(collected.snapshot.info.tokenScope == "global key")
            #expect(collected.snapshot.info.tokenID == nil)
            #expect(!collected.requests.contains { $0.path.hasSuffix("verify") })
        }
    }

    @Test func keepsObjectsWhoseIdsLookAlike() async throws {
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) {
                $0.resources["gateway/rules"] = [
                    ["id": "a\u{0}b", "name": "one\u{0}two"], ["id": "a", "name": "three"],
                ]
                $0.resources["access/certificates/settings"] = [
                    ["hostname": "a.example", "china_network": true],
                    ["hostname": "a.example", "china_network": false],
                ]
            }
        }
        try await setup.run { collected async throws in
            #expect(try collected.texts("SELECT name FROM gateway_rule ORDER BY id") == ["three", "one␀two"])
            let settings = "SELECT china_network FROM mtls_hostname_setting ORDER BY china_network"
            #expect(try collected.texts(settings) == ["0", "1"])
            #expect(try collected.entry(.mtlsHostnameSettings).rowCount == 2)
        }
    }

    @Test func keepsWhatItDoesNotKnow() async throws {
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) {
                $0.resources["access/apps"] = [
                    ["id": "new", "name": 7, "type": "teleport", "flux": ["capacitor": [1.21, nil]], "aud": "a1b2"],
                    ["type": "nameless"],
                ]
                $0.resources["access/policies"] = [
                    [
                        "id": "p", "decision": "perhaps",
                        "include": [["aura": ["colour": "red"]], "everyone", ["a": 1, "b": 2]],
                    ]
                ]
            }
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.accessApplications).status == .complete)
            #expect(try collected.entry(.accessApplications).rowCount == 2)
            #expect(
                try collected.texts("SELECT type FROM access_application ORDER BY type") == ["nameless", "teleport"]
            )
            let body = try #require(try collected.texts("SELECT body FROM access_application WHERE id = 'new'").first)
            let stored = try JSONValue(parsing: Data(body.utf8))
            #expect(stored["flux"] == ["capacitor": [1.21, nil]])
            #expect(stored["name"] == 7)
            #expect(try collected.texts("SELECT decision FROM access_policy WHERE id = 'p'") == ["perhaps"])
            let rules =
                "SELECT coalesce(type, '-') || understood FROM access_rule WHERE owner_id = 'p' ORDER BY position"
            #expect(try collected.texts(rules) == ["aura0", "-0", "-0"])
        }
    }
}
