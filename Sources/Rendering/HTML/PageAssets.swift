import Crypto
import Foundation

/// Style sheet and script, put into the page, and the policy that lets nothing else style it, run or load.
struct PageAssets: Sendable {
    /// Content of the `style` element; a hash in the policy is over exactly these bytes.
    let styles: String
    /// Content of the `script` element; a hash in the policy is over exactly these bytes.
    let script: String
    /// Value of the page's Content-Security-Policy.
    let policy: String

    /// Takes both from the templates.
    ///
    /// - Throws: `RenderingError` when one is missing, would end its element, or the style sheet would load something.
    init(_ templates: ReportTemplates) throws(RenderingError) {
        styles = try Self.text(
            of: "html/report.css",
            in: templates,
            called: "style sheet",
            without: ["</", "<!--", "url(", "@import"]
        )
        script = try Self.text(
            of: "html/report.js",
            in: templates,
            called: "script",
            without: ["</script", "<script", "<!--"]
        )
        policy = [
            "default-src 'none'", "style-src '\(Self.hash(styles))'", "script-src '\(Self.hash(script))'",
            "base-uri 'none'", "form-action 'none'",
        ].joined(separator: "; ")
    }

    private static func text(
        of path: String,
        in templates: ReportTemplates,
        called name: String,
        without words: [String]
    ) throws(RenderingError) -> String {
        let file = try templates.file(path)
        // A browser reads CR LF as LF before it takes the hash.
        let text = file.text.replacing("\r\n", with: "\n")
        let bytes = Array(text.lowercased().utf8)
        for word in words {
            guard let range = bytes.firstRange(of: Array(word.utf8)) else { continue }
            let line = bytes[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
            throw RenderingError(
                code: .invalidTemplate,
                place: "\(file.place):\(line)",
                problem: "'\(word)' must not stand in the \(name)",
                remedy: "Remove it"
            )
        }
        return text
    }

    private static func hash(_ text: String) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}
