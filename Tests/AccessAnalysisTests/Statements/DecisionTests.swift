import AuditModel
import AccessAnalysis
import JSONModel
import SnapshotStore
import Testing

@Suite struct DecisionTests {
    @Test("trace: because says which selectors decided, by the names that people gave")
    func saysWhichSelectorsDecided() async throws {
        let decision = try await StatementAccount(groups: [group("staff", include: [Rule.ann])]).analyse(
            bypass(Rule.ip("192.0.2.0/24")),
            serviceAuth(Rule.token("t1")),
            allow(Rule.domain("example.org"), Rule.country("ES"), id: "include"),
            allow(Rule.everyone, require: [Rule.country("ES")], id: "require"),
            allow(Rule.everyone, exclude: [member(of: "staff")], id: "exclude"),
            allow(Rule.everyone, require: [Rule.emailList("part"), Rule.external], id: "open"),
            allow(Rule.login("okta"), require: [Rule.ann], id: "yes")
        ).decision(for: login(["country": "PT", "ip": "203.0.113.7"]))
        let because = Dictionary(uniqueKeysWithValues: decision.trace.map { ($0.policyID, $0.because) })
        let expected = [
            ("bypass", "an IP address in 192.0.2.0/24"), ("service", "the service token \"First\""),
            ("include", "an e-mail address at example.org or the country ES"), ("require", "the country ES"),
            ("exclude", "the Access group \"Group staff\""), ("open", "an external evaluation"),
            ("yes", "a login by \"okta\""), ("yes", "the e-mail address ann@example.com"),
        ]
        for (policy, words) in expected {
            #expect(because[policy]?.contains(words) == true, "\(policy): \(because[policy] ?? "")")
        }
    }

    @Test(
        "reason: one sentence that names the policy that decided",
        arguments: [
            (bypass(Rule.everyone, id: "The one"), Decision.bypass),
            (serviceAuth(Rule.everyone, id: "The one"), .serviceAuth),
            (allow(Rule.ann, id: "The one"), .allow), (block(Rule.ann, id: "The one"), .block),
            (allow(Rule.notUnderstood, id: "The one"), .unknown),
        ]
    )
    func givesAReason(policy: JSONValue, expected: Decision) async throws {
        let decision = try await StatementAccount().analyse(policy).decision(for: login())
        #expect(decision.decision == expected)
        #expect(decision.reason.contains("\"The one\""))
        #expect(decision.reason.hasSuffix("."))
    }

    @Test("reason: of what is open it names what can still decide, not what lies behind the deciding policy")
    func givesAsReasonOnlyWhatCanDecide() async throws {
        let organization: [String: JSONValue] = [
            "mfa_required_for_all_apps": true, "mfa_config": ["allowed_authenticators": ["totp"]],
        ]
        let decision = try await StatementAccount(organization: organization).analyse(
            allow(Rule.everyone, id: "first"),
            allow(Rule.external, id: "behind")
        ).decision(for: login(["independent_mfa": nil]))
        #expect(decision.decision == .unknown)
        #expect(decision.policyID == "first")
        #expect(decision.reason.contains("\"first\""), "\(decision.reason)")
    }

    @Test("§6.5: only Service Auth takes a service token; an Allow asks for a login all the same")
    func tokensAreNoLogin() async throws {
        let analysis = try await StatementAccount().analyse(allow(Rule.anyToken, Rule.everyone))
        #expect(try analysis.decision(for: ["service_token_id": "t1"]).decision == .deny)
        #expect(try analysis.decision(for: login(["service_token_id": "t1"])).decision == .allow)
    }

    @Test("Point 14: a device client's session is no login")
    func deviceClientIsNoLogin() async throws {
        let analysis = try await StatementAccount(application: ["allow_authenticate_via_warp": true])
            .analyse(allow(Rule.everyone))
        #expect(try analysis.decision(for: ["device_posture": ["disk"]]).decision == .deny)
        #expect(try analysis.analysis().answer(.anonymous) == .no)
    }

    @Test("§2: a team is narrower than its organization")
    func teamsAreNarrower() async throws {
        let analysis = try await StatementAccount(providers: ["github"]).analyse(
            allow(["github-organization": ["name": "north", "team": "core"]], id: "team"),
            allow(["github-organization": ["name": "north"]], id: "organization")
        )
        let outside: [String: JSONValue] = ["groups": ["github-organization": [["name": "north", "teams": ["web"]]]]]
        #expect(try analysis.decision(for: login(by: "github", outside)).matches == [.no, .yes])
        #expect(
            try analysis.analysis().defectKinds == ["redundant team"],
            "whoever is in a team is in its organization"
        )
    }

    @Test("§2: device_posture may name a posture rule or, as the API has it, an integration")
    func postureMayBeAnIntegration() async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application([allow(Rule.ann, require: [Rule.posture("crowd")])])],
            .devicePostureIntegrations: [["id": "crowd", "name": "Crowd"]],
        ])
        #expect(try analysis.decision(for: login(["device_posture": ["crowd"]])).decision == .allow)
        #expect(try analysis.analysis().defects == [])
    }

    @Test("§2: identity is that of the last login: after one-time PIN the rules of another provider no longer match")
    func identityIsOfTheLogin() async throws {
        let analysis = try await StatementAccount(providers: ["okta", "pin"]).analyse(
            allow(Rule.oktaGroup("Staff"), id: "group"),
            allow(Rule.domain("example.com"), id: "domain")
        )
        let staff: [String: JSONValue] = ["groups": ["okta": ["Staff"]]]
        #expect(try analysis.decision(for: login(by: "okta", staff)).matches == [.yes, .yes])
        #expect(try analysis.decision(for: login(by: "pin", staff)).matches == [.no, .yes])
    }
}
