extension JSONValue {
    /// The document in UTF-8, on one line with sorted keys, so that equal values give equal bytes.
    package func serialized() -> [UInt8] {
        var text = JSONText()
        text.append(self)
        return text.bytes
    }

    /// ``serialized()`` as text.
    package var text: String { String(decoding: serialized(), as: UTF8.self) }
}

/// Writes JSON (RFC 8259) with sorted keys.
///
/// `JSONEncoder` spends ten times as long on such a tree, and everything that is collected passes through here.
private struct JSONText {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: append(literal: "null")
        case .bool(let value): append(literal: value ? "true" : "false")
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value): append(value)
        case .string(let text): append(text)
        case .array(let elements): append(elements)
        case .object(let members): append(members)
        }
    }

    private mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// JSON has no spelling for infinity and "not a number"; like others, we write `null` for them.
    private mutating func append(_ number: Double) {
        guard number.isFinite else { return append(literal: "null") }
        bytes.append(contentsOf: String(number).utf8)
    }

    private mutating func append(_ elements: [JSONValue]) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ members: [String: JSONValue]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(member.key)
            bytes.append(UInt8(ascii: ":"))
            append(member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.contains(where: Self.needsEscape) {
            for byte in text.utf8 { append(escaping: byte) }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(literal: "\\\"")
        case UInt8(ascii: "\\"): append(literal: "\\\\")
        case UInt8(ascii: "\n"): append(literal: "\\n")
        case UInt8(ascii: "\r"): append(literal: "\\r")
        case UInt8(ascii: "\t"): append(literal: "\\t")
        case ..<0x20:
            append(literal: byte < 0x10 ? "\\u000" : "\\u001")
            bytes.append(contentsOf: String(byte & 0x0f, radix: 16).utf8)
        case _: bytes.append(byte)
        }
    }
}
