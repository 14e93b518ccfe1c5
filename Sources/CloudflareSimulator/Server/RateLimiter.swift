/// Counts each credential's requests in windows of fixed length.
struct RateLimiter: Sendable {
    /// Where a credential stands after a request.
    struct Standing: Sendable, Hashable {
        /// Requests left in the window.
        let remaining: Int
        /// Until the window ends.
        let reset: Duration
        /// Until calls are accepted again; `nil`: this one was.
        let retryAfter: Duration?
    }

    private struct Window: Sendable {
        let start: ContinuousClock.Instant
        var used = 0
        var blockedUntil: ContinuousClock.Instant?
    }

    private var windows: [Credential: Window] = [:]

    /// Counts one request.
    ///
    /// Those that are refused do not count.
    mutating func admit(
        _ credential: Credential,
        limit: SimulatedRateLimit,
        now: ContinuousClock.Instant
    ) -> Standing {
        var window = windows[credential] ?? Window(start: now)
        if window.blockedUntil.map({ $0 <= now }) ?? (window.start.advanced(by: limit.window) <= now) {
            window = Window(start: now)
        }
        if window.used >= limit.quota, window.blockedUntil == nil {
            window.blockedUntil = now.advanced(by: limit.penalty)
        }
        if window.blockedUntil == nil { window.used += 1 }
        windows[credential] = window
        return Standing(
            remaining: limit.quota - window.used,
            reset: window.blockedUntil.map { $0 - now } ?? window.start.advanced(by: limit.window) - now,
            retryAfter: window.blockedUntil.map { $0 - now }
        )
    }
}

extension RateLimiter.Standing {
    /// The headers that every answer carries.
    func headers(_ limit: SimulatedRateLimit) -> [String: String] {
        [
            "Ratelimit": "\"default\";r=\(max(remaining, 0));t=\(reset.wholeSeconds)",
            "Ratelimit-Policy": "\"default\";q=\(limit.quota);w=\(limit.window.wholeSeconds)",
        ]
    }
}

extension Duration {
    /// Seconds, rounded up.
    var wholeSeconds: Int {
        Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0)
    }
}
