import Rendering

/// Columns of text for a terminal.
enum TextTable {
    /// Lays out rows; control characters are made visible, so that data cannot steer the terminal.
    ///
    /// - Parameters:
    ///   - columns: Heads; `nil` for none.
    ///   - rows: Cells, as many in each row.
    /// - Returns: Lines, each ended by a newline; empty without lines.
    static func render(columns: [String]?, rows: [[String]]) -> String {
        let lines = ((columns.map { [$0] } ?? []) + rows).map { $0.map(VisibleText.logLine) }
        guard let first = lines.first else { return "" }
        let widths = first.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        var output = lines.map { line(of: $0, widths) }
        if columns != nil { output.insert(line(of: widths.map { String(repeating: "-", count: $0) }, widths), at: 1) }
        return output.joined(separator: "\n") + "\n"
    }

    private static func line(of cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }
        var line = padded.joined(separator: "  ")[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
