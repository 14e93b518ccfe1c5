package import AuditModel
import Foundation

/// Writes the result itself, as described by `report-templates/json/audit-result.schema.json`.
struct JSONRenderer: Renderer {
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        output.write(try JSONDocument.text(of: result))
    }
}

/// Writes values as JSON whose bytes depend on nothing but the value.
package enum JSONDocument {
    /// The baseline, as described by `report-templates/json/baseline.schema.json`.
    ///
    /// - Throws: `RenderingError` with code `notExpressible`.
    package static func text(of baseline: Baseline) throws(RenderingError) -> String {
        try encoded(baseline)
    }

    /// The result, as described by `report-templates/json/audit-result.schema.json`.
    static func text(of result: AuditResult) throws(RenderingError) -> String {
        try encoded(result)
    }

    private static func encoded(_ value: some Encodable) throws(RenderingError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        let data: Data
        do {
            data = try encoder.encode(value)
        } catch {
            throw RenderingError(
                code: .notExpressible,
                place: "result",
                problem: "a value has no JSON form (\(error))",
                remedy: "Report this with the rule that returned the value"
            )
        }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
