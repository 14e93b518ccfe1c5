/// The one list of document formats: the command line, the documentation and the golden tests all read it.
package enum ReportFormat: String, CaseIterable, Sendable {
    case html, junit, markdown, json

    /// Usual ending of a file in this format, without the dot.
    package var fileExtension: String {
        switch self {
        case .html: "html"
        case .junit: "xml"
        case .markdown: "md"
        case .json: "json"
        }
    }

    /// What the format is good for, in one line.
    package var summary: String {
        switch self {
        case .html: "one self-contained page for auditors: findings, evidence, remediation, what was not evaluated"
        case .junit: "JUnit XML for CI systems: one test case per rule and examined resource"
        case .markdown: "short report for a pull-request comment or a job summary"
        case .json: "the whole result, as described by audit-result.schema.json"
        }
    }

    /// Creates the renderer of this format.
    ///
    /// - Parameters:
    ///   - templates: Files below `report-templates`; only HTML uses them.
    ///   - options: Wishes of the caller; each format takes those that mean something to it.
    /// - Returns: A renderer; a fault in the templates shows when it renders.
    package func makeRenderer(templates: ReportTemplates, options: RenderOptions) -> any Renderer {
        switch self {
        case .html: HTMLRenderer(templates: templates, options: options)
        case .junit: JUnitRenderer(options: options)
        case .markdown: MarkdownRenderer(options: options)
        case .json: JSONRenderer()
        }
    }
}
