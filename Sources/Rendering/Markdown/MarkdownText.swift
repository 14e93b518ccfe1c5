import AuditModel

/// Makes hostile text harmless inside GitHub Flavored Markdown, also where GitLab reads it, in table cells and in
/// `<summary>`.
///
/// Punctuation with a meaning becomes a character reference, which is text and never structure. What the sites look for
/// in the *rendered* text (`@name`, `#123`, `!45`, e-mail addresses) is taken apart by an element around the sign. The
/// caller must not let the text begin a line.
enum MarkdownText {
    /// `text` on one line.
    static func inline(_ text: String, limit: Int = 500) -> String {
        let scalars = Array(shortened(VisibleText.singleLine(text), limit).unicodeScalars)
        return scalars.indices.map { place in
            let next = place + 1 < scalars.count ? scalars[place + 1] : " "
            let isHarmless =
                switch scalars[place] {
                // Emphasis only at the edge of a word.
                case "_": place > 0 && isWord(scalars[place - 1]) && isWord(next)
                // An address or an emoji unless something else follows.
                case ":": next == " " || ("0"..."9").contains(next)
                // An address behind `www`.
                case ".": !endsInWWW(scalars[..<place])
                default: false
                }
            return isHarmless ? String(scalars[place]) : escaped(scalars[place])
        }.joined()
    }

    /// `text` in monospace; sites do not look for references in it.
    static func code(_ text: String, limit: Int = 200) -> String {
        text.isEmpty ? "" : "<code>\(inline(text, limit: limit))</code>"
    }

    /// Wrapped prose on one line.
    static func prose(_ text: String, limit: Int = 1000) -> String {
        inline(VisibleText.prose(text), limit: limit)
    }

    /// Lines in monospace, all on one line of the document, so that none of them begins one.
    static func block(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let shown = lines.prefix(200).map { inline(String($0), limit: 400) } + (lines.count > 200 ? ["…"] : [])
        return "<pre>\(shown.joined(separator: "&#10;"))</pre>"
    }

    /// A link that shows its address; the address alone is in it, so nothing can be hidden behind other words.
    static func link(_ link: WebLink) -> String {
        "<a href=\"\(link.address.replacing("&", with: "&amp;").replacing("|", with: "%7C"))\">\(inline(link.address))</a>"
    }

    /// The first `limit` scalars, with a sign where something was cut.
    private static func shortened(_ text: String, _ limit: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "a"..."z", "A"..."Z", "0"..."9", " ", ",", "(", ")", "/", "-", "+", ";", "?", "'", "=":
            String(scalar)
        case "@", "#", "!", "~", "%", "$": "<span>&#\(scalar.value);</span>"
        default: scalar.isASCII ? "&#\(scalar.value);" : String(scalar)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    private static func endsInWWW(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        scalars.suffix(3).count == 3 && scalars.suffix(3).allSatisfy { $0 == "w" || $0 == "W" }
    }
}
