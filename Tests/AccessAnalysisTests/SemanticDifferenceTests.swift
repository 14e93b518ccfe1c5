// Versions are compared below the tables, so the module's own types are needed.
@testable import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct SemanticDifferenceTests {
    private static let everyone: JSONValue = ["everyone": [:]]
    private static let domain: JSONValue = ["email_domain": ["domain": "example.com"]]
    private static let ann: JSONValue = ["email": ["email": "ann@example.com"]]
    private static let bob: JSONValue = ["email": ["email": "bob@example.org"]]
    private static let external: JSONValue = [
        "external_evaluation": ["evaluate_url": "https://x", "keys_url": "https://y"]
    ]

    @Test(
        arguments: [
            (["include": [domain]], ["include": [domain]], .equal),
            (["include": [domain]], ["include": [domain, ann]], .equal),
            (["include": [domain]], ["include": [everyone]], .larger),
            (["include": [domain]], ["include": [domain], "require": [["geo": ["country_code": "PT"]]]], .smaller),
            (["include": [ann]], ["include": [bob]], .incomparable),
            (["include": []], ["include": [ann], "exclude": [everyone]], .equal),
            (["include": [external]], ["include": [external]], .equal),
            (["include": [domain]], ["include": [domain], "require": [external]], .unknown),
            (["include": [["new": [:]]]], ["include": [["new": [:]]]], .equal),
            (["include": [["email_list": ["id": "gone"]]]], ["include": [["email_list": ["id": "gone"]]]], .equal),
            (["include": [["email_list": ["id": "gone"]]]], ["include": [["email_list": ["id": "lost"]]]], .unknown),
            (["include": [ann]], ["include": [["group": ["id": "g1"]]]], .equal),
            (["include": [["ip": ["ip": "10.0.0.0/8"]]]], ["include": [["ip": ["ip": "10.1.0.0/16"]]]], .smaller),
        ] as [([String: JSONValue], [String: JSONValue], SemanticDifference.Relation)]
    )
    func comparesOnePolicy(
        old: [String: JSONValue],
        new: [String: JSONValue],
        relation: SemanticDifference.Relation
    ) async throws {
        let difference = try await difference([policy("p1", "allow", old)], [policy("p1", "allow", new)])
        #expect(difference.relation == relation)
    }

    @Test func showsWhoIsAdmittedByOneVersionOnly() async throws {
        let old = try await account([policy("p1", "allow", ["include": [Self.ann]])])
        let new = try await account([policy("p1", "allow", ["include": [Self.bob]])])
        let difference = try #require(new.difference(of: "a1", since: old, "a1"))
        let gained = try #require(difference.admittedOnlyByNew)
        let lost = try #require(difference.admittedOnlyByOld)
        #expect(gained.email == .known("bob@example.org") && lost.email == .known("ann@example.com"))
        for (requester, admitting, refusing) in [(gained, new, old), (lost, old, new)] {
            #expect(admitting.decision(for: requester, applicationID: "a1")?.decision == .allow)
            #expect(refusing.decision(for: requester, applicationID: "a1")?.decision == .deny)
        }
    }

    @Test(
        arguments: [
            ("deny", [everyone], .smaller), ("bypass", [everyone], .larger), ("allow", [ann], .equal),
            ("non_identity", [["certificate": [:]]], .larger), ("deny", [bob], .equal),
        ] as [(String, [JSONValue], SemanticDifference.Relation)]
    )
    func seesPoliciesThatArePutFirst(
        decision: String,
        include: [JSONValue],
        relation: SemanticDifference.Relation
    ) async throws {
        let staff = policy("p1", "allow", ["include": [Self.domain]])
        let first = policy("p0", decision, ["include": .array(include)])
        #expect(try await difference([staff], [first, staff]).relation == relation)
    }

    @Test func seesSettingsBesideThePolicies() async throws {
        let policies = [policy("p1", "allow", ["include": [Self.domain]])]
        let providers: [JSONValue] = [okta, ["id": "otp", "name": "PIN", "type": "onetimepin"]]
        let open = try await account(policies, providers: providers)
        let limited = try await account(policies, ["allowed_idps": ["okta"]], providers: providers)
        let demanding = try await account([
            policy("p1", "allow", ["include": [Self.domain], "require": [["auth_method": ["auth_method": "mfa"]]]])
        ])
        #expect(limited.difference(of: "a1", since: open, "a1")?.relation == .smaller)
        #expect(open.difference(of: "a1", since: limited, "a1")?.relation == .larger)
        #expect(demanding.difference(of: "a1", since: open, "a1")?.relation == .smaller)
        #expect(open.difference(of: "a1", since: open, "none") == nil)
    }

    private func difference(_ old: [JSONValue], _ new: [JSONValue]) async throws -> SemanticDifference {
        let older = try await account(old)
        return try #require(try await account(new).difference(of: "a1", since: older, "a1"))
    }

    private func account(
        _ policies: [JSONValue],
        _ members: [String: JSONValue] = [:],
        providers: [JSONValue] = [okta]
    ) async throws -> AccountAnalysis {
        try await Analysis.of([
            .accessApplications: [application(policies, members)],
            .accessGroups: [group("g1", include: [Self.ann])],
            .identityProviders: providers,
        ]).account
    }
}
