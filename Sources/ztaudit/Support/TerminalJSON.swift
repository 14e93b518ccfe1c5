import Foundation
import Rendering

/// JSON documents that may go to a terminal.
enum TerminalJSON {
    /// The document, pretty-printed with sorted keys and ended by a newline.
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    }

    /// The same JSON document with every invisible or steering character written as an escape: the encoder leaves those
    /// beyond U+001F as they are.
    private static func escaped(_ document: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in document.unicodeScalars {
            guard scalar.value > 0x7E, VisibleText.singleLine(String(scalar)) != String(scalar) else {
                result.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result.append(
                    contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars
                )
            }
        }
        return String(result)
    }
}
