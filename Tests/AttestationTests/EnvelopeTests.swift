import Attestation
import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct EnvelopeTests {
    private static let type = "http://example.com/HelloWorld"
    private static let body = Data("hello world".utf8)

    @Test(arguments: [
        // The example of DSSE's protocol.md.
        ("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world"),
        ("", "", "DSSEv1 0  0 "), ("é", "日本", "DSSEv1 2 é 6 日本"), ("a b", " 1 ", "DSSEv1 3 a b 3  1 "),
    ])
    func encodesWhatIsSigned(type: String, body: String, expected: String) {
        #expect(PreAuthenticationEncoding.bytes(type: type, body: Data(body.utf8)) == Data(expected.utf8))
    }

    @Test func acceptsTheExampleOfTheSpecification() throws {
        // Its key, and its signature, which is there as two numbers, in DER.
        let key = try VerificationKey(
            pem: """
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMr
                CrzAH3CVTAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA==
                -----END PUBLIC KEY-----
                """
        )
        let signature =
            "MEQCIANyarEBrVbCdjtsaqyOSHJ14qeRk6CdxfhZ2fjvPEo7AiBR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="
        let json =
            #"{"payload": "aGVsbG8gd29ybGQ=", "payloadType": "\#(Self.type)", "signatures": [{"sig": "\#(signature)"}]}"#
        #expect(try Envelope(json: Data(json.utf8)).verifiedPayload(by: key) == Self.body)
    }

    @Test func signsAsOtherProgramsDo() throws {
        let envelope = try Envelope(signing: Self.body, type: Self.type, with: SigningKey(pem: TestKeys.ed25519))
        // What the Python library "cryptography" makes of the same key and message.
        let expected = "LTOForieafcFBhiJyJZysvNg/wEh0bb2tFHDolfXwaCQOB+nma5erdBB4aHPDheU3/YdR0k4fmY7Dx4QRWjDBQ=="
        #expect(envelope.signatures.map { $0.bytes.base64EncodedString() } == [expected])
    }

    @Test(arguments: [
        (TestKeys.ed25519, TestKeys.ed25519Public), (TestKeys.p256, TestKeys.p256Public),
        (TestKeys.p256SEC1, TestKeys.p256Public),
    ])
    func verifiesWhatItSigned(key: String, publicKey: String) throws {
        let json = try Envelope(signing: Self.body, type: Self.type, with: SigningKey(pem: key)).json()
        let envelope = try Envelope(json: Data(json.utf8))
        #expect(try envelope.verifiedPayload(by: VerificationKey(pem: publicKey)) == Self.body)
        #expect(envelope.payloadType == Self.type)
        let error = try #require(throws: AttestationError.self) {
            try envelope.verifiedPayload(by: VerificationKey(pem: TestKeys.otherPublic))
        }
        #expect(error.code == .notSigned)
        #expect(error.problem.contains("not signed by this key"))
        #expect(error.problem.contains(try VerificationKey(pem: publicKey).keyID))
    }

    /// Changes one member of an envelope, and tries to verify it.
    private func verified(_ change: (inout [String: JSONValue]) throws -> Void) throws -> Data {
        let json = try Envelope(signing: Self.body, type: Self.type, with: SigningKey(pem: TestKeys.ed25519)).json()
        var members = try #require(try JSONValue(parsing: Data(json.utf8)).objectValue)
        try change(&members)
        let envelope = try Envelope(json: Data(JSONValue.object(members).serialized()))
        return try envelope.verifiedPayload(by: VerificationKey(pem: TestKeys.ed25519Public))
    }

    @Test(arguments: [("payload", "aGVsbG8gd29ybGE="), ("payload", ""), ("payloadType", "http://example.com/Other")])
    func noticesAChangedMember(name: String, value: String) throws {
        let error = try #require(throws: AttestationError.self) {
            try verified { $0[name] = .string(value) }
        }
        #expect(error.code == .notSigned)
        #expect(error.problem.contains("was changed after it was signed"))
    }

    @Test func noticesAChangedSignature() throws {
        let error = try #require(throws: AttestationError.self) {
            try verified { members in
                let signature = try #require(members["signatures"]?.arrayValue?.first?["sig"]?.stringValue)
                var bytes = try #require(Data(base64Encoded: signature))
                bytes[0] ^= 1
                let id = JSONValue.string(try VerificationKey(pem: TestKeys.ed25519Public).keyID)
                members["signatures"] = [["keyid": id, "sig": .string(bytes.base64EncodedString())]]
            }
        }
        #expect(error.code == .notSigned)
    }

    @Test func decidesNothingByTheIdOfAKey() throws {
        #expect(
            try verified { members in
                let signature = try #require(members["signatures"]?.arrayValue?.first?["sig"])
                let garbage: JSONValue = ["keyid": "another", "sig": "AAAA"]
                members["signatures"] = [garbage, ["keyid": "wrong", "sig": signature], ["sig": ""]]
                members["more"] = [1]
            } == Self.body
        )
    }

    @Test func readsBothAlphabetsOfBase64() throws {
        // Its base64 has a plus, a slash and padding.
        let body = Data([0xFB, 0xEF, 0xFF, 0xFE])
        let json = try Envelope(signing: body, type: Self.type, with: SigningKey(pem: TestKeys.ed25519)).json()
        #expect(json.contains("\"++///g==\""))
        for text in ["++///g==", "--___g==", "--___g"] {
            let other = json.replacing("++///g==", with: text)
            let envelope = try Envelope(json: Data(other.utf8))
            #expect(try envelope.verifiedPayload(by: VerificationKey(pem: TestKeys.ed25519Public)) == body, "\(text)")
        }
    }

    @Test(arguments: [
        ("", "not JSON"), ("{\"payload\": \"\"", "not JSON"), ("[]", "another type"), ("{}", "'payload' is missing"),
        (#"{"payload": "", "payloadType": "t"}"#, "'signatures' is missing"),
        (#"{"payload": "", "payloadType": "t", "signatures": []}"#, "no signature"),
        (#"{"payload": "", "payloadType": "t", "signatures": [{}]}"#, "in 'signatures[0]', 'sig' is missing"),
        (#"{"payload": "a b", "payloadType": "t", "signatures": [{"sig": ""}]}"#, "'payload' that is not base64"),
        (#"{"payload": "", "payloadType": "t", "signatures": [{"sig": ""}, {"sig": "*"}]}"#, "signature 2"),
        (
            #"{"payload": 1, "payloadType": "t", "signatures": [{"sig": ""}]}"#,
            "in 'payload', has a value of another type"
        ),
        (
            #"{"payload": "", "payloadType": "t", "signatures": ["# + String(repeating: #"{"sig": ""},"#, count: 64)
                + #"{"sig": ""}]}"#, "65 signatures"
        ), (String(repeating: "[", count: 100_000), "not JSON"),
    ])
    func saysWhatIsWrongWithAnEnvelope(json: String, words: String) throws {
        let error = try #require(throws: AttestationError.self) { try Envelope(json: Data(json.utf8)) }
        #expect(error.code == .malformed)
        #expect(error.problem.contains(words), "\(error)")
    }
}
