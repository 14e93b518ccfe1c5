/// An address that a document may link to: `http` or `https`, a host, and only characters that RFC 3986 allows.
struct WebLink: Sendable, Hashable {
    /// The whole address.
    let address: String

    /// Takes an address over.
    ///
    /// - Parameter text: What may be an address; `nil` comes back for everything that is not plainly a web address.
    init?(_ text: String) {
        let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
        guard let scheme, text.utf8.count > scheme.utf8.count, text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        guard let first = rest.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "?"),
            first != UInt8(ascii: "#"), !rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: "@"))
        else { return nil }
        address = text
    }

    private static let punctuation = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: punctuation.contains(byte)
        }
    }
}
