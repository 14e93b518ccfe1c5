import Rendering

/// Prose for a terminal: headings and paragraphs, broken at 100 columns.
///
/// Everything passes through `VisibleText`, so that no name can steer the terminal or start a line.
struct TextPage {
    private static let width = 100

    private(set) var text = ""

    /// A heading with an empty line above it.
    mutating func heading(_ title: String) {
        if !text.isEmpty { text += "\n" }
        paragraph(title)
    }

    /// Indented paragraphs, each with a dash.
    mutating func list(_ items: [String]) {
        for item in items { paragraph(item, mark: "- ", indent: 2) }
    }

    /// A paragraph.
    ///
    /// - Parameters:
    ///   - content: Its words.
    ///   - mark: Stands before the first line, such as `- `; the others are indented as far.
    ///   - indent: Columns before the mark.
    mutating func paragraph(_ content: String, mark: String = "", indent: Int = 0) {
        let margin = String(repeating: " ", count: indent + mark.count)
        var line = String(repeating: " ", count: indent) + mark
        var isFirst = true
        for word in VisibleText.logLine(content).split(separator: " ", omittingEmptySubsequences: false) {
            // CI systems obey a line that starts with two colons, wherever the colons stand in the paragraph.
            if isFirst || line.count + 1 + word.count <= Self.width || word.hasPrefix("::") {
                line += (isFirst ? "" : " ") + word
            } else {
                text += line + "\n"
                line = margin + word
            }
            isFirst = false
        }
        text += line + "\n"
    }
}
