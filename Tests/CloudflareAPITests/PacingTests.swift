// Internal access, because the API's five minutes must be tested without waiting for them to pass.
@testable import CloudflareAPI
import CloudflareSimulator
import Testing

@Suite struct PacingTests {
    @Test func boundsTheRequestsUnderWay() async throws {
        try await SimulatedAPI.run(
            options: SimulatorOptions(latency: .milliseconds(40)),
            configure: { $0.concurrency = 3 }
        ) { client, simulator async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<12 { group.addTask { _ = try await client.get(SimulatedAPI.apps) } }
                try await group.waitForAll()
            }
            #expect(simulator.recordedRequests().count == 12)
            #expect((2...3).contains(simulator.mostConcurrentRequests))
        }
    }

    @Test func pausesBeforeTheAPIsLimitIsReached() async throws {
        let limit = SimulatedRateLimit(quota: 10, window: .seconds(1))
        try await SimulatedAPI.run(
            options: SimulatorOptions(rateLimit: limit),
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            for _ in 0..<12 { _ = try await client.get(SimulatedAPI.apps) }
            let arrivals = simulator.recordedRequests().map(\.arrival)
            #expect(try #require(arrivals.last) - #require(arrivals.first) >= .seconds(1))
        }
    }

    @Test func startsNoMoreInAWindowThanItMay() async throws {
        let budget = RequestBudget(concurrency: 10, requestsPerMinute: 600, window: .milliseconds(200))
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { try await budget.run {} } }
            try await group.waitForAll()
        }
        #expect(ContinuousClock.now - start >= .milliseconds(400))
    }

    @Test func sendsAtOnceWhatAWindowHolds() async throws {
        let budget = RequestBudget(concurrency: 4, requestsPerMinute: 240)
        let start = ContinuousClock.now
        for _ in 0..<1200 { try await budget.run {} }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func freesTheSlotOfAFailedRequest() async throws {
        struct Failure: Error {}
        let budget = RequestBudget(concurrency: 1, requestsPerMinute: 240)
        await #expect(throws: Failure.self) { try await budget.run { throw Failure() } }
        try await budget.run {}
    }
}
