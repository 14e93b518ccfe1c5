import Crypto
package import Foundation
import SwiftASN1

/// A private key that signs attestations.
///
/// It has no description that could show it.
package struct SigningKey: Sendable {
    private enum Secret: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
    }

    private let secret: Secret
    /// The key that its signatures are checked with.
    package let verificationKey: VerificationKey

    /// Reads a private key.
    ///
    /// - Parameter text: PEM: PKCS#8 (RFC 5958) or, for ECDSA, SEC 1 (RFC 5915); not encrypted.
    /// - Throws: ``AttestationError``.
    package init(pem text: String) throws(AttestationError) {
        let document = try KeyDocument(pem: text)
        guard document.label != "PUBLIC KEY" else {
            throw AttestationError(
                code: .wrongHalf,
                problem: "holds a public key, which cannot sign",
                remedy: "Give the private key that belongs to it"
            )
        }
        guard document.isPrivate else { throw KeyDocument.notAKey("holds no private key, but '\(document.label)'") }
        do {
            secret = try Self.secret(in: document)
        } catch let error as AttestationError {
            throw error
        } catch {
            throw KeyDocument.notAKey("holds a private key that cannot be read")
        }
        verificationKey =
            switch secret {
            case .ed25519(let key): VerificationKey(key.publicKey)
            case .p256(let key): VerificationKey(key.publicKey)
            }
    }

    /// Signs a message: Ed25519 (RFC 8032), always the same bytes; or ECDSA over SHA-256 in DER, other bytes each time.
    ///
    /// - Throws: Errors of the cryptography library.
    package func signature(of message: Data) throws -> Data {
        switch secret {
        case .ed25519(let key): try key.signature(for: message)
        case .p256(let key): try key.signature(for: message).derRepresentation
        }
    }

    private static func secret(in document: KeyDocument) throws -> Secret {
        let root = try DER.parse(document.bytes)
        if document.label == "EC PRIVATE KEY" {
            try checkCurve(root)
            return .p256(try P256.Signing.PrivateKey(derRepresentation: document.bytes))
        }
        let (algorithm, key) = try DER.sequence(root, identifier: .sequence) { nodes in
            _ = try Int(derEncoded: &nodes)
            guard let identifier = nodes.next() else { throw ASN1Error.truncatedASN1Field() }
            let algorithm = try KeyAlgorithm(identifier)
            let key = try ASN1OctetString(derEncoded: &nodes)
            // Attributes and the public key may follow.
            while nodes.next() != nil {}
            return (algorithm, key)
        }
        switch algorithm {
        case .ed25519:
            // RFC 8410, section 7: the 32 bytes are an octet string inside the octet string.
            let bytes = try ASN1OctetString(derEncoded: Array(key.bytes)).bytes
            return .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: bytes))
        case .p256:
            return .p256(try P256.Signing.PrivateKey(derRepresentation: document.bytes))
        }
    }

    /// Names the curve of a key in SEC 1 form, when it is another than P-256.
    private static func checkCurve(_ root: ASN1Node) throws {
        let curve = try DER.sequence(root, identifier: .sequence) { nodes in
            _ = try Int(derEncoded: &nodes)
            _ = try ASN1OctetString(derEncoded: &nodes)
            let curve = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) { node in
                try ASN1ObjectIdentifier(derEncoded: node)
            }
            while nodes.next() != nil {}
            return curve
        }
        if let curve { try KeyAlgorithm.checkIsP256(curve) }
    }
}
