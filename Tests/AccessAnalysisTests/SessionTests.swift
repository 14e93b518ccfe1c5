import JSONModel
import SnapshotStore
import Testing

@Suite struct SessionTests {
    @Test(
        arguments: [
            ("8h", "24h", "28800", "policy", "8h"), ("48h", "24h", "172800", "policy", "48h"),
            (nil, "12h", "43200", "application", "12h"), (nil, nil, "86400", "default", "24h"),
            ("", "12h", "43200", "application", "12h"), ("0s", "12h", "0", "policy", "0s"),
            ("1.5s", nil, "1.5", "policy", "1.5s"), ("forever", nil, "9223372036854775807", "policy", "forever"),
            ("a fortnight", "12h", "null", "policy", "a fortnight"), (24, "12h", "null", "policy", "24"),
        ] as [(JSONValue, JSONValue, String, String, String)]
    )
    func prefersThePolicyThenTheApplication(
        policySession: JSONValue,
        applicationSession: JSONValue,
        seconds: String,
        source: String,
        text: String
    ) async throws {
        let analysis = try await session(
            policy("p1", "allow", ["session_duration": policySession]),
            ["session_duration": applicationSession]
        )
        #expect(analysis == [seconds, source, text])
    }

    @Test(
        arguments: [
            (true, true, "720h", ["2592000", "device_client", "720h"]),
            (true, false, "8h", ["28800", "device_client", "8h"]),
            (nil, true, "8h", ["28800", "device_client", "8h"]), (false, true, "720h", ["3600", "policy", "1h"]),
            (nil, false, "720h", ["3600", "policy", "1h"]), (nil, nil, "720h", ["3600", "policy", "1h"]),
            (true, true, nil, ["null", "device_client", "not set"]),
            (true, true, "long", ["null", "device_client", "long"]),
            ("odd", nil, "8h", ["3600", "policy", "1h"]),
        ] as [(JSONValue, JSONValue, JSONValue, [String])]
    )
    func letsTheDeviceClientOverride(
        application: JSONValue,
        organization: JSONValue,
        session: JSONValue,
        expected: [String]
    ) async throws {
        let found = try await self.session(
            policy("p1", "allow", ["session_duration": "1h"]),
            ["allow_authenticate_via_warp": application],
            organization: ["allow_authenticate_via_warp": organization, "warp_auth_session_duration": session]
        )
        #expect(found == expected)
    }

    @Test func doesNotUseTheGlobalSession() async throws {
        #expect(try await session(policy(), [:], organization: ["session_duration": "1h"])[1] == "default")
    }

    @Test(arguments: ["deny", "bypass", "non_identity"])
    func givesOtherPoliciesNoSession(decision: String) async throws {
        let found = try await session(policy("p1", decision, ["session_duration": "1h"]), ["session_duration": "2h"])
        #expect(found == ["null", "null", "null"])
    }

    @Test func doesNotKnowTheSessionOfAnActionThatIsNotUnderstood() async throws {
        let found = try await session(policy("p1", "teleport", ["session_duration": "1h"]), [:])
        #expect(found == ["null", "unknown", "null"])
    }

    @Test(
        arguments: [
            (["gone", policy()], "unknown"), ([policy("new", "teleport"), policy()], "unknown"),
            (["gone", policy("ci", "bypass"), policy()], "default"),
            ([policy("no", "deny"), policy()], "device_client"),
        ] as [([JSONValue], String)]
    )
    func needsEveryPolicyToTellTheDeviceClientsSession(policies: [JSONValue], source: String) async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application(policies, ["allow_authenticate_via_warp": true])],
            .organization: [["warp_auth_session_duration": "8h"]],
        ])
        #expect(analysis.policies("session_source").last == source)
    }

    @Test func givesInfrastructureNoSession() async throws {
        #expect(try await session(policy(), ["type": "infrastructure"]) == ["null", "null", "null"])
    }

    private func session(
        _ policy: JSONValue,
        _ members: [String: JSONValue],
        organization: [String: JSONValue] = [:]
    ) async throws -> [String] {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy], members)], .organization: [.object(organization)],
        ])
        return ["session_seconds", "session_source", "session_text"].flatMap { analysis.policies($0) }
    }
}
