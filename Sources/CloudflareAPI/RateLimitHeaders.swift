import Foundation
import NIOHTTP1

/// What the answer's headers say about the rate limit.
///
/// Source: Cloudflare Fundamentals, "Rate limits": `Ratelimit: "default";r=1150;t=240`,
/// `Ratelimit-Policy: "default";q=1200;w=300`, and `retry-after` in seconds once over the limit. Cloudflare's own clients
/// also know `retry-after-ms`, and dates, which HTTP allows.
struct RateLimitHeaders: Sendable, Hashable {
    var remaining: Int?
    var resetSeconds: Int?
    var quota: Int?
    /// How long the API asks to wait before the next request.
    var retryAfter: Duration?

    /// - Parameters:
    ///   - remaining: Requests left.
    ///   - resetSeconds: Until all are left again.
    ///   - quota: How many that is.
    init(remaining: Int, resetSeconds: Int, quota: Int) {
        self.remaining = remaining
        self.resetSeconds = resetSeconds
        self.quota = quota
    }

    /// Reads the headers of an answer.
    init(_ headers: HTTPHeaders, status: Int) {
        let limit = headers.first(name: "ratelimit") ?? ""
        remaining = Self.parameter("r", in: limit)
        resetSeconds = Self.parameter("t", in: limit)
        quota = Self.parameter("q", in: headers.first(name: "ratelimit-policy") ?? "")
        retryAfter = Self.retryAfter(headers)
        if retryAfter == nil, status == 429, remaining == 0 { retryAfter = resetSeconds.map { .seconds(max($0, 0)) } }
    }

    private static func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        if let wait = headers.first(name: "retry-after-ms").flatMap({ number($0) }) { return .milliseconds(wait) }
        guard let text = headers.first(name: "retry-after") else { return nil }
        if let wait = number(text) { return .seconds(wait) }
        guard let date = date(text) else { return nil }
        // By the API's clock, where it tells the time: ours may be wrong.
        let now = headers.first(name: "date").flatMap { self.date($0) } ?? Date()
        return .seconds(max(0, date.timeIntervalSince(now)))
    }

    /// A number without sign or exponent, at most a thousand million.
    private static func number(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
        return isPlain ? Double(text).map { min($0, 1e9) } : nil
    }

    /// One of the three forms of RFC 9110, section 5.6.7.
    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        for form in ["EEE, dd MMM yyyy HH:mm:ss zzz", "EEEE, dd-MMM-yy HH:mm:ss zzz", "EEE MMM d HH:mm:ss yyyy"] {
            formatter.dateFormat = form
            if let date = formatter.date(from: text) { return date }
        }
        return nil
    }

    /// A parameter of the first item in a list.
    private static func parameter(_ name: String, in header: String) -> Int? {
        for part in header.prefix(while: { $0 != "," }).split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0].filter({ $0 != " " }) == name { return Int(pair[1].filter { $0 != " " }) }
        }
        return nil
    }
}
