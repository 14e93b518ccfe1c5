import Crypto
package import Foundation
import SwiftASN1

/// A public key that attestations are checked with.
package struct VerificationKey: Sendable {
    private enum Key: Sendable {
        case ed25519(Curve25519.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
    }

    private let key: Key

    /// Reads a public key.
    ///
    /// - Parameter text: PEM: `SubjectPublicKeyInfo` (RFC 5280).
    /// - Throws: ``AttestationError``.
    package init(pem text: String) throws(AttestationError) {
        let document = try KeyDocument(pem: text)
        guard !document.isPrivate else {
            throw AttestationError(
                code: .wrongHalf,
                problem: "holds a private key, which nobody needs in order to verify",
                remedy: "Give the public key, which 'openssl pkey -in KEY -pubout' writes"
            )
        }
        guard document.label == "PUBLIC KEY" else {
            throw KeyDocument.notAKey("holds no public key, but '\(document.label)'")
        }
        do {
            let (algorithm, bits) = try DER.sequence(try DER.parse(document.bytes), identifier: .sequence) { nodes in
                guard let identifier = nodes.next() else { throw ASN1Error.truncatedASN1Field() }
                return (try KeyAlgorithm(identifier), try ASN1BitString(derEncoded: &nodes))
            }
            switch algorithm {
            case .ed25519: key = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: bits.bytes))
            case .p256: key = .p256(try P256.Signing.PublicKey(derRepresentation: document.bytes))
            }
        } catch let error as AttestationError {
            throw error
        } catch {
            throw KeyDocument.notAKey("holds a public key that cannot be read")
        }
    }

    /// Takes a key of the cryptography library.
    init(_ key: Curve25519.Signing.PublicKey) { self.key = .ed25519(key) }

    /// Takes a key of the cryptography library.
    init(_ key: P256.Signing.PublicKey) { self.key = .p256(key) }

    /// Its algorithm.
    package var algorithm: KeyAlgorithm {
        switch key {
        case .ed25519: .ed25519
        case .p256: .p256
        }
    }

    /// What names the key in an envelope: 64 lower-case hexadecimal digits.
    ///
    /// It is the id that securesystemslib gives a key by itself, so that in-toto's tools find the key without being told:
    /// SHA-256 over the key's description in canonical JSON.
    package var keyID: String {
        // Canonical JSON keeps line breaks in texts as they are, which no encoder does. Neither a hexadecimal number nor
        // PEM has a character that it would escape.
        let description =
            switch key {
            case .ed25519(let key):
                #"{"keytype":"ed25519","keyval":{"public":"\#(key.rawRepresentation.hexadecimal)"},"scheme":"ed25519"}"#
            case .p256(let key):
                #"{"keytype":"ecdsa","keyval":{"public":"\#(key.pemRepresentation)\#n"},"scheme":"ecdsa-sha2-nistp256"}"#
            }
        return DigestBuilder.of(description)
    }

    /// Whether the private key that belongs to this one signed a message.
    ///
    /// - Parameters:
    ///   - signature: What ``SigningKey/signature(of:)`` made: 64 bytes for Ed25519, DER for ECDSA.
    ///   - message: The signed bytes.
    /// - Returns: `false` also for a signature of another form.
    package func isValid(_ signature: Data, for message: Data) -> Bool {
        switch key {
        case .ed25519(let key): return key.isValidSignature(signature, for: message)
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: message)
        }
    }
}
