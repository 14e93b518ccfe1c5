import AuditModel
import TestSupport
import Testing

@testable import Redaction

struct AddressTests {
    private static func random(_ generator: inout SeededGenerator) -> [UInt8] {
        (0..<4).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static func text(_ bytes: [UInt8]) -> String { bytes.map(String.init).joined(separator: ".") }

    private static func bytes(_ text: String) -> [UInt8] { text.split(separator: ".").compactMap { UInt8($0) } }

    private static func commonBits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        for (place, (one, other)) in zip(left, right).enumerated() where one != other {
            return place * 8 + (one ^ other).leadingZeroBitCount
        }
        return 32
    }

    @Test func keepsAsManyLeadingBitsInCommonAsTheOriginals() throws {
        let pseudonyms = try Redacting.pseudonyms(.auditor)
        var generator = SeededGenerator(1)
        for _ in 0..<500 {
            let one = Self.random(&generator)
            var other = one
            let bit = Int.random(in: 0..<32, using: &generator)
            other[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            let mapped = try [one, other].map { Self.bytes(try #require(pseudonyms.address(Self.text($0)))) }
            #expect(Self.commonBits(mapped[0], mapped[1]) == bit, "\(one) \(other)")
        }
    }

    @Test(arguments: [
        "10.1.2.3", "172.20.1.1", "192.168.7.9", "100.64.3.3", "169.254.9.9", "fd12:3456::1", "fe80::1234:5678",
    ])
    func staysInItsSpecialRange(address: String) throws {
        let mapped = try #require(try Redacting.pseudonyms(.public).address(address))
        #expect(mapped != address)
        switch address.prefix(3) {
        case "10.": #expect(mapped.hasPrefix("10."))
        case "172": #expect((16...31).contains(try #require(Self.bytes(mapped).dropFirst().first)))
        case "192": #expect(mapped.hasPrefix("192.168."))
        case "100": #expect((64...127).contains(try #require(Self.bytes(mapped).dropFirst().first)))
        case "169": #expect(mapped.hasPrefix("169.254."))
        case "fd1": #expect(mapped.hasPrefix("fd"))
        default: #expect(mapped.hasPrefix("fe8") || mapped.hasPrefix("fe9") || mapped.hasPrefix("fea"))
        }
    }

    @Test func neverLeadsAnOrdinaryAddressIntoASpecialRange() throws {
        let pseudonyms = try Redacting.pseudonyms(.auditor)
        var generator = SeededGenerator(2)
        func isSpecial(_ bytes: [UInt8]) -> Bool {
            bytes[0] == 0 || bytes[0] == 10 || bytes[0] == 127 || bytes[0] >= 224
                || bytes[0] == 100 && bytes[1] & 0xc0 == 64 || bytes[0] == 169 && bytes[1] == 254
                || bytes[0] == 172 && bytes[1] & 0xf0 == 16 || bytes[0] == 192 && bytes[1] == 168
        }
        for _ in 0..<2000 {
            let address = Self.random(&generator)
            let mapped = Self.bytes(try #require(pseudonyms.address(Self.text(address))))
            #expect(isSpecial(address) == isSpecial(mapped), "\(address) \(mapped)")
        }
    }

    @Test func keepsRangesWithinRangesAndTheirLengths() throws {
        let pseudonyms = try Redacting.pseudonyms(.public)
        let wide = try #require(pseudonyms.address("83.12.0.0/16"))
        let narrow = try #require(pseudonyms.address("83.12.77.128/25"))
        let address = try #require(pseudonyms.address("83.12.77.200"))
        #expect(wide.hasSuffix(".0.0/16") && narrow.hasSuffix("/25"))
        #expect(Self.bytes(address).prefix(2) == Self.bytes(String(wide.prefix { $0 != "/" })).prefix(2))
        #expect(narrow.split(separator: ".").prefix(3) == address.split(separator: ".").prefix(3))
        let six = try #require(pseudonyms.address("2001:67c:40::/48"))
        #expect(six.hasSuffix("::/48"))
        let prefix = six.replacing("::/48", with: ":")
        #expect(try #require(pseudonyms.address("2001:067C:0040:1::7")).hasPrefix(prefix))
    }

    @Test(arguments: [
        "0.0.0.0/0", "::/0", "0.0.0.0", "127.0.0.1", "::1", "224.0.0.251", "255.255.255.255", "ff02::1", "10.0.0.0/8",
        "192.168.0.0/16", "fe80::/10",
    ])
    func leavesWhatNamesNobody(address: String) throws {
        #expect(try Redacting.pseudonyms(.public).address(address) == address)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "10.0.0.256", "a.b.c.d", "1.2.3.4/33", "1.2.3.4/", "::g", "12", "10.0.22631",
    ])
    func isNoAddress(text: String) throws {
        #expect(try Redacting.pseudonyms(.public).address(text) == nil)
    }

    @Test func writesIPv4AddressesInIPv6AddressesAlike() throws {
        let pseudonyms = try Redacting.pseudonyms(.auditor)
        let four = try #require(pseudonyms.address("83.12.77.200"))
        #expect(pseudonyms.address("::ffff:83.12.77.200") == "::ffff:\(four)")
    }
}
