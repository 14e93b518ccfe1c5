/// The kinds of address that sets of ranges tell apart.
///
/// Two addresses in the same sets are the same to whatever is built from these sets, so one address for each
/// combination that exists stands for them all.
struct AddressPartition: Hashable, Sendable {
    /// All addresses that lie in exactly the same sets.
    struct Cell: Hashable, Sendable {
        /// Indices of the sets, ascending; empty for the addresses in no set.
        let sets: [Int]
        /// One of the addresses: IPv4 rather than IPv6, and one that reads like an ordinary address if there is one.
        var representative: IPAddress
    }

    /// In the order of their lowest addresses, IPv4 first; a combination that no address has is not here.
    let cells: [Cell]

    /// `nil` when there are more than `limit` cells.
    ///
    /// Takes n log n steps for n ranges, beside what it takes to write the cells down.
    init?(_ sets: [[AddressRange]], limit: Int) {
        var sweep = AddressSweep(sets: sets.count)
        for family in [IPAddress.Family.v4, .v6] {
            var borders: [AddressSweep.Border] = []
            for (index, ranges) in sets.enumerated() {
                for range in ranges where range.family == family {
                    borders.append(AddressSweep.Border(position: range.lowest, set: index, change: 1))
                    // A range that reaches the last address ends where the sweep does.
                    guard range.highest < family.highest else { continue }
                    borders.append(AddressSweep.Border(position: range.highest + 1, set: index, change: -1))
                }
            }
            borders.sort { $0.position < $1.position }
            guard sweep.run(family, borders, limit: limit) else { return nil }
        }
        cells = sweep.cells
    }
}

/// One pass over the addresses of a family, in which sets begin and end.
private struct AddressSweep {
    /// Where a range of a set begins (`change` 1) or has ended (-1).
    struct Border {
        let position: UInt128
        let set: Int
        let change: Int
    }

    private(set) var cells: [AddressPartition.Cell] = []
    /// How ordinary the representative of each cell looks, 0 for most.
    private var ranks: [Int] = []
    /// Indices of `cells` by the sum of the marks of their sets.
    private var known: [UInt128: Int] = [:]
    /// A random number per set.
    ///
    /// Sums of them tell combinations apart in one step, however many sets take part; that two combinations have the
    /// same sum does not happen with 128 bits.
    private let marks: [UInt128]

    /// How many ranges of each set are open: ranges of one set may lie in one another.
    private var depths: [Int]
    private var open: Set<Int> = []
    private var sum: UInt128 = 0

    init(sets: Int) {
        marks = (0..<sets).map { _ in UInt128.random(in: 0 ... .max) }
        depths = [Int](repeating: 0, count: sets)
    }

    /// Adds the cells of a family; `false` when there are more than `limit`.
    mutating func run(_ family: IPAddress.Family, _ borders: [Border], limit: Int) -> Bool {
        for set in open { depths[set] = 0 }
        open = []
        sum = 0
        var start: UInt128 = 0
        for border in borders {
            if border.position > start {
                guard add(family, start...(border.position - 1), limit: limit) else { return false }
                start = border.position
            }
            apply(border)
        }
        return add(family, start...family.highest, limit: limit)
    }

    private mutating func apply(_ border: Border) {
        let wasOpen = depths[border.set] > 0
        depths[border.set] += border.change
        let isOpen = depths[border.set] > 0
        guard wasOpen != isOpen else { return }
        if isOpen {
            open.insert(border.set)
            sum &+= marks[border.set]
        } else {
            open.remove(border.set)
            sum &-= marks[border.set]
        }
    }

    /// Adds a stretch of addresses that are all in the sets that are open.
    private mutating func add(_ family: IPAddress.Family, _ stretch: ClosedRange<UInt128>, limit: Int) -> Bool {
        guard let (address, rank) = OrdinaryAddress.choose(family, stretch) else { return true }
        if let index = known[sum] {
            if rank < ranks[index] {
                ranks[index] = rank
                cells[index].representative = address
            }
            return true
        }
        guard cells.count < limit else { return false }
        known[sum] = cells.count
        cells.append(AddressPartition.Cell(sets: open.sorted(), representative: address))
        ranks.append(rank)
        return true
    }
}

/// Which address of a stretch to show to people.
private enum OrdinaryAddress {
    /// Best first: the addresses meant for documentation, then what hosts bear, then the rest.
    private static let spaces: [(IPAddress.Family, ClosedRange<UInt128>)] = [
        (.v4, 0xcb00_7100...0xcb00_71ff),  // 203.0.113.0/24
        (.v4, 0xc633_6400...0xc633_64ff),  // 198.51.100.0/24
        (.v4, 0xc000_0200...0xc000_02ff),  // 192.0.2.0/24
        (.v4, 0x0100_0000...0x7eff_ffff),  // before 127.0.0.0/8
        (.v4, 0x8000_0000...0xdfff_ffff),  // before multicast
        (.v4, 0...0xffff_ffff),
        (.v6, (0x2001_0db8 << 96)...((0x2001_0db9 << 96) - 1)),  // 2001:db8::/32
        (.v6, (1 << 125)...((1 << 126) - 1)),  // 2000::/3
        (.v6, 0...(IPAddress.mapped.lowerBound - 1)),
        (.v6, (IPAddress.mapped.upperBound + 1)...UInt128.max),
    ]

    /// The second address of the stretch (the first is often the network's own) in the best space that it touches.
    ///
    /// `nil` when it holds IPv4-mapped addresses alone, which are not IPv6 here.
    static func choose(_ family: IPAddress.Family, _ stretch: ClosedRange<UInt128>) -> (IPAddress, rank: Int)? {
        for (rank, space) in spaces.enumerated() where space.0 == family && space.1.overlaps(stretch) {
            let part = space.1.clamped(to: stretch)
            let bits = part.lowerBound < part.upperBound ? part.lowerBound + 1 : part.lowerBound
            return (IPAddress(family, bits), rank)
        }
        return nil
    }
}
