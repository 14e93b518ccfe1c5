/// Text as SARIF and its consumers take it.
enum SARIFText {
    /// Most UTF-16 code units that GitHub accepts in a description.
    static let descriptionLimit = 1024

    /// A message, from text that may be anybody's.
    ///
    /// In a message, `{0}` is a place for an argument and `[x](y)` a link; neither may come from an account. The standard
    /// has braces doubled, for the same reason.
    static func message(_ text: String) -> SARIFLog.Text {
        // By scalars: with a combining mark behind it, a sign is another `Character`.
        var escaped = String.UnicodeScalarView()
        for scalar in VisibleText.singleLine(text).unicodeScalars {
            if scalar == "(", escaped.last == "]" { escaped.append(" ") }
            if scalar == "{" || scalar == "}" { escaped.append(scalar) }
            escaped.append(scalar)
        }
        return SARIFLog.Text(text: String(escaped))
    }

    /// A web address that the strict form of RFC 3986 takes too, which some consumers check.
    static func address(_ text: String) -> String? {
        guard let link = WebLink(text), !link.address.contains(/[\[\]]|%(?![0-9A-Fa-f]{2})|#.*#/) else { return nil }
        return link.address
    }
}
