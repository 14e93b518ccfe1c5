import AuditModel

/// Writes GitHub Flavored Markdown that fits into a pull-request comment.
struct MarkdownRenderer: Renderer {
    /// GitHub takes 65,536 characters; the rest is for what a caller may put around it.
    static let defaultLength = 60_000

    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let sections = MarkdownSections(result)
        let length = options.maximumLength ?? Self.defaultLength
        var budget = try MarkdownBudget(limit: length, head: sections.head(options.heading), tail: sections.tail())
        sections.appendBody(to: &budget)
        output.write(budget.finished())
    }
}
