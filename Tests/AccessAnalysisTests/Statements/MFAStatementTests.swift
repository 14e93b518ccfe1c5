import AuditModel
import AccessAnalysis
import JSONModel
import Testing

@Suite struct MFAStatementTests {
    private static let methods: JSONValue = ["allowed_authenticators": ["totp", "piv_key"]]
    private static let demanding: [String: JSONValue] = ["mfa_config": methods, "mfa_required_for_all_apps": true]

    /// What Access answers to Ann with some authenticators, where one Allow matches her.
    private func answer(
        _ authenticators: [String]?,
        policy: JSONValue = nil,
        application: [String: JSONValue] = [:],
        organization: [String: JSONValue] = demanding,
        shown: [String: JSONValue] = [:],
        by provider: String = "okta"
    ) async throws -> Decision {
        let analysis = try await StatementAccount(
            providers: ["google", "okta"],
            organization: organization,
            application: application
        ).analyse(allow(Rule.ann, with: ["mfa_config": policy]))
        let members: [String: JSONValue] =
            authenticators.map { ["independent_mfa": .array($0.map(JSONValue.string))] } ?? [:]
        return try analysis.decision(for: login("ann@example.com", by: provider, shown.merging(members) { $1 }))
            .decision
    }

    @Test(
        "§3.1: demanded MFA is met by one of the allowed authenticators",
        arguments: [
            (["totp"], Decision.allow), (["security_key", "totp"], .allow), (["security_key"], .deny), ([], .deny),
            (nil, .deny),
        ] as [([String]?, Decision)]
    )
    func needsAnAllowedAuthenticator(shown: [String]?, expected: Decision) async throws {
        #expect(try await answer(shown) == expected)
        #expect(try await answer(nil, shown: ["independent_mfa": nil]) == .unknown)
    }

    @Test("§3.1: policy before application before organization")
    func policyWins() async throws {
        let off: JSONValue = ["mfa_disabled": true]
        let keys: JSONValue = ["allowed_authenticators": ["security_key"]]
        #expect(try await answer(nil, policy: off, application: ["mfa_config": keys]) == .allow)
        #expect(try await answer(["totp"], policy: keys, application: ["mfa_config": off]) == .deny)
        #expect(try await answer(["security_key"], policy: keys, application: ["mfa_config": off]) == .allow)
        #expect(try await answer(nil, application: ["mfa_config": off]) == .allow)
        #expect(try await answer(["totp"], application: ["mfa_config": keys]) == .deny)
    }

    @Test("Point 7: methods that a level lacks come from the next one that has some; {} inherits")
    func inheritsMethods() async throws {
        let own: JSONValue = ["session_duration": "0m"]
        let keys: JSONValue = ["allowed_authenticators": ["security_key"]]
        #expect(try await answer(["security_key"], policy: own, application: ["mfa_config": keys]) == .allow)
        #expect(try await answer(["totp"], policy: own, application: ["mfa_config": keys]) == .deny)
        #expect(try await answer(["totp"], policy: own) == .allow)
        #expect(try await answer(["totp"], policy: [:], application: ["mfa_config": [:]]) == .allow)
        #expect(try await answer(nil, policy: [:], application: ["mfa_config": [:]]) == .deny)
    }

    @Test("Point 7: an own empty list is unknown")
    func ownEmptyListIsUnknown() async throws {
        let empty: JSONValue = ["allowed_authenticators": []]
        #expect(try await answer(nil, policy: empty) == .unknown)
        #expect(try await answer(nil, application: ["mfa_config": empty]) == .unknown)
        #expect(try await answer(["totp"], policy: empty) == .allow, "either way she can answer")
    }

    @Test(
        "Point 7: where the organization allows no authenticator, MFA is off everywhere",
        arguments: [
            ["mfa_config": ["allowed_authenticators": []], "mfa_required_for_all_apps": true],
            ["mfa_required_for_all_apps": true], [:],
        ] as [[String: JSONValue]]
    )
    func organizationSwitchesMFAOff(organization: [String: JSONValue]) async throws {
        #expect(try await answer(nil, organization: organization) == .allow)
        #expect(try await answer(nil, policy: Self.methods, organization: organization) == .allow)
    }

    @Test("Point 7: infrastructure applications count only piv_key and ssh_fido2_key, all others only the other three")
    func authenticatorsAreForTheirKindOfApplication() async throws {
        #expect(try await answer(["totp"], application: ["type": "infrastructure"]) == .deny)
        #expect(try await answer(["piv_key"], application: ["type": "infrastructure"]) == .allow)
        #expect(try await answer(["piv_key"]) == .deny)
        let onlyKeys: [String: JSONValue] = [
            "mfa_config": ["allowed_authenticators": ["piv_key"]], "mfa_required_for_all_apps": true,
        ]
        let everything = ["totp", "biometrics", "security_key", "piv_key", "ssh_fido2_key"]
        #expect(try await answer(everything, organization: onlyKeys) == .deny, "nobody can log in")
    }

