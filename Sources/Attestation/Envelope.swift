package import Foundation

/// A signed message: DSSE's JSON envelope.
///
/// Source: `envelope.md` of secure-systems-lab/dsse, version 1.0.2.
package struct Envelope: Sendable, Hashable {
    /// One signature of the message.
    package struct Signature: Sendable, Hashable {
        /// What the signer calls the key, which is not signed and so no more than a hint; empty when there is none.
        package let keyID: String
        package let bytes: Data

        /// Creates a signature from its members.
        package init(keyID: String, bytes: Data) {
            (self.keyID, self.bytes) = (keyID, bytes)
        }
    }

    /// How the payload is to be understood.
    package let payloadType: String
    /// The message; whoever has no ``verifiedPayload(by:)`` must not believe it.
    private let payload: Data
    /// The signatures, in their order.
    package let signatures: [Signature]

    /// More than anybody needs; each costs the verifier time.
    private static let mostSignatures = 64

    /// Signs a message.
    ///
    /// - Throws: Errors of the cryptography library.
    package init(signing payload: Data, type: String, with key: SigningKey) throws {
        let message = PreAuthenticationEncoding.bytes(type: type, body: payload)
        (self.payload, payloadType) = (payload, type)
        signatures = [Signature(keyID: key.verificationKey.keyID, bytes: try key.signature(of: message))]
    }

    /// Reads an envelope; members that are not known are ignored, as the specification asks.
    ///
    /// - Parameter data: JSON in UTF-8.
    /// - Throws: ``AttestationError`` with code `malformed`.
    package init(json data: Data) throws(AttestationError) {
        let form: Form
        do {
            form = try JSONDecoder().decode(Form.self, from: data)
        } catch {
            throw AttestationError.malformed("is no DSSE envelope: \(DecodingProblem.text(error))")
        }
        guard !form.signatures.isEmpty else { throw AttestationError.malformed("has no signature") }
        guard form.signatures.count <= Self.mostSignatures else {
            throw AttestationError.malformed(
                "has \(form.signatures.count) signatures, and at most \(Self.mostSignatures) are read"
            )
        }
        guard let payload = Self.decoded(form.payload) else {
            throw AttestationError.malformed("has a 'payload' that is not base64")
        }
        (self.payload, payloadType) = (payload, form.payloadType)
        var signatures: [Signature] = []
        for (index, signature) in form.signatures.enumerated() {
            guard let bytes = Self.decoded(signature.sig) else {
                throw AttestationError.malformed("has a 'sig' in signature \(index + 1) that is not base64")
            }
            signatures.append(Signature(keyID: signature.keyid ?? "", bytes: bytes))
        }
        self.signatures = signatures
    }

    /// The envelope as JSON.
    ///
    /// - Throws: `EncodingError`.
    package func json() throws -> String {
        let form = Form(
            payload: payload.base64EncodedString(),
            payloadType: payloadType,
            signatures: signatures.map { .init(keyid: $0.keyID, sig: $0.bytes.base64EncodedString()) }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(form), as: UTF8.self) + "\n"
    }

    /// The message, once one of its signatures was found to be by a key.
    ///
    /// Every signature is tried: the specification forbids to decide by the id of a key, which is not signed.
    ///
    /// - Throws: ``AttestationError`` with code `notSigned`.
    package func verifiedPayload(by key: VerificationKey) throws(AttestationError) -> Data {
        let message = PreAuthenticationEncoding.bytes(type: payloadType, body: payload)
        if signatures.contains(where: { key.isValid($0.bytes, for: message) }) { return payload }
        if signatures.contains(where: { $0.keyID == key.keyID }) {
            throw AttestationError(
                code: .notSigned,
                problem:
                    "names this key, but its signature does not fit what it says: it was changed after it was signed",
                remedy: "Trust none of it, and ask its author for the original"
            )
        }
        let others = signatures.map { $0.keyID.isEmpty ? "a key without id" : $0.keyID.prefix(64) }
        throw AttestationError(
            code: .notSigned,
            problem:
                "is not signed by this key (\(key.keyID)), but says that it is signed by \(others.joined(separator: ", "))",
            remedy: "Check that this is the right public key; if it is, trust none of the attestation"
        )
    }

    /// Reads base64, standard or URL-safe, with padding or without: verifiers must accept both alphabets.
    private static func decoded(_ text: String) -> Data? {
        var standard = text.replacing("-", with: "+").replacing("_", with: "/")
        if !standard.hasSuffix("=") { standard += String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4) }
        return Data(base64Encoded: standard)
    }

    private struct Form: Codable {
        struct Signature: Codable {
            let keyid: String?
            let sig: String
        }

        let payload: String
        let payloadType: String
        let signatures: [Signature]
    }
}

extension AttestationError {
    /// The error for a document that has not the form of an attestation.
    static func malformed(_ problem: String) -> AttestationError {
        AttestationError(code: .malformed, problem: problem, remedy: "Get the file again from whoever wrote it")
    }
}
