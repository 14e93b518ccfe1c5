/// When the next request may start, by our own limit and by what the API says is left.
///
/// Others spend from the same budget, so the API's word counts, not only our own. While more than a quarter of the quota
/// is left, requests may burst, ``shortestGap`` apart; below, what is left above a tenth is spread evenly over the time
/// until the reset; the last tenth is for others.
struct RequestPace: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// A request's place among all.
    struct Start: Sendable {
        /// Counts from 1.
        let number: Int
        let time: Instant
    }

    /// What the API said of its current window.
    private struct Window {
        let quota: Int
        /// Requests left, without those of ours that the API has not counted yet.
        var left: Int
        /// Between these two it ends: the API tells whole seconds, counted from some time before the answer came.
        var end: ClosedRange<Instant>
        /// The last request whose answer was heard.
        var heard: Int

        /// How long the end is uncertain.
        var vagueness: Duration { end.upperBound - end.lowerBound }
    }

    /// The API counts in windows of five minutes; a reset that is further off than three of them is not believed.
    static let longestPause: Duration = .seconds(900)
    /// The API takes 200 requests a second from one address.
    static let shortestGap: Duration = .milliseconds(5)

    private let limit: Int
    private let span: Duration
    /// When the last requests started, at most `limit` of them; a ring once it is full.
    private var starts: [Instant] = []
    private var oldest = 0
    private var last: Start?
    private var pausedUntil: Instant?
    private var window: Window?

    /// - Parameters:
    ///   - limit: Most requests in `span`, our own limit.
    ///   - span: The time over which requests are counted.
    init(limit: Int, span: Duration) {
        self.limit = limit
        self.span = span
    }

    /// The earliest moment for the next request, never before `now`.
    func nextStart(at now: Instant) -> Instant {
        var next = now
        if let last { next = max(next, last.time + Self.shortestGap) }
        if starts.count == limit { next = max(next, starts[oldest] + span) }
        if let pausedUntil { next = max(next, pausedUntil) }
        if let window, let last, window.left <= window.quota / 4 {
            let spare = window.left - window.quota / 10
            let untilEnd = window.end.upperBound - last.time
            next = max(next, last.time + (spare > 0 ? untilEnd / spare : untilEnd))
        }
        return next
    }

    /// Counts a request that starts now.
    mutating func start(at now: Instant) -> Start {
        if starts.count < limit {
            starts.append(now)
        } else {
            starts[oldest] = now
            oldest = (oldest + 1) % limit
        }
        window?.left -= 1
        let start = Start(number: (last?.number ?? 0) + 1, time: now)
        last = start
        return start
    }

    /// Lets no request start before that moment: the API said so.
    mutating func pause(until time: Instant) {
        pausedUntil = max(pausedUntil ?? time, time)
    }

    /// Takes note of what the API says is left.
    ///
    /// Answers come in any order. In one window only the answer to a later request may tell of more than is known to be
    /// left; what an earlier window's answer says is of no interest any more.
    ///
    /// - Parameters:
    ///   - limits: What the answer's headers say; nothing happens when a part is missing.
    ///   - start: The request that was answered.
    ///   - now: When the answer came.
    mutating func observe(_ limits: RateLimitHeaders, of start: Start, at now: Instant) {
        guard let remaining = limits.remaining, let seconds = limits.resetSeconds, let quota = limits.quota, quota > 0
        else { return }
        let reset = min(.seconds(max(seconds, 0)), Self.longestPause)
        // Whether seconds are rounded up or down is not documented.
        let end = start.time + reset - .seconds(1)...now + reset + .seconds(1)
        // Later requests of ours may have been under way when the API counted.
        let left = min(max(remaining, 0), quota) - ((last?.number ?? start.number) - start.number)
        let fresh = Window(quota: quota, left: left, end: end, heard: start.number)
        guard var known = window, start.time < known.end.upperBound, end.lowerBound <= known.end.upperBound else {
            window = fresh
            return
        }
        guard end.upperBound >= known.end.lowerBound else { return }
        known.left = start.number > known.heard ? left : min(known.left, left)
        known.heard = max(known.heard, start.number)
        if fresh.vagueness < known.vagueness { known.end = end }
        window = known
    }
}
