/// A point in time, read from RFC 3339 and written so that text order is time order.
package struct UTCTimestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int64

    /// Creates a time from microseconds since 1970-01-01T00:00:00Z.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Reads RFC 3339, or a bare date, which means its first moment in UTC; `nil` when the text is neither.
    ///
    /// - Parameter text: Such as `2025-03-04T12:48:01.590452Z`, with up to nine fraction digits (those after the sixth
    ///   are cut) and `Z` or a numeric offset.
    package init?(_ text: some StringProtocol) {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        var seconds = Self.daysSinceEpoch(year: year, month: month, day: day) * 86400
        var fraction: Int64 = 0
        if !reader.isAtEnd {
            guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.number(2),
                reader.skip(":"), let minute = reader.number(2), reader.skip(":"), let second = reader.number(2),
                hour < 24, minute < 60, second <= 60
            else { return nil }
            seconds += hour * 3600 + minute * 60 + min(second, 59)
            if reader.skip(".") {
                guard let value = reader.microsecondFraction() else { return nil }
                fraction = value
            }
            guard let offset = reader.offsetInSeconds(), reader.isAtEnd else { return nil }
            seconds -= offset
        }
        // An offset can lead out of the years that are written with four digits.
        guard (Self.firstSecond...Self.lastSecond).contains(seconds) else { return nil }
        microseconds = seconds * 1_000_000 + fraction
    }

    /// `2025-03-04T12:48:01.590452Z`: always 27 characters for the years 0 to 9999.
    package var description: String {
        let (date, time) = dateAndTime
        let fraction = String(((microseconds % 1_000_000) + 1_000_000) % 1_000_000)
        return "\(date)T\(time).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)Z"
    }

    /// `2025-03-04T12:48:01Z`, for people.
    package var wholeSeconds: String {
        let (date, time) = dateAndTime
        return "\(date)T\(time)Z"
    }

    /// `2025-03-04`.
    package var date: String { dateAndTime.date }

    /// Days from 1970-01-01 to the day that it lies in.
    package var day: Int64 { Self.floorQuotient(microseconds, 86_400_000_000) }

    /// The first moment of a day.
    ///
    /// - Parameter day: Days from 1970-01-01.
    package init(day: Int64) {
        microseconds = day * 86_400_000_000
    }

    package static func < (left: UTCTimestamp, right: UTCTimestamp) -> Bool { left.microseconds < right.microseconds }

    private var dateAndTime: (date: String, time: String) {
        let seconds = Self.floorQuotient(microseconds, 1_000_000)
        let days = Self.floorQuotient(seconds, 86400)
        let rest = seconds - days * 86400
        let (year, month, day) = Self.civil(daysSinceEpoch: days)
        return (
            "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))",
            "\(Self.padded(rest / 3600, 2)):\(Self.padded(rest / 60 % 60, 2)):\(Self.padded(rest % 60, 2))"
        )
    }

    /// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
    private static let firstSecond: Int64 = -62_167_219_200
    private static let lastSecond: Int64 = 253_402_300_799

    // Not by way of Double, which cannot tell the last microseconds of far years from the next second.
    private static func floorQuotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Years are counted from March, so that the leap day is the last day of a year; 719468 days lie between
    // 0000-03-01 and 1970-01-01.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorQuotient(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    private static func civil(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSinceEpoch + 719468
        let era = floorQuotient(shifted, 146097)
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// Reads the fixed fields of a timestamp.
private struct DigitReader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(_ width: Int) -> Int64? {
        guard position + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += width
        return value
    }

    mutating func microsecondFraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if count < 6 { value = value * 10 + Int64(bytes[position] - 48) }
            count += 1
            position += 1
        }
        guard (1...9).contains(count) else { return nil }
        for _ in count..<max(6, count) { value *= 10 }
        return value
    }

    mutating func offsetInSeconds() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let isNegative = skip("-")
        guard isNegative || skip("+"), let hours = number(2), skip(":"), let minutes = number(2),
            hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        return isNegative ? -offset : offset
    }
}
