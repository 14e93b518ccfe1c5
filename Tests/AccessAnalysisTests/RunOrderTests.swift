import JSONModel
import SnapshotStore
import Testing

@Suite struct RunOrderTests {
    @Test func runsBypassAndServiceAuthFirst() async throws {
        let policies = [
            policy("allow1", "allow", ["precedence": 1]), policy("deny2", "deny", ["precedence": 2]),
            policy("token3", "non_identity", ["precedence": 3]), policy("bypass4", "bypass", ["precedence": 4]),
        ]
        let analysis = try await Analysis.of([.accessApplications: [application(policies)]])
        #expect(analysis.policies("policy_id") == ["token3", "bypass4", "allow1", "deny2"])
        #expect(analysis.policies("run_order") == ["1", "2", "3", "4"])
        #expect(analysis.policies("precedence") == ["3", "4", "1", "2"])
    }

    @Test func runsADecisionThatIsNotUnderstoodFirst() async throws {
        let policies = [policy("a", "allow", ["precedence": 1]), policy("b", "teleport", ["precedence": 2])]
        let analysis = try await Analysis.of([.accessApplications: [application(policies)]])
        #expect(analysis.policies("policy_id") == ["b", "a"])
    }

    @Test(
        arguments: [
            ([2, 1, 3], ["p1", "p0", "p2"]), ([nil, nil, nil], ["p0", "p1", "p2"]), ([nil, 1, 2], ["p0", "p1", "p2"]),
            ([5, 5, 4], ["p2", "p0", "p1"]), (["x", 1.5, true], ["p0", "p1", "p2"]),
            ([-1, -2, 0], ["p1", "p0", "p2"]),
        ] as [([JSONValue], [String])]
    )
    func followsPrecedenceThenTheList(precedences: [JSONValue], order: [String]) async throws {
        let policies = precedences.enumerated().map { policy("p\($0)", "allow", ["precedence": $1]) }
        let analysis = try await Analysis.of([.accessApplications: [application(policies)]])
        #expect(analysis.policies("policy_id") == order)
    }

    @Test(arguments: [["p1", "gone"], ["p1", ["id": "gone", "precedence": 2]]] as [[JSONValue]])
    func keepsPoliciesThatAreInNoAnswer(policies: [JSONValue]) async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application(policies)], .accessPolicies: [policy("p1")],
        ])
        #expect(analysis.policies("policy_id") == ["gone", "p1"])
        #expect(analysis.policies("policy_name") == ["null", "p1"])
        #expect(analysis.policies("decision") == ["null", "allow"])
        #expect(analysis.policies("mfa_state") == ["unknown", "not_required"])
        #expect(analysis.policies("session_source") == ["unknown", "default"])
        let sentence = "The policy \"gone\" was in no answer of the API."
        #expect(analysis.policies("mfa_explanation").first == sentence)
        #expect(analysis.policies("session_doubt") == [sentence, "null"])
        #expect(
            analysis.reach("policy_id", "everyone", "one_time_pin") == [
                ["p1", "no", "no"], ["gone", "unknown", "unknown"],
            ]
        )
        #expect(analysis.reach("everyone_explanation").last == [sentence])
    }

    @Test func namesThePlaceOfAPolicyWithoutId() async throws {
        let analysis = try await Analysis.of([.accessApplications: [application([nil, policy()])]])
        #expect(analysis.policies("policy_id") == ["position 0", "p1"])
        #expect(analysis.policies("decision") == ["null", "allow"])
    }

    @Test func listsEveryApplicationOfAReusablePolicy() async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy()], ["id": "a2"]), application([policy()])],
            .accessPolicies: [policy("p1", "allow", ["reusable": true]), policy("unused")],
        ])
        #expect(analysis.policies("application_id") == ["a1", "a2"])
        #expect(analysis.policies("application_type") == ["self_hosted", "self_hosted"])
        #expect(analysis.reach("policy_id") == [["p1"], ["unused"]])
    }
}
