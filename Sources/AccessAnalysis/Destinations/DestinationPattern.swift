/// The host and path of a public destination, as `app.example.com/admin/*`.
///
/// A path covers what is below it, too. In the host, a `*` covers (a part of) one label; in the path, it may span
/// several segments.
struct DestinationPattern: Hashable, Sendable {
    let host: HostPattern
    /// Begins with a slash and ends in none; empty for the whole host.
    let path: WildcardText
    /// What is below `path`.
    private let below: WildcardText

    /// Reads the `uri` of a destination; scheme, port, query, fragment and closing slashes are no part of it.
    ///
    /// `nil` when it names no host.
    init?(uri: String) {
        var rest = Substring(uri)
        for scheme in ["https://", "http://"] where rest.prefix(scheme.count).lowercased() == scheme {
            rest = rest.dropFirst(scheme.count)
            break
        }
        let authority = rest.utf8.prefix { !"/?#".utf8.contains($0) }
        let colon = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
        let port = authority[colon...].dropFirst()
        guard let host = HostPattern(Substring(authority[..<colon])),
            colon == authority.endIndex || !port.isEmpty, port.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.host = host
        let path = Self.normalized(path: rest.utf8[authority.endIndex...])
        self.path = WildcardText(path)
        below = WildcardText(path + Array("/*".utf8))
    }

    /// Whether Access serves this URL by this pattern, unless a more specific one takes it.
    func covers(host: String, path: String) -> Bool { covers(Address(host: host, path: path)) }

    /// Whether every URL of the other pattern is one of this pattern, too.
    func covers(_ other: DestinationPattern) -> Bool { covers(other.address) }

    private func covers(_ address: Address) -> Bool { host.covers(address.host) && covers(path: address.path) }

    /// Whether it covers a path (of an ``Address``) on its own host.
    func covers(path: [UInt8]) -> Bool { self.path.covers(path) || below.covers(path) }

    /// Whether Access prefers this pattern where both cover a URL.
    ///
    /// The longer path wins. That an exact host comes before a wildcard is an assumption (uncertain in Cloudflare's
    /// documentation), as is the order of wildcards: more literal text first, then fewer wildcards. A pattern never
    /// comes before one that it covers, but for `example.com/*`, which covers as much as `example.com`.
    func isMoreSpecific(than other: DestinationPattern) -> Bool { specificity > other.specificity }

    private var specificity: (Int, Int, Int, Int, Int) {
        (
            host.isExact ? 1 : 0, host.text.literalCount, -host.text.wildcardCount,
            path.literalCount, -path.wildcardCount
        )
    }
}

extension DestinationPattern: CustomStringConvertible {
    /// The same for patterns that Access does not tell apart.
    var description: String { host.text.text + path.text }
}

extension DestinationPattern {
    /// A concrete URL, or a pattern as the text that others have to cover.
    struct Address: Hashable, Sendable {
        let host: [UInt8]
        /// Ends in no slash, except that the root is `/`.
        let path: [UInt8]

        init(host: [UInt8], path: [UInt8]) {
            self.host = host
            self.path = path.isEmpty ? [UInt8(ascii: "/")] : path
        }

        init(host: String, path: String) {
            self.init(host: HostPattern.normalized(host), path: normalized(path: path.utf8))
        }
    }

    /// The pattern as the text that others have to cover.
    var address: Address { Address(host: host.text.bytes, path: path.bytes) }

    /// Without query, fragment and closing slashes; begins with a slash unless nothing is left.
    private static func normalized(path text: some Sequence<UInt8>) -> [UInt8] {
        var path = Array(text.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        if let first = path.first, first != UInt8(ascii: "/") { path.insert(UInt8(ascii: "/"), at: 0) }
        return path
    }
}
