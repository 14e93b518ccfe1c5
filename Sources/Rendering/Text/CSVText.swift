package import AuditModel

/// Comma-separated values (RFC 4180) that a spreadsheet does not take for formulas, nor a terminal for commands.
package enum CSVText {
    /// A header and rows, each ended by CR LF.
    ///
    /// - Parameters:
    ///   - columns: Names of the columns.
    ///   - rows: Values in the order of `columns`. Numbers are written as they are; what people wrote is guarded.
    /// - Returns: The whole text, without a byte order mark.
    package static func render(columns: [String], rows: [[EvidenceValue]]) -> String {
        var text = columns.map(quoted).joined(separator: ",") + "\r\n"
        for row in rows {
            for (place, value) in row.enumerated() {
                if place > 0 { text += "," }
                text += cell(value)
            }
            text += "\r\n"
        }
        return text
    }

    private static func cell(_ value: EvidenceValue) -> String {
        switch value {
        case .null: ""
        case .integer, .real: value.displayText
        case .text(let text): quoted(guarded(VisibleText.multiLine(text)))
        }
    }

    /// The text with an apostrophe before every character that could begin a formula.
    ///
    /// A cell does not begin only where it was written: a spreadsheet that separates cells by semicolons or tabs, as
    /// Excel does in many countries, lets one begin behind those inside a text. White space and quotes before a formula
    /// do not hide it either, since programs drop them when they import or save again.
    static func guarded(_ text: String) -> String {
        let scalars = text.unicodeScalars
        var result = String.UnicodeScalarView()
        if let first = scalars.first, breaks.contains(first) { result.append("'") }
        var mayBegin = true
        for scalar in scalars {
            if mayBegin, formulaStarts.contains(scalar) { result.append("'") }
            result.append(scalar)
            mayBegin = separators.contains(scalar) || mayBegin && isPassedOver(scalar)
        }
        return String(result)
    }

    private static let formulaStarts = Set("=+-@＝＋－＠".unicodeScalars)
    private static let breaks = Set("\t\r\n".unicodeScalars)
    private static let separators = breaks.union([";"])

    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "'" || scalar.properties.isWhitespace
    }

    private static let quotedScalars = Set("\",;\t\r\n".unicodeScalars)

    private static func quoted(_ text: String) -> String {
        let needsQuotes =
            text.hasPrefix(" ") || text.hasSuffix(" ") || text.unicodeScalars.contains { quotedScalars.contains($0) }
        guard needsQuotes else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result.unicodeScalars.append("\"") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
