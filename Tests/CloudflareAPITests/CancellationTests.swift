import CloudflareAPI
import CloudflareSimulator
import Testing

@Suite struct CancellationTests {
    /// Sends requests that do not end by themselves, cancels them once the server has seen the first, and waits.
    private static func cancel(
        _ faults: [SimulatorFault],
        requests: Int = 1,
        configure: (inout CloudflareClientConfiguration) -> Void = { _ in }
    ) async throws {
        try await SimulatedAPI.run(
            faults: faults,
            configure: {
                $0.timeout = .seconds(600)
                configure(&$0)
            }
        ) { client, simulator async throws in
            let start = ContinuousClock.now
            await withTaskGroup(of: Result<Void, any Error>.self) { group in
                for _ in 0..<requests {
                    group.addTask {
                        do {
                            _ = try await client.get(SimulatedAPI.apps)
                            return .success(())
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                await poll { !simulator.recordedRequests().isEmpty }
                group.cancelAll()
                for await result in group { #expect(throws: CancellationError.self) { try result.get() } }
            }
            #expect(ContinuousClock.now - start < .seconds(120))
        }
    }

    @Test func endsAHangingRequest() async throws {
        try await Self.cancel([SimulatorFault(.hang)])
    }

    @Test func endsTheWaitForAnotherTry() async throws {
        try await Self.cancel([SimulatorFault(.status(500))]) { $0.firstRetryDelay = .seconds(600) }
    }

    @Test func endsAPauseThatTheAPIAskedFor() async throws {
        try await Self.cancel([SimulatorFault(.status(429, headers: ["retry-after": "600"]))])
    }

    @Test func endsRequestsThatWaitForTheirTurn() async throws {
        try await Self.cancel([SimulatorFault(.hang)], requests: 4) { $0.concurrency = 1 }
    }

    @Test func endsARequestWhoseBodyStopsComing() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"success\":"
        try await TCPListener.with(answer: head) { listener async throws in
            var configuration = try SimulatedAPI.configuration("http://127.0.0.1:\(listener.port)")
            configuration.timeout = .seconds(600)
            let start = ContinuousClock.now
            try await CloudflareClient.withClient(configuration, logger: .silent) { client async throws in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: CancellationError.self) { try await client.get(SimulatedAPI.apps) }
                    }
                    await poll { !listener.heads.isEmpty }
                    group.cancelAll()
                }
            }
            #expect(ContinuousClock.now - start < .seconds(120))
        }
    }
}
