import Foundation

/// Writes values as JSON without line breaks, whose bytes depend on nothing but the value.
///
/// One encoder serves a whole document, since making one costs more than using it.
struct JSONLine {
    private let encoder: JSONEncoder

    init() {
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// The value on one line, without a newline behind it.
    ///
    /// - Throws: `RenderingError` with code `notExpressible`.
    func text(of value: some Encodable) throws(RenderingError) -> String {
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
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
