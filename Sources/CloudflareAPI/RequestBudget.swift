/// Decides when the next request may go out: bounded in number at a time, and in rate by our own limit and by what the
/// API's `Ratelimit` header says is left, since other clients of the token spend from the same budget.
actor RequestBudget {
    private let concurrency: Int
    private let limit: Int
    private let window: Duration
    private let clock = ContinuousClock()

    private var inFlight = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// When the last requests started, at most `limit` of them; a ring once it is full.
    private var starts: [ContinuousClock.Instant] = []
    private var oldest = 0
    private var pausedUntil: ContinuousClock.Instant

    /// - Parameters:
    ///   - concurrency: Most requests at a time.
    ///   - requestsPerMinute: Most requests a minute, averaged over `window`.
    ///   - window: The time over which the API counts. What may be sent in it may be sent at once.
    init(concurrency: Int, requestsPerMinute: Int, window: Duration = .seconds(300)) {
        self.concurrency = max(1, concurrency)
        self.window = window
        limit = max(1, Int(Double(requestsPerMinute) * (window / .seconds(60))))
        pausedUntil = clock.now
    }

    /// Runs one request when its turn has come.
    ///
    /// - Parameter operation: Sends the request and reads the answer.
    /// - Returns: What `operation` returns.
    /// - Throws: What `operation` throws, `CancellationError` when the task is cancelled before its turn.
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
        var turn = clock.now
        let place: Int
        if starts.count < limit {
            place = starts.count
            starts.append(turn)
        } else {
            place = oldest
            turn = max(turn, starts[place] + window)
            starts[place] = turn
            oldest = (oldest + 1) % limit
        }
        while true {
            let start = max(turn, pausedUntil)
            let now = clock.now
            if start <= now {
                starts[place] = max(starts[place], now)
                return
            }
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
