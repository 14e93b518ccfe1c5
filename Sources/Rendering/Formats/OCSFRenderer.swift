import AuditModel

struct OCSFRenderer: Renderer {
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {}
}
