/// Collects a document of limited length that is cut between blocks and table rows, never inside one.
///
/// Once something did not fit nothing more is taken, so that what is shown is the beginning of the full document.
struct MarkdownBudget: Sendable {
    /// What a length is counted in.
    enum Unit: String, Sendable {
        /// UTF-16 code units: no fewer than the characters that sites count.
        case characters
        /// Bytes of UTF-8.
        case bytes

        func length(of text: String) -> Int {
            switch self {
            case .characters: text.utf16.count
            case .bytes: text.utf8.count
            }
        }
    }

    private let limit: Int
    private let unit: Unit
    private let tail: String
    private var length: Int
    private var isFull = false
    private var omitted: [(noun: String, count: Int)] = []
    private(set) var text = ""

    /// Length kept free for the sentence on what was cut.
    private static let noteLength = 600

    /// Starts a document.
    ///
    /// - Parameters:
    ///   - limit: Most that the whole document may have.
    ///   - unit: What the limit counts.
    ///   - head: Beginning, never cut.
    ///   - tail: End, never cut.
    /// - Throws: `RenderingError` with code `lengthTooSmall` when not even head and tail fit.
    init(limit: Int, unit: Unit, head: String, tail: String) throws(RenderingError) {
        self.limit = limit
        self.unit = unit
        self.tail = tail
        text = head
        length = unit.length(of: head) + unit.length(of: tail) + Self.noteLength
        guard length <= limit else {
            throw RenderingError(
                code: .lengthTooSmall,
                place: "maximum length",
                problem: "\(limit) \(unit) do not hold the verdict and the counts, which take \(length)",
                remedy: "Allow at least \(length) \(unit)"
            )
        }
    }

    /// Adds a block that says `count` things called `noun`, or remembers that they were left out.
    mutating func append(_ block: String, saying count: Int = 0, _ noun: String = "") {
        if !take(block) { leaveOut(count, noun) }
    }

    /// Adds a table, with as many of its rows as fit.
    ///
    /// - Parameters:
    ///   - opening: Everything before the first row, with the head of the table; written only with a first row.
    ///   - rows: Rows, each with its newline; each says one thing called `noun`.
    ///   - closing: Everything behind the last row, written whenever `opening` is.
    ///   - noun: What a row stands for, in the plural.
    mutating func appendTable(opening: String, rows: [String], closing: String, noun: String) {
        guard let first = rows.first else { return }
        guard take(opening + first, reserving: closing) else { return leaveOut(rows.count, noun) }
        var written = 1
        for row in rows.dropFirst() {
            guard take(row) else { break }
            written += 1
        }
        text += closing
        leaveOut(rows.count - written, noun)
    }

    /// The document with a sentence on what was cut, and its end.
    func finished() -> String {
        guard isFull else { return text + tail }
        let parts = omitted.map { "\($0.count) \($0.noun)" }
        let what = parts.isEmpty ? "Some rule texts" : Words.list(parts)
        let note = """

            > **Shortened:** \(what) did not fit into \(limit) \(unit). The JSON report has all.

            """
        return text + note + tail
    }

    private mutating func take(_ block: String, reserving closing: String = "") -> Bool {
        guard !isFull else { return false }
        let added = unit.length(of: block) + unit.length(of: closing)
        guard length + added <= limit else {
            isFull = true
            return false
        }
        length += added
        text += block
        return true
    }

    private mutating func leaveOut(_ count: Int, _ noun: String) {
        guard count > 0 else { return }
        if let place = omitted.firstIndex(where: { $0.noun == noun }) {
            omitted[place].count += count
        } else {
            omitted.append((noun: noun, count: count))
        }
    }
}
