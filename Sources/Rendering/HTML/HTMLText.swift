import Mustache

/// Escapes for HTML text and quoted attributes.
///
/// The library's own content type goes by `Character`: a quote with a combining mark behind it is another character,
/// stays as it is, and ends the attribute. This one goes by Unicode scalar, and makes deceptive characters visible.
struct HTMLText: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "AUDIT-HTML"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in VisibleText.multiLine(text).unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
