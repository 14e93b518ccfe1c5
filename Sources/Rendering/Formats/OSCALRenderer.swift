import AuditModel

/// Writes assessment results of NIST's Open Security Controls Assessment Language, for compliance tools.
struct OSCALRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let document = try OSCALAssessment(result, title: options.heading).document()
        output.write(try JSONDocument.encoded(document))
    }
}
