import AuditModel
import Testing

@testable import Rendering

@Suite struct WitnessTests {
    private static func way(
        _ assurance: Assurance,
        mfa: Truth = .no,
        device: Truth = .no,
        network: Truth = .no
    ) -> WayIn {
        WayIn(
            assurance: assurance,
            policyID: "p",
            policyName: "n",
            conditions: "c",
            mfa: mfa,
            devicePosture: device,
            network: network
        )
    }

    @Test(arguments: [
        (
            "{}", way(.none),
            "anyone, without a login, a token or a certificate, without a second factor, on any device, from any address"
        ),
        (
            #"{"email":"a@mail.example","identity_provider_id":"i","independent_mfa":["totp"]}"#, way(.anyMailbox),
            "anyone who receives a one-time PIN at any mailbox, such as a@mail.example, without a second factor, "
                + "on any device, from any address"
        ),
        (
            #"{"email":"a@b.example","identity_provider_id":"i","auth_methods":["hwk"],"independent_mfa":["totp"],"#
                + #""device_posture":["x"],"ip":"192.0.2.1","country":"CH","groups":{"azureAD":["g"]}}"#,
            way(.group, mfa: .yes, device: .yes, network: .yes),
            "a member of the Entra ID group “g”, whose login reports “hwk”, with a second factor asked by Cloudflare "
                + "(totp), on a device that passes 1 device posture check, from the address 192.0.2.1 in CH"
        ),
        (
            #"{"email":"somebody@b.example","identity_provider_id":"i"}"#,
            way(.domain, mfa: .unknown, device: .unknown, network: .unknown),
            "anyone with an e-mail address at b.example"
        ),
        (
            #"{"service_token_id":"t","ip":"192.0.2.1"}"#, way(.anyServiceToken, mfa: .unknown, network: .yes),
            "a program with any service token of the account, on any device, from the address 192.0.2.1"
        ),
        (
            #"{"certificate":{}}"#, way(.anyCertificate, mfa: .unknown, device: .yes),
            "whoever has any client certificate of an uploaded CA, from any address"
        ),
    ])
    func saysTheWitnessInWords(document: String, way: WayIn, words: String) throws {
        #expect(WitnessSentence(document, by: way)?.text == "For example: \(words).")
    }

    @Test func saysNothingOfWhatIsNoWitness() {
        #expect(WitnessSentence(nil, by: Self.way(.none)) == nil)
        #expect(WitnessSentence("[redacted]", by: Self.way(.none)) == nil)
    }

    @Test func keepsHostileTextVisible() throws {
        let sentence = try #require(
            WitnessSentence(#"{"email":"a\u202e@b","identity_provider_id":"i"}"#, by: Self.way(.named))
        )
        #expect(sentence.text.contains("a⟨U+202E⟩@b"))
    }
}
