/// A file of a repository, by its path from the top.
///
/// What an audit finds is in a Cloudflare account and in no file. Formats for code review have to name one all the same.
package struct RepositoryPath: Sendable, Hashable {
    /// The path, with `/` between its parts.
    package let text: String

    /// The usual configuration file, which says what is audited and what is waived.
    package static let standard = RepositoryPath(known: "ztaudit.yaml")

    /// What a path must be like, for messages.
    package static let requirement =
        "Give the path of a file from the top of the repository, with '/' between its parts and without '.' and '..', "
        + "such as 'access/ztaudit.yaml'"

    /// Takes a path over.
    ///
    /// - Parameter text: Such as `access/ztaudit.yaml`; `nil` comes back for what is absolute, leads out of the
    ///   repository, names a folder or has characters that nobody sees.
    package init?(_ text: String) {
        // A sign with a combining mark is another `Character`, but the same sign to whoever reads the path.
        let scalars = text.unicodeScalars
        let parts = scalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isDrive = scalars.dropFirst().first == ":" && scalars.first?.properties.isAlphabetic == true
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }), !scalars.contains("\\"), !isDrive,
            VisibleText.singleLine(text) == text
        else { return nil }
        self.text = text
    }

    private init(known text: String) {
        self.text = text
    }

    /// The path as a relative reference of RFC 3986.
    var uriReference: String { URIText.encoded(text, keeping: "/") }
}

/// Percent-encoding.
enum URIText {
    /// Everything but letters, digits, `-._~` and `kept` as percent signs with the bytes of its UTF-8.
    static func encoded(_ text: String, keeping kept: String = "") -> String {
        let kept = Set(kept.utf8)
        return text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            case _ where kept.contains(byte): String(UnicodeScalar(byte))
            default: encoded(byte)
            }
        }.joined()
    }

    /// The ASCII characters of `signs` as percent signs with their code, everything else as it is.
    ///
    /// By scalars, because a combining mark behind a character, and some before it, make another `Character` of it.
    static func encoded(_ text: String, only signs: String) -> String {
        let signs = Set(signs.unicodeScalars)
        var result = ""
        for scalar in text.unicodeScalars {
            if signs.contains(scalar) {
                for byte in String(scalar).utf8 { result += encoded(byte) }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func encoded(_ byte: UInt8) -> String {
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
