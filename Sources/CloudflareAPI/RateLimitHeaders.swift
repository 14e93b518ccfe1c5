import NIOHTTP1

/// What the answer's headers say about the rate limit.
///
/// Source: Cloudflare Fundamentals, "Rate limits": `Ratelimit: "default";r=1150;t=240`,
/// `Ratelimit-Policy: "default";q=1200;w=300`, and `retry-after` in seconds once over the limit.
struct RateLimitHeaders: Sendable, Hashable {
    var remaining: Int?
    var resetSeconds: Int?
    var quota: Int?
    /// Seconds to wait; dates, which HTTP allows too, are not used by this API.
    var retryAfterSeconds: Int?

    init(_ headers: HTTPHeaders) {
        let limit = headers.first(name: "ratelimit") ?? ""
        remaining = Self.parameter("r", in: limit)
        resetSeconds = Self.parameter("t", in: limit)
        quota = Self.parameter("q", in: headers.first(name: "ratelimit-policy") ?? "")
        retryAfterSeconds = headers.first(name: "retry-after").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func parameter(_ name: String, in header: String) -> Int? {
        for part in header.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0].filter({ $0 != " " }) == name { return Int(pair[1].filter { $0 != " " }) }
        }
        return nil
    }
}
