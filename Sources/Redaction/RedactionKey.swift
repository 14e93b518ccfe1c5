import Crypto
import Foundation

/// The key from which all pseudonyms of a run are made.
///
/// Who has it can confirm a guess ("is this person in the report?"), so it belongs to whoever redacts.
package struct RedactionKey: Sendable {
    let symmetric: SymmetricKey

    /// A key that nobody else ever has.
    package static func random() -> RedactionKey { RedactionKey(SymmetricKey(size: .bits256)) }

    /// Reads the text of a key file: at least 32 bytes as hexadecimal digits or as Base64.
    ///
    /// - Throws: ``RedactionKeyError``.
    package init(text: String) throws(RedactionKeyError) {
        let digits = text.filter { !$0.isWhitespace }
        guard !digits.isEmpty else { throw RedactionKeyError(problem: "is empty") }
        guard let bytes = Self.hexadecimal(digits) ?? Data(base64Encoded: digits).map(Array.init) else {
            throw RedactionKeyError(problem: "is neither hexadecimal nor Base64")
        }
        guard bytes.count >= 32 else {
            throw RedactionKeyError(problem: "has \(bytes.count) bytes, which is too short: 32 are needed")
        }
        guard Set(bytes).count > 4 else { throw RedactionKeyError(problem: "is not random") }
        self.init(SymmetricKey(data: bytes))
    }

    private init(_ key: SymmetricKey) {
        symmetric = key
    }

    /// What tells keys apart and tells nothing of them: hexadecimal digits.
    package var id: String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("ztaudit redaction key id".utf8), using: symmetric)
        return Hexadecimal.text(code.prefix(8))
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap(Hexadecimal.value)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// A text that is no key.
package struct RedactionKeyError: Error, Sendable, Hashable {
    /// What is wrong, in a clause; never the key.
    package let problem: String
    /// What makes a key file.
    package static let remedy = "Make one with 'openssl rand -hex 32 > FILE' and keep it to yourself"
}

/// Hexadecimal digits.
enum Hexadecimal {
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
