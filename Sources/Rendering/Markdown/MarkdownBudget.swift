/// Collects a document of limited length that is cut between blocks and table rows, never inside one.
///
/// Once something did not fit nothing more is taken, so that what is shown is the beginning of the full document.
/// Lengths are UTF-16 code units: no smaller than the characters that the sites count.
struct MarkdownBudget: Sendable {
    private let limit: Int
    private let tail: String
    private var length: Int
    private var isFull = false
    private var omitted: [(noun: String, count: Int)] = []
    private(set) var text = ""

    /// Length kept free for the sentence on what was cut.
    private static let noteLength = 400

    /// Starts a document.
    ///
    /// - Parameters:
    ///   - limit: Most UTF-16 code units of the whole document.
    ///   - head: Beginning, never cut.
    ///   - tail: End, never cut.
    /// - Throws: `RenderingError` with code `lengthTooSmall` when not even head and tail fit.
    init(limit: Int, head: String, tail: String) throws(RenderingError) {
        self.limit = limit
        self.tail = tail
        text = head
        length = head.utf16.count + tail.utf16.count + Self.noteLength
        guard length <= limit else {
            throw RenderingError(
                code: .lengthTooSmall,
                place: "maximum length",
                problem: "\(limit) characters do not hold the verdict and the counts, which take \(length)",
                remedy: "Allow at least \(length) characters"
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

            > **Shortened:** \(what) did not fit into \(limit) characters. The HTML, JUnit and JSON reports have all.

            """
        return text + note + tail
    }

    private mutating func take(_ block: String, reserving closing: String = "") -> Bool {
        guard !isFull else { return false }
        let added = block.utf16.count + closing.utf16.count
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
