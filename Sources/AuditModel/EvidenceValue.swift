/// One fact in a finding's evidence, as the rule's SQL returned it.
package enum EvidenceValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    /// The value of a floating-point number.
    ///
    /// Every result has a JSON form that reads back as the same value: what is a whole number of 64 bits becomes
    /// `integer`, since JSON does not tell `3.0` from `3`, and what JSON lacks becomes the word for it.
    package static func number(_ value: Double) -> EvidenceValue {
        if value.isNaN { return .text("NaN") }
        if value.isInfinite { return .text(value < 0 ? "-Infinity" : "Infinity") }
        return Int64(exactly: value).map(EvidenceValue.integer) ?? .real(value)
    }

    /// The value as people read it; the word `null` for a missing one.
    package var displayText: String {
        switch self {
        case .null: "null"
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let value): value
        }
    }
}

extension EvidenceValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else {
            self = .number(try container.decode(Double.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .integer(let value): try container.encode(value)
        case .real(let value) where !value.isFinite: try container.encode(Self.number(value))
        case .real(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        }
    }
}
