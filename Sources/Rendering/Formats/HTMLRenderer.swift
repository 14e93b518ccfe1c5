import AuditModel

/// Writes one self-contained page: no script, no request, readable on paper.
struct HTMLRenderer: Renderer {
    let templates: ReportTemplates
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let style = try StyleSheet(templates)
        let library = try TemplateLibrary(templates)
        output.write(try library.render(ReportPage(result, heading: options.heading, style: style), with: "report"))
    }
}
