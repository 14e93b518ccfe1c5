/// Text for places that hold only so much, and where an empty text is refused.
enum ShortText {
    /// Most UTF-16 code units of a name; GitHub accepts no more.
    static let nameLimit = 255

    /// A name or id on one line; `nil` when nothing is left of it.
    static func line(_ text: String?, limit: Int = nameLimit) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return VisibleText.singleLine(text).cut(to: limit)
    }

    /// Prose on one line, or something else when nothing is left of it.
    static func required(_ text: String, else substitute: String, limit: Int) -> String {
        let prose = VisibleText.prose(text)
        return (prose.isEmpty ? substitute : prose).cut(to: limit)
    }
}

extension String {
    /// The beginning of the text, of no more than `limit` UTF-16 code units, with a sign where something was cut.
    func cut(to limit: Int) -> String {
        guard utf16.count > limit else { return self }
        var rest = limit - 1
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            rest -= UTF16.width(scalar)
            guard rest >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }
}
