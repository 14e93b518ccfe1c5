import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

@Suite struct PolicyStatementTests {
    @Test("Point 23: can_match is of the policy alone, without order and MFA")
    func canMatchIgnoresOrderAndMFA() async throws {
        let keysOnly: [String: JSONValue] = [
            "mfa_config": ["allowed_authenticators": ["piv_key"]], "mfa_required_for_all_apps": true,
        ]
        let analysis = try await StatementAccount(organization: keysOnly)
            .analyse(block(Rule.everyone), allow(Rule.ann)).analysis()
        #expect(analysis.policies.map(\.canMatch) == [.yes, .yes])
        #expect(analysis.policies.map(\.shadowedBy) == [nil, "block"])
        let locked = try await StatementAccount(organization: keysOnly).analyse(allow(Rule.ann)).analysis()
        #expect(locked.policies.map(\.canMatch) == [.yes])
        #expect(locked.reach.weakest == nil, "nobody can answer the MFA")
    }

    @Test(
        "Point 23: shadowed_by is the first earlier policy in run order that covers it alone",
        arguments: [
            ([block(Rule.domain("example.com"), id: "b1"), block(Rule.everyone, id: "b2"), allow(Rule.ann)], "b1"),
            ([allow(Rule.everyone, id: "all"), allow(Rule.ann)], "all"),
            ([allow(Rule.ann), bypass(Rule.everyone)], "bypass"),
            ([allow(Rule.ann, require: [Rule.country("PT")], id: "narrow"), allow(Rule.ann)], nil),
            (
                [
                    block(Rule.country("PT"), id: "b1"),
                    access("b2", "deny", [Rule.everyone], exclude: [Rule.country("PT")]), allow(Rule.ann),
                ], nil
            ),
            ([block(Rule.everyone), allow()], nil), ([block(Rule.notUnderstood), allow(Rule.ann)], nil),
            ([allow(Rule.notUnderstood, Rule.everyone, id: "all"), allow(Rule.ann)], "all"),
            ([block(Rule.domain("example.com")), allow(Rule.emailList("mails"))], "block"),
            ([serviceAuth(Rule.anyToken, id: "any"), serviceAuth(Rule.token("t1"))], "any"),
            (
                [bypass(Rule.ip("192.0.2.0/24"), id: "wide"), bypass(Rule.ip("192.0.2.7"), Rule.ip("192.0.2.8"))],
                "wide"
            ),
        ] as [([JSONValue], String?)]
    )
    func namesThePolicyThatCovers(policies: [JSONValue], expected: String?) async throws {
        let analysis = try await StatementAccount().analyse(list: policies).analysis()
        #expect(analysis.policies.compactMap(\.shadowedBy) == (expected.map { [$0] } ?? []))
        let shadowed = analysis.defects.filter { $0.kind == .shadowed }
        #expect(shadowed.isEmpty == (expected == nil))
    }

    @Test(
        "Point 25: redundant: removing it changes nobody's decision, and it is neither shadowed nor never matching",
        arguments: [
            ([allow(Rule.ann), allow(Rule.domain("example.com"), id: "wide")], ["redundant allow"]),
            ([allow(Rule.domain("example.com"), id: "wide"), allow(Rule.ann)], ["shadowed allow"]),
            ([allow(), allow(Rule.ann, id: "other")], ["never_matches allow"]),
            ([allow(Rule.ann), allow(Rule.email("bob@example.com"), id: "other")], []),
            ([bypass(Rule.country("PT")), bypass(Rule.everyone, id: "all")], ["redundant bypass"]),
            ([serviceAuth(Rule.country("PT")), bypass(Rule.everyone)], []),
            (
                [
                    allow(Rule.ann, require: [Rule.country("PT")], id: "a"),
                    allow(Rule.ann, exclude: [Rule.country("PT")], id: "b"), allow(Rule.ann),
                ], ["redundant a", "redundant allow", "redundant b"]
            ),
        ] as [([JSONValue], [String])]
    )
    func findsWhatCanBeRemoved(policies: [JSONValue], expected: [String]) async throws {
        #expect(try await StatementAccount().analyse(list: policies).analysis().defectKinds == expected)
    }

