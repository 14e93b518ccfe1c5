import Foundation

/// A table in Markdown; numbers are aligned to the right.
struct Table {
    let columns: [String]
    var rows: [[String]] = []

    var text: String {
        let widths = columns.indices.map { column in ([columns] + rows).map { $0[column].count }.max() ?? 0 }
        let rule = widths.enumerated().map {
            $0.offset == 0
                ? String(repeating: "-", count: $0.element) : String(repeating: "-", count: $0.element - 1) + ":"
        }
        return ([columns, rule] + rows).map { cells in
            "| " + zip(cells, widths).map { Self.padded($0, $1) }.joined(separator: " | ") + " |\n"
        }.joined()
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
    }
}

/// Numbers as people read them.
enum Cell {
    static func seconds(_ seconds: Double) -> String {
        seconds < 1 ? "\(Int((seconds * 1000).rounded())) ms" : "\(String(format: "%.1f", seconds)) s"
    }

    static func ratio(_ ratio: Double) -> String { String(format: "%.2f", ratio) }

    static func memory(_ mebibytes: Double?) -> String { mebibytes.map { "\(Int($0.rounded())) MiB" } ?? "–" }
}
