import AuditModel
import Testing

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("24h", 86400), ("24h0m0s", 86400), ("2h45m", 9900), ("300ms", 0.3), ("1.5h", 5400), ("30d", 2_592_000),
        ("0", 0), ("0s", 0), ("15m", 900), ("730h", 2_628_000), ("1h1m1s", 3661), ("1500us", 0.0015), ("2µs", 2e-6),
        ("2μs", 2e-6), ("1d12h", 129_600), (".5h", 1800), ("1.h", 3600),
    ])
    func readsGoDurationsAndDays(text: String, seconds: Double) throws {
        let duration = try #require(DurationText(text))
        #expect(abs(duration.seconds - seconds) <= seconds * 1e-12)
    }

    @Test(arguments: ["forever", "no-expiry", "no_expiry"])
    func putsForeverAboveEveryLimit(text: String) throws {
        let forever = try #require(DurationText(text))
        let century = try #require(DurationText("876000h"))
        #expect(forever.seconds == DurationText.foreverSeconds)
        #expect(forever.seconds > century.seconds)
    }

    @Test(arguments: [
        "", " ", "24", "h", "24 h", " 24h", "24h ", "-24h", "+24h", "24H", "1w", "1y", "a fortnight", "1h30", "..h",
        "1.2.3h", "1e3s", "infs", "nans", "٢٤h", "24h\u{301}", "Forever", "1h,2m", "0x10s", "null",
        String(repeating: "9", count: 400) + "h",
    ])
    func rejectsOtherText(text: String) {
        #expect(DurationText(text) == nil)
    }
}
