import AuditModel

/// Writes GitHub Flavored Markdown that GitLab reads too.
struct MarkdownRenderer: Renderer {
    let form: MarkdownForm
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let sections = MarkdownSections(result, form)
        var budget = try MarkdownBudget(
            limit: options.maximumLength ?? form.defaultLength,
            unit: form.unit,
            head: sections.head(options.heading),
            tail: sections.tail()
        )
        sections.appendBody(to: &budget)
        output.write(budget.finished())
    }
}
