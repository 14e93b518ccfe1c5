import AuditModel
import JSONModel
import SnapshotStore
import Testing

/// Answers that were once less than the configuration says.
@Suite struct ReachRegressionTests {
    private let acme: JSONValue = ["github-organization": ["name": "acme"]]
    private let byOkta: JSONValue = ["login_method": ["id": "okta"]]

    @Test func ignoresProvidersThatWereNotReadWhereTheApplicationAllowsOnlyOthers() async throws {
        let analysis = try await Analysis.of(
            [
                .accessApplications: [
                    application([policy("p1", "allow", ["include": [acme]])], ["allowed_idps": ["okta"]])
                ]
            ],
            coverage: [.identityProviders: .partial]
        )
        #expect(analysis.policies("can_match") == ["no"])
    }

    @Test func takesNoProviderThatWasNotReadForOneThatWas() async throws {
        let analysis = try await Analysis.of(
            [.accessApplications: [application([policy("p1", "deny", ["include": [byOkta], "require": [acme]])])]],
            coverage: [.identityProviders: .partial]
        )
        #expect(analysis.policies("can_match") == ["no"])
    }

    @Test func takesNoServiceTokenThatWasNotReadForOneThatWas() async throws {
        let rules: [String: JSONValue] = ["include": [["service_token": ["token_id": "t1"]]]]
        let analysis = try await Analysis.of(
            [
                .accessApplications: [application([policy("p1", "non_identity", rules)])],
                .serviceTokens: [["id": "t1", "name": "Old", "expires_at": "2020-01-01T00:00:00Z"]],
            ],
            coverage: [.serviceTokens: .partial]
        )
        #expect(analysis.policies("can_match") == ["no"])
    }

    @Test(arguments: ["allow", "bypass", "deny"])
    func takesAProviderRestrictedToMembersForADirectoryWhicheverPolicyNamesMembers(decision: String) async throws {
        let members: [String: JSONValue] = ["include": [["cloudflare_account_member": [:]]]]
        let everyone: [String: JSONValue] = ["include": [["everyone": [:]]]]
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy("p1", decision, members), policy("p2", "allow", everyone)])],
            .identityProviders: [
                [
                    "id": "cf", "name": "Cloudflare", "type": "cloudflare",
                    "config": ["restrict_to_account_members": true],
                ]
            ],
        ])
        let weakest = analysis.tables["application_reach"]?.first?["weakest_assurance"]?.displayText
        #expect(weakest == "directory")
    }
}
