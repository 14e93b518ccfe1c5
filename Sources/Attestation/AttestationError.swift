/// A key or an attestation that cannot be used, or does not hold.
package struct AttestationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; tests and callers compare this, never the text.
    package enum Code: Sendable {
        /// The key file holds no PEM text, or one that is damaged.
        case notAKey
        /// A public key where a private one belongs, or the other way round.
        case wrongHalf
        /// The private key is protected by a passphrase.
        case encryptedKey
        /// A key of an algorithm other than Ed25519 and ECDSA P-256.
        case unsupportedAlgorithm
        /// The envelope or the statement in it has not the form that it must have.
        case malformed
        /// The statement is of a type that is not ours.
        case unsupportedType
        /// No signature in the envelope is by the key.
        case notSigned
    }

    package let code: Code
    /// Begins with a verb, so that it can follow the name of the file.
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    package var description: String { "\(problem). \(remedy)." }
}
