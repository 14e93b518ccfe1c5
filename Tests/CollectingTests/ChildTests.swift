import AuditModel
import CloudflareSimulator
import Collecting
import JSONModel
import SnapshotStore
import Testing

@Suite struct ChildTests {
    static let optional = Set(ResourceCatalogue.kinds.filter(\.isOptional).map(\.name))

    @Test func readsTheListBelowEveryParent() async throws {
        try await CollectionSetup().run { collected async throws in
            #expect(try collected.entry(.tunnelConfigurations).rowCount == 25)
            #expect(try collected.entry(.gatewayListItems).rowCount == 50)
            let lists = try collected.texts("SELECT DISTINCT list_id FROM gateway_list_item ORDER BY list_id")
            #expect(try lists == collected.ids(.gatewayLists))
            // The same item in two lists is two rows.
            #expect(try collected.texts("SELECT COUNT(*) FROM gateway_list_item") == ["50"])
        }
    }

    @Test func readsOptionalKindsOnlyWhenAskedTo() async throws {
        try await CollectionSetup().run { collected async throws in
            #expect(collected.coverage.allSatisfy { !Self.optional.contains($0.kind) })
            #expect(!collected.requests.contains { $0.path.contains("/scim/") || $0.path.contains("/users/") })
        }
        try await CollectionSetup { $0.include = Self.optional }.run { collected async throws in
            for kind in ResourceCatalogue.kinds where kind.isOptional {
                #expect(try collected.entry(kind).status == .complete)
                // The lists below each of 25 parents have two.
                #expect(try collected.entry(kind).rowCount == (kind.parentColumn == nil ? 25 : 50))
            }
        }
    }

    @Test func refusesAKindThatIsNotOptional() async throws {
        let (error, requests) = try await CollectionSetup { $0.include = ["access_applications"] }.failure()
        #expect((error as? CollectingError)?.code == .unknownKind)
        #expect(requests.isEmpty)
    }

    @Test func asksOnlyProvidersThatTakeUsersOverSCIM() async throws {
        let setup = CollectionSetup {
            $0.include = ["scim_users"]
            $0.world.updateAccount(SmallWorld.account) {
                $0.resources["access/identity_providers"] = [
                    ["id": "with", "scim_config": ["enabled": true]], ["id": "off", "scim_config": ["enabled": false]],
                    ["id": "without"],
                ]
            }
        }
        try await setup.run { collected async throws in
            let asked = collected.requests.map(\.path).filter { $0.hasSuffix("/scim/users") }
            #expect(asked == ["/accounts/\(SmallWorld.account)/access/identity_providers/with/scim/users"])
        }
    }

    @Test(arguments: [
        (SimulatorFault.Kind.status(500), CoverageStatus.failed),
        (.status(403, body: #"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"#), .denied),
    ])
    func isNeverCompleteWithoutItsParents(fault: SimulatorFault.Kind, status: CoverageStatus) async throws {
        let setup = CollectionSetup {
            $0.attempts = 1
            $0.options.faults = [SimulatorFault(fault, target: .suffix("/gateway/lists"))]
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.gatewayListItems).status == status)
            #expect(try collected.entry(.gatewayListItems).reason?.contains("gateway_lists") == true)
        }
    }

    @Test func isPartialWhereNotAllParentsAreKnown() async throws {
        let setup = CollectionSetup {
            $0.options.endpoints = ["cfd_tunnel": EndpointChanges(misbehaviour: .totalNotReached(missing: 3))]
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.tunnelConfigurations).status == .partial)
            #expect(try collected.entry(.tunnelConfigurations).rowCount == 25)
        }
    }

    @Test func saysBelowHowManyParentsItFailed() async throws {
        let faults = ["003", "017"].map {
            SimulatorFault(.status(500), target: .suffix("/cfd_tunnel/tunnels-\($0)/configurations"))
        }
        let setup = CollectionSetup {
            $0.attempts = 1
            $0.options.faults = faults
        }
        try await setup.run { collected async throws in
            let entry = try collected.entry(.tunnelConfigurations)
            #expect(entry.status == .partial)
            #expect(entry.rowCount == 23)
            #expect(entry.reason?.hasSuffix("in 2 of 25 tunnels") == true)
            #expect(entry.httpStatus == 500)
        }
    }

    @Test func asksNoFurtherOnceThePermissionIsRefused() async throws {
        let body = JSONValue.failure(10000, "Authentication error").text
        let setup = CollectionSetup {
            $0.width = 2
            $0.options.faults = [SimulatorFault(.status(403, body: body), target: .suffix("/configurations"))]
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.tunnelConfigurations).status == .denied)
            #expect((3...4).contains(collected.requests.count { $0.path.hasSuffix("/configurations") }))
        }
    }

    @Test func readsTheOthersWhereOneParentIsClosed() async throws {
        let body = JSONValue.failure(10000, "Authentication error").text
        let setup = CollectionSetup {
            $0.width = 1
            $0.options.faults = [SimulatorFault(.status(403, body: body), target: .suffix("/gateway_lists-001/items"))]
        }
        try await setup.run { collected async throws in
            let entry = try collected.entry(.gatewayListItems)
            #expect(entry.status == .partial)
            #expect(entry.rowCount == 48)
            #expect(entry.reason?.hasSuffix("in 1 of 25 gateway_lists") == true)
        }
    }

    @Test func doubtsAListThatIsGone() async throws {
        let body = JSONValue.failure(10007, "list not found").text
        let setup = CollectionSetup {
            $0.options.faults = [SimulatorFault(.status(404, body: body), target: .suffix("/gateway_lists-001/items"))]
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.gatewayListItems).status == .partial)
        }
    }

    @Test(arguments: ["..", ".", "a/b", "a?b=c", "ü"])
    func asksForNoOtherPathThanTheParents(id: String) async throws {
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) { $0.resources["cfd_tunnel"] = [["id": .string(id)]] }
        }
        try await setup.run { collected async throws in
            let isUsable = !id.hasPrefix(".")
            let below = collected.requests.map(\.path).filter { $0.contains("/cfd_tunnel/") }
            #expect(below.count == (isUsable ? 1 : 0))
            #expect(below.allSatisfy { $0.hasSuffix("/configurations") && !$0.contains("/a/b/") })
            // The simulator knows no such tunnel either.
            #expect(try collected.entry(.tunnelConfigurations).status == .failed)
        }
    }

    @Test func takesAParentThatIsGoneForOneWithoutAnything() async throws {
        let body = JSONValue.failure(1003, "Tunnel not found").text
        let gone = SimulatorFault(
            .status(404, body: body),
            target: .suffix("/cfd_tunnel/tunnels-005/configurations")
        )
        try await CollectionSetup { $0.options.faults = [gone] }.run { collected async throws in
            #expect(try collected.entry(.tunnelConfigurations).status == .complete)
            #expect(try collected.entry(.tunnelConfigurations).rowCount == 24)
        }
    }
}
