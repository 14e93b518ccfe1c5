package import AuditModel

/// Turns a finished result into one document.
package protocol Renderer: Sendable {
    /// Appends the document to `output`.
    ///
    /// The result arrives sorted and is written in its order; equal results give equal bytes. Every name, message and
    /// evidence value is taken for hostile text.
    ///
    /// - Parameters:
    ///   - result: What the audit found out.
    ///   - output: Receives the document; nothing is appended when an error is thrown.
    /// - Throws: `RenderingError`.
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws
}
