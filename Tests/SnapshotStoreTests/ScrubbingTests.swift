import JSONModel
import SnapshotStore
import Testing

@Suite struct ScrubbingTests {
    @Test(arguments: [
        "client_secret", "Client_Secret", "clientSecret", "password", "token", "api_key", "apikey", "private_key",
        "secret", "shared_secret", "tunnel_secret", "refresh_token", "previous_client_secret", "auth_credentials",
        "access_token", "Authorization", "X-API-Key", "CF-Access-Client-Secret",
    ])
    func replacesSecretMembersAtAnyDepth(member: String) throws {
        let secret: JSONValue = .object([member: "hush-hush", "name": "kept"])
        let object: JSONValue = .object([
            "config": ["list": .array([secret, ["deeper": secret]])], member: "hush-hush",
        ])
        let text = String(decoding: SecretScrubber.scrub(object).serialized(), as: UTF8.self)
        #expect(!text.contains("hush-hush"))
        #expect(text.contains("[redacted]") && text.contains("kept"))
    }

    @Test func takesAwayEverythingBelowASecretMember() {
        let object: JSONValue = [
            "token": ["value": "x", "list": ["y", 7, 1.5], "flag": true, "none": nil, "empty": ""]
        ]
        #expect(
            SecretScrubber.scrub(object)
                == [
                    "token": [
                        "value": "[redacted]", "list": ["[redacted]", "[redacted]", "[redacted]"], "flag": true,
                        "none": nil, "empty": "",
                    ]
                ]
        )
    }

    @Test(arguments: [
        ("cfast_abc123", "[redacted]"), ("use cfast_abc123, please", "use [redacted], please"),
        ("cfast_a\u{301}b", "[redacted]\u{301}b"), ("cfast_\u{301}a", "[redacted]\u{301}a"),
        ("a=cfast_1&b=cfast_2", "a=[redacted]&b=[redacted]"), ("cfast_ab-cd_ef gh", "[redacted] gh"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "[redacted]"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "[redacted]"),
        ("-----BEGIN CERTIFICATE-----\nMIIC\n-----BEGIN EC PRIVATE KEY-----\nMIIE", "[redacted]"),
        ("-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----", nil), ("", nil), ("cfast", nil),
        ("naïve", nil),
    ])
    func replacesUnmistakableSecretsInText(text: String, scrubbed: String?) {
        #expect(SecretScrubber.scrub(text) == scrubbed ?? text)
        #expect(SecretScrubber.scrub(["note": .string(text)]) == ["note": .string(scrubbed ?? text)])
    }

    @Test func replacesUnmistakableSecretsInNames() {
        let key = "-----BEGIN PRIVATE KEY-----\nMIIE"
        let object: JSONValue = .object([
            "cfast_1": "kept", "cfast_2": ["client_secret": "hush-hush"], "via cfast_3": 3, key: true,
            "token": ["cfast_4": "hush-hush"],
        ])
        #expect(
            SecretScrubber.scrub(["headers": object]) == [
                "headers": [
                    "[redacted]": true, "[redacted] 2": "kept", "[redacted] 3": ["client_secret": "[redacted]"],
                    "token": ["[redacted]": "[redacted]"], "via [redacted]": 3,
                ]
            ]
        )
    }

    @Test func replacesManySecretsInLinearTime() {
        let text = String(repeating: "cfast_abc ", count: 100_000)
        #expect(SecretScrubber.scrub(text) == String(repeating: "[redacted] ", count: 100_000))
    }

    @Test(arguments: ["name", "key", "header"])
    func replacesTheValueBesideASecretName(member: String) {
        let pairs: JSONValue = [
            .object([member: "Authorization", "value": "Bearer x"]), .object([member: "X-Auth-Key", "values": ["x"]]),
            .object([member: "X-Request-Id", "value": "7"]),
        ]
        let expected: JSONValue = [
            .object([member: "Authorization", "value": "[redacted]"]),
            .object([member: "X-Auth-Key", "values": ["[redacted]"]]), .object([member: "X-Request-Id", "value": "7"]),
        ]
        #expect(SecretScrubber.scrub(["headers": pairs]) == ["headers": expected])
    }

    @Test func keepsWhatOnlyLooksSecret() {
        let object: JSONValue = [
            "aud": "737646a56ab1df6ec9bddc7e5ca84eaf3b0768850f3ffb5d74f1534911fe3893",
            "fingerprint": "MD5 Fingerprint=1E:80:0F:7A", "client_id": "88bf3b6d86161464f6509f7219099e57.access",
            "has_client_secret": true, "client_secret_version": 2, "client_secret_expires_at": "2027-01-01T00:00:00Z",
            "service_token": ["token_id": "t1"], "any_valid_service_token": [:], "token_url": "https://idp.example/t",
            "access_token_lifetime": "15m", "read_service_tokens_from_header": "Authorization",
            "allowed_headers": ["Authorization", "X-API-Key"], "password": nil, "secret": false,
            "certificate": "-----BEGIN CERTIFICATE-----", "tokens": 3,
        ]
        #expect(SecretScrubber.scrub(object) == object)
    }

    @Test(arguments: [
        ("s3://bucket/logs?region=eu&secret-access-key=hush-hush", "s3://[redacted]"),
        ("sumo://endpoint.example/receiver/v1/http/hush-hush", "sumo://[redacted]"),
        ("https://user:hush-hush@logs.example/v1", "https://[redacted]"), ("hush-hush", "[redacted]"),
        ("://hush-hush", "[redacted]"), ("not a scheme://hush-hush", "[redacted]"), ("", ""),
    ])
    func keepsNothingOfADestinationButItsScheme(address: String, kept: String) {
        let job: JSONValue = ["id": 7, "dataset": "access_requests", "destination_conf": .string(address)]
        #expect(
            SecretScrubber.scrub(["jobs": [job]])
                == ["jobs": [["id": 7, "dataset": "access_requests", "destination_conf": .string(kept)]]]
        )
    }

    @Test(arguments: [
        ("POST https://logs.example/v1?Api-Key=x: 403", "POST https://[redacted] 403"),
        ("'https://logs.example/a' and <s3://bucket/b> failed", "'https://[redacted]' and <s3://[redacted]> failed"),
        ("token hush-hush-1 is not valid", "token [redacted] is not valid"),
        ("hush-hush-1hush-hush-1", "[redacted][redacted]"), ("e\u{301}hush-hush-1\u{301}", "e\u{301}[redacted]\u{301}"),
        ("no such bucket", "no such bucket"), ("ends in ://", "ends in ://[redacted]"), ("", ""),
    ])
    func keepsNoDestinationInAnErrorOfItsJob(message: String, kept: String) {
        let job: JSONValue = [
            "destination_conf": "splunk://logs.example/sessions?header_Authorization=hush-hush-1&a=b",
            "error_message": .string(message), "name": "sessions", "dataset": "zero_trust_network_sessions",
            "mirror": "see s3://bucket/hush-hush-2",
        ]
        #expect(
            SecretScrubber.scrub(job) == [
                "destination_conf": "splunk://[redacted]", "error_message": .string(kept), "name": "sessions",
                "dataset": "zero_trust_network_sessions", "mirror": "see s3://[redacted]",
            ]
        )
    }

    @Test func takesAwayADestinationOfAnotherForm() {
        #expect(SecretScrubber.scrub(["destination_conf": nil]) == ["destination_conf": nil])
        #expect(SecretScrubber.scrub(["destination_conf": ["url": "x"]]) == ["destination_conf": "[redacted]"])
        #expect(SecretScrubber.scrub(["ownership_challenge": "x"]) == ["ownership_challenge": "[redacted]"])
    }

    @Test func scrubsBeforeAnythingIsWritten() async throws {
        let object: JSONValue = [
            "id": "i1", "name": "cfast_leak", "config": ["client_secret": "hush-hush"],
            "unheard_of": ["token": "hush-hush"],
        ]
        try await withSnapshot([Page(.identityProviders, [object])]) { snapshot in
            let row = try #require(try snapshot.texts("SELECT name, body FROM identity_provider").first)
            #expect(row[0] == "[redacted]")
            #expect(row[1]?.contains("hush") == false)
        }
    }
}
