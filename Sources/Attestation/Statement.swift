package import Foundation

/// What an attestation says: these documents, with this to be known of them.
///
/// An in-toto Statement, version 1 (`spec/v1/statement.md` of in-toto/attestation), with ``AuditPredicate`` as predicate.
package struct Statement: Sendable, Hashable {
    /// The media type of a statement inside an envelope.
    package static let payloadType = "application/vnd.in-toto+json"
    /// The type that says that it is a statement.
    static let type = "https://in-toto.io/Statement/v1"

    /// A document.
    package struct Subject: Codable, Sendable, Hashable {
        /// Path below the folder of the attestation, with `/` as separator.
        package let name: String
        /// Digests by algorithm; ours have `sha256` only, in lower-case hexadecimal digits.
        package let digest: [String: String]

        /// Creates a subject.
        ///
        /// - Parameters:
        ///   - name: Path below the folder of the attestation, with `/` as separator.
        ///   - sha256: 64 lower-case hexadecimal digits.
        package init(name: String, sha256: String) {
            (self.name, digest) = (name, ["sha256": sha256])
        }
    }

    /// The documents, each with another name.
    package let subjects: [Subject]
    /// The audit that the documents are of.
    package let predicate: AuditPredicate

    /// Creates a statement from its members.
    package init(subjects: [Subject], predicate: AuditPredicate) {
        (self.subjects, self.predicate) = (subjects, predicate)
    }

    /// Reads a statement from the payload of an envelope.
    ///
    /// Members that are not known are ignored, as in-toto asks. Names that lead out of the folder are refused.
    ///
    /// - Parameters:
    ///   - payload: The verified payload.
    ///   - payloadType: What the envelope says that it is.
    /// - Throws: ``AttestationError`` with code `unsupportedType` or `malformed`.
    package init(payload: Data, type payloadType: String) throws(AttestationError) {
        guard payloadType == Self.payloadType else {
            throw Self.unsupported("holds a payload of the type '\(payloadType)'", expected: Self.payloadType)
        }
        let form: Form
        do {
            let kind = try JSONDecoder().decode(Kind.self, from: payload)
            guard kind._type == Self.type else {
                throw Self.unsupported("holds a statement of the type '\(kind._type)'", expected: Self.type)
            }
            guard kind.predicateType == AuditPredicate.type else {
                throw Self.unsupported(
                    "holds a predicate of the type '\(kind.predicateType)'",
                    expected: AuditPredicate.type
                )
            }
            form = try JSONDecoder().decode(Form.self, from: payload)
        } catch let error as AttestationError {
            throw error
        } catch {
            throw AttestationError.malformed("holds no in-toto statement of an audit: \(DecodingProblem.text(error))")
        }
        guard !form.subject.isEmpty else { throw AttestationError.malformed("names no document") }
        // Byte by byte, as the file system compares them: an é can be written in two ways.
        var names: Set<[UInt8]> = []
        for subject in form.subject {
            guard Self.staysInside(subject.name) else {
                throw AttestationError.malformed("names '\(subject.name)', which is no path below its folder")
            }
            guard names.insert(Array(subject.name.utf8)).inserted else {
                throw AttestationError.malformed("names '\(subject.name)' twice")
            }
            guard let digest = subject.digest["sha256"], digest.wholeMatch(of: /[0-9a-f]{64}/) != nil else {
                throw AttestationError.malformed("has no SHA-256 digest of '\(subject.name)'")
            }
        }
        self.init(subjects: form.subject, predicate: form.predicate)
    }

    /// The statement as JSON, the payload of an envelope: equal statements give equal bytes.
    ///
    /// - Throws: `EncodingError`.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Form(_type: Self.type, subject: subjects, predicateType: AuditPredicate.type, predicate: predicate)
        )
    }

    /// Whether a path leads to something below the folder that it starts from.
    private static func staysInside(_ path: String) -> Bool {
        !path.unicodeScalars.contains("\0")
            && path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && String(part) != "." && String(part) != ".."
            }
    }

    private static func unsupported(_ what: String, expected: String) -> AttestationError {
        AttestationError(
            code: .unsupportedType,
            problem: "\(what), and only '\(expected)' can be verified here",
            remedy: "Give an attestation that this or an older version of ztaudit wrote"
        )
    }

    private struct Kind: Codable {
        let _type: String
        let predicateType: String
    }

    private struct Form: Codable {
        let _type: String
        let subject: [Subject]
        let predicateType: String
        let predicate: AuditPredicate
    }
}
