/// Times and durations as the API spells them, and what the snapshot has to make of them.
enum Spelling {
    /// Each in UTC with six fraction digits.
    static let times = [
        "2025-03-04T12:48:01.590452Z": "2025-03-04T12:48:01.590452Z",
        "2014-01-01T05:20:00.12345Z": "2014-01-01T05:20:00.123450Z",
        "2026-02-28T23:59:59Z": "2026-02-28T23:59:59.000000Z",
        "2024-02-29T22:30:00.123456789+02:00": "2024-02-29T20:30:00.123456Z",
        "2023-12-31T23:30:00.5-01:30": "2024-01-01T01:00:00.500000Z",
    ]

    /// Each in seconds; `nil` for what is no duration.
    static let durations: [String: String?] = [
        "24h": "86400", "2h45m": "9900", "30m": "1800", "24h0m0s": "86400", "300ms": "0.3", "30d": "2592000",
        "forever": "9223372036854775807", "no_expiry": "9223372036854775807", "0": "0", "next Tuesday": nil,
    ]

    /// One of the times.
    static func time(_ number: Int) -> String { times.keys.sorted()[number % times.count] }

    /// One of the durations.
    static func duration(_ number: Int) -> String { durations.keys.sorted()[number % durations.count] }
}
