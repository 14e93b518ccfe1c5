/// How much a Markdown document says.
enum MarkdownForm: Sendable, Hashable {
    /// The verdict, the findings and what to do, for a pull-request comment.
    case summary
    /// All of the result, for a wiki or a job summary.
    case full

    /// What the length of the document is counted in, as the sites that take it do.
    var unit: MarkdownBudget.Unit {
        switch self {
        case .summary: .characters
        case .full: .bytes
        }
    }

    /// Most that a document may have unless the caller says otherwise.
    var defaultLength: Int {
        switch self {
        // GitHub takes 65,536 in a comment; the rest is for what a caller may put around it.
        case .summary: 60_000
        // GitHub takes 1 MiB in the summary of a step; the rest is for what else the step writes.
        case .full: 900_000
        }
    }

    /// Most rows of the tables that stand before the findings, and must leave room for them.
    var listed: Int {
        switch self {
        case .summary: 25
        case .full: 200
        }
    }
}
