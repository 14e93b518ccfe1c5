import Crypto
import Foundation
package import JSONModel

/// Short hashes that stand for values: hexadecimal SHA-256.
package enum Fingerprint {
    /// Digest of `parts`, told apart by their lengths so that no two lists share one.
    ///
    /// - Parameters:
    ///   - parts: Texts in an order that matters.
    ///   - length: Hexadecimal digits to keep, at most 64.
    /// - Returns: Lower-case hexadecimal digits.
    package static func of(_ parts: [String], length: Int = 64) -> String {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Data("\(part.utf8.count):".utf8))
            hash.update(data: Data(part.utf8))
        }
        return String(hexadecimal(hash.finalize()).prefix(length))
    }

    /// Digest of a JSON value; equal values have equal digests.
    package static func of(_ value: JSONValue) -> String {
        hexadecimal(SHA256.hash(data: value.serialized()))
    }

    /// Two lower-case digits for each byte.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
    }
}
