package import AuditModel
import Foundation

/// Writes the result itself, as described by `report-templates/json/audit-result.schema.json`.
struct JSONRenderer: Renderer {
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        output.write(try JSONDocument.text(of: result))
    }
}

/// Whole documents of JSON.
package enum JSONDocument {
    /// The baseline, as described by `report-templates/json/baseline.schema.json`.
    ///
    /// - Throws: `RenderingError` with code `notExpressible`.
    package static func text(of baseline: Baseline) throws(RenderingError) -> String {
        try text(encoding: baseline)
    }

    /// The result, as described by `report-templates/json/audit-result.schema.json`.
    static func text(of result: AuditResult) throws(RenderingError) -> String {
        try text(encoding: result)
    }

    /// Any value, on as many lines as it has members.
    ///
    /// - Throws: `RenderingError` with code `notExpressible`.
    static func text(encoding value: some Encodable) throws(RenderingError) -> String {
        try DocumentEncoder(.prettyPrinted).text(of: value) + "\n"
    }
}
