import CloudflareAPI
import CloudflareSimulator
import Foundation
import Testing

@Suite struct TransportTests {
    @Test func followsNoRedirect() async throws {
        let (error, requests) = try await SimulatedAPI.failure(
            .status(302, body: "", headers: ["Location": "/client/v4/user/tokens/verify"]),
            attempts: 5
        )
        #expect(error.code == .redirected)
        #expect(requests == 1)
    }

    @Test(arguments: [
        "http://api.cloudflare.com/client/v4", "http://127.0.0.1.example.com", "http://localhost@example.com",
        "http://localhost.example.com", "http://[::2]:80", "http://10.0.0.1", "ftp://127.0.0.1", "//127.0.0.1:80",
        "https://",
    ])
    func refusesAnUnsafeBaseURL(baseURL: String) async throws {
        let configuration = try SimulatedAPI.configuration(baseURL)
        try await confirmation(expectedCount: 0) { opened in
            let error = try await #require(throws: CloudflareError.self) {
                try await CloudflareClient.withClient(configuration, logger: .silent) { _ in opened() }
            }
            #expect(error.code == .badConfiguration)
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://api.example.com/client/v4",
    ])
    func takesALoopbackOrEncryptedBaseURL(baseURL: String) async throws {
        let configuration = try SimulatedAPI.configuration(baseURL)
        try await confirmation { opened in
            try await CloudflareClient.withClient(configuration, logger: .silent) { _ in opened() }
        }
    }

    @Test func reportsAServerWithoutTLS() async throws {
        try await SimulatedAPI.run { _, simulator async throws in
            let baseURL = simulator.baseURL.replacing("http://", with: "https://")
            let error = try await SimulatedAPI.failure(at: baseURL)
            #expect(error.code == .tlsFailure)
            #expect("\(error)".contains("TLS"))
            #expect(simulator.recordedRequests().isEmpty)
        }
    }

    @Test func reportsARefusedConnection() async throws {
        let port = try TCPListener.closedPort()
        let start = ContinuousClock.now
        let error = try await SimulatedAPI.failure(at: "http://127.0.0.1:\(port)")
        #expect(error.code == .unreachable)
        #expect(error.problem.contains("Connection refused"))
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func sendsQueryValuesUnchanged() async throws {
        let query = [("cursor", "a+b/c==&page=9"), ("name", "50% #1? é;\u{1F512}"), ("page", "1"), ("empty", "")]
        try await SimulatedAPI.run { client, simulator async throws in
            _ = try await client.get(SimulatedAPI.apps, query: query)
            let sent = try #require(simulator.recordedRequests().first)
            #expect(sent.query.map(\.name) == query.map(\.0))
            #expect(sent.query.map(\.value) == query.map(\.1))
        }
    }

    @Test(arguments: ["", "/"])
    func joinsBaseAndPath(ending: String) async throws {
        try await SimulatedAPI.run { _, simulator async throws in
            let configuration = try SimulatedAPI.configuration(simulator.baseURL + ending)
            try await CloudflareClient.withClient(configuration, logger: .silent) { client async throws in
                _ = try await client.get(SimulatedAPI.apps)
                _ = try? await client.get("accounts/a%2Fb%20c")
            }
            #expect(simulator.recordedRequests().map(\.path) == ["/\(SimulatedAPI.apps)", "/accounts/a%2Fb%20c"])
        }
    }
}
