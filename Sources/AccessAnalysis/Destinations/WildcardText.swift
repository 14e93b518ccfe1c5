/// Text in which each `*` stands for any characters, also for none.
struct WildcardText: Hashable, Sendable {
    static let wildcard = UInt8(ascii: "*")

    /// UTF-8, with one `*` for every run of them.
    let bytes: [UInt8]

    init(_ text: some Sequence<UInt8>) {
        var bytes: [UInt8] = []
        for byte in text where byte != Self.wildcard || bytes.last != Self.wildcard { bytes.append(byte) }
        self.bytes = bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var wildcardCount: Int { bytes.count { $0 == Self.wildcard } }

    var literalCount: Int { bytes.count - wildcardCount }

    /// What stands before the first `*`: everything when there is none.
    var literalPrefix: ArraySlice<UInt8> { bytes.prefix { $0 != Self.wildcard } }

    /// What stands behind the last `*`: nothing when there is none.
    var literalSuffix: ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(of: Self.wildcard) else { return [] }
        return bytes[(last + 1)...]
    }

    /// Whether it stands for `other`.
    ///
    /// A `*` in `other` is met by ours alone, so whatever `other` stands for, so do we. Takes time linear in both, since
    /// the first place that fits is right for every piece between two `*`.
    func covers(_ other: some RandomAccessCollection<UInt8>) -> Bool {
        let pieces = bytes.split(separator: Self.wildcard, omittingEmptySubsequences: false)
        guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
            return bytes.elementsEqual(other)
        }
        guard other.count >= first.count + last.count, other.starts(with: first),
            other.suffix(last.count).elementsEqual(last)
        else { return false }
        var rest = other.dropFirst(first.count).dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() {
            guard let found = Self.remainder(of: rest, behind: piece) else { return false }
            rest = found
        }
        return true
    }

    /// What follows the first occurrence of `piece` (Knuth, Morris and Pratt); `nil` when there is none.
    private static func remainder<Text: RandomAccessCollection<UInt8>>(
        of text: Text,
        behind piece: ArraySlice<UInt8>
    ) -> Text.SubSequence? {
        let piece = Array(piece)
        // For each length of a match, the length of the longest shorter one that it ends in.
        var fallback = [0, 0]
        var matched = 0
        for byte in piece.dropFirst() {
            while matched > 0, piece[matched] != byte { matched = fallback[matched] }
            if piece[matched] == byte { matched += 1 }
            fallback.append(matched)
        }
        matched = 0
        for index in text.indices {
            if matched == piece.count { return text[index...] }
            while matched > 0, piece[matched] != text[index] { matched = fallback[matched] }
            if piece[matched] == text[index] { matched += 1 }
        }
        return matched == piece.count ? text[text.endIndex...] : nil
    }
}
