import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

@Suite struct LoginStatementTests {
    private static let providers = StatementAccount.allProviders.keys.sorted()

    @Test(
        "Point 5: each selector needs a provider that can assert it, and is false with every other",
        arguments: [
            (Rule.mfa, ["entra", "oidc", "okta", "saml"]), (["azureAD": ["id": "g"]], ["entra"]),
            (["auth_context": ["id": "x", "ac_id": "c1"]], ["entra"]), (["gsuite": ["email": "g"]], ["workspace"]),
            (["github-organization": ["name": "g"]], ["github"]), (Rule.oktaGroup("g"), ["okta"]),
            (["saml": ["attribute_name": "a", "attribute_value": "g"]], ["saml"]),
            (["oidc": ["claim_name": "a", "claim_value": "g"]], ["oidc"]),
            (Rule.member, providers.filter { $0 != "pin" }),
        ] as [(JSONValue, [String])]
    )
    func needsTheRightProvider(rule: JSONValue, able: [String]) async throws {
        let analysis = try await StatementAccount(providers: Self.providers).analyse(allow(rule))
        let assertions: [String: JSONValue] = [
            "auth_methods": ["mfa"], "auth_contexts": ["c1"], "saml": ["a": ["g"]], "oidc": ["a": ["g"]],
            "groups": ["azureAD": ["g"], "okta": ["g"], "gsuite": ["g"], "github-organization": [["name": "g"]]],
            "account_member": true,
        ]
        let matching = try Self.providers.filter { provider in
            try analysis.decision(for: login("ann@example.com", by: provider, assertions)).decision == .allow
        }
        #expect(matching == able)
        let others = try await StatementAccount(providers: Self.providers.filter { !able.contains($0) })
            .analyse(allow(rule)).analysis()
        #expect(others.policies.map(\.canMatch) == [.no])
    }

