/// A length of time as Cloudflare's API and our rule files spell it.
///
/// Go's spelling (`24h`, `2h45m`, `300ms`, `24h0m0s`), days (`30d`, as some settings use), or `forever`.
package struct DurationText: Sendable, Hashable {
    /// The seconds that stand for "never ends": larger than any limit, so that plain comparisons come out right.
    package static let foreverSeconds = Double(Int64.max)

    /// Length in seconds; ``foreverSeconds`` for `forever`.
    package let seconds: Double

    /// Reads a duration; `nil` when the text is none.
    ///
    /// - Parameter text: Go duration text without a sign, a number of days such as `30d`, `0`, or `forever`.
    package init?(_ text: some StringProtocol) {
        if text == "forever" || text == "no-expiry" || text == "no_expiry" {
            seconds = Self.foreverSeconds
            return
        }
        if text == "0" {
            seconds = 0
            return
        }
        var total = 0.0
        var rest = text[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let amount = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            guard let scale = Self.scale(of: unit) else { return nil }
            rest = rest.dropFirst(unit.count)
            total += amount * scale
        }
        guard total.isFinite else { return nil }
        seconds = total
    }

    private static func scale(of unit: some StringProtocol) -> Double? {
        switch unit {
        case "ns": 1e-9
        case "us", "µs", "μs": 1e-6
        case "ms": 1e-3
        case "s": 1
        case "m": 60
        case "h": 3600
        case "d": 86400
        default: nil
        }
    }
}
