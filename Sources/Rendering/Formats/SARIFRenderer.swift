import AuditModel

struct SARIFRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {}
}
