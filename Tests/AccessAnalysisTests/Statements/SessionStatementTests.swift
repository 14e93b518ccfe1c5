import AccessAnalysis
import JSONModel
import Testing

@Suite struct SessionStatementTests {
    private func sessions(
        _ policies: [JSONValue],
        application: [String: JSONValue] = [:],
        organization: [String: JSONValue] = [:]
    ) async throws -> [String] {
        try await StatementAccount(organization: organization, application: application)
            .analyse(list: policies).analysis().policies.map { policy in
                policy.session.map { "\($0.source.rawValue) \($0.seconds ?? -1)" } ?? "none"
            }
    }

    @Test("§4, point 24: policy before application before 24 hours; the global duration does not enter")
    func policyWins() async throws {
        let own = allow(Rule.ann, id: "own", with: ["session_duration": "2h45m"])
        let plain = allow(Rule.ann, id: "plain")
        let global: [String: JSONValue] = ["session_duration": "15m"]
        let hour: [String: JSONValue] = ["session_duration": "1h"]
        #expect(
            try await sessions([own, plain], application: hour, organization: global) == [
                "policy 9900.0", "application 3600.0",
            ]
        )
        #expect(try await sessions([plain], organization: global) == ["default 86400.0"])
    }

    @Test("§4: 0s expires at once, and a month may be written in hours")
    func readsDurations() async throws {
        for (text, seconds) in [("0s", "0.0"), ("730h", "2628000.0"), ("30m", "1800.0")] {
            let policy = allow(Rule.ann, with: ["session_duration": .string(text)])
            #expect(try await sessions([policy]) == ["policy \(seconds)"])
        }
    }

    @Test(
        "§4: the device client's session overrides all others where it is enabled; the application beats the organization"
    )
    func deviceClientOverrides() async throws {
        let policy = allow(Rule.ann, with: ["session_duration": "1h"])
        let organization: [String: JSONValue] = [
            "allow_authenticate_via_warp": true, "warp_auth_session_duration": "720h",
        ]
        #expect(try await sessions([policy], organization: organization) == ["device_client 2592000.0"])
        #expect(
            try await sessions(
                [policy],
                application: ["allow_authenticate_via_warp": false],
                organization: organization
            ) == ["policy 3600.0"]
        )
        let enabled: [String: JSONValue] = ["allow_authenticate_via_warp": true]
        #expect(try await sessions([policy], application: enabled) == ["device_client -1.0"])
    }

    @Test("§1.1: a device client's session logs in only to applications that have nothing but Allow and Block policies")
    func deviceClientNeedsAllowAndBlock() async throws {
        let enabled: [String: JSONValue] = ["allow_authenticate_via_warp": true]
        let organization: [String: JSONValue] = ["warp_auth_session_duration": "8h"]
        let plain = allow(Rule.ann)
        for (other, expected) in [
            (block(Rule.country("KP")), ["device_client 28800.0", "none"]),
            (bypass(Rule.ip("192.0.2.7")), ["none", "default 86400.0"]),
            (serviceAuth(Rule.token("t1")), ["none", "default 86400.0"]),
        ] {
            let found = try await sessions([plain, other], application: enabled, organization: organization)
            #expect(found == expected)
        }
    }

    @Test("Point 24: Bypass, Service Auth, Block and infrastructure have no session")
    func othersHaveNone() async throws {
        let policies = [bypass(Rule.everyone), serviceAuth(Rule.everyone), block(Rule.everyone), allow(Rule.everyone)]
        #expect(try await sessions(policies) == ["none", "none", "none", "default 86400.0"])
        let infrastructure: [String: JSONValue] = ["type": "infrastructure", "session_duration": "1h"]
        #expect(try await sessions([allow(Rule.ann)], application: infrastructure) == ["none"])
    }
}
