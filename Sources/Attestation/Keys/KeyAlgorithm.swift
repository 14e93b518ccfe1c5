import SwiftASN1

/// The algorithms that sign attestations.
package enum KeyAlgorithm: String, Sendable {
    case ed25519 = "Ed25519"
    case p256 = "ECDSA P-256"
}

extension KeyAlgorithm {
    private static let ellipticCurve: ASN1ObjectIdentifier = [1, 2, 840, 10045, 2, 1]
    /// Algorithms and curves of RFC 3279, RFC 5480 and RFC 8410; those that are `nil` are refused by name.
    private static let known: [ASN1ObjectIdentifier: (name: String, algorithm: KeyAlgorithm?)] = [
        [1, 3, 101, 112]: ("an Ed25519", .ed25519),
        [1, 2, 840, 10045, 3, 1, 7]: ("an ECDSA P-256", .p256),
        [1, 3, 132, 0, 34]: ("an ECDSA P-384", nil),
        [1, 3, 132, 0, 35]: ("an ECDSA P-521", nil),
        [1, 3, 132, 0, 10]: ("a secp256k1", nil),
        [1, 2, 840, 113549, 1, 1, 1]: ("an RSA", nil),
        [1, 2, 840, 113549, 1, 1, 10]: ("an RSA-PSS", nil),
        [1, 2, 840, 10040, 4, 1]: ("a DSA", nil),
        [1, 3, 101, 110]: ("an X25519", nil),
        [1, 3, 101, 111]: ("an X448", nil),
        [1, 3, 101, 113]: ("an Ed448", nil),
    ]

    /// Reads an `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2).
    ///
    /// - Throws: ``AttestationError`` with code `unsupportedAlgorithm`; errors of SwiftASN1.
    init(_ node: ASN1Node) throws {
        let identifier = try DER.sequence(node, identifier: .sequence) { nodes in
            let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
            let parameters = nodes.next()
            guard identifier == Self.ellipticCurve else { return identifier }
            // Explicit curve parameters are no object identifier, and nobody should use them.
            return parameters.flatMap { try? ASN1ObjectIdentifier(derEncoded: $0) } ?? identifier
        }
        self = try Self.algorithm(of: identifier)
    }

    /// Refuses every curve but P-256.
    ///
    /// - Throws: ``AttestationError`` with code `unsupportedAlgorithm`.
    static func checkIsP256(_ curve: ASN1ObjectIdentifier) throws(AttestationError) {
        guard try algorithm(of: curve) == .p256 else { throw unsupported("a key of another curve") }
    }

    private static func algorithm(of identifier: ASN1ObjectIdentifier) throws(AttestationError) -> KeyAlgorithm {
        let entry = known[identifier]
        guard let algorithm = entry?.algorithm else {
            throw unsupported(entry.map { "\($0.name) key" } ?? "a key of an algorithm unknown here (\(identifier))")
        }
        return algorithm
    }

    /// The error for a key of another kind.
    static func unsupported(_ what: String) -> AttestationError {
        AttestationError(
            code: .unsupportedAlgorithm,
            problem: "holds \(what), and only Ed25519 and ECDSA P-256 are supported",
            remedy: "Make a key with 'openssl genpkey -algorithm ed25519'"
        )
    }
}
