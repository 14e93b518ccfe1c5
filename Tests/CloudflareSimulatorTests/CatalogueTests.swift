// Internal access, because an endpoint's permissions and paging are no part of the simulator's face.
@testable import CloudflareSimulator
import JSONModel
import SnapshotStore
import Testing
import TestSupport

/// The catalogue and the simulator describe the same API.
@Suite struct CatalogueTests {
    private static let scope = SmallWorld.account

    /// Where a kind is listed, below `/client/v4`, with ids in place.
    private static func paths(of kind: ResourceKind) -> [String] {
        let path = kind.listing.path.replacing("{parent}", with: "parent").replacing("{account_id}", with: scope)
        switch kind.listing.scope {
        case .account, .each: return ["accounts/\(scope)/\(path)"]
        case .accountAndZones: return ["accounts/\(scope)/\(path)", "zones/\(scope)/\(path)"]
        case .itself: return [path]
        }
    }

    @Test(arguments: ResourceCatalogue.kinds) func servesEveryKind(_ kind: ResourceKind) throws {
        for path in Self.paths(of: kind) {
            let endpoint = try #require(EndpointTable().route(path[...])?.endpoint, "\(path) is unknown")
            #expect(endpoint.permissions.contains(kind.permission), "\(path) asks for another permission")
            switch (kind.listing.paging, endpoint.paging) {
            case (.page(nil), .page), (.cursor, .cursor), (.single, .whole), (.object, .single): break
            case (.page(let asked?), .page(_, let maximum)): #expect(asked == maximum)
            case (.page, _), (.single, _), (.object, _), (.cursor, _):
                Issue.record("\(path) is paged as \(endpoint.paging), not as \(kind.listing.paging)")
            }
        }
    }

    @Test(arguments: ["demo-read-only-token", "demo-token-that-can-write"])
    func opensEveryKindToADemoToken(_ value: String) throws {
        let token = try #require(try SimulatedWorld.demoAccount().tokens.first { $0.value == value })
        for kind in ResourceCatalogue.kinds {
            #expect(Principal.token(token).holds(anyOf: [kind.permission]), "\(kind.name) needs \(kind.permission)")
        }
        #expect(token.permissions.contains("Zone Read"))
    }

    @Test func keepsOnlyMCPFromTheOtherDemoToken() throws {
        let tokens = try SimulatedWorld.demoAccount().tokens
        let reader = try #require(tokens.first { $0.value == "demo-read-only-token" })
        let other = try #require(tokens.first { $0.value == "demo-token-without-mcp" })
        #expect(reader.permissions.subtracting(other.permissions) == ["MCP Portals Read"])
        #expect(other.permissions.isSubset(of: reader.permissions))
        // Nobody sees Logpush jobs with less.
        #expect(reader.permissions.filter { !$0.hasSuffix(" Read") } == ["Logs Write"])
    }

    @Test func tellsThatADemoTokenCanWrite() async throws {
        let world = try SimulatedWorld.demoAccount()
        let token = try #require(world.tokens.first { $0.value == "demo-token-that-can-write" })
        let reply = try await withCaller(world: world) { caller in
            try await caller.send("/user/tokens/\(token.id)", token: token.value)
        }
        let groups = (reply.result?["policies"]?.arrayValue ?? []).flatMap { $0["permission_groups"]?.arrayValue ?? [] }
        #expect(groups.contains { $0["name"] == "Zero Trust Write" })
    }

    /// An object, unlike a list, cannot be empty: an account that lacks one would never be read completely.
    @Test func givesEveryDemoAccountEveryObject() throws {
        let objects = ResourceCatalogue.kinds.filter { $0.listing.paging == .object && $0.listing.scope == .account }
        for account in try SimulatedWorld.demoAccount().accounts {
            for kind in objects {
                #expect(account.resources[kind.listing.path]?.objectValue != nil, "\(account.name): \(kind.name)")
            }
        }
    }

    /// Each list and object of the demo account is read by the token that the demo uses.
    @Test func readsTheWholeDemoAccount() async throws {
        let world = try SimulatedWorld.demoAccount()
        try await withCaller(world: world) { caller async throws in
            for account in world.accounts {
                for (resource, value) in account.resources {
                    let path = "/accounts/\(account.id)/\(resource)?is_deleted=&status=all&active_registrations=include"
                    let reply = try await caller.send(path, token: "demo-read-only-token")
                    #expect(reply.status == 200, "\(path)")
                    if value.objectValue != nil { #expect(reply.result == value, "\(path)") }
                    if value.arrayValue?.isEmpty == false {
                        #expect(reply.result?.arrayValue?.isEmpty == false, "\(path)")
                    }
                }
            }
            for zone in world.zones {
                for (resource, value) in zone.resources {
                    let reply = try await caller.send("/zones/\(zone.id)/\(resource)", token: "demo-read-only-token")
                    #expect(reply.result == value, "\(resource)")
                }
            }
        }
    }
}
