/// Decides when the next request may go out: bounded in number at a time, and in rate by ``RequestPace``.
actor RequestBudget {
    /// Only the first in line waits for a slot and for its time, so that requests start in the order in which they came.
    private let line = Turnstile(places: 1)
    private let slots: Turnstile
    private var pace: RequestPace
    private let clock = ContinuousClock()
    private let onWait: @Sendable (Duration) -> Void
    /// The end of the wait that was told last.
    private var told: ContinuousClock.Instant?

    /// - Parameters:
    ///   - concurrency: Most requests at a time.
    ///   - requestsPerMinute: Most requests a minute, averaged over `window`.
    ///   - window: The time over which the API counts. What may be sent in it may be sent in one burst.
    ///   - onWait: Called when the next request has to wait for more than a second, once for each end of such a wait.
    init(
        concurrency: Int,
        requestsPerMinute: Int,
        window: Duration = .seconds(300),
        onWait: @escaping @Sendable (Duration) -> Void = { _ in }
    ) {
        slots = Turnstile(places: max(1, concurrency))
        pace = RequestPace(limit: max(1, Int(Double(requestsPerMinute) * (window / .seconds(60)))), span: window)
        self.onWait = onWait
    }

    /// Runs one request when its turn has come.
    ///
    /// - Parameter operation: Sends the request and reads the answer.
    /// - Returns: What `operation` returns.
    /// - Throws: What `operation` throws, `CancellationError` when the task is cancelled before its turn.
    func run<Value: Sendable>(
        _ operation: @Sendable (RequestPace.Start) async throws -> Value
    ) async throws -> Value {
        let start = try await takeTurn()
        defer { slots.leave() }
        return try await operation(start)
    }

    /// Lets no request start before `delay` has passed: the API said so.
    func pause(for delay: Duration) {
        pace.pause(until: clock.now + delay)
    }

    /// Takes note of what is left in the API's current window.
    ///
    /// - Parameters:
    ///   - limits: What the answer's headers say.
    ///   - start: The request that was answered.
    func observe(_ limits: RateLimitHeaders, of start: RequestPace.Start) {
        pace.observe(limits, of: start, at: clock.now)
    }

    private func takeTurn() async throws -> RequestPace.Start {
        try await line.enter()
        defer { line.leave() }
        try await slots.enter()
        do {
            while true {
                let now = clock.now
                let next = pace.nextStart(at: now)
                if next <= now { return pace.start(at: now) }
                if next - now > .seconds(1), next != told {
                    told = next
                    onWait(next - now)
                }
                // What was heard meanwhile may ask for more.
                try await clock.sleep(until: next)
            }
        } catch {
            slots.leave()
            throw error
        }
    }
}