    @Test("Point 25: an Allow that demands MFA is not redundant before one that does not")
    func mfaMakesADifference() async throws {
        let organization: [String: JSONValue] = ["mfa_config": ["allowed_authenticators": ["totp"]]]
        let own: [String: JSONValue] = ["mfa_config": ["allowed_authenticators": ["totp"]]]
        let analysis = try await StatementAccount(organization: organization)
            .analyse(allow(Rule.ann, with: own), allow(Rule.domain("example.com"), id: "wide")).analysis()
        #expect(analysis.defects == [])
    }

    @Test(
        "Point 25: block_without_effect: a Block whose removal lets nobody in",
        arguments: [
            ([block(Rule.ann), allow(Rule.everyone)], []),
            ([allow(Rule.email("bob@example.com")), block(Rule.everyone)], ["block_without_effect block"]),
            ([block(Rule.country("PT")), bypass(Rule.everyone)], ["block_without_effect block", "shadowed block"]),
            (
                [block(Rule.email("eve@example.org")), allow(Rule.domain("example.com"))],
                ["block_without_effect block"]
            ),
            ([block(), allow(Rule.everyone)], ["block_without_effect block", "never_matches block"]),
        ] as [([JSONValue], [String])]
    )
    func findsBlocksWithoutEffect(policies: [JSONValue], expected: [String]) async throws {
        #expect(try await StatementAccount().analyse(list: policies).analysis().defectKinds == expected)
    }

    @Test(
        "Dangling references name what does not exist, of every kind",
        arguments: [
            member(of: "gone"), Rule.emailList("gone"), Rule.ipList("gone"), Rule.login("gone"), Rule.posture("gone"),
            Rule.token("gone"), Rule.linked("gone"), ["okta": ["name": "Staff", "identity_provider_id": "gone"]],
            ["auth_context": ["id": "x", "ac_id": "c1", "identity_provider_id": "gone"]],
        ]
    )
    func findsDanglingReferences(rule: JSONValue) async throws {
        let account = StatementAccount(groups: [group("g", include: [rule])])
        for policy in [serviceAuth(Rule.token("t1"), rule, id: "p"), allow(Rule.ann, member(of: "g"), id: "p")] {
            let kinds = try await account.analyse(policy).analysis().defectKinds
            #expect(kinds == ["dangling_reference p"])
        }
    }

    @Test("Dangling references: policies and allowed identity providers")
    func findsDanglingPoliciesAndProviders() async throws {
        let analysis = try await StatementAccount(application: ["allowed_idps": ["okta", "gone"]])
            .analyse(allow(Rule.ann), "lost").analysis()
        #expect(analysis.defectKinds == ["dangling_reference -", "dangling_reference lost"])
        #expect(analysis.policies.map(\.policyID) == ["lost", "allow"])
        #expect(analysis.answer(.anonymous) == .unknown)
    }

    @Test("What was not read dangles nowhere")
    func doesNotReportWhatWasNotRead() async throws {
        let analysis = try await StatementAccount(
            coverage: [.devicePostureRules: .denied, .serviceTokens: .failed, .accessPolicies: .partial]
        ).analyse(
            allow(Rule.ann, require: [Rule.posture("gone")]),
            serviceAuth(Rule.token("gone")),
            "lost"
        ).analysis()
        #expect(analysis.defectKinds == ["not_understood lost"])
    }
}

@Suite struct NeighbourStatementTests {
    private static func application(_ id: String, _ domain: String, _ policies: JSONValue...) -> JSONValue {
        AccessAnalysisTests.application(
            policies,
            ["id": .string(id), "name": .string(id), "destinations": [["type": "public", "uri": .string(domain)]]]
        )
    }

