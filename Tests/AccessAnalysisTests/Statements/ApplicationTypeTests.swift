import AuditModel
import AccessAnalysis
import JSONModel
import Testing

@Suite struct ApplicationTypeTests {
    @Test(
        "Point 13: of unknown types and end_user every answer is unknown; run order and matches are still listed",
        arguments: ["end_user", "hologram", ""]
    )
    func knowsNothingOfOtherTypes(type: String) async throws {
        let analysis = try await StatementAccount(application: ["type": .string(type)]).analyse(
            allow(Rule.ann, with: ["mfa_config": ["mfa_disabled": true]]),
            bypass(Rule.country("PT"))
        )
        let decision = try analysis.decision(for: login(["country": "ES"]))
        #expect(decision.decision == .unknown)
        #expect(decision.policyID == nil)
        #expect(decision.trace.map(\.policyID) == ["bypass", "allow"])
        #expect(decision.matches == [.no, .yes])
        let summary = try analysis.analysis()
        #expect(ReachQuestion.allCases.allSatisfy { summary.answer($0) == .unknown })
        #expect(summary.reach.ways == [])
        #expect(summary.reach.weakest == nil)
        #expect(summary.policies.last?.mfa.state == .unknown)
        #expect(summary.defectKinds == ["not_understood -"])
        #expect(!summary.reach.doubts.isEmpty)
    }

    @Test(
        "§5: every type of the API is judged by its policies; point 13: so is a bookmark, which is its visibility",
        arguments: [
            "app_launcher", "biso", "bookmark", "dash_sso", "infrastructure", "mcp", "mcp_portal", "proxy_endpoint",
            "rdp", "saas", "self_hosted", "ssh", "vnc", "warp",
        ]
    )
    func judgesKnownTypes(type: String) async throws {
        let analysis = try await StatementAccount(application: ["type": .string(type)]).analyse(allow(Rule.ann))
        #expect(try analysis.decision(for: login()).decision == .allow)
        #expect(try analysis.decision(for: login("bob@example.com")).decision == .deny)
        #expect(try analysis.analysis().reach.weakest?.assurance == .named)
    }
}
