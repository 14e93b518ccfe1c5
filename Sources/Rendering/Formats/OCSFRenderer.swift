import AuditModel

/// Writes Compliance Findings of the Open Cybersecurity Schema Framework 1.8.0 as JSON Lines, for security data lakes.
struct OCSFRenderer: Renderer {
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let json = DocumentEncoder()
        var lines = ""
        try OCSFEvents(result).forEach { (event) throws(RenderingError) in
            lines += try json.text(of: event)
            lines += "\n"
        }
        output.write(lines)
    }
}
