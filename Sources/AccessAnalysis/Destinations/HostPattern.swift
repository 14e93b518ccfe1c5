/// The host of a public destination, in which a `*` covers (a part of) one label.
struct HostPattern: Hashable, Sendable {
    /// In lower case.
    let text: WildcardText
    private let labels: [WildcardText]

    /// `nil` for what no host can be, an address in brackets included.
    init?(_ name: some StringProtocol) {
        text = WildcardText(Self.normalized(name))
        // A name of the DNS has 253 characters at most.
        guard text.bytes.count <= 253, text.bytes.allSatisfy(Self.isAllowed) else { return nil }
        labels = Self.split(text.bytes).map(WildcardText.init)
        guard labels.allSatisfy({ !$0.bytes.isEmpty }) else { return nil }
    }

    var isExact: Bool { text.wildcardCount == 0 }

    /// Whether it covers a host or all that another pattern covers, given in lower case.
    func covers(_ host: [UInt8]) -> Bool {
        guard !isExact else { return text.bytes == host }
        let others = Self.split(host)
        return others.count == labels.count && zip(labels, others).allSatisfy { !$1.isEmpty && $0.covers($1) }
    }

    /// In lower case and without the dot of the root.
    static func normalized(_ name: some StringProtocol) -> [UInt8] {
        var bytes = Array(name.lowercased().utf8)
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        return bytes
    }

    private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    }

    /// Hosts outside ASCII come as Punycode, but nothing is lost if one does not.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), WildcardText.wildcard, 0x80...: true
        case _: false
        }
    }
}
