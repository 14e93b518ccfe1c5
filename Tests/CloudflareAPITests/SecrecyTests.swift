import CloudflareAPI
import CloudflareSimulator
import JSONModel
import Testing

@Suite struct SecrecyTests {
    @Test(arguments: RetryTests.transient + [.status(403), .status(401), .status(302), .status(400)])
    func logsNoToken(kind: SimulatorFault.Kind) async throws {
        let log = LogCapture()
        let (error, _) = try await SimulatedAPI.failure(kind, attempts: 2, logger: log.logger) {
            if kind == .hang { $0.timeout = .milliseconds(200) }
        }
        #expect(!"\(error)".contains(SimulatedAPI.token))
        #expect(!String(reflecting: error).contains(SimulatedAPI.token))
        #expect(!log.text.isEmpty)
        #expect(!log.text.contains(SimulatedAPI.token))
    }

    @Test func logsNoTokenWhenAllIsWell() async throws {
        let log = LogCapture()
        try await SimulatedAPI.run(logger: log.logger) { client, _ in _ = try await client.get(SimulatedAPI.apps) }
        #expect(!log.text.isEmpty)
        #expect(!log.text.contains(SimulatedAPI.token))
    }

    @Test func logsNoTokenWithoutAConnection() async throws {
        let log = LogCapture()
        try await TCPListener.withClosedPort { port async throws in
            for scheme in ["http", "https"] {
                let error = try await SimulatedAPI.failure(at: "\(scheme)://127.0.0.1:\(port)", logger: log.logger)
                #expect(!String(reflecting: error).contains(SimulatedAPI.token))
            }
        }
        #expect(!log.text.contains(SimulatedAPI.token))
    }

    @Test func takesTheTokenOutOfWhatTheAPISays() async throws {
        let body = JSONValue.failure(1000, "Invalid API Token \(SimulatedAPI.token)!").text
        let (error, _) = try await SimulatedAPI.failure(.status(401, body: body))
        #expect(error.problem == "the API token is not accepted: \"Invalid API Token [redacted]!\"")
    }

    @Test(arguments: [
        CloudflareCredentials.token(SimulatedAPI.token), .globalKey(email: "a@example.com", key: SimulatedAPI.token),
    ])
    func printsNoCredentials(credentials: CloudflareCredentials) {
        #expect(!"\(credentials)".contains(SimulatedAPI.token))
        #expect(!String(reflecting: credentials).contains(SimulatedAPI.token))
        #expect(!"\([credentials])".contains(SimulatedAPI.token))
    }
}
