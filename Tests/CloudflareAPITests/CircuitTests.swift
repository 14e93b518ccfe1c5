import CloudflareAPI
import CloudflareSimulator
import Testing

@Suite struct CircuitTests {
    /// Paths of as many products.
    private static let products = (0..<100).map { "product-\($0)/kind" }

    /// The codes of requests for these paths in turn, sent at the same time; `nil` for a success.
    private static func codes(
        _ count: Int,
        _ client: CloudflareClient,
        paths: [String] = products
    ) async -> [CloudflareError.Code?] {
        await withTaskGroup(of: CloudflareError.Code?.self) { group in
            for number in 0..<count {
                group.addTask { await code(client, path: paths[number % paths.count]) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func code(_ client: CloudflareClient, path: String = SimulatedAPI.apps) async -> CloudflareError
        .Code?
    {
        do {
            _ = try await client.get(path)
            return nil
        } catch {
            return (error as? CloudflareError)?.code
        }
    }

    @Test(arguments: [
        (SimulatorFault.Kind.status(500), CloudflareError.Code.serverFailure), (.garbage, .unreadableAnswer),
        (.closeConnection, .unreachable), (.status(429, headers: ["retry-after": "0"]), .rateLimited),
    ])
    func sendsNothingToADeadAPI(kind: SimulatorFault.Kind, code: CloudflareError.Code) async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(kind)],
            configure: { $0.attempts = 3 }
        ) { client, simulator async throws in
            for path in Self.products.prefix(5) {
                #expect(await Self.code(client, path: path) == code)
            }
            #expect(simulator.recordedRequests().count == 15)
            let error = await #expect(throws: CloudflareError.self) { try await client.get(SimulatedAPI.apps) }
            #expect(error?.code == .gaveUp)
            #expect(error?.problem.hasPrefix("given up, because 5 requests in a row had failed") == true)
            #expect(error?.remedy.isEmpty == false)
            // Not even when the API is well again.
            simulator.updateOptions { $0.faults = [] }
            #expect(await Self.code(client) == .gaveUp)
            #expect(simulator.recordedRequests().count == 15)
        }
    }

    @Test func goesOnWithoutTwoBrokenProducts() async throws {
        let account = "accounts/\(SimulatedAPI.account)"
        try await SimulatedAPI.run(
            faults: [SimulatorFault(.status(500))],
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            for number in 0..<10 {
                for path in ["\(account)/devices/\(number)", "\(account)/dex/\(number)", "zones/\(number)/dex/tests"] {
                    #expect(await Self.code(client, path: path) == .serverFailure)
                }
            }
            // The third product shows that it is not only those two.
            #expect(await Self.code(client, path: "accounts") == .serverFailure)
            let error = await #expect(throws: CloudflareError.self) { try await client.get(SimulatedAPI.apps) }
            #expect(error?.problem.hasPrefix("given up, because 31 requests in a row had failed") == true)
            #expect(simulator.recordedRequests().count == 31)
        }
    }

    @Test func endsRequestsThatWaitForAnotherTryOrTheirTurn() async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(.status(500))],
            configure: {
                $0.attempts = 2
                $0.firstRetryDelay = .milliseconds(50)
            }
        ) { client, simulator async throws in
            let codes = await Self.codes(100, client)
            #expect(codes.count { $0 == .serverFailure } >= 5)
            #expect(codes.count { $0 == .serverFailure } <= 12)
            #expect(codes.count { $0 == .serverFailure || $0 == .gaveUp } == 100)
            let sent = simulator.recordedRequests().count
            #expect(await Self.codes(10, client) == Array(repeating: .gaveUp, count: 10))
            #expect(simulator.recordedRequests().count == sent)
        }
    }

    @Test func givesUpOnAnAccountBeforeTheWholeAPI() async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(.status(500))],
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            for first in 0..<5 {
                let account = client.forOneAccount()
                // The last one is what the whole hears of: a different product each time.
                for path in Self.products[first..<first + 5] {
                    #expect(await Self.code(account, path: path) == .serverFailure)
                }
                #expect(await Self.code(account) == .gaveUp)
            }
            #expect(simulator.recordedRequests().count == 25)
            #expect(await Self.code(client) == .gaveUp)
            #expect(await Self.code(client.forOneAccount()) == .gaveUp)
            #expect(simulator.recordedRequests().count == 25)
        }
    }

    @Test func givesUpOnAnAPIThatNoAccountReaches() async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(.closeConnection)],
            configure: { $0.attempts = 1 }
        ) { client, _ async throws in
            for path in Self.products.prefix(5) {
                #expect(await Self.code(client.forOneAccount(), path: path) == .unreachable)
            }
            #expect(await Self.code(client) == .gaveUp)
        }
    }

    @Test func endsAPauseAndAHangingRequest() async throws {
        let start = ContinuousClock.now
        try await SimulatedAPI.run(
            faults: [
                SimulatorFault(.hang, target: .suffix("/hang")),
                SimulatorFault(.status(500), target: .suffix("/wait"), occurrence: .first(1)),
                SimulatorFault(.status(429, headers: ["retry-after": "86400"]), target: .suffix("/blocked")),
            ],
            configure: {
                $0.timeout = .seconds(600)
                $0.firstRetryDelay = .seconds(600)
            }
        ) { client, simulator async throws in
            await withTaskGroup(of: Void.self) { group in
                for path in ["accounts/hang", "accounts/wait"] {
                    group.addTask { #expect(await Self.code(client, path: path) == .gaveUp) }
                }
                await poll { simulator.recordedRequests().count == 2 }
                #expect(await Self.code(client, path: "accounts/blocked") == .blocked)
            }
            let error = await #expect(throws: CloudflareError.self) { try await client.get(SimulatedAPI.apps) }
            #expect(error?.code == .gaveUp)
            #expect(error?.problem == "given up, because the API asks to wait 86400 seconds before the next request")
            #expect(simulator.recordedRequests().count == 3)
        }
        #expect(ContinuousClock.now - start < .seconds(120))
    }

    @Test func stopsWhereATokenIsRevokedHalfway() async throws {
        try await SimulatedAPI.run { client, simulator async throws in
            #expect(await Self.code(client) == nil)
            simulator.updateWorld { $0.tokens = [] }
            let codes = await Self.codes(100, client, paths: [SimulatedAPI.apps])
            #expect(codes.count { $0 == .invalidCredentials } >= 5)
            #expect(codes.count { $0 == .invalidCredentials || $0 == .gaveUp } == 100)
            // Those that were under way when the fifth was refused had been sent.
            #expect((6...13).contains(simulator.recordedRequests().count))
        }
    }

    @Test func stopsAtTheFifthRefusalOfARevokedToken() async throws {
        try await SimulatedAPI.run(configure: { $0.concurrency = 1 }) { client, simulator async throws in
            #expect(await Self.code(client) == nil)
            simulator.updateWorld { $0.tokens = [] }
            let codes = await Self.codes(20, client, paths: [SimulatedAPI.apps])
            #expect(codes.count { $0 == .invalidCredentials } == 5)
            #expect(codes.count { $0 == .gaveUp } == 15)
            #expect(simulator.recordedRequests().count == 6)
        }
    }

    @Test func keepsSayingThatCredentialsNeverWereAccepted() async throws {
        try await SimulatedAPI.run(configure: { $0.credentials = .token("no-such-token") }) { client, _ async throws in
            for _ in 0..<8 { #expect(await Self.code(client) == .invalidCredentials) }
        }
    }

    /// A success, and refusals that show that the API answers.
    @Test(arguments: [
        SimulatorFault.Kind.body(#"{"success":true,"result":[]}"#), .status(403), .status(404), .status(400),
    ])
    func goesOnWhereTheAPIAnswersInBetween(kind: SimulatorFault.Kind) async throws {
        try await SimulatedAPI.run(
            faults: [
                SimulatorFault(kind, target: .suffix("/alive")), SimulatorFault(.status(500), target: .suffix("/dead")),
            ],
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            for _ in 0..<3 {
                for product in 0..<4 {
                    #expect(await Self.code(client, path: "product-\(product)/dead") == .serverFailure)
                }
                #expect(await Self.code(client, path: "accounts/alive") != .gaveUp)
            }
            #expect(await Self.code(client) == nil)
            #expect(simulator.recordedRequests().count == 16)
        }
    }

    @Test func countsNoCancelledRequest() async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(.hang, target: .suffix("/hang"))],
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = await Self.code(client, path: "accounts/hang") } }
                await poll { simulator.recordedRequests().count == 8 }
                group.cancelAll()
            }
            #expect(await Self.code(client) == nil)
        }
    }
}
