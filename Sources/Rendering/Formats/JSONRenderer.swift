import AuditModel
import Foundation

/// Writes the result itself, as described by `report-templates/json/audit-result.schema.json`.
struct JSONRenderer: Renderer {
    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        let data: Data
        do {
            data = try encoder.encode(result)
        } catch {
            throw RenderingError(
                code: .notExpressible,
                place: "result",
                problem: "a value has no JSON form (\(error))",
                remedy: "Report this with the rule that returned the value"
            )
        }
        output.write(String(decoding: data, as: UTF8.self))
        output.write("\n")
    }
}
