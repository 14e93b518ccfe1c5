// Internal access, because windows must be tested without waiting for them to pass.
@testable import CloudflareSimulator
import JSONModel
import Testing

@Suite struct RateLimitTests {
    @Test func tellsTheLimitWithEveryAnswer() async throws {
        try await withCaller { caller in
            let first = try await caller.list("access/apps")
            let failed = try await caller.list("access/nothing")
            #expect(first.header("ratelimit") == "\"default\";r=1199;t=300")
            #expect(failed.header("ratelimit")?.hasPrefix("\"default\";r=1198;t=") == true)
            #expect(failed.header("ratelimit-policy") == "\"default\";q=1200;w=300")
            #expect(first.header("cf-ray") == "1-SIM")
        }
    }

    @Test func refusesWhatExceedsTheQuota() async throws {
        let limit = SimulatedRateLimit(quota: 2, window: .seconds(60), penalty: .seconds(30))
        try await withCaller(options: SimulatorOptions(rateLimit: limit)) { caller in
            #expect(try await caller.list("access/apps").status == 200)
            #expect(try await caller.list("access/apps").header("retry-after") == nil)
            let refused = try await caller.list("access/apps")
            #expect(refused.status == 429)
            #expect(refused.code == 971)
            #expect(refused.message == "Please wait and consider throttling your request speed")
            #expect(refused.header("retry-after") == "30")
            #expect(refused.header("ratelimit") == "\"default\";r=0;t=30")
            let other = try await caller.send(SmallWorld.path("access/apps"), token: SmallWorld.appsOnly.value)
            #expect(other.status == 200)
        }
    }

    @Test func startsANewWindowWhenTheOldOneHasPassed() {
        let limit = SimulatedRateLimit(quota: 1, window: .seconds(10), penalty: .seconds(20))
        var limiter = RateLimiter()
        let start = ContinuousClock.now
        func retry(after seconds: Int) -> Duration? {
            limiter.admit(.token("t"), limit: limit, now: start + .seconds(seconds)).retryAfter
        }
        #expect(retry(after: 0) == nil)
        #expect(retry(after: 10) == nil)
        #expect(retry(after: 11) == .seconds(20))
        #expect(retry(after: 25) == .seconds(6))
        #expect(retry(after: 31) == nil)
    }
}
