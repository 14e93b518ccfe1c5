import CloudflareSimulator
import Foundation
import SnapshotStore
import TestSupport
import Testing

@Suite struct PreflightTests {
    private func check(
        _ arguments: [String] = [],
        environment: (SimulatorHandle) -> [String: String] = { $0.environment() },
        change: (inout SimulatedWorld) -> Void = { _ in },
        _ body: (ProcessOutcome, [RecordedRequest]) throws -> Void
    ) async throws {
        try await withDemoAPI(change: change) { api in
            try await ScratchFolder.with { folder in
                let outcome = try await runZTAudit(
                    ["collect", "--check"] + arguments,
                    environment: environment(api),
                    in: folder
                )
                #expect(folder.files.isEmpty)
                try body(outcome, api.recordedRequests())
            }
        }
    }

    @Test func findsEverythingReadable() async throws {
        try await check(["--account", DemoAccount.id]) { outcome, requests in
            #expect(outcome.status == 0, "\(outcome.errors)")
            for kind in ResourceCatalogue.kinds where !kind.isOptional {
                #expect(outcome.output.contains(" \(kind.name) "), "\(kind.name)")
            }
            #expect(outcome.output.contains("Everything that was tried can be read."))
            // One request for each kind, one more for those that zones have too, and four for token and account.
            #expect(requests.count < ResourceCatalogue.kinds.count + 7 + 4)
        }
    }

    @Test func namesThePermissionsToAdd() async throws {
        let environment = { (api: SimulatorHandle) in api.environment(token: DemoAccount.tokenWithoutMCP) }
        try await check(["--account", DemoAccount.id], environment: environment) { outcome, _ in
            #expect(outcome.status == 2)
            let end = try #require(outcome.output.components(separatedBy: "Add these permissions").last)
            #expect(end == " to the token:\n  Account: MCP Portals Read\n")
            #expect(outcome.output.contains("denied"))
        }
    }

    @Test func namesPermissionsOfZonesApart() async throws {
        let change = { (world: inout SimulatedWorld) in
            world.updateToken(DemoAccount.tokenID) { $0.permissions.remove("Zone Read") }
        }
        try await check(["--account", DemoAccount.id], change: change) { outcome, _ in
            #expect(outcome.status == 2)
            #expect(outcome.output.hasSuffix("  Zone (all zones of the account): Zone Read\n"))
            #expect(outcome.output.contains("no zone seen to try it on: the zones could not be listed"))
        }
    }

    @Test func saysWhatItCouldNotTryForWantOfAZone() async throws {
        try await check(["--account", DemoAccount.id], change: { $0.zones = [] }) { outcome, _ in
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            for kind in ResourceCatalogue.kinds where kind.listing.scope == .accountAndZones {
                let own = lines.filter { $0.split(separator: " ").dropFirst().first == kind.name[...] }
                #expect(own.count == 2, "\(kind.name)")
                #expect(own.first?.hasPrefix("readable ") == true)
                #expect(own.last?.hasPrefix("untested ") == true)
                #expect(own.last?.hasSuffix("the account has none, or the token sees none") == true)
            }
            let untested = lines.count { $0.hasPrefix("untested ") }
            #expect(untested >= 7)
            #expect(lines.last?.hasSuffix(" \(untested) kinds were not tried; see above.") == true)
        }
    }

    @Test func warnsOfAGlobalKey() async throws {
        let key = SimulatedGlobalKey(email: "owner@northwind.example", key: "c2547eb745079dac9320b638f5e225cf483cc5cfd")
        let environment = { (api: SimulatorHandle) in
            [
                "CLOUDFLARE_BASE_URL": api.baseURL, "CLOUDFLARE_EMAIL": key.email, "CLOUDFLARE_API_KEY": key.key,
            ]
        }
        try await check(["--account", DemoAccount.id], environment: environment, change: { $0.globalKeys = [key] }) {
            outcome,
            _ in
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("Warning: this is the Global API Key"))
            #expect(!outcome.output.contains(key.key))
        }
    }

    @Test func tellsAnAccountWithoutZeroTrustFromAMissingPermission() async throws {
        let change = { (world: inout SimulatedWorld) in
            world.updateAccount(DemoAccount.id) { $0.accessEnabled = false }
        }
        try await check(["--account", DemoAccount.id], change: change) { outcome, _ in
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.contains("unavailable  access_applications"))
            #expect(!outcome.output.contains("denied"))
        }
    }

    @Test func printsTheRequestsWithoutSendingThem() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                let arguments = ["collect", "--dry-run", "--account", DemoAccount.id, "--include", "scim_users"]
                // Not even a token is needed.
                let outcome = try await runZTAudit(arguments, environment: api.environment(token: nil), in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.errors == "")
                let lines = outcome.output.split(separator: "\n").map(String.init)
                #expect(lines.allSatisfy { $0.hasPrefix("GET \(api.baseURL)/") })
                let account = "GET \(api.baseURL)/accounts/\(DemoAccount.id)"
                #expect(lines.contains("\(account)/access/apps?page=1&per_page=1000  (for each page)"))
                #expect(lines.contains("\(account)/cfd_tunnel/{id}/configurations  (for each of the tunnels)"))
                #expect(
                    lines.contains { $0.contains("/scim/users") } && !lines.contains { $0.contains("/scim/groups") }
                )
                #expect(api.recordedRequests().isEmpty)
            }
        }
    }

    @Test(arguments: [
        ["collect"], ["collect", "--check", "--dry-run"], ["collect", "--check", "--output", "s"],
        ["collect", "--check", "--resume"],
    ])
    func refusesWhatDoesNotGoTogether(arguments: [String]) async throws {
        try await ScratchFolder.with { folder in
            expectRefusal(try await runZTAudit(arguments, in: folder), status: 64)
        }
    }
}
