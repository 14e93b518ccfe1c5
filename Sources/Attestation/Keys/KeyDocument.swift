import SwiftASN1

/// The PEM text of a key.
struct KeyDocument {
    /// What the text says that it holds, such as `PRIVATE KEY`.
    let label: String
    let bytes: [UInt8]

    /// Finds the key in a text.
    ///
    /// - Throws: ``AttestationError`` when there is none, or more than one, or an encrypted one.
    init(pem text: String) throws(AttestationError) {
        // OpenSSL's older form says it in a header, which the parser below does not read.
        if text.contains("Proc-Type: 4,ENCRYPTED") { throw Self.encrypted }
        // Its lines are longer than the parser accepts.
        if text.contains("BEGIN OPENSSH PRIVATE KEY") { throw KeyAlgorithm.unsupported("a key in OpenSSH's own form") }
        let documents: [PEMDocument]
        do {
            documents = try PEMDocument.parseMultiple(pemString: text)
        } catch {
            throw Self.notAKey("holds PEM text that is damaged")
        }
        // 'openssl ecparam -genkey' puts the name of the curve before the key.
        let keys = documents.filter { $0.discriminator != "EC PARAMETERS" }
        guard let key = keys.first else { throw Self.notAKey("holds no key in PEM form") }
        guard keys.count == 1 else { throw Self.notAKey("holds \(keys.count) PEM texts, and only one can be meant") }
        switch key.discriminator {
        case "ENCRYPTED PRIVATE KEY": throw Self.encrypted
        case "RSA PRIVATE KEY", "RSA PUBLIC KEY": throw KeyAlgorithm.unsupported("an RSA key")
        case "DSA PRIVATE KEY": throw KeyAlgorithm.unsupported("a DSA key")
        case "CERTIFICATE":
            throw AttestationError(
                code: .notAKey,
                problem: "holds a certificate and no key",
                remedy: "Take its key out with 'openssl x509 -pubkey -noout'"
            )
        default: break
        }
        (label, bytes) = (key.discriminator, key.derBytes)
    }

    /// Whether the text says that it holds a private key.
    var isPrivate: Bool { label == "PRIVATE KEY" || label == "EC PRIVATE KEY" }

    /// The error for a text without a usable key.
    static func notAKey(_ problem: String) -> AttestationError {
        AttestationError(
            code: .notAKey,
            problem: problem,
            remedy: "Give the file that 'openssl genpkey' or 'openssl pkey -pubout' wrote"
        )
    }

    private static var encrypted: AttestationError {
        AttestationError(
            code: .encryptedKey,
            problem: "holds a private key that is encrypted with a passphrase, which cannot be asked for here",
            remedy: "Decrypt it with 'openssl pkey -in FILE -out KEY' into a file that only you can read"
        )
    }
}