    @Test(
        "§1.6: the most specific path wins and inherits nothing; a path without an application inherits the broader one"
    )
    func mostSpecificWins() async throws {
        let analysis = try await StatementAccount(
            others: [
                Self.application("host", "app.example.com", block(Rule.everyone)),
                Self.application("path", "app.example.com/open", bypass(Rule.everyone)),
                Self.application("wild", "*.example.com", allow(Rule.ann)),
            ]
        ).analyse()
        func guardians(_ host: String, _ path: String) -> [String] {
            analysis.account.applicationIDs(guardingHost: host, path: path)
        }
        #expect(guardians("app.example.com", "/open/x") == ["path"])
        #expect(guardians("app.example.com", "/other") == ["host"])
        #expect(guardians("other.example.com", "/") == ["wild"])
        #expect(guardians("example.com", "/") == [])
        #expect(try analysis.decision(for: [:], "path").decision == .bypass)
        #expect(try analysis.decision(for: [:], "host").decision == .block)
    }

    @Test(
        "Point 25: weaker_than_parent: its weakest class, or its MFA, is lower than that of what it is cut out of",
        arguments: [
            (allow(Rule.ann), bypass(Rule.everyone), true), (allow(Rule.ann), allow(Rule.domain("example.com")), true),
            (allow(Rule.domain("example.com")), allow(Rule.ann), false), (allow(Rule.ann), allow(Rule.ann), false),
            (allow(Rule.ann, require: [Rule.mfa]), allow(Rule.ann), true),
            (allow(Rule.ann), allow(Rule.ann, require: [Rule.mfa]), false),
            (block(Rule.everyone), allow(Rule.ann), true),
            (allow(Rule.ann), block(Rule.everyone), false), (allow(Rule.notUnderstood), allow(Rule.ann), false),
        ]
    )
    func comparesWithTheParent(parent: JSONValue, child: JSONValue, isWeaker: Bool) async throws {
        let analysis = try await StatementAccount(
            others: [
                Self.application("host", "app.example.com", parent),
                Self.application("path", "app.example.com/admin", child.with(["id": "child"])),
            ]
        ).analyse()
        let kinds = try analysis.analysis(of: "path").defects.map(\.kind)
        #expect(kinds.contains(.weakerThanParent) == isWeaker)
        #expect(try !analysis.analysis(of: "host").defects.map(\.kind).contains(.weakerThanParent))
    }

    @Test("Point 25: a host is cut out of the wildcard above it; §1.6: a wildcard covers one label only")
    func comparesWithTheWildcardAbove() async throws {
        let analysis = try await StatementAccount(
            others: [
                Self.application("wild", "*.example.com", allow(Rule.ann, id: "p1")),
                Self.application("host", "app.example.com", bypass(Rule.everyone, id: "p2")),
                Self.application("deep", "a.b.example.com", bypass(Rule.everyone, id: "p3")),
                Self.application("apex", "example.com", bypass(Rule.everyone, id: "p4")),
            ]
        ).analyse()
        let weak = try ["wild", "host", "deep", "apex"].filter { id in
            try analysis.analysis(of: id).defects.contains { $0.kind == .weakerThanParent }
        }
        #expect(weak == ["host"])
        let all = analysis.account.analyses()
        #expect(try all == all.map { try analysis.analysis(of: $0.applicationID) }, "one by one or all at once")
    }

    @Test("duplicate_destination: two applications claim one host and path")
    func findsDuplicates() async throws {
        let analysis = try await StatementAccount(
            others: [
                Self.application("one", "app.example.com", allow(Rule.ann, id: "p1")),
                Self.application("two", "https://APP.example.com/", allow(Rule.ann, id: "p2")),
                Self.application("three", "app.example.com/x", allow(Rule.ann, id: "p3")),
            ]
        ).analyse()
        #expect(try analysis.analysis(of: "one").defectKinds == ["duplicate_destination -"])
        #expect(try analysis.analysis(of: "two").defectKinds == ["duplicate_destination -"])
        #expect(try analysis.analysis(of: "three").defectKinds == [])
    }
}
