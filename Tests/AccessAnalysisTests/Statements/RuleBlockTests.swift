import AuditModel
import AccessAnalysis
import JSONModel
import Testing

@Suite struct RuleBlockTests {
    @Test("§1.3: a policy matches when any include, all of require and none of exclude hold")
    func combinesTheBlocks() async throws {
        let analysis = try await StatementAccount().analyse(
            allow(
                Rule.ann,
                Rule.email("bob@example.com"),
                require: [Rule.country("PT"), Rule.posture("disk")],
                exclude: [Rule.ip("203.0.113.7"), Rule.risk("high")]
            )
        )
        let good: [String: JSONValue] = ["country": "PT", "device_posture": ["disk"], "ip": "203.0.113.8"]
        func match(_ email: String = "ann@example.com", _ changes: [String: JSONValue] = [:]) throws -> [Truth] {
            try analysis.decision(for: login(email, good.merging(changes) { $1 })).matches
        }
        #expect(try match() == [.yes])
        #expect(try match("bob@example.com") == [.yes], "include is OR")
        #expect(try match("eve@example.com") == [.no], "include defines the candidates")
        #expect(try match("ann@example.com", ["country": "ES"]) == [.no], "require is AND")
        #expect(try match("ann@example.com", ["device_posture": []]) == [.no], "require is AND")
        #expect(try match("ann@example.com", ["ip": "203.0.113.7"]) == [.no], "any hit of exclude removes")
        #expect(try match("ann@example.com", ["user_risk_score": "high"]) == [.no], "any hit of exclude removes")
        #expect(try match("ann@example.com", ["country": nil]) == [.unknown])
    }

    @Test(
        "§1.3: two countries, or two e-mail domains, in require can never both hold",
        arguments: [
            [Rule.country("PT"), Rule.country("US")], [Rule.domain("example.com"), Rule.domain("example.org")],
            [Rule.ann, Rule.domain("example.org")], [Rule.ip("192.0.2.0/24"), Rule.ip("203.0.113.0/24")],
            [Rule.login("okta"), Rule.login("entra")], [Rule.oktaGroup("Staff"), Rule.login("entra")],
            [Rule.token("t1"), Rule.token("t2")], [Rule.commonName("a"), Rule.commonName("b")],
            [Rule.risk("low"), Rule.risk("high")],
        ]
    )
    func contradictionsMatchNobody(require: [JSONValue]) async throws {
        let analysis = try await StatementAccount(providers: ["okta", "entra"])
            .analyse(allow(Rule.everyone, require: require)).analysis()
        #expect(analysis.policies.map(\.canMatch) == [.no])
        #expect(analysis.defectKinds == ["never_matches allow"])
    }

    @Test("§1.3: what can be had twice does not contradict itself")
    func agreeingDemandsMatchSomebody() async throws {
        let analysis = try await StatementAccount(providers: ["okta"]).analyse(
            allow(Rule.everyone, require: [Rule.oktaGroup("Staff"), Rule.oktaGroup("Admins")], id: "groups"),
            allow(Rule.everyone, require: [Rule.ann, Rule.domain("example.com")], id: "domain"),
            allow(Rule.everyone, require: [Rule.ip("192.0.2.0/24"), Rule.ip("192.0.2.128/25")], id: "ranges"),
            allow(Rule.everyone, require: [Rule.certificate, Rule.commonName("a")], id: "certificates"),
            allow(Rule.everyone, require: [Rule.anyToken, Rule.token("t1")], id: "tokens")
        ).analysis()
        #expect(analysis.policies.allSatisfy { $0.canMatch == .yes })
    }

    @Test(
        "§1.3, point 10: an empty or missing include matches nobody",
        arguments: [["include": []], ["include": nil]] as [[String: JSONValue]]
    )
    func emptyIncludeMatchesNobody(blocks: [String: JSONValue]) async throws {
        let analysis = try await StatementAccount().analyse(
            policy("allow", "allow", blocks.merging(["require": [Rule.country("PT")]]) { $1 })
        )
        #expect(try analysis.decision(for: login(["country": "PT"])).matches == [.no])
        let summary = try analysis.analysis()
        #expect(summary.policies.map(\.canMatch) == [.no])
        #expect(summary.policies.map(\.shadowedBy) == [nil])
        #expect(summary.defectKinds == ["never_matches allow"])
    }

    @Test("§1.3: exclude takes people out of this policy only; another Allow still admits them")
    func excludeDoesNotBlockElsewhere() async throws {
        let analysis = try await StatementAccount().analyse(
            allow(Rule.domain("example.com"), exclude: [Rule.ann], id: "first"),
            allow(Rule.ann, id: "second")
        )
        let decision = try analysis.decision(for: login())
        #expect(decision.decision == .allow)
        #expect(decision.policyID == "second")
        let blocked = try await StatementAccount().analyse(
            block(Rule.ann),
            allow(Rule.domain("example.com"), id: "first"),
            allow(Rule.ann, id: "second")
        )
        #expect(try blocked.decision(for: login()).decision == .block)
    }

    @Test(
        "§1.3: a rule that is no one-key object, or of an unknown type, is not understood wherever it stands",
        arguments: [["a": [:], "b": [:]], "everyone", [:], ["brand_new": [:]], ["email": [:]], ["ip": ["ip": "10/8"]]]
            as [JSONValue]
    )
    func reportsRulesThatAreNotUnderstood(rule: JSONValue) async throws {
        let analysis = try await StatementAccount().analyse(
            allow(rule, id: "include"),
            allow(Rule.everyone, require: [rule], id: "require"),
            allow(Rule.everyone, exclude: [rule], id: "exclude")
        )
        let decision = try analysis.decision(for: login(["ip": "10.0.0.1"]))
        #expect(decision.matches == [.unknown, .unknown, .unknown])
        #expect(decision.decision == .unknown)
        let summary = try analysis.analysis()
        #expect(summary.policies.map(\.canMatch) == [.unknown, .unknown, .unknown])
        let kinds = summary.defectKinds.filter { $0.hasPrefix("not_understood") }
        #expect(kinds == ["not_understood exclude", "not_understood include", "not_understood require"])
        #expect(summary.reach.weakest == nil)
    }
}
