import TestSupport
import Testing

// Addresses are a piece inside the analysis; what it says of an account shows too little of them.
@testable import AccessAnalysis

@Suite struct AddressRangeTests {
    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("2001:db8::0001", "2001:db8::1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"),
            ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
            ("0:0:0:0:0:ffff:1.2.3.4", "1.2.3.4"), ("::1.2.3.4", "::102:304"),
        ]
    )
    func writesAddressesInTheirOneSpelling(text: String, expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        arguments: [
            "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", "01.2.3.4", "1.2.3.04", "0x1.2.3.4", "256.1.1.1",
            "1.2.3.4:80",
            "+1.2.3.4", "1.2.3.-4", " 1.2.3.4", "1.2.3.4\n", "1.2.3.4/32", "١.2.3.4", ":", ":::", "1:", ":1", "1::2::3",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "12345::", "g::", "+1::", "fe80::1%eth0",
            "[::1]", "[::1]:80", "::ffff:1.2.3", "::ffff:01.2.3.4", "1.2.3.4::", "::1.2.3.4:5", "::1/64",
            String(repeating: ":", count: 10_000), "a\u{301}::",
        ]
    )
    func doesNotUnderstandWhatIsNoAddress(text: String) {
        #expect(IPAddress(text) == nil)
        #expect(AddressRange(text) == nil || text.contains("/"))
    }

    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1/32"), ("192.0.2.77/24", "192.0.2.0/24"), ("10.1.2.3/8", "10.0.0.0/8"),
            ("1.2.3.4/0", "0.0.0.0/0"), ("192.0.2.1/31", "192.0.2.0/31"), ("::1", "::1/128"),
            ("2001:db8::1/32", "2001:db8::/32"), ("2001:db8::1/0", "::/0"), ("2001:db8::ff/127", "2001:db8::fe/127"),
            ("::ffff:192.0.2.1", "192.0.2.1/32"), ("::ffff:192.0.2.1/128", "192.0.2.1/32"),
            ("::ffff:192.0.2.1/120", "192.0.2.0/24"), ("::ffff:0:0/96", "0.0.0.0/0"),
        ]
    )
    func masksHostBits(text: String, expected: String) {
        #expect(AddressRange(text)?.description == expected)
    }

    @Test(
        arguments: [
            "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/8 ",
            "/8",
            "10/8", "::/129", "::/1000", "::ffff:10.0.0.0/95", "::ffff:10.0.0.0/8", "10.0.0.0/255.0.0.0", "any",
        ]
    )
    func doesNotUnderstandMalformedRanges(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("0.0.0.0/0", "255.255.255.255", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "ffff::1", true), ("::/0", "192.0.2.1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("::a00:0/104", "10.0.0.1", false),
        ]
    )
    func containsAddressesOfItsFamily(range: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(#require(IPAddress(address))) == expected)
    }

    @Test(arguments: [("0.0.0.0/0", true), ("::/0", true), ("1.2.3.4/0", true), ("0.0.0.0/1", false), ("::", false)])
    func namesNothingWithLengthZero(range: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).isEverything == expected)
    }
}

@Suite struct AddressPartitionTests {
    @Test(arguments: 0..<200)
    func holdsEveryMembershipThatExists(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let sets = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in
                let offset = Int.random(in: 0...15, using: &random)
                return Bool.random(using: &random)
                    ? AddressRange("10.0.0.\(offset)/\(Int.random(in: 28...32, using: &random))")
                    : AddressRange("fd00::\(String(offset, radix: 16))/\(Int.random(in: 124...128, using: &random))")
            }
        }
        var expected: Set<[Int]> = [[]]
        for offset in 0...15 {
            expected.insert(membership(of: try #require(IPAddress("10.0.0.\(offset)")), in: sets))
            expected.insert(membership(of: try #require(IPAddress("fd00::\(String(offset, radix: 16))")), in: sets))
        }
        let cells = try #require(AddressPartition(sets, limit: 100)).cells
        #expect(Set(cells.map(\.sets)) == expected)
        #expect(cells.count == expected.count)
        for cell in cells { #expect(membership(of: cell.representative, in: sets) == cell.sets) }
        #expect(AddressPartition(sets, limit: cells.count - 1) == nil)
    }

    @Test(
        arguments: [
            ([], ["203.0.113.1 []"]),
            ([["203.0.113.0/24"]], ["198.51.100.1 []", "203.0.113.1 [0]"]),
            ([["203.0.113.0/25", "198.51.100.7"]], ["203.0.113.129 []", "203.0.113.1 [0]"]),
            ([["10.0.0.0/8"], ["10.1.0.0/16"]], ["203.0.113.1 []", "10.0.0.1 [0]", "10.1.0.1 [0, 1]"]),
            ([["0.0.0.0/0"]], ["203.0.113.1 [0]", "2001:db8::1 []"]),
            ([["0.0.0.0/0", "::/0"]], ["203.0.113.1 [0]"]),
            ([["0.0.0.0/0"], ["::/0"]], ["203.0.113.1 [0]", "2001:db8::1 [1]"]),
            ([["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"]], ["203.0.113.1 [0]"]),
            ([["255.255.255.255", "ffff::/16"]], ["203.0.113.1 []", "255.255.255.255 [0]"]),
            ([["fd00::/8", "fd00::/16"]], ["203.0.113.1 []", "fd00::1 [0]"]),
            ([["0.0.0.0/0"], ["::/80"], ["::/0"]], ["203.0.113.1 [0]", "::1 [1, 2]", "2001:db8::1 [2]"]),
        ]
    )
    func choosesAddressesThatReadLikeOrdinaryOnes(sets: [[String]], expected: [String]) throws {
        let partition = try #require(AddressPartition(sets.map { $0.compactMap(AddressRange.init) }, limit: 10))
        #expect(partition.cells.map { "\($0.representative) \($0.sets)" } == expected)
    }

    @Test func letsNoMappedAddressStandForIPv6() throws {
        // Between them, these cover all of IPv4 and all of IPv6 but the place of the IPv4-mapped addresses.
        let around = (0..<96).compactMap { bit -> AddressRange? in
            // The sibling of the prefix of this length; AddressRange drops the bits behind it.
            let bits = IPAddress.mapped.lowerBound ^ (1 << (127 - bit))
            return AddressRange("\(IPAddress(.v6, bits))/\(bit + 1)")
        }
        let all = try #require(AddressRange("0.0.0.0/0"))
        #expect(around.count == 96)
        #expect(try #require(AddressPartition([around + [all]], limit: 9)).cells.map(\.sets) == [[0]])
    }

    @Test(.timeLimit(.minutes(1)))
    func copesWithManyRanges() throws {
        let ranges = (0..<100_000).compactMap { AddressRange("10.\($0 >> 12).\($0 >> 4 & 0xff).\(($0 & 0xf) << 4)/29") }
        let everywhere = (0..<500).compactMap { _ in AddressRange("10.0.0.0/8").map { [$0] } }
        let partition = try #require(AddressPartition([ranges] + everywhere, limit: 10))
        #expect(partition.cells.map(\.sets.count).sorted() == [0, 500, 501])
    }

    private func membership(of address: IPAddress, in sets: [[AddressRange]]) -> [Int] {
        sets.indices.filter { index in sets[index].contains { $0.contains(address) } }
    }
}