    @Test("§2: a rule that is bound to a provider is met by no other of its type")
    func rulesAreBoundToTheirProvider() async throws {
        let analysis = try await StatementAccount(providers: ["cf", "members", "okta"]).analyse(
            allow(["okta": ["name": "Staff", "identity_provider_id": "elsewhere"]], id: "other"),
            allow(["okta": ["name": "Staff", "identity_provider_id": "okta"]], id: "own")
        )
        #expect(try analysis.decision(for: login(["groups": ["okta": ["Staff"]]])).matches == [.no, .yes])
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.no, .yes])
    }

    @Test("A login by a provider that allowed_idps does not hold is no login for the application")
    func loginByAnotherProviderIsNone() async throws {
        let analysis = try await StatementAccount(
            providers: ["okta", "pin"],
            application: ["allowed_idps": ["okta"]]
        ).analyse(allow(Rule.ann), block(Rule.ann))
        #expect(try analysis.decision(for: login(by: "okta")).matches == [.yes, .yes])
        let other = try analysis.decision(for: login(by: "pin"))
        #expect(other.matches == [.no, .no])
        #expect(other.decision == .deny)
    }

    @Test("Point 6: a login by a provider that the account does not list is no login")
    func unlistedProviderIsNone() async throws {
        let listed = try await StatementAccount().analyse(allow(Rule.ann))
        #expect(try listed.decision(for: login(by: "gone")).decision == .deny)
        let partly = try await StatementAccount(coverage: [.identityProviders: .partial]).analyse(allow(Rule.ann))
        #expect(try partly.decision(for: login(by: "gone")).decision == .unknown)
    }

    @Test(
        "Point 6: with provider null each listed provider counts in turn, and agreement decides",
        arguments: [
            (allow(Rule.ann), [:], Decision.allow), (allow(Rule.login("okta")), [:], .unknown),
            (allow(Rule.login("gone")), [:], .deny), (allow(Rule.ann), ["allowed_idps": ["okta"]], .unknown),
            (block(Rule.ann), [:], .block), (bypass(Rule.everyone), ["allowed_idps": ["okta"]], .bypass),
            (allow(Rule.mfa), [:], .unknown), (allow(Rule.email("bob@example.com")), [:], .deny),
        ] as [(JSONValue, [String: JSONValue], Decision)]
    )
    func takesProvidersInTurn(policy: JSONValue, application: [String: JSONValue], expected: Decision) async throws {
        let analysis = try await StatementAccount(providers: ["okta", "google", "pin"], application: application)
            .analyse(policy)
        let requester: JSONValue = ["email": "ann@example.com", "identity_provider_id": nil, "auth_methods": ["mfa"]]
        #expect(try analysis.decision(for: requester).decision == expected)
    }

    @Test("An e-mail address without a provider is no login")
    func addressAloneIsNoLogin() async throws {
        let analysis = try await StatementAccount().analyse(allow(Rule.ann), block(Rule.ann))
        #expect(try analysis.decision(for: ["email": "ann@example.com"]).matches == [.no, .no])
    }

    @Test(
        "Point 8: a service token that is disabled, expired at the time of the audit or not listed is no token",
        arguments: [
            ("t1", Truth.yes, Truth.yes), ("t2", .no, .yes), ("off", .no, .no), ("old", .no, .no), ("gone", .no, .no),
        ]
    )
    func unusableTokensAreNone(token: String, first: Truth, any: Truth) async throws {
        let analysis = try await StatementAccount().analyse(
            serviceAuth(Rule.token("t1"), id: "first"),
            serviceAuth(Rule.anyToken, id: "any"),
            serviceAuth(Rule.token("off"), Rule.token("old"), id: "unusable"),
            bypass(Rule.anyToken)
        )
        #expect(try analysis.decision(for: ["service_token_id": .string(token)]).matches == [first, any, .no, .no])
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.yes, .yes, .no, .no])
    }

    @Test(
        "Point 8: with strict_service_token_auth and a token shown the login does not count, for Allow and Block alike"
    )
    func strictTokensReplaceTheLogin() async throws {
        func matches(_ strict: JSONValue, _ token: JSONValue?, _ status: CoverageStatus = .complete) async throws
            -> [Truth]
        {
            let analysis = try await StatementAccount(
                organization: ["strict_service_token_auth": strict],
                coverage: [.organization: status]
            ).analyse(
                serviceAuth(Rule.token("t2")),
                block(Rule.ann),
                allow(Rule.everyone),
                block(Rule.everyone, id: "all")
            )
            return try analysis.decision(for: login(token.map { ["service_token_id": $0] } ?? [:])).matches
        }
        #expect(try await matches(true, "t2") == [.yes, .no, .no, .yes])
        #expect(try await matches(true, "t1") == [.no, .no, .no, .yes])
        #expect(try await matches(true, nil) == [.no, .yes, .yes, .yes])
        #expect(try await matches(true, "off") == [.no, .yes, .yes, .yes], "a disabled token is no token")
        #expect(try await matches(true, .null) == [.unknown, .unknown, .unknown, .yes])
        #expect(try await matches(false, "t1") == [.no, .yes, .yes, .yes])
        #expect(try await matches(nil, "t1") == [.no, .yes, .yes, .yes], "off where it is not set")
    }

    @Test("Point 8: strict tokens leave nobody for an Allow that requires a token")
    func strictTokensMakeAllowImpossible() async throws {
        for (strict, expected) in [(true, Truth.no), (false, .yes)] {
            let analysis = try await StatementAccount(organization: ["strict_service_token_auth": .bool(strict)])
                .analyse(allow(Rule.ann, require: [Rule.anyToken])).analysis()
            #expect(analysis.policies.map(\.canMatch) == [expected])
        }
    }

    @Test("Point 11: a named provider that does not exist logs in nobody")
    func danglingProviderLogsInNobody() async throws {
        let analysis = try await StatementAccount().analyse(allow(Rule.login("gone"))).analysis()
        #expect(analysis.policies.map(\.canMatch) == [.no])
        #expect(analysis.defectKinds == ["dangling_reference allow", "never_matches allow"])
    }
}
