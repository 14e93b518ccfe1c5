import Crypto
package import Foundation

/// SHA-256 over bytes that come in parts.
package struct DigestBuilder: Sendable {
    private var hash = SHA256()

    /// Creates a digest over nothing yet.
    package init() {}

    /// Adds the next bytes.
    package mutating func update(_ data: Data) {
        hash.update(data: data)
    }

    /// The digest over all bytes so far: 64 lower-case hexadecimal digits.
    package var hexadecimal: String { hash.finalize().hexadecimal }

    /// The digest of a whole text in UTF-8.
    package static func of(_ text: String) -> String {
        var (text, hash) = (text, SHA256())
        // Documents can be large, and need no copy.
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return hash.finalize().hexadecimal
    }
}

extension Sequence<UInt8> {
    /// Two lower-case digits for each byte.
    var hexadecimal: String {
        reduce(into: "") { text, byte in
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
    }
}
