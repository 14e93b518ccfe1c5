import Crypto
import Foundation

/// The style sheet, put into the page, and the policy that lets nothing else style it, run or load.
struct StyleSheet: Sendable {
    private static let path = "html/report.css"

    /// Content of the `style` element; the hash in the policy is over exactly these bytes.
    let text: String
    /// Value of the page's Content-Security-Policy.
    let policy: String

    /// Takes the style sheet from the templates.
    ///
    /// - Throws: `RenderingError` when it is missing, would end its element, or would load something.
    init(_ templates: ReportTemplates) throws(RenderingError) {
        text = try templates.text(of: Self.path)
        for word in ["</", "<!--", "url(", "@import"] where text.lowercased().contains(word) {
            throw RenderingError(
                code: .invalidTemplate,
                place: Self.path,
                problem: "'\(word)' must not stand in the style sheet",
                remedy: "Remove it from report-templates/\(Self.path)"
            )
        }
        let hash = Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
        policy = "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
    }
}
