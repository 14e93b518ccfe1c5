// Internal access: over HTTP no test could say when an answer comes, nor wait for five minutes.
@testable import CloudflareAPI
import Testing

/// Times are in seconds since the first request; the API's windows end a second later than it says.
@Suite struct RequestPaceTests {
    private static let begin = ContinuousClock.now

    private var pace = RequestPace(limit: 1200, span: .seconds(300))

    private static func at(_ seconds: Double) -> ContinuousClock.Instant { begin + .seconds(seconds) }

    /// The time of the next start, seen from another time.
    private func next(at seconds: Double) -> Double {
        (pace.nextStart(at: Self.at(seconds)) - Self.begin) / .seconds(1)
    }

    private mutating func start(at seconds: Double) -> RequestPace.Start { pace.start(at: Self.at(seconds)) }

    /// An answer that comes a tenth of a second after its request.
    private mutating func answer(
        to start: RequestPace.Start,
        remaining: Int,
        reset: Int,
        quota: Int = 1200,
        at seconds: Double? = nil
    ) {
        let headers = RateLimitHeaders(remaining: remaining, resetSeconds: reset, quota: quota)
        pace.observe(headers, of: start, at: seconds.map(Self.at) ?? start.time + .milliseconds(100))
    }

    private func isClose(_ time: Double, to other: Double) -> Bool { abs(time - other) < 0.001 }

    @Test mutating func burstsWhileMoreThanAQuarterIsLeft() {
        answer(to: start(at: 0), remaining: 301, reset: 200)
        #expect(next(at: 0.2) == 0.2)
    }

    @Test mutating func startsNoMoreThanTwoHundredASecond() {
        _ = start(at: 0)
        #expect(isClose(next(at: 0), to: 0.005))
        #expect(isClose(next(at: 0.004), to: 0.005))
        #expect(next(at: 0.006) == 0.006)
    }

    @Test mutating func spreadsWhatIsLeftAboveATenth() {
        answer(to: start(at: 0), remaining: 220, reset: 200)
        // 100 requests until 201.1 s.
        #expect(isClose(next(at: 0.2), to: 2.011))
        _ = start(at: 2.011)
        #expect(isClose(next(at: 2.2), to: 4.022))
        // Who comes late does not wait.
        #expect(next(at: 50) == 50)
    }

    @Test(arguments: [120, 119, 3, 0, -5])
    mutating func stopsAtTheTenthUntilTheReset(remaining: Int) {
        answer(to: start(at: 0), remaining: remaining, reset: 200)
        #expect(isClose(next(at: 0.2), to: 201.1))
        #expect(next(at: 202) == 202)
    }

    @Test mutating func countsItsOwnRequestsBeforeTheAPIDoes() {
        let first = start(at: 0)
        for _ in 0..<7 { _ = start(at: 0) }
        answer(to: first, remaining: 128, reset: 200)
        // One left above the tenth, and that one at the end.
        #expect(isClose(next(at: 0.2), to: 201.1))
    }

    @Test mutating func staysSlowWhenAnOlderAnswerComesLate() {
        let older = start(at: 0)
        let newer = start(at: 0)
        answer(to: newer, remaining: 121, reset: 200)
        answer(to: older, remaining: 900, reset: 200, at: 0.5)
        #expect(isClose(next(at: 0.6), to: 201.1))
    }

    @Test mutating func slowsDownForAnOlderAnswerThatKnowsOfLess() {
        let older = start(at: 0)
        let newer = start(at: 0)
        answer(to: newer, remaining: 900, reset: 200)
        answer(to: older, remaining: 100, reset: 200, at: 0.5)
        #expect(isClose(next(at: 0.6), to: 201.1))
    }

    @Test mutating func slowsDownWhenOthersSpend() {
        answer(to: start(at: 0), remaining: 1100, reset: 200)
        #expect(next(at: 0.5) == 0.5)
        answer(to: start(at: 1), remaining: 130, reset: 199)
        #expect(next(at: 1.2) > 20)
    }

    @Test mutating func speedsUpInANewWindow() {
        answer(to: start(at: 0), remaining: 121, reset: 10)
        answer(to: start(at: 12), remaining: 1199, reset: 300)
        #expect(next(at: 12.2) == 12.2)
    }

    @Test mutating func speedsUpInANewWindowThatComesBeforeItsTime() {
        let first = start(at: 0)
        let second = start(at: 0)
        answer(to: first, remaining: 100, reset: 10)
        answer(to: second, remaining: 1198, reset: 300)
        #expect(next(at: 0.2) == 0.2)
    }

    @Test mutating func forgetsWhatALateAnswerSaysOfTheWindowBefore() {
        let old = start(at: 0)
        answer(to: start(at: 12), remaining: 1199, reset: 300)
        answer(to: old, remaining: 0, reset: 5, at: 12.5)
        #expect(next(at: 12.6) == 12.6)
    }

    @Test mutating func takesNoHeaderForAnotherPolicy() {
        answer(to: start(at: 0), remaining: 0, reset: 200, quota: 0)
        #expect(next(at: 0.2) == 0.2)
    }

    @Test mutating func believesNoResetThatIsFarOff() {
        answer(to: start(at: 0), remaining: 0, reset: .max)
        #expect(next(at: 0.2) < 902)
        answer(to: start(at: 1), remaining: .max, reset: .min)
        #expect(next(at: 1.2) < 902)
    }

    @Test mutating func pausesForAsLongAsTheLongestRequest() {
        pace.pause(until: Self.at(9))
        pace.pause(until: Self.at(4))
        #expect(next(at: 1) == 9)
    }

    @Test mutating func keepsItsOwnLimitWhateverTheAPIAllows() {
        pace = RequestPace(limit: 3, span: .seconds(60))
        for second in 0..<3 { answer(to: start(at: Double(second)), remaining: 1000, reset: 300) }
        #expect(isClose(next(at: 3), to: 60))
        _ = start(at: 60)
        #expect(isClose(next(at: 60), to: 61))
    }
}
