import CloudflareSimulator
import JSONModel
import Testing

@Suite struct AuthenticationTests {
    private static let apps = SmallWorld.path("access/apps")

    /// Headers, and what the API answers to them.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let path: String
        let headers: [String: String]
        let status: Int
        let code: Int64
    }

    static let cases = [
        Case(testDescription: "no credential", path: apps, headers: [:], status: 400, code: 9106),
        Case(
            testDescription: "half a global key",
            path: apps,
            headers: ["X-Auth-Email": SmallWorld.key.email],
            status: 400,
            code: 9106
        ),
        Case(
            testDescription: "another scheme",
            path: apps,
            headers: ["Authorization": "Basic abc"],
            status: 400,
            code: 6003
        ),
        Case(
            testDescription: "a token with odd characters",
            path: apps,
            headers: ["Authorization": "Bearer abc,def"],
            status: 400,
            code: 6003
        ),
        Case(
            testDescription: "an empty token",
            path: apps,
            headers: ["Authorization": "Bearer"],
            status: 400,
            code: 6003
        ),
        Case(
            testDescription: "a malformed global key",
            path: apps,
            headers: ["X-Auth-Email": SmallWorld.key.email, "X-Auth-Key": "not a key"],
            status: 400,
            code: 6003
        ),
        Case(
            testDescription: "a wrong global key",
            path: apps,
            headers: ["X-Auth-Email": SmallWorld.key.email, "X-Auth-Key": "0000"],
            status: 403,
            code: 9103
        ),
        Case(
            testDescription: "an unknown token",
            path: apps,
            headers: ["Authorization": "Bearer nobody"],
            status: 403,
            code: 9109
        ),
        Case(
            testDescription: "an unknown token that is verified",
            path: "/user/tokens/verify",
            headers: ["Authorization": "Bearer nobody"],
            status: 401,
            code: 1000
        ),
        Case(
            testDescription: "an account-owned token at the user's endpoint",
            path: "/user/tokens/verify",
            headers: ["Authorization": "Bearer \(SmallWorld.appsOnly.value)"],
            status: 401,
            code: 1000
        ),
        Case(
            testDescription: "a user's token at the account's endpoint",
            path: SmallWorld.path("tokens/verify"),
            headers: Caller.readerHeaders,
            status: 401,
            code: 1000
        ),
        Case(
            testDescription: "a missing permission",
            path: SmallWorld.path("access/groups"),
            headers: ["Authorization": "Bearer \(SmallWorld.appsOnly.value)"],
            status: 403,
            code: 10000
        ),
        Case(
            testDescription: "an account that the token does not cover",
            path: "/accounts/\(SmallWorld.foreign)/access/apps",
            headers: Caller.readerHeaders,
            status: 403,
            code: 10000
        ),
        Case(
            testDescription: "an account that does not exist",
            path: "/accounts/99999999999999999999999999999999/access/apps",
            headers: Caller.readerHeaders,
            status: 403,
            code: 10000
        ),
        Case(
            testDescription: "an account id of another shape",
            path: "/accounts/northwind/access/apps",
            headers: Caller.readerHeaders,
            status: 404,
            code: 7003
        ),
        Case(
            testDescription: "an unknown path",
            path: SmallWorld.path("access/nothing"),
            headers: Caller.readerHeaders,
            status: 404,
            code: 7003
        ),
        Case(
            testDescription: "an account without Access",
            path: "/accounts/\(SmallWorld.withoutAccess)/access/organizations",
            headers: Caller.readerHeaders,
            status: 400,
            code: 9999
        ),
        Case(
            testDescription: "an unknown application",
            path: SmallWorld.path("access/apps/nothing/policies"),
            headers: Caller.readerHeaders,
            status: 404,
            code: 11021
        ),
    ]

    @Test(arguments: cases) func refuses(_ refused: Case) async throws {
        let reply = try await withCaller { try await $0.send(refused.path, headers: refused.headers) }
        #expect(reply.status == refused.status)
        #expect(reply.code == refused.code)
        #expect(reply.json?["success"] == false)
        #expect(reply.json?["result"] == .null)
    }

    @Test func namesTheHeaderThatIsMalformed() async throws {
        try await withCaller { caller in
            let token = try await caller.send(Self.apps, headers: ["Authorization": "Token x"])
            let key = try await caller.send(Self.apps, headers: ["X-Auth-Email": "a@b.c", "X-Auth-Key": "not a key"])
            let chains = [token, key].map { $0.json?["errors"]?.arrayValue?.first?["error_chain"]?.arrayValue }
            #expect(chains.map { $0?.first?["code"] } == [6111, 6103])
        }
    }

    @Test func tellsBothCodesOfAnUnknownRoute() async throws {
        let reply = try await withCaller { try await $0.send("/nothing") }
        #expect(reply.json?["errors"]?.arrayValue?.map { $0["code"] } == [7003, 7000])
        #expect(reply.message == "Could not route to /nothing, perhaps your object identifier is invalid?")
    }

    @Test func saysThatAccessIsNotEnabledInItsOwnWords() async throws {
        let reply = try await withCaller { try await $0.send("/accounts/\(SmallWorld.withoutAccess)/access/apps") }
        #expect(reply.message?.hasPrefix("access.api.error.not_enabled: Access is not enabled.") == true)
    }

    @Test func servesDevicesOfAnAccountWithoutAccess() async throws {
        let path = "/accounts/\(SmallWorld.withoutAccess)/devices/registrations"
        let reply = try await withCaller { try await $0.send(path) }
        #expect(reply.status == 200)
        #expect(reply.result == [])
    }

    @Test func verifiesTokensWhereTheyBelong() async throws {
        try await withCaller { caller in
            let user = try await caller.send("/user/tokens/verify")
            let account = try await caller.send(
                SmallWorld.path("tokens/verify"),
                token: SmallWorld.appsOnly.value
            )
            #expect(user.result == ["id": "reader", "status": "active"])
            #expect(account.result == ["id": "apps", "status": "active"])
        }
    }

    @Test(arguments: [SimulatedToken.Status.disabled, .expired])
    func showsTheStatusOfATokenThatOpensNothing(_ status: SimulatedToken.Status) async throws {
        try await withCaller { caller in
            caller.simulator.updateWorld { $0.updateToken("reader") { $0.status = status } }
            let verified = try await caller.send("/user/tokens/verify")
            let apps = try await caller.list("access/apps")
            #expect(verified.result?["status"]?.stringValue == status.rawValue)
            #expect(apps.status == 403)
            #expect(apps.code == 9109)
        }
    }

    @Test func listsTheAccountsThatATokenCovers() async throws {
        try await withCaller { caller in
            let reader = try await caller.send("/accounts")
            let apps = try await caller.send("/accounts", token: SmallWorld.appsOnly.value)
            #expect(reader.ids == [SmallWorld.account, SmallWorld.withoutAccess])
            #expect(apps.ids == [SmallWorld.account])
            caller.simulator.updateWorld { $0.updateToken("apps") { $0.permissions = [] } }
            #expect(try await caller.send("/accounts", token: SmallWorld.appsOnly.value).result == [])
        }
    }

    @Test func guardsTheAccountItselfByItsSettings() async throws {
        try await withCaller { caller async throws in
            let path = "/accounts/\(SmallWorld.account)"
            #expect(try await caller.send(path).result?["name"] == "Northwind")
            #expect(try await caller.send(path, token: SmallWorld.appsOnly.value).code == 10000)
        }
    }

    @Test func opensEverythingToAGlobalKey() async throws {
        let headers = ["X-Auth-Email": SmallWorld.key.email, "X-Auth-Key": SmallWorld.key.key]
        try await withCaller { caller async throws in
            #expect(try await caller.send("/accounts", headers: headers).ids.count == 3)
            #expect(try await caller.send(SmallWorld.path("access/groups"), headers: headers).status == 200)
            #expect(caller.simulator.recordedRequests().map(\.authentication) == [.globalKey, .globalKey])
        }
    }

    @Test func readsWithAWritePermission() async throws {
        try await withCaller { caller async throws in
            caller.simulator.updateWorld {
                $0.updateToken("apps") { $0.permissions = ["Access: Apps and Policies Write"] }
            }
            #expect(try await caller.send(Self.apps, token: SmallWorld.appsOnly.value).status == 200)
        }
    }

    @Test func refusesToWrite() async throws {
        let reply = try await withCaller { try await $0.send(Self.apps, method: "POST") }
        #expect(reply.status == 405)
    }
}
