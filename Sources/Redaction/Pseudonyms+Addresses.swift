import Foundation

extension Pseudonyms {
    /// An IP address or a range in CIDR notation; `nil` for what is neither.
    ///
    /// Of two addresses, as many leading bits agree as of the originals, so what lay in a range lies in it still. Private,
    /// shared, link-local and unique local addresses stay what they are, and so do all others. Loopback, multicast and
    /// unspecified addresses name nobody and stay. A range that is wide enough to name nobody loses nothing either, as few
    /// of its bits can change.
    func address(_ text: some StringProtocol) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, var bytes = Self.addressBytes(String(first)) else {
            return nil
        }
        let width = bytes.count * 8
        var length = width
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count), let given = Int(parts[1]), (0...width).contains(given) else {
                return nil
            }
            length = given
        }
        let hostBits = (length..<width).map { (place: $0 / 8, mask: UInt8(0x80) >> UInt8($0 % 8)) }
        let isNetwork = hostBits.allSatisfy { bytes[$0.place] & $0.mask == 0 }
        bytes = mapped(bytes)
        if isNetwork {
            for bit in hostBits { bytes[bit.place] &= ~bit.mask }
        }
        guard let result = Self.addressText(bytes) else { return nil }
        return parts.count == 2 ? "\(result)/\(parts[1])" : result
    }

    private func mapped(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count == 16 else { return flipped(bytes, Self.special4) }
        // Addresses in which an IPv4 address is written.
        for prefix in Self.embedding where bytes.starts(with: prefix) {
            return prefix + flipped(Array(bytes[12...]), Self.special4)
        }
        return flipped(bytes, Self.special6)
    }

    /// Flips each bit as the key and the bits before it say, but none that leads in or out of a special range.
    private func flipped(_ bytes: [UInt8], _ special: [SpecialRange]) -> [UInt8] {
        let ranges = special.filter { $0.contains(bytes) }
        guard ranges.allSatisfy({ !$0.isKept }) else { return bytes }
        var result = bytes
        for place in bytes.indices {
            // The bits of a digest are the nodes of the tree of one byte, so that one digest serves eight bits.
            let digest = self.bytes("address \(bytes.count)", bytes[..<place])
            for bit in 0..<8 {
                let depth = place * 8 + bit
                guard !special.contains(where: { $0.isBelow(bytes, depth: depth) }) else { continue }
                let node = (1 << bit) | (Int(bytes[place]) >> (8 - bit))
                let mask = UInt8(1) << UInt8(node % 8)
                if digest[node / 8] & mask != 0 { result[place] ^= UInt8(0x80) >> UInt8(bit) }
            }
        }
        return result
    }

    /// A range whose addresses mean something by being in it.
    private struct SpecialRange {
        let bytes: [UInt8]
        let length: Int
        /// Whether its addresses name nobody.
        let isKept: Bool

        init(_ bytes: [UInt8], _ length: Int, isKept: Bool = false) {
            (self.bytes, self.length, self.isKept) = (bytes, length, isKept)
        }

        func contains(_ address: [UInt8]) -> Bool { agrees(with: address, length) }

        /// Whether it is a part of the range that the first `depth` bits of an address make.
        func isBelow(_ address: [UInt8], depth: Int) -> Bool { length > depth && agrees(with: address, depth) }

        private func agrees(with address: [UInt8], _ bits: Int) -> Bool {
            let whole = bits / 8
            guard address[..<whole] == bytes[..<whole] else { return false }
            return bits.isMultiple(of: 8) || (address[whole] ^ bytes[whole]) >> (8 - bits % 8) == 0
        }
    }

    // Documentation ranges are left out: whoever has real addresses beside them would find many of their bits unchanged.
    private static let special4 = [
        SpecialRange([0, 0, 0, 0], 8, isKept: true),
        SpecialRange([10, 0, 0, 0], 8),
        SpecialRange([100, 64, 0, 0], 10),
        SpecialRange([127, 0, 0, 0], 8, isKept: true),
        SpecialRange([169, 254, 0, 0], 16),
        SpecialRange([172, 16, 0, 0], 12),
        SpecialRange([192, 168, 0, 0], 16),
        SpecialRange([224, 0, 0, 0], 3, isKept: true),
    ]

    private static let special6 = [
        SpecialRange(six([]), 8, isKept: true),
        SpecialRange(six([0x20]), 3),
        SpecialRange(six([0xfc]), 8),
        SpecialRange(six([0xfd]), 8),
        SpecialRange(six([0xfe, 0x80]), 10),
        SpecialRange(six([0xff]), 8, isKept: true),
    ]

    private static let embedding = [
        [UInt8](repeating: 0, count: 10) + [0xff, 0xff],
        [0x00, 0x64, 0xff, 0x9b] + [UInt8](repeating: 0, count: 8),
    ]

    private static func six(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: 16 - bytes.count)
    }

    private static func addressBytes(_ text: String) -> [UInt8]? {
        // C would stop reading at a zero byte; everything else that is no address is found by its characters.
        guard text.utf8.count <= 45, text.utf8.allSatisfy({ Hexadecimal.value($0) != nil || $0 == 0x2e || $0 == 0x3a })
        else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        return inet_pton(AF_INET6, text, &six) == 1 ? withUnsafeBytes(of: &six) { Array($0) } : nil
    }

    private static func addressText(_ bytes: [UInt8]) -> String? {
        var buffer = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        let isWritten = bytes.withUnsafeBytes { source in
            inet_ntop(family, source.baseAddress, &buffer, socklen_t(buffer.count)) != nil
        }
        guard isWritten else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
