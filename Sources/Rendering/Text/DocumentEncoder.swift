import Foundation

/// Writes values as JSON whose bytes depend on nothing but the value.
///
/// One encoder serves a whole document, since making one costs more than using it.
struct DocumentEncoder {
    private let encoder: JSONEncoder

    /// - Parameter formatting: How the text looks, beside its order; on one line unless said.
    init(_ formatting: JSONEncoder.OutputFormatting = []) {
        encoder = JSONEncoder()
        encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
    }

    /// The value, without a newline behind it.
    ///
    /// - Throws: `RenderingError` with code `notExpressible`.
    func text(of value: some Encodable) throws(RenderingError) -> String {
        String(decoding: try data(of: value), as: UTF8.self)
    }

    /// The bytes of ``text(of:)``.
    ///
    /// - Throws: `RenderingError` with code `notExpressible`.
    func data(of value: some Encodable) throws(RenderingError) -> Data {
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
