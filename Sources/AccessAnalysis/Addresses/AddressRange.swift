/// A range of addresses in CIDR notation.
struct AddressRange: Hashable, Sendable {
    let family: IPAddress.Family
    /// The lowest address of the range, as a number.
    let lowest: UInt128
    /// The number of leading bits that its addresses share.
    let prefixLength: Int

    /// Reads a CIDR range or a bare address, which is a range of its own; bits behind the prefix are dropped.
    ///
    /// `nil` when it is neither. So is an IPv4-mapped address with a prefix below 96: nobody can say how much of IPv4
    /// it means. From 96 on, it is the IPv4 range.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPAddress(first) else { return nil }
        let isMapped = address.family == .v4 && first.contains(":")
        var length = isMapped ? 128 : address.family.bitWidth
        if parts.count == 2 {
            guard let written = DecimalNumber.parse(parts[1], through: length) else { return nil }
            length = written
        }
        if isMapped { length -= 96 }
        guard length >= 0 else { return nil }
        family = address.family
        prefixLength = length
        lowest = address.bits & ~Self.hostBits(family, length)
    }

    /// The highest address of the range, as a number.
    var highest: UInt128 { lowest | Self.hostBits(family, prefixLength) }

    /// Whether it holds every address of its family, and so names none.
    var isEverything: Bool { prefixLength == 0 }

    func contains(_ address: IPAddress) -> Bool {
        address.family == family && address.bits >= lowest && address.bits <= highest
    }

    private static func hostBits(_ family: IPAddress.Family, _ prefixLength: Int) -> UInt128 {
        // Swift shifts by the full width without overflow: the result is zero.
        family.highest >> prefixLength
    }
}

extension AddressRange: CustomStringConvertible {
    /// Canonical, always with the prefix length.
    var description: String { "\(IPAddress(family, lowest))/\(prefixLength)" }
}
