import AccessAnalysis
import JSONModel
import SnapshotStore
import Testing

@Suite struct PolicyReachTests {
    private static let everyone: JSONValue = ["everyone": [:]]
    private static let ann: JSONValue = ["email": ["email": "ann@x"]]
    private static let portugal: JSONValue = ["geo": ["country_code": "PT"]]
    private static let pin: JSONValue = ["login_method": ["id": "otp"]]
    private static let strange: JSONValue = ["brand_new": [:]]
    private static let external: JSONValue = [
        "external_evaluation": ["evaluate_url": "https://x", "keys_url": "https://y"]
    ]

    @Test(
        arguments: [
            (["include": [everyone]], "yes", "no"),
            (["include": [ann]], "no", "no"),
            (["include": []], "no", "no"),
            (["include": [["ip": ["ip": "0.0.0.0/0"]]]], "yes", "no"),
            (["include": [everyone], "exclude": [["ip": ["ip": "0.0.0.0/0"]]]], "yes", "no"),
            (["include": [everyone], "require": [everyone]], "yes", "no"),
            (["include": [everyone], "require": [ann]], "no", "no"),
            (["include": [everyone], "require": [portugal]], "limited", "no"),
            (["include": [everyone], "exclude": [portugal]], "yes", "no"),
            (["include": [everyone], "exclude": [everyone]], "no", "no"),
            (["include": [everyone], "require": [strange]], "unknown", "unknown"),
            (["include": [everyone], "exclude": [strange]], "unknown", "unknown"),
            (["include": [everyone], "require": [external]], "unknown", "no"),
            (["include": [pin]], "no", "yes"),
            (["include": [pin], "require": [portugal]], "no", "limited"),
            (["include": [pin], "require": [["email_domain": ["domain": "gmail.com"]]]], "no", "yes"),
            (["include": [pin], "require": [["email_domain": ["domain": "x.example"]]]], "no", "no"),
            (["include": [pin], "exclude": [["email_domain": ["domain": "gmail.com"]]]], "no", "yes"),
            (["include": [everyone], "require": [pin]], "no", "yes"),
            (["include": [everyone], "exclude": [pin]], "yes", "no"),
            (["include": [["login_method": ["id": "gone"]]]], "no", "no"),
            (["include": nil], "no", "no"), (["include": "everyone"], "unknown", "unknown"),
            (["include": nil, "exclude": [everyone]], "no", "no"),
            (["include": [["email_domain": ["domain": "gmail.com"]]]], "no", "no"),
        ] as [([String: JSONValue], String, String)]
    )
    func judgesDirectRules(blocks: [String: JSONValue], everyone: String, oneTimePIN: String) async throws {
        #expect(try await reach(blocks) == [[everyone, oneTimePIN]])
    }

    @Test(
        arguments: [
            ([group("g1", include: [everyone])], "yes"),
            ([group("g1", include: [everyone], require: [ann])], "no"),
            ([group("g1", include: [everyone], require: [strange])], "unknown"),
            ([group("g1", include: [everyone], exclude: [ann])], "yes"),
            ([group("g1", include: [everyone], exclude: [member(of: "gone")])], "unknown"),
            ([group("g1", include: [])], "no"), ([["id": "g1", "name": "Bare"]], "no"),
            ([group("g1", include: [member(of: "g2")]), group("g2", include: [ann, everyone])], "yes"),
            ([group("g1", include: [member(of: "g1")])], "unknown"),
            ([group("g1", include: [member(of: "g1"), everyone])], "yes"),
            ([], "unknown"),
        ] as [([JSONValue], String)]
    )
    func judgesGroupsLikeTheirContent(groups: [JSONValue], everyone: String) async throws {
        #expect(try await reach(["include": [member(of: "g1")]], groups).map(\.first) == [everyone])
    }

    @Test func namesTheGroupsOnTheWay() async throws {
        let analysis = try await analyse(
            ["include": [member(of: "g1")]],
            [group("g1", include: [Self.ann, member(of: "g2")]), group("g2", include: [Self.everyone])]
        )
        #expect(
            analysis.reach("everyone_explanation") == [
                [
                    "Include has everyone through the Access group \"Group g1 > Group g2\", and nothing in Require narrows it."
                ]
            ]
        )
    }

    @Test func evaluatesACycleAnewForEveryWayIn() async throws {
        // B alone comes to everyone through A; whether another policy came to A first must make no difference.
        let groups = [
            group("a", include: [member(of: "b"), Self.everyone]), group("b", include: [member(of: "a")]),
        ]
        for names in [["a", "b"], ["b", "a"]] {
            let policies = names.enumerated().map { place, name in
                policy("p\(place)", "allow", ["include": [member(of: name)]])
            }
            let analysis = try await Analysis.of([.accessPolicies: policies, .accessGroups: groups])
            #expect(analysis.reach("everyone") == [["yes"], ["yes"]])
        }
    }

    @Test func endsOnBranchingNestingAndCycles() async throws {
        let groups = (0..<60).map { index in
            let next = [member(of: "g\(index + 1)"), member(of: "g\(index + 1)")]
            return group("g\(index)", include: next, require: next, exclude: next)
        }
        for last in [group("g60", include: [Self.everyone]), group("g60", include: [member(of: "g0")])] {
            #expect(try await reach(["include": [member(of: "g0")]], groups + [last]).count == 1)
        }
    }

    @Test func evaluatesALargeGroupOnce() async throws {
        let addresses = (0..<6000).map { JSONValue.object(["email": ["email": .string("u\($0)@x.example")]]) }
        let policies = (0..<200).map { policy("p\($0)", "allow", ["include": [member(of: "g1")]]) }
        let analysis = try await Analysis.of([
            .accessPolicies: policies, .accessGroups: [group("g1", include: addresses + [Self.everyone])],
        ])
        #expect(Set(analysis.reach("everyone")) == [["yes"]])
    }

    private func reach(_ blocks: [String: JSONValue], _ groups: [JSONValue] = []) async throws -> [[String]] {
        try await analyse(blocks, groups).reach("everyone", "one_time_pin")
    }

    private func analyse(_ blocks: [String: JSONValue], _ groups: [JSONValue] = []) async throws -> Analysis {
        try await Analysis.of([
            .accessPolicies: [policy("p1", "allow", ["include": []].merging(blocks) { _, new in new })],
            .accessGroups: groups,
            .identityProviders: [["id": "otp", "name": "PIN", "type": "onetimepin"]],
        ])
    }
}
