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
        try text(encoding: baseline)
    }

    /// The result, as described by `report-templates/json/audit-result.schema.json`.
    static func text(of result: AuditResult) throws(RenderingError) -> String {
        try text(encoding: result)
    }

    /// Any value, on as many lines as it has members.
    static func text(encoding value: some Encodable) throws(RenderingError) -> String {
        String(decoding: try data(value, [.prettyPrinted]), as: UTF8.self) + "\n"
    }

    /// Bytes of a value without white space.
    static func compactLength(of value: some Encodable) throws(RenderingError) -> Int {
        try data(value, []).count
    }

    private static func data(
        _ value: some Encodable,
        _ formatting: JSONEncoder.OutputFormatting
    ) throws(RenderingError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        do {
            return try encoder.encode(value)
        } catch {
            throw RenderingError(
                code: .notExpressible,
                place: "result",
                problem: "a value has no JSON form (\(error))",
                remedy: "Report this with the rule that returned the value"
            )
        }
    }
}
