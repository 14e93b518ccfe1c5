import AuditModel
import Rendering

/// Comma-separated values (RFC 4180) that a spreadsheet does not take for formulas, nor a terminal for commands.
enum CSVText {
    static func render(columns: [String], rows: [[EvidenceValue]]) -> String {
        var text = columns.map(quoted).joined(separator: ",") + "\r\n"
        for row in rows { text += row.map(cell).joined(separator: ",") + "\r\n" }
        return text
    }

    private static func cell(_ value: EvidenceValue) -> String {
        switch value {
        case .null: ""
        case .integer, .real: value.displayText
        case .text(let text): quoted(guarded(VisibleText.multiLine(text)))
        }
    }

    private static func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return text
        }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result.unicodeScalars.append("\"") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
