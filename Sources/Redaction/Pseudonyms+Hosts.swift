import AccessAnalysis
import Foundation

extension Pseudonyms {
    /// An e-mail address; `nil` for what is none.
    ///
    /// For auditors the domain stays, and for everybody that of a public mail provider.
    package func email(_ text: String) -> String? {
        guard let at = text.lastIndex(of: "@"), at != text.startIndex, !text.contains(where: \.isWhitespace) else {
            return nil
        }
        let domain = text[at...].dropFirst()
        guard !domain.isEmpty, domain.utf8.allSatisfy(Self.isHostByte), !text[..<at].contains("/") else { return nil }
        // Registrations without a person have this one, and rules know it.
        let local = text[..<at].lowercased()
        let person = local == "non_identity" ? local : "person-\(word("email", text.lowercased()))"
        return matchingCase(person, of: String(text[..<at])) + "@" + (isPublic ? host(String(domain)) : String(domain))
    }

    /// A domain of e-mail addresses, with or without `@` before it.
    package func domain(_ text: String) -> String {
        text.hasPrefix("@") ? "@" + host(String(text.dropFirst())) : email(text) ?? host(text)
    }

    /// A host, with wildcards and a port if it has them; an address instead of a name is one.
    ///
    /// A name is replaced for the public only: label by label, so that what lay below a domain does so still. The last
    /// label stays where it is a known one, and so do domains in which many have their names.
    package func host(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        if let address = address(text) { return address }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]"),
            let address = address(text[..<end].dropFirst())
        {
            return "[\(address)]\(port(text[end...].dropFirst()))"
        }
        if let colon = text.lastIndex(of: ":"), colon != text.startIndex {
            return host(String(text[..<colon])) + port(text[colon...])
        }
        guard isPublic else { return redacted(text) }
        return name(ofHost: text)
    }

    private func port(_ text: some StringProtocol) -> String {
        if text.isEmpty { return "" }
        let digits = text.dropFirst()
        return text.first == ":" && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            ? String(text) : ":\(word("port", String(text)))"
    }

    private func name(ofHost text: String) -> String {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let lower = labels.map { $0.lowercased() }
        let kept = Self.keptLabels(lower.last == "" ? Array(lower.dropLast()) : lower) + (lower.last == "" ? 1 : 0)
        var result = Array(labels.suffix(kept))
        for place in (0..<(labels.count - kept)).reversed() {
            let suffix = lower[(place + 1)...].joined(separator: ".")
            result.insert(label(ofHost: labels[place], below: suffix), at: 0)
        }
        return result.joined(separator: ".")
    }

    /// Hyphens stay, because patterns such as `app-*` end at one.
    private func label(ofHost label: String, below suffix: String) -> String {
        label.split(separator: "-", omittingEmptySubsequences: false).map { part in
            part.split(separator: "*", omittingEmptySubsequences: false).map { piece in
                guard !piece.isEmpty else { return "" }
                let word = word("host", "\(piece.lowercased()).\(suffix)", length: 7)
                return matchingCase("h\(word)", of: String(piece))
            }.joined(separator: "*")
        }.joined(separator: "-")
    }

    /// How many labels at the end say nothing of whose name it is.
    private static func keptLabels(_ labels: [String]) -> Int {
        for start in labels.indices where keptDomains.contains(labels[start...].joined(separator: ".")) {
            return labels.count - start
        }
        guard let last = labels.last, labels.count > 1 || last == "*" else { return 0 }
        let isCountry = last.utf8.count == 2 && last.utf8.allSatisfy { (0x61...0x7a).contains($0) }
        return isCountry || keptTopLevels.contains(last) || last == "*" ? 1 : 0
    }

    /// Domains of services that many use, and names that every network has.
    private static let keptDomains = PublicMailDomains.builtIn.union(
        Vocabulary.set(
            """
            cloudflareaccess.com cfargotunnel.com workers.dev pages.dev cloudflare.com cloudflare-gateway.com
            cloudflareclient.com localhost home.arpa local localdomain lan internal intranet private home corp domain
            okta.com oktapreview.com okta-emea.com microsoftonline.com windows.net google.com googleapis.com
            accounts.google.com github.com onelogin.com pingone.com pingidentity.com
            """
        )
    )

    private static let keptTopLevels = Vocabulary.set(
        """
        com net org edu gov mil int arpa info biz name pro app dev cloud online site shop store tech xyz work works
        software systems network solutions services digital agency company group global world email space live studio
        design media health finance bank example test invalid localhost local internal intranet lan home corp private
        onion
        """
    )

    /// A URL, or what comes before its query: `https://host/path`, `host/path`, `tcp://host:22`, `/path`.
    package func url(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        if let end = text.firstRange(of: "://") {
            let scheme = text[..<end.lowerBound]
            let isScheme = !scheme.isEmpty && scheme.utf8.allSatisfy { Self.isSchemeByte($0) }
            if !isScheme { return isPublic ? label("Text", text) : redacted(text) }
            let rest = String(text[end.upperBound...])
            let isKnown = !isPublic || Self.schemes.contains(scheme.lowercased())
            return (isKnown ? String(scheme) : "x-\(word("scheme", String(scheme)))") + "://" + address(andPath: rest)
        }
        for scheme in ["http_status:", "mailto:", "unix:", "unix+tls:"] where text.hasPrefix(scheme) {
            let rest = String(text.dropFirst(scheme.count))
            if scheme == "http_status:", rest.utf8.count == 3, Int(rest) != nil { return text }
            return scheme + (scheme == "mailto:" ? email(rest) ?? path(rest) : path(rest))
        }
        if Vocabulary.words.contains(text) { return text }
        return address(andPath: text)
    }

    private static let schemes = Vocabulary.set(
        "http https ws wss tcp udp ssh rdp smb vnc s3 r2 gs azure splunk datadog sumo elastic ftp sftp unix dns ldap ldaps"
    )

    private func address(andPath text: String) -> String {
        if text == "[redacted]" { return text }
        // A range in CIDR notation is no host with a path.
        if let address = address(text) { return address }
        let authority = text.prefix { !"/?#".contains($0) }
        var host = String(authority)
        var user = ""
        if let at = host.lastIndex(of: "@") {
            user = "user-\(word("username", String(host[..<at])))@"
            host = String(host[at...].dropFirst())
        }
        return user + self.host(host) + path(String(text[authority.endIndex...]))
    }

    /// A path with its query and fragment; for auditors only what is somebody's is replaced.
    func path(_ text: String) -> String {
        guard isPublic else { return redacted(text) }
        let end = text.firstIndex { $0 == "?" || $0 == "#" } ?? text.endIndex
        let segments = text[..<end].split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.split(separator: "*", omittingEmptySubsequences: false).map { pathWord(String($0)) }
                .joined(separator: "*")
        }
        let query = text[end...].dropFirst()
        let rest = end == text.endIndex ? "" : String(text[end]) + (query.isEmpty ? "" : word("query", String(query)))
        return segments.joined(separator: "/") + rest
    }

    /// A part of a path.
    func pathWord(_ text: String) -> String {
        if text.isEmpty || [".well-known", "cdn-cgi", ".", ".."].contains(text) { return text }
        return "p\(word("path", text, length: 7))"
    }

    /// A regular expression over paths: the words in it are replaced as in paths, so that it matches what it matched.
    package func pathExpression(_ text: String) -> String {
        guard isPublic else { return redacted(text) }
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if character == "\\" {
                result += rest.prefix(2).allSatisfy { $0.isASCII } ? String(rest.prefix(2)) : "\\."
                rest = rest.dropFirst(2)
            } else if character.isASCII, "^$./*+?|()[]{},".contains(character) {
                result.append(character)
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !($0.isASCII && "\\^$./*+?|()[]{},".contains($0)) }
                result += pathWord(String(word))
                rest = rest[word.endIndex...]
            }
        }
        return result
    }

    static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "*"), 0x80...:
            true
        default: false
        }
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        isHostByte(byte) && byte < 0x80 && byte != UInt8(ascii: "*") || byte == UInt8(ascii: "+")
    }

    /// What the form of a text gives away: an address, a URL, a host, an id; `nil` for any other text.
    func structured(_ text: String) -> String? {
        if let email = email(text) { return email }
        if let address = address(text) { return address }
        if let hardware = hardwareAddress(text) { return hardware }
        if let id = identifier(text) { return id }
        guard !text.contains(where: \.isWhitespace) else { return nil }
        if let end = text.firstRange(of: "://") {
            return end.lowerBound != text.startIndex && text[..<end.lowerBound].utf8.allSatisfy(Self.isSchemeByte)
                ? url(text) : nil
        }
        let host = text.prefix { !"/?#:".contains($0) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), host.utf8.allSatisfy(Self.isHostByte),
            labels.last.map({ Self.keptLabels(labels.map { $0.lowercased() }) > 0 && $0.contains(where: \.isLetter) })
                ?? false
        else { return nil }
        return url(text)
    }
}
