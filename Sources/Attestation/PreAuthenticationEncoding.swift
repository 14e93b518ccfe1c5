package import Foundation

/// The bytes that are signed: DSSE's Pre-Authentication Encoding.
///
/// Source: `protocol.md` of secure-systems-lab/dsse, version 1.0.2.
package enum PreAuthenticationEncoding {
    /// `DSSEv1 LENGTH TYPE LENGTH BODY`, with lengths in bytes.
    ///
    /// - Parameters:
    ///   - type: How the body is to be understood.
    ///   - body: What is signed, with its type.
    /// - Returns: What is signed.
    package static func bytes(type: String, body: Data) -> Data {
        Data("DSSEv1 \(type.utf8.count) \(type) \(body.count) ".utf8) + body
    }
}
