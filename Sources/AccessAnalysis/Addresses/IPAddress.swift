/// An IPv4 or IPv6 address.
///
/// An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is the IPv4 address, so every address has one value.
struct IPAddress: Hashable, Sendable {
    enum Family: Hashable, Comparable, Sendable {
        case v4, v6

        var bitWidth: Int {
            switch self {
            case .v4: 32
            case .v6: 128
            }
        }

        var highest: UInt128 {
            switch self {
            case .v4: UInt128(UInt32.max)
            case .v6: .max
            }
        }
    }

    let family: Family
    /// The address as a number; IPv4 fills the low 32 bits.
    let bits: UInt128

    /// The place of the IPv4-mapped addresses in IPv6, where no address of our own family `v6` lies.
    static let mapped: ClosedRange<UInt128> = 0xffff_0000_0000...0xffff_ffff_ffff

    /// IPv4-mapped `bits` become IPv4; for IPv4, only the low 32 bits count.
    init(_ family: Family, _ bits: UInt128) {
        let isMapped = family == .v6 && Self.mapped.contains(bits)
        self.family = isMapped ? .v4 : family
        self.bits = isMapped || family == .v4 ? bits & Family.v4.highest : bits
    }

    /// Reads the usual notations; `nil` for a zone, a port, an octal or short IPv4 address and anything else.
    init?(_ text: some StringProtocol) {
        // The longest spelling has 45 characters; more is not worth taking apart.
        guard text.utf8.count <= 45 else { return nil }
        if let bits = Self.bits(v4: text) {
            self.init(.v4, bits)
        } else if let bits = Self.bits(v6: text) {
            self.init(.v6, bits)
        } else {
            return nil
        }
    }

    private static func bits(v4 text: some StringProtocol) -> UInt128? {
        let parts = text.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt128 = 0
        for part in parts {
            guard let byte = DecimalNumber.parse(part, through: 255) else { return nil }
            bits = bits << 8 | UInt128(byte)
        }
        return bits
    }

    private static func bits(v6 text: some StringProtocol) -> UInt128? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = halves.first, let tail = halves.last,
            let left = groups(head, mayEndInIPv4: halves.count == 1)
        else { return nil }
        guard halves.count == 2 else { return left.count == 8 ? bits(groups: left) : nil }
        guard let right = groups(tail, mayEndInIPv4: true), left.count + right.count < 8 else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - left.count - right.count)
        return bits(groups: left + zeros + right)
    }

    private static func groups(_ text: some StringProtocol, mayEndInIPv4: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var result: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, let bits = bits(v4: part) {
                result += [UInt16(truncatingIfNeeded: bits >> 16), UInt16(truncatingIfNeeded: bits)]
                continue
            }
            guard (1...4).contains(part.utf8.count), part.allSatisfy({ $0.isASCII && $0.isHexDigit }),
                let group = UInt16(part, radix: 16)
            else { return nil }
            result.append(group)
        }
        return result
    }

    private static func bits(groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

extension IPAddress: Comparable {
    static func < (left: IPAddress, right: IPAddress) -> Bool {
        (left.family, left.bits) < (right.family, right.bits)
    }
}

extension IPAddress: CustomStringConvertible {
    /// The one spelling that RFC 5952 recommends.
    var description: String {
        switch family {
        case .v4: [24, 16, 8, 0].map { String(bits >> UInt128($0) & 0xff) }.joined(separator: ".")
        case .v6: Self.spelling(groups: (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) })
        }
    }

    /// Shortens the first of the longest runs of at least two zeros.
    private static func spelling(groups: [UInt16]) -> String {
        var longest = 0..<1
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<index + 1
            }
        }
        func spelling(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard longest.count > 1 else { return spelling(groups[...]) }
        return spelling(groups[..<longest.lowerBound]) + "::" + spelling(groups[longest.upperBound...])
    }
}

/// A number as addresses and prefix lengths are written: digits alone, no leading zero.
enum DecimalNumber {
    static func parse(_ text: some StringProtocol, through highest: Int) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count == 1 || !text.hasPrefix("0"), let number = Int(text), number <= highest
        else { return nil }
        return number
    }
}
