import Foundation

/// What people write so that it is no word of its own: escaped, encoded, or with something before and behind it.
extension Pseudonyms {
    private static let hidden: Set<Unicode.Scalar> = ["\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}"]

    /// A text without characters that show nothing, which would part what belongs together.
    static func visible(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !hidden.contains($0) }))
    }

    /// Redacts a text in which dots may be escaped, as in regular expressions: `anna\.b@corp\.example`, `10\.0\.0\.1`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - body: Redacts what has no such dots.
    /// - Returns: The text with its dots as they were.
    func unescaped(_ text: String, _ body: (String) -> String) -> String {
        guard text.contains("\\.") || text.contains(")@") else { return body(text) }
        let text = text.replacing(/\(([^()@\[\]{}\s]+)\)(?=@)/) { match in
            // `(anna|bob)@corp\.example`: what stands before the `@` names people.
            "(\(match.1.replacing(/(?:\\\.|[^|\\?:*+.^$]){2,}/) { "person-\(word("email", $0.output.lowercased()))" }))"
        }
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /[A-Za-z0-9_.+%@-]*(?:\\\.[A-Za-z0-9_.+%@-]*)+/) {
            let plain = String(match.output).replacing("\\.", with: ".")
            let redacted = body(plain)
            result += body(String(rest[..<match.range.lowerBound]))
            result += redacted == plain ? String(match.output) : redacted.replacing(".", with: "\\.")
            rest = rest[match.range.upperBound...]
        }
        return result + body(String(rest))
    }

    /// A word with percent-encoded characters, when something in it is to be replaced.
    func percentDecoded(_ text: String) -> String? {
        // Encoded twice, the percent sign is encoded, too.
        let escape = /%(?:25)*([0-9A-Fa-f]{2})/
        guard text.contains(escape) else { return nil }
        var (parts, part, isChanged) = ("", "", false)
        func finish() {
            let redacted = part.isEmpty ? "" : self.redacted(part)
            isChanged = isChanged || redacted != part
            parts += redacted.replacing("@", with: "%40")
            part = ""
        }
        var rest = text[...]
        while let match = rest.firstMatch(of: escape) {
            part += rest[..<match.range.lowerBound]
            let byte = UInt8(match.1, radix: 16).map { Character(Unicode.Scalar($0)) }
            if let byte, byte.isASCII, byte.isLetter || byte.isNumber || "@._-+:".contains(byte) {
                part.append(byte)
            } else {
                finish()
                parts += match.0
            }
            rest = rest[match.range.upperBound...]
        }
        part += rest
        finish()
        return isChanged ? parts : nil
    }

    /// An e-mail address, or what comes before the `@` of one, with `mailto:` or a user's password before it.
    func emailInWord(_ text: String) -> String? {
        let colon = text.lastIndex(of: ":")
        let address = String(text[(colon.map { text.index(after: $0) } ?? text.startIndex)...])
        let isCut = address.hasSuffix("@") && address.count > 1
        guard let email = isCut ? "person-\(word("email", address.dropLast().lowercased()))@" : email(address) else {
            return nil
        }
        guard let colon else { return email }
        let before = String(text[..<colon])
        let isKind = ["acct", "email", "mail", "mailto", "sip", "smtp", "upn", "user"].contains(before.lowercased())
        return "\(isKind ? before : username(before)):\(email)"
    }

    /// The first address or id inside a word, with what is before and behind it.
    func embedded(in text: String) -> (before: String, pseudonym: String, after: String)? {
        func found(_ range: Range<String.Index>, _ pseudonym: String?) -> (String, String, String)? {
            pseudonym.map { (String(text[..<range.lowerBound]), $0, String(text[range.upperBound...])) }
        }
        // Most words are none of these, which is quickly seen.
        let length = text.utf8.count
        let dots = text.utf8.count { $0 == UInt8(ascii: ".") }
        let uuid = /[0-9A-Fa-f]{8}([-_])[0-9A-Fa-f]{4}(?:\1[0-9A-Fa-f]{4}){2}\1[0-9A-Fa-f]{12}/
        if length >= 36, let match = text.firstMatch(of: uuid) {
            return found(match.range, separatedHexadecimal(match.output.0))
        }
        let hardware = /(?:^|[^0-9A-Fa-f])((?:[0-9A-Fa-f]{2}[:\-]){5,}[0-9A-Fa-f]{2})(?![0-9A-Fa-f])/
        if length > 17, let match = text.firstMatch(of: hardware) {
            return found(match.1.startIndex..<match.1.endIndex, separatedHexadecimal(match.1))
        }
        let dotted = /(?:^|[^0-9A-Fa-f])([0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![0-9A-Fa-f])/
        if length > 13, dots > 1, let match = text.firstMatch(of: dotted), match.1.contains(where: \.isLetter) {
            return found(match.1.startIndex..<match.1.endIndex, separatedHexadecimal(match.1))
        }
        if dots > 2, let match = text.firstMatch(of: /(?:^|[^0-9])([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?![0-9])/) {
            // Zeros before a number are no part of it.
            let plain = match.1.split(separator: ".").compactMap { Int($0) }.map(String.init).joined(separator: ".")
            return found(match.1.startIndex..<match.1.endIndex, address(plain))
        }
        return nil
    }
}
