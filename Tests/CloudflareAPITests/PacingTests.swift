// Internal access, because the API's five minutes must be tested without waiting for them to pass.
@testable import CloudflareAPI
import CloudflareSimulator
import Synchronization
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

    @Test func leavesATenthOfTheAPIsQuota() async throws {
        let limit = SimulatedRateLimit(quota: 20, window: .seconds(2))
        try await SimulatedAPI.run(
            options: SimulatorOptions(rateLimit: limit),
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = try await client.get(SimulatedAPI.apps) } }
                try await group.waitForAll()
            }
            let arrivals = simulator.recordedRequests().map(\.arrival)
            let end = try #require(arrivals.first) + limit.window
            #expect(arrivals.count == 20)
            #expect(arrivals.count { $0 < end } <= 18)
        }
    }

    @Test func respectsWhatOthersSpend() async throws {
        let limit = SimulatedRateLimit(quota: 20, window: .seconds(2))
        try await SimulatedAPI.run(
            options: SimulatorOptions(rateLimit: limit),
            configure: { $0.attempts = 1 }
        ) { client, simulator async throws in
            let configuration = try SimulatedAPI.configuration(simulator.baseURL)
            try await CloudflareClient.withClient(configuration, logger: .silent) { other async throws in
                for _ in 0..<12 { _ = try await other.get(SimulatedAPI.apps) }
                // Alone it might send all of them at once.
                for _ in 0..<8 { _ = try await client.get(SimulatedAPI.apps) }
            }
            let arrivals = simulator.recordedRequests().map(\.arrival)
            let end = try #require(arrivals.first) + limit.window
            #expect(arrivals.count == 20)
            #expect(arrivals.count { $0 < end } <= 18)
        }
    }

    @Test func slowsDownWhereLittleIsLeft() async throws {
        // 15 above the tenth, for 3 s: the next request waits for at least their fifteenth part.
        let headers = ["Ratelimit": "\"default\";r=25;t=3", "Ratelimit-Policy": "\"default\";q=100;w=60"]
        let fault = SimulatorFault(.status(200, body: #"{"success":true}"#, headers: headers))
        try await SimulatedAPI.run(faults: [fault]) { client, _ async throws in
            let start = ContinuousClock.now
            for _ in 0..<3 { _ = try await client.get(SimulatedAPI.apps) }
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
    }

    @Test func tellsOfAWaitOnce() async throws {
        let waits = Mutex<[Duration]>([])
        let fault = SimulatorFault(.status(429, headers: ["retry-after": "2"]), occurrence: .first(1))
        try await SimulatedAPI.run(
            faults: [fault],
            configure: { $0.onWait = { wait in waits.withLock { $0.append(wait) } } }
        ) { client, _ async throws in
            _ = try await client.get(SimulatedAPI.apps)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await client.get(SimulatedAPI.apps) } }
                try await group.waitForAll()
            }
        }
        let told = waits.withLock { $0 }
        #expect(told.count == 1)
        #expect(told.allSatisfy { $0 > .seconds(1) && $0 <= .seconds(2) })
    }

    @Test func tellsNobodyOfAShortWait() async throws {
        let waits = Mutex(0)
        let budget = RequestBudget(concurrency: 1, requestsPerMinute: 240) { _ in waits.withLock { $0 += 1 } }
        await budget.pause(for: .milliseconds(500))
        try await budget.run { _ in }
        #expect(waits.withLock { $0 } == 0)
    }

    @Test func startsNoMoreInAWindowThanItMay() async throws {
        let budget = RequestBudget(concurrency: 10, requestsPerMinute: 600, window: .milliseconds(200))
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { try await budget.run { _ in } } }
            try await group.waitForAll()
        }
        #expect(ContinuousClock.now - start >= .milliseconds(400))
    }

    @Test func sendsInOneBurstWhatAWindowHolds() async throws {
        let budget = RequestBudget(concurrency: 4, requestsPerMinute: 60)
        let start = ContinuousClock.now
        for _ in 0..<300 { try await budget.run { _ in } }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func freesTheSlotOfAFailedRequest() async throws {
        struct Failure: Error {}
        let budget = RequestBudget(concurrency: 1, requestsPerMinute: 240)
        await #expect(throws: Failure.self) { try await budget.run { _ in throw Failure() } }
        try await budget.run { _ in }
    }
}
