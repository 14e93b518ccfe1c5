import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

/// What each selector of §2 says of somebody who has what it names, and of somebody who does not.
struct SelectorCase: Sendable, CustomTestStringConvertible {
    let rule: JSONValue
    var provider = "okta"
    /// What the requester has beside the login of Ann.
    var shown: [String: JSONValue] = [:]
    /// Whether the login alone meets the rule.
    var isMetByLogin = false
    let serviceAuth: Truth
    let bypass: Truth

    var testDescription: String { rule.text }

    /// Selectors that look at who logged in, which Bypass and Service Auth do not.
    static func identity(
        _ rule: JSONValue,
        by provider: String = "okta",
        _ shown: [String: JSONValue] = [:]
    ) -> SelectorCase {
        SelectorCase(
            rule: rule,
            provider: provider,
            shown: shown,
            isMetByLogin: shown.isEmpty,
            serviceAuth: .no,
            bypass: .no
        )
    }

    static func circumstance(
        _ rule: JSONValue,
        _ shown: [String: JSONValue],
        bypass: Truth = .yes
    ) -> SelectorCase {
        SelectorCase(rule: rule, shown: shown, isMetByLogin: shown.isEmpty, serviceAuth: .yes, bypass: bypass)
    }

    static let all = identities + claims + circumstances

    private static let identities: [SelectorCase] = [
        identity(Rule.ann), identity(Rule.domain("example.com")), identity(Rule.emailList("mails")),
        identity(Rule.login("okta")), identity(Rule.mfa, ["auth_methods": ["mfa"]]),
        identity(
            ["auth_context": ["id": "x", "ac_id": "c1", "identity_provider_id": "entra"]],
            by: "entra",
            ["auth_contexts": ["c1"]]
        ),
        identity(Rule.external, ["external_evaluation": true]),
        identity(Rule.risk("low", "medium"), ["user_risk_score": "medium"]),
        identity(Rule.member, ["account_member": true]),
        identity(["cloudflare_account_member": ["account_id": "acc1"]], ["account_member": true]),
    ]

    private static let claims: [SelectorCase] = [
        identity(
            ["github-organization": ["name": "north", "identity_provider_id": "github"]],
            by: "github",
            ["groups": ["github-organization": [["name": "north"]]]]
        ),
        identity(
            ["github-organization": ["name": "north", "team": "core", "identity_provider_id": "github"]],
            by: "github",
            ["groups": ["github-organization": [["name": "north", "teams": ["core"]]]]]
        ),
        identity(
            ["gsuite": ["email": "ops@example.com", "identity_provider_id": "workspace"]],
            by: "workspace",
            ["groups": ["gsuite": ["ops@example.com"]]]
        ),
        identity(
            ["okta": ["name": "Staff", "identity_provider_id": "okta"]],
            ["groups": ["okta": ["Staff"]]]
        ),
        identity(
            ["azureAD": ["id": "staff", "identity_provider_id": "entra"]],
            by: "entra",
            ["groups": ["azureAD": ["staff"]]]
        ),
        identity(
            ["saml": ["attribute_name": "team", "attribute_value": "core", "identity_provider_id": "saml"]],
            by: "saml",
            ["saml": ["team": ["core", "other"]]]
        ),
        identity(
            ["oidc": ["claim_name": "team", "claim_value": "core", "identity_provider_id": "oidc"]],
            by: "oidc",
            ["oidc": ["team": ["core"]]]
        ),
    ]

    private static let circumstances: [SelectorCase] = [
        circumstance(Rule.everyone, [:]), circumstance(Rule.ip("203.0.113.0/24"), ["ip": "203.0.113.7"]),
        circumstance(Rule.ipList("nets"), ["ip": "203.0.113.7"]), circumstance(Rule.country("pt"), ["country": "PT"]),
        circumstance(Rule.certificate, ["certificate": [:]]),
        circumstance(Rule.commonName("laptop"), ["certificate": ["common_name": "laptop"]]),
        circumstance(Rule.posture("disk"), ["device_posture": ["disk"]]),
        circumstance(Rule.token("t1"), ["service_token_id": "t1"], bypass: .no),
        circumstance(Rule.anyToken, ["service_token_id": "t2"], bypass: .no),
        circumstance(Rule.linked("linked"), ["linked_app_uid": "linked"], bypass: .unknown),
    ]
}

@Suite struct SelectorTests {
    private static let providers = StatementAccount.allProviders.keys.sorted()

