import AuditModel

/// A bar that shows what a whole is made of.
struct BarChart: Sendable {
    /// A part of the bar, in percent of its length.
    struct Segment: Sendable {
        /// Class of the style sheet.
        let tone: String
        let offset: String
        let extent: String
    }

    /// A part before it has a place.
    struct Part: Sendable {
        let tone: String
        let symbol: String
        let count: Int
        let word: String
    }

    let chartTitle: String
    let chartText: String
    let segments: [Segment]

    /// Lays out the parts that are not empty; `nil` when all are.
    init?(_ title: String, _ parts: [Part]) {
        let parts = parts.filter { $0.count > 0 }
        let total = parts.reduce(0) { $0 + $1.count }
        guard total > 0 else { return nil }
        chartTitle = title
        chartText = Words.list(parts.map { "\($0.count) \($0.word)" }) + "."
        var before = 0
        segments = parts.map { part in
            defer { before += part.count }
            return Segment(
                tone: part.tone,
                offset: Self.percent(before, of: total),
                extent: Self.percent(part.count, of: total)
            )
        }
    }

    /// A share in percent with one decimal; at least a visible one for what is not nothing.
    static func percent(_ count: Int, of total: Int) -> String {
        guard total > 0, count > 0 else { return "0" }
        let tenths = max(4, (count * 1000 + total / 2) / total)
        return "\(tenths / 10).\(tenths % 10)"
    }
}

/// A bar with its key in words.
struct KeyedChart: Sendable {
    /// What a part stands for.
    struct Key: Sendable {
        let tone: String
        let keySymbol: String
        let keyCount: Int
        let keyWord: String
    }

    let chart: BarChart
    let keys: [Key]

    /// Lays out the parts that are not empty; `nil` when all are.
    init?(_ title: String, _ parts: [BarChart.Part]) {
        guard let chart = BarChart(title, parts) else { return nil }
        self.chart = chart
        keys = parts.filter { $0.count > 0 }.map { part in
            Key(tone: part.tone, keySymbol: part.symbol, keyCount: part.count, keyWord: part.word)
        }
    }
}
