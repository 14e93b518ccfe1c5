/// Decides when the next request may go out: bounded in number at a time, and in rate by our own limit and by what the
/// API's `Ratelimit` header says is left, since other clients of the token spend from the same budget.
actor RequestBudget {
    private let concurrency: Int
    private let interval: Duration
    private let burst: Int
    private let clock = ContinuousClock()

    private var inFlight = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var nextStart: ContinuousClock.Instant
    private var pausedUntil: ContinuousClock.Instant

    /// - Parameters:
    ///   - concurrency: Most requests at a time.
    ///   - requestsPerMinute: Most requests a minute, averaged over five minutes as the API counts them.
    init(concurrency: Int, requestsPerMinute: Int) {
        self.concurrency = max(1, concurrency)
        interval = .seconds(60) / max(1, requestsPerMinute)
        // Half of a five-minute window may go out at once; the rest follows at the steady rate.
        burst = max(1, requestsPerMinute * 5 / 2)
        let now = clock.now
        nextStart = now - interval * burst
        pausedUntil = now
    }

    /// Runs one request when its turn has come.
    ///
    /// - Parameter operation: Sends the request and reads the answer.
    func run<Value: Sendable>(_ operation: @Sendable () async throws -> Value) async throws -> Value {
        await takeSlot()
        defer { releaseSlot() }
        try await waitForTurn()
        return try await operation()
    }

    /// Lets no request start before `delay` has passed: the API said so.
    func pause(for delay: Duration) {
        pausedUntil = max(pausedUntil, clock.now + delay)
    }

    /// Takes note of what is left in the API's current window; a tenth is left for others.
    func observe(remaining: Int, quota: Int, reset: Duration) {
        if remaining <= quota / 10 { pause(for: reset) }
    }

    private func waitForTurn() async throws {
        nextStart = max(nextStart + interval, clock.now - interval * burst)
        let turn = nextStart
        while true {
            let start = max(turn, pausedUntil)
            if start <= clock.now { return }
            try await clock.sleep(until: start)
        }
    }

    private func takeSlot() async {
        if inFlight < concurrency {
            inFlight += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func releaseSlot() {
        if waiting.isEmpty {
            inFlight -= 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