    @Test(
        "§3.1: with AMR matching a reported method counts as the authenticator that it corresponds to",
        arguments: [
            ("hwk", "security_key", Decision.allow), ("swk", "security_key", .allow), ("otp", "totp", .allow),
            ("face", "biometrics", .allow), ("fpt", "biometrics", .allow), ("iris", "biometrics", .allow),
            ("retina", "biometrics", .allow), ("vbm", "biometrics", .allow), ("hwk", "totp", .deny),
            ("otp", "security_key", .deny), ("pwd", "totp", .deny), ("sms", "totp", .deny),
            ("sc", "security_key", .deny),
            ("mca", "totp", .deny),
        ]
    )
    func matchesReportedMethods(method: String, authenticator: String, expected: Decision) async throws {
        func organization(_ members: [String: JSONValue]) -> [String: JSONValue] {
            let methods: JSONValue = ["allowed_authenticators": [.string(authenticator)]]
            return ["mfa_config": methods.with(members), "mfa_required_for_all_apps": true]
        }
        let shown: [String: JSONValue] = ["auth_methods": [.string(method)]]
        let on = organization(["amr_matching_enabled": true])
        #expect(try await answer(nil, organization: on, shown: shown) == expected)
        #expect(try await answer(nil, organization: organization([:]), shown: shown) == .deny)
        #expect(try await answer(nil, organization: on, shown: shown, by: "google") == .deny, "it reports none")
        let uncertain = organization(["amr_matching_session_duration": "24h"])
        #expect(try await answer(nil, organization: uncertain, shown: shown) == (expected == .allow ? .unknown : .deny))
    }

    @Test("§3.1: the App Launcher is exempt, and MCP servers ignore MFA even of their own policies")
    func someTypesAreExempt() async throws {
        #expect(try await answer(nil, application: ["type": "app_launcher"]) == .allow)
        #expect(try await answer(nil, application: ["type": "mcp"]) == .allow)
        #expect(try await answer(nil, policy: Self.methods, application: ["type": "mcp"]) == .allow)
        #expect(try await answer(nil, policy: Self.methods, application: ["type": "app_launcher"]) == .deny)
        #expect(try await answer(nil, application: ["type": "saas"]) == .unknown, "not documented")
    }

    @Test("§3: MFA is judged for each Allow, because one policy can switch it off for its people")
    func judgesEachPolicy() async throws {
        let analysis = try await StatementAccount(organization: Self.demanding).analyse(
            allow(Rule.ann, id: "off", with: ["mfa_config": ["mfa_disabled": true]]),
            allow(Rule.domain("example.com"), id: "inherits"),
            allow(
                Rule.domain("example.org"),
                require: [Rule.mfa],
                id: "rules",
                with: ["mfa_config": ["mfa_disabled": true]]
            ),
            block(Rule.everyone)
        ).analysis()
        #expect(analysis.policies.map(\.mfa.state) == [.notRequired, .required, .required, .notRequired])
        #expect(analysis.policies.map(\.mfa.source) == [.policy, .organization, .selector, .none])
        #expect(analysis.answer(.withoutMFA) == .yes)
        #expect(analysis.reach.ways.map(\.mfa) == [.no, .yes, .yes])
    }

    @Test(
        "Point 23: the source is selector where the rules suffice, else the level that decided; nothing of what never matches"
    )
    func namesTheLevelThatDecided() async throws {
        let analysis = try await StatementAccount(organization: Self.demanding).analyse(
            allow(Rule.ann, require: [Rule.mfa], id: "both"),
            allow(Rule.ann, require: [Rule.method("pwd")], id: "password"),
            allow(id: "never"),
            bypass(Rule.ann)
        ).analysis()
        #expect(analysis.policies.map(\.policyID) == ["bypass", "both", "password", "never"])
        #expect(analysis.policies.map(\.mfa.state) == [.notRequired, .required, .required, .notRequired])
        #expect(analysis.policies.map(\.mfa.source) == [.none, .selector, .organization, .none])
    }

    @Test(
        "§3: a second factor that only the identity provider sees is not provable",
        arguments: [
            (Rule.mfa, Truth.no), (Rule.method("hwk"), .no), (Rule.method("sms"), .no), (Rule.method("pwd"), .yes),
            (Rule.method("pin"), .yes), (Rule.method("kba"), .yes), (Rule.method("geo"), .yes),
            (Rule.method("rba"), .yes),
            (Rule.method("user"), .yes), (Rule.method("wia"), .yes),
            (["auth_context": ["id": "x", "ac_id": "c1", "identity_provider_id": "entra"]], .yes),
        ] as [(JSONValue, Truth)]
    )
    func onlyReportedMethodsCount(rule: JSONValue, withoutMFA: Truth) async throws {
        let analysis = try await StatementAccount(providers: ["entra"])
            .analyse(allow(Rule.everyone, require: [rule])).analysis()
        #expect(analysis.answer(.withoutMFA) == withoutMFA)
        #expect(analysis.policies.map(\.mfa.state) == [withoutMFA == .no ? .required : .notRequired])
    }

    @Test("§3: a method that Include only offers is not demanded; a group that demands it is enough")
    func groupsCanDemandMethods() async throws {
        let strong = group("strong", include: [Rule.everyone], require: [Rule.mfa])
        let analysis = try await StatementAccount(groups: [strong]).analyse(
            allow(Rule.mfa, Rule.ann, id: "offered"),
            allow(Rule.ann, require: [member(of: "strong")], id: "grouped")
        ).analysis()
        #expect(analysis.policies.map(\.mfa.state) == [.notRequired, .required])
    }

    @Test("Point 17: whoever can log in may enrol first: demanded MFA does not keep any_mailbox from yes")
    func strangersCanEnrol() async throws {
        let analysis = try await StatementAccount(providers: ["pin"], organization: Self.demanding)
            .analyse(allow(Rule.everyone)).analysis()
        #expect(analysis.answer(.anyMailbox) == .yes)
        #expect(analysis.answer(.withoutMFA) == .no)
        #expect(analysis.reach.weakest?.mfa == .yes)
        #expect(analysis.reach.witness?.independentMFA == .known([.totp]))
    }
}