    @Test(
        "§2: each selector matches whoever has what it names, where its action looks at it",
        arguments: SelectorCase.all
    )
    func matchesWhoHasIt(selector: SelectorCase) async throws {
        let analysis = try await StatementAccount(providers: Self.providers).analyse(
            bypass(selector.rule),
            serviceAuth(selector.rule),
            allow(selector.rule),
            block(selector.rule)
        )
        let requester = login("ann@example.com", by: selector.provider, selector.shown)
        let hit = try analysis.decision(for: requester).matches
        #expect(hit == [selector.bypass, selector.serviceAuth, .yes, .yes])
        let canMatch = try analysis.analysis().policies.map(\.canMatch)
        // Nobody surely passes an external evaluation (point 16).
        let isOutside = selector.rule == Rule.external
        #expect(canMatch == (isOutside ? [.no, .no, .unknown, .unknown] : hit))
        if !selector.isMetByLogin {
            let miss = try analysis.decision(for: login("ann@example.com", by: selector.provider)).matches
            let expected: Truth = isOutside ? .unknown : .no
            #expect(miss == [.no, .no, expected, expected])
            let unknown = selector.shown.mapValues { _ in JSONValue.null }
            let open = try analysis.decision(for: login("ann@example.com", by: selector.provider, unknown)).matches
            #expect(open == [selector.bypass, selector.serviceAuth, .yes, .yes].map { min($0, .unknown) })
        }
    }

    @Test("§2: everyone in an Allow means everyone who can log in by an allowed identity provider")
    func everyoneStillHasToLogIn() async throws {
        let analysis = try await StatementAccount(providers: ["okta", "pin"], application: ["allowed_idps": ["okta"]])
            .analyse(allow(Rule.everyone))
        #expect(try analysis.decision(for: login("eve@gmail.com")).decision == .allow)
        #expect(try analysis.decision(for: ["ip": "203.0.113.7"]).decision == .deny)
        #expect(try analysis.analysis().answer(.anyMailbox) == .no)
        #expect(try analysis.analysis().reach.weakest?.assurance == .directory)
    }

    @Test(
        "§2: e-mail addresses and domains are compared without regard to case, and a leading @ is normalised",
        arguments: [
            (Rule.email("ANN@Example.com"), "ann@example.COM", Truth.yes),
            (Rule.email("ann@example.com"), "ann@example.org", .no),
            (Rule.domain("@Example.com"), "ann@EXAMPLE.com", .yes),
            (Rule.domain("example.com"), "a@b@example.com", .yes),
            (Rule.domain("example.com"), "ann@sub.example.com", .no), (Rule.domain("example.com"), "ann", .no),
            (Rule.emailList("mails"), "ANN@EXAMPLE.COM", .yes), (Rule.emailList("mails"), "bob@example.com", .no),
        ] as [(JSONValue, String, Truth)]
    )
    func comparesAddresses(rule: JSONValue, email: String, expected: Truth) async throws {
        let analysis = try await StatementAccount().analyse(allow(rule))
        #expect(try analysis.decision(for: login(email)).matches == [expected])
    }

    @Test(
        "Point 12: a bare address is one address, host bits are masked, mapped IPv4 is IPv4, malformed is not understood",
        arguments: [
            ("203.0.113.7", "203.0.113.7", Truth.yes), ("203.0.113.7", "203.0.113.8", .no),
            ("203.0.113.9/24", "203.0.113.1", .yes), ("::ffff:203.0.113.0/120", "203.0.113.7", .yes),
            ("203.0.113.0/24", "::ffff:203.0.113.7", .yes), ("2001:db8::/32", "2001:db8:1::7", .yes),
            ("2001:db8::7", "2001:DB8:0:0::7", .yes), ("2001:db8::7", "2001:db8::8", .no),
            ("0.0.0.0/0", "2001:db8::7", .no), ("0.0.0.0/0", "203.0.113.7", .yes), ("::/0", "2001:db8::7", .yes),
            ("203.0.113.0/33", "203.0.113.7", .unknown), ("203.0.113", "203.0.113.7", .unknown),
        ] as [(String, String, Truth)]
    )
    func comparesRanges(range: String, address: String, expected: Truth) async throws {
        for decision in ["allow", "bypass"] {
            let analysis = try await StatementAccount().analyse(access("p", decision, [Rule.ip(range)]))
            #expect(try analysis.decision(for: login(["ip": .string(address)])).matches == [expected])
        }
    }

