import AuditModel

/// Writes one self-contained page: one script of ours, no request, readable on paper.
struct HTMLRenderer: Renderer {
    let templates: ReportTemplates
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let assets = try PageAssets(templates)
        let library = try TemplateLibrary(templates)
        output.write(try library.render(ReportPage(result, heading: options.heading, assets: assets), with: "report"))
    }
}
