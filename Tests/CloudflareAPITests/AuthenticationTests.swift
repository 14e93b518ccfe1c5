import CloudflareAPI
import CloudflareSimulator
import JSONModel
import Testing

@Suite struct AuthenticationTests {
    @Test func showsTheToken() async throws {
        try await SimulatedAPI.run { client, simulator async throws in
            #expect(try await client.get(SimulatedAPI.apps).result.arrayValue?.count == 3)
            #expect(simulator.recordedRequests().map(\.authentication) == [.token])
        }
    }

    @Test func showsTheGlobalKey() async throws {
        try await SimulatedAPI.run(configure: {
            $0.credentials = .globalKey(email: SimulatedAPI.key.email, key: SimulatedAPI.key.key)
        }) { client, simulator async throws in
            #expect(try await client.get(SimulatedAPI.apps).result.arrayValue?.count == 3)
            #expect(simulator.recordedRequests().map(\.authentication) == [.globalKey])
        }
    }

    @Test(arguments: [
        (CloudflareCredentials.token("no-such-token"), CloudflareError.Code.invalidCredentials),
        (.token("odd,token"), .malformedCredentials),
        (.globalKey(email: "owner@example.com", key: "0000"), .invalidCredentials),
        (.globalKey(email: "owner@example.com", key: "odd key"), .malformedCredentials),
    ])
    func tellsWhyCredentialsAreRefused(credentials: CloudflareCredentials, code: CloudflareError.Code) async throws {
        try await SimulatedAPI.run(configure: { $0.credentials = credentials }) { client, simulator async throws in
            let error = try await #require(throws: CloudflareError.self) { try await client.get(SimulatedAPI.apps) }
            #expect(error.code == code)
            #expect(simulator.recordedRequests().count == 1)
        }
    }

    @Test(arguments: ["", "token\n", "token\r\nX-Evil: 1", "tök"])
    func refusesATokenThatNoHeaderCanHold(token: String) async throws {
        let error = try await SimulatedAPI.failure(at: "https://127.0.0.1:1") { $0.credentials = .token(token) }
        #expect(error.code == .malformedCredentials)
        #expect(token.isEmpty || !"\(error)".contains(token))
    }
}
