/// Reads comma-separated values as RFC 4180 has them.
enum CSVReader {
    /// The cells of each line, or of each line as a program sees it that separates by something else.
    static func rows(_ text: String, separator: Unicode.Scalar = ",") -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        var wasQuote = false
        for scalar in text.unicodeScalars {
            if isQuoted, scalar != "\"" {
                cell.append(scalar)
            } else if scalar == "\"" {
                // Two quotes inside a quoted cell are one of its characters.
                if wasQuote { cell.append(scalar) }
                isQuoted = !isQuoted && (cell.isEmpty || wasQuote)
                wasQuote = !isQuoted
                continue
            } else if scalar == separator || scalar == "\n" {
                rows[rows.count - 1].append(String(cell))
                cell = String.UnicodeScalarView()
                if scalar == "\n" { rows.append([]) }
            } else if scalar != "\r" {
                cell.append(scalar)
            }
            wasQuote = false
        }
        return rows.dropLast()
    }
}