    @Test(
        "§2: lists are resolved; what is missing, of another type or not fully read leaves the rest unknown",
        arguments: [
            (Rule.ipList("nets"), Truth.yes, Truth.no), (Rule.ipList("gone"), .unknown, .unknown),
            (Rule.ipList("hosts"), .unknown, .unknown), (Rule.ipList("odd"), .yes, .unknown),
            (Rule.emailList("mails"), .yes, .no), (Rule.emailList("gone"), .unknown, .unknown),
            (Rule.emailList("nets"), .unknown, .unknown), (Rule.emailList("part"), .yes, .unknown),
        ] as [(JSONValue, Truth, Truth)]
    )
    func resolvesLists(rule: JSONValue, ann: Truth, bob: Truth) async throws {
        let analysis = try await StatementAccount(coverage: [.gatewayListItems: .partial]).analyse(allow(rule))
        #expect(try analysis.decision(for: login(["ip": "203.0.113.7"])).matches == [ann])
        #expect(try analysis.decision(for: login("bob@example.com", ["ip": "192.0.2.7"])).matches == [bob])
    }

    @Test("§2: user_risk_score takes a list of levels; point 9: absent means no score, unscored is said")
    func comparesRiskScores() async throws {
        let analysis = try await StatementAccount().analyse(
            allow(Rule.risk("low", "unscored"), id: "some"),
            allow(Rule.risk("low", "medium", "high", "unscored"), id: "all"),
            allow(Rule.risk("brand new"), id: "new"),
            allow(Rule.everyone, exclude: [Rule.risk("high")], id: "without")
        )
        func matches(_ score: JSONValue?) throws -> [Truth] {
            try analysis.decision(for: login(score.map { ["user_risk_score": $0] } ?? [:])).matches
        }
        #expect(try matches(nil) == [.no, .no, .unknown, .yes])
        #expect(try matches("unscored") == [.yes, .yes, .unknown, .yes])
        #expect(try matches("low") == [.yes, .yes, .unknown, .yes])
        #expect(try matches("high") == [.no, .yes, .unknown, .no])
    }

    @Test("Point 9: an external evaluation that is absent is null; §2: it fails closed")
    func externalEvaluationIsOutside() async throws {
        let analysis = try await StatementAccount().analyse(allow(Rule.everyone, require: [Rule.external]))
        for (value, expected) in [(nil, Decision.unknown), (.null, .unknown), (true, .allow), (false, .deny)]
            as [(JSONValue?, Decision)]
        {
            let members: [String: JSONValue] = value.map { ["external_evaluation": $0] } ?? [:]
            #expect(try analysis.decision(for: login(members)).decision == expected)
        }
        #expect(try analysis.decision(for: [:]).decision == .deny, "it runs after the login")
    }

    @Test("§2: a common name is narrower than any certificate")
    func comparesCommonNames() async throws {
        let analysis = try await StatementAccount().analyse(
            serviceAuth(Rule.certificate, id: "any"),
            serviceAuth(Rule.commonName("laptop"), id: "one")
        )
        #expect(try analysis.decision(for: ["certificate": ["common_name": "server"]]).matches == [.yes, .no])
        #expect(try analysis.decision(for: ["certificate": [:]]).matches == [.yes, .no])
    }

    @Test("§2: device enrolment cannot use device posture")
    func enrolmentKnowsNoPosture() async throws {
        let analysis = try await StatementAccount(application: ["type": "warp"])
            .analyse(allow(Rule.ann, require: [Rule.posture("disk")]), allow(Rule.certificate, id: "mtls"))
        let decision = try analysis.decision(for: login(["device_posture": ["disk"], "certificate": [:]]))
        #expect(decision.matches == [.no, .yes])
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.no, .yes])
    }

    @Test("§2: a member of another Cloudflare account cannot be told")
    func otherAccountsAreUnknown() async throws {
        let analysis = try await StatementAccount().analyse(
            allow(["cloudflare_account_member": ["account_id": "other"]])
        )
        #expect(try analysis.decision(for: login(["account_member": true])).matches == [.unknown])
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.unknown])
    }

    @Test("Point 11: nobody knows whether anybody has a check, a token or a linked application that does not exist")
    func danglingCredentialsAreUnknown() async throws {
        let analysis = try await StatementAccount().analyse(
            serviceAuth(Rule.posture("gone"), id: "posture"),
            serviceAuth(Rule.token("gone"), id: "token"),
            serviceAuth(Rule.linked("gone"), id: "linked")
        )
        let summary = try analysis.analysis()
        #expect(summary.policies.map(\.canMatch) == [.unknown, .unknown, .unknown])
        #expect(summary.reach.weakest == nil)
        let shown: JSONValue = ["device_posture": ["gone"], "linked_app_uid": "gone", "service_token_id": "gone"]
        // A token that is not listed is none (point 8).
        #expect(try analysis.decision(for: shown).matches == [.unknown, .no, .unknown])
        #expect(try analysis.decision(for: [:]).matches == [.no, .no, .no])
    }
}
