import CloudflareSimulator
import JSONModel
import Testing

@Suite struct TokenDetailsTests {
    private static let zoneResource = "com.cloudflare.api.account.zone."

    /// The details of the small world's reader, which may read them unless `change` takes that away.
    private func reply(
        _ path: String = "/user/tokens/reader",
        token: String = SmallWorld.reader.value,
        _ change: @Sendable (inout SimulatedToken) -> Void = { _ in }
    ) async throws -> Caller.Reply {
        var world = SmallWorld.world
        world.updateToken("reader") { $0.permissions.insert("API Tokens Read") }
        for id in ["reader", "apps"] { world.updateToken(id, change) }
        return try await withCaller(world: world) { try await $0.send(path, token: token) }
    }

    private func policy(of reply: Caller.Reply, with group: String) -> JSONValue? {
        reply.result?["policies"]?.arrayValue?.first { policy in
            policy["permission_groups"]?.arrayValue?.contains { $0["name"]?.stringValue == group } == true
        }
    }

    @Test func tellsWhatATokenMayDo() async throws {
        let reply = try await reply { $0.expiresOn = "2027-01-01T00:00:00Z" }
        #expect(reply.status == 200)
        #expect(reply.result?["id"] == "reader")
        #expect(reply.result?["name"] == "Audit")
        #expect(reply.result?["status"] == "active")
        #expect(reply.result?["expires_on"] == "2027-01-01T00:00:00Z")
        let account = policy(of: reply, with: "Zero Trust Read")
        #expect(account?["effect"] == "allow")
        #expect(
            account?["resources"] == [
                "com.cloudflare.api.account.\(SmallWorld.account)": "*",
                "com.cloudflare.api.account.\(SmallWorld.withoutAccess)": "*",
            ]
        )
        let ids = account?["permission_groups"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
        #expect(!ids.isEmpty)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 32 })
        #expect(!String(decoding: reply.bytes, as: UTF8.self).contains(SmallWorld.reader.value))
    }

    @Test func namesEveryGroupOfTheToken() async throws {
        let policies = try await reply().result?["policies"]?.arrayValue ?? []
        let names = policies.flatMap { $0["permission_groups"]?.arrayValue ?? [] }.compactMap {
            $0["name"]?.stringValue
        }
        #expect(Set(names) == SmallWorld.reader.permissions.union(["API Tokens Read"]))
    }

    @Test func tellsTheZonesOfAToken() async throws {
        let all = try await reply()
        let one = try await reply { $0.zoneIDs = [SmallWorld.zone] }
        let none = try await reply { $0.zoneIDs = [] }
        let account = "com.cloudflare.api.account.\(SmallWorld.account)"
        #expect(policy(of: all, with: "Zone Read")?["resources"]?[account] == ["\(Self.zoneResource)*": "*"])
        #expect(policy(of: one, with: "Zone Read")?["resources"] == ["\(Self.zoneResource)\(SmallWorld.zone)": "*"])
        #expect(policy(of: none, with: "Zone Read") == nil)
        #expect(policy(of: none, with: "Zero Trust Read") != nil)
    }

    @Test func keepsDetailsFromATokenWithoutThePermission() async throws {
        let user = try await reply { $0.permissions.remove("API Tokens Read") }
        #expect(user.status == 403)
        #expect(user.code == 9109)
        let path = SmallWorld.path("tokens/apps")
        let account = try await reply(path, token: SmallWorld.appsOnly.value)
        #expect(account.status == 403)
        #expect(account.code == 10000)
    }

    @Test func tellsAnAccountsTokenAtTheAccount() async throws {
        let path = SmallWorld.path("tokens/apps")
        let reply = try await reply(path, token: SmallWorld.appsOnly.value) {
            $0.permissions.insert("Account API Tokens Read")
        }
        #expect(reply.result?["id"] == "apps")
        #expect(policy(of: reply, with: "Access: Apps and Policies Read") != nil)
    }

    @Test func knowsNoUsersTokenOfAnAccountsToken() async throws {
        let reply = try await reply(token: SmallWorld.appsOnly.value) { $0.permissions.insert("API Tokens Read") }
        #expect(reply.code == 9109)
    }

    @Test(arguments: ["/user/tokens/nobody", "/user/tokens/apps", SmallWorld.path("tokens/reader")])
    func answersAnUnknownToken(path: String) async throws {
        let reply = try await reply(path) { $0.permissions.insert("Account API Tokens Read") }
        #expect(reply.status == 404)
        #expect(reply.code == 7003)
    }
}
