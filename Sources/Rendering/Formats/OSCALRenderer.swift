import AuditModel

/// Writes assessment results of NIST's Open Security Controls Assessment Language, for compliance tools.
///
/// On one line: with 50,000 findings, indentation would be half of the document.
struct OSCALRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let document = try OSCALAssessment(result, title: options.heading).document()
        output.write(try DocumentEncoder().text(of: document) + "\n")
    }
}
