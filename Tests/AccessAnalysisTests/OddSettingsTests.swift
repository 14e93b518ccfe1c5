import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

/// Settings that the API does not describe, and configurations that are larger than usual.
@Suite struct OddSettingsTests {
    private static let domain: [String: JSONValue] = ["include": [["email_domain": ["domain": "example.com"]]]]
    private static let offered: JSONValue = ["mfa_config": ["allowed_authenticators": ["totp"]]]

    @Test(arguments: ["x", [1], true] as [JSONValue])
    func leavesMFAOpenWhereItsSettingsAreNoObject(setting: JSONValue) async throws {
        let demanding = policy("p1", "allow", Self.domain.merging(["mfa_config": setting]) { $1 })
        let analysis = try await analysis([demanding], organization: Self.offered)
        #expect(analysis.policies.map(\.mfa.state) == [.unknown] && analysis.reach.answers[.withoutMFA] == .unknown)
    }

    @Test func leavesOpenWhatAnAuthenticatorOfANewKindIs() async throws {
        let demanding = policy(
            "p1",
            "allow",
            Self.domain.merging(["mfa_config": ["allowed_authenticators": ["brand_new"]]]) { $1 }
        )
        let analysis = try await analysis([demanding], organization: Self.offered)
        #expect(analysis.reach.anybody == .unknown && analysis.reach.weakest == nil)
        #expect(analysis.defects.map(\.kind) == [.notUnderstood])
    }

    @Test func leavesLoginsOpenWhereTheAllowedProvidersAreNoList() async throws {
        let analysis = try await analysis([policy("p1", "allow", Self.domain)], ["allowed_idps": "okta"])
        #expect(analysis.reach.anybody == .unknown && analysis.reach.answers[.anonymous] == .no)
        #expect(analysis.defects.map(\.kind) == [.notUnderstood])
    }

    @Test func reportsADestinationOfANewType() async throws {
        let analysis = try await analysis(
            [policy("p1", "allow", Self.domain)],
            ["destinations": [["type": "public", "uri": "wiki.example.com"], ["type": "teleporter"]]]
        )
        #expect(analysis.defects.map(\.kind) == [.notUnderstood])
    }

    @Test(arguments: ["wiki.example.com", 7, true] as [JSONValue])
    func analysesAnApplicationWhoseDestinationsAreNoList(destinations: JSONValue) async throws {
        let members = ["destinations": destinations, "self_hosted_domains": destinations]
        let analysis = try await analysis([policy("p1", "allow", Self.domain)], members)
        #expect(analysis.reach.weakest?.assurance == .domain)
    }

    @Test func callsNothingWeakerThanAParentOfWhichItIsNotKnownWhoGetsIn() async throws {
        let doubtful = policy(
            "p1",
            "allow",
            [
                "include": [["external_evaluation": ["evaluate_url": "https://x", "keys_url": "https://y"]]],
                "require": [
                    ["auth_method": ["auth_method": "mfa"]], ["certificate": [:]], ["geo": ["country_code": "PT"]],
                ],
            ]
        )
        let parent = application([doubtful], ["id": "a0", "domain": "wiki.example.com"])
        let child = application([policy("p2", "allow", Self.domain)], ["domain": "wiki.example.com/open"])
        let account = try await Analysis.of([.accessApplications: [parent, child]])
        let reach = try account.analysis(of: "a0").reach
        #expect(reach.answers.values.allSatisfy { $0 == .no } && reach.anybody == .unknown)
        #expect(try account.analysis(of: "a1").defects.isEmpty)
    }

    @Test(arguments: [2, 12, 13, 20, 60])
    func findsTheWayThroughALongCircleOfGroups(length: Int) async throws {
        let ann: JSONValue = ["email": ["email": "ann@example.com"]]
        let groups = (0..<length).map { index in
            group("g\(index)", include: [member(of: "g\((index + 1) % length)")] + (index == length - 1 ? [ann] : []))
        }
        let analysis = try await analysis([policy("p1", "allow", ["include": [member(of: "g0")]])], groups: groups)
        #expect(analysis.policies.map(\.canMatch) == [.yes] && analysis.reach.weakest?.assurance == .named)
    }

    @Test func findsTheWeakestOfVeryManyPolicies() async throws {
        let people = (0..<150).map { index in
            policy("p\(index)", "allow", ["include": [["email": ["email": .string("u\(index)@example.com")]]]])
        }
        let analysis = try await analysis(people + [policy("last", "allow", Self.domain)])
        #expect(analysis.reach.weakest?.policyID == "last" && analysis.reach.weakest?.assurance == .domain)
        #expect(analysis.reach.witness != nil && analysis.reach.answers.values.allSatisfy { $0 != .unknown })
    }

    private func analysis(
        _ policies: [JSONValue],
        _ members: [String: JSONValue] = [:],
        groups: [JSONValue] = [],
        organization: JSONValue? = nil
    ) async throws -> ApplicationAnalysis {
        var objects: [ResourceKind: [JSONValue]] = [
            .accessApplications: [application(policies, members)], .accessGroups: groups,
        ]
        if let organization { objects[.organization] = [organization] }
        return try await Analysis.of(objects).analysis()
    }
}
