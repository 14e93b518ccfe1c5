import AuditModel

struct CSVRenderer: Renderer {
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {}
}
