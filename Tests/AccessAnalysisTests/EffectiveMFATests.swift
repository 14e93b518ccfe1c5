import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

@Suite struct EffectiveMFATests {
    /// One row of the table of Cloudflare's precedence: what the three levels say, and what follows.
    struct Row: Sendable, CustomTestStringConvertible {
        var policy: JSONValue = nil
        var application: JSONValue = nil
        var organization: [String: JSONValue]? = Row.on
        var type: JSONValue = "self_hosted"
        var coverage: [ResourceKind: CoverageStatus] = [:]
        let state: String
        let source: String

        static let methods: JSONValue = ["allowed_authenticators": ["totp", "security_key"]]
        static let on: [String: JSONValue] = ["mfa_config": methods, "mfa_required_for_all_apps": true]
        static let offered: [String: JSONValue] = ["mfa_config": methods, "mfa_required_for_all_apps": false]
        static let off: [String: JSONValue] = [
            "mfa_config": ["allowed_authenticators": []], "mfa_required_for_all_apps": true,
        ]

        var testDescription: String {
            "policy \(policy), application \(application), organization \(organization ?? [:]), \(type): \(state)"
        }
    }

    private static let own: JSONValue = ["mfa_disabled": false, "session_duration": "0m"]
    private static let disabled: JSONValue = ["mfa_disabled": true]

    private static let precedence = [
        Row(state: "required", source: "organization"),
        Row(organization: Row.offered, state: "not_required", source: "none"),
        Row(policy: disabled, application: own, state: "not_required", source: "policy"),
        Row(policy: disabled, application: disabled, state: "not_required", source: "policy"),
        Row(policy: own, application: disabled, organization: Row.offered, state: "required", source: "policy"),
        Row(policy: Row.methods, application: disabled, state: "required", source: "policy"),
        Row(application: disabled, state: "not_required", source: "application"),
        Row(application: own, organization: Row.offered, state: "required", source: "application"),
        Row(policy: [:], application: own, organization: Row.offered, state: "required", source: "application"),
        Row(policy: [:], application: [:], state: "required", source: "organization"),
        Row(policy: ["mfa_disabled": false], state: "required", source: "organization"),
        Row(policy: ["mfa_disabled": false], organization: Row.offered, state: "not_required", source: "none"),
        Row(policy: ["allowed_authenticators": []], state: "unknown", source: "policy"),
        Row(application: ["allowed_authenticators": []], state: "unknown", source: "application"),
        Row(
            policy: ["mfa_disabled": true, "allowed_authenticators": ["totp"]],
            state: "not_required",
            source: "policy"
        ),
    ]

    private static let organizations = [
        Row(organization: Row.off, state: "not_required", source: "organization"),
        Row(organization: [:], state: "not_required", source: "none"),
        Row(organization: ["mfa_required_for_all_apps": true], state: "not_required", source: "organization"),
        Row(policy: own, organization: Row.off, state: "not_required", source: "organization"),
        Row(application: own, organization: [:], state: "not_required", source: "organization"),
        Row(organization: nil, coverage: [.organization: .denied], state: "unknown", source: "organization"),
        Row(
            organization: nil,
            type: "app_launcher",
            coverage: [.organization: .denied],
            state: "not_required",
            source: "none"
        ),
        Row(organization: nil, type: "mcp", coverage: [.organization: .denied], state: "not_required", source: "none"),
        Row(policy: own, organization: nil, coverage: [.organization: .failed], state: "unknown", source: "policy"),
        Row(
            policy: disabled,
            organization: nil,
            coverage: [.organization: .denied],
            state: "not_required",
            source: "policy"
        ),
        Row(organization: nil, coverage: [.organization: .unavailable], state: "not_required", source: "none"),
        Row(
            application: own,
            organization: nil,
            coverage: [.organization: .unavailable],
            state: "not_required",
            source: "organization"
        ),
    ]

    private static let types = [
        Row(type: "infrastructure", state: "required", source: "organization"),
        Row(type: "ssh", state: "required", source: "organization"),
        Row(type: "app_launcher", state: "not_required", source: "none"),
        Row(policy: own, type: "app_launcher", state: "required", source: "policy"),
        Row(type: "mcp", state: "not_required", source: "none"),
        Row(policy: own, type: "mcp", state: "not_required", source: "none"),
        Row(type: "saas", state: "unknown", source: "organization"),
        Row(policy: own, type: "saas", state: "required", source: "policy"),
        Row(organization: Row.offered, type: "saas", state: "not_required", source: "none"),
        Row(type: "hologram", state: "unknown", source: "none"),
        Row(type: nil, state: "unknown", source: "none"),
    ]

    private static let strangeForms = [
        Row(policy: ["mfa_disabled": "yes"], state: "unknown", source: "policy"),
        Row(policy: ["allowed_authenticators": "totp"], state: "unknown", source: "policy"),
        Row(application: ["mfa_disabled": ["no"]], state: "unknown", source: "application"),
        Row(application: ["allowed_authenticators": [7]], state: "unknown", source: "application"),
        Row(
            organization: ["mfa_config": Row.methods, "mfa_required_for_all_apps": "all"],
            state: "unknown",
            source: "organization"
        ),
        Row(
            policy: own,
            organization: ["mfa_config": ["allowed_authenticators": "totp"]],
            state: "unknown",
            source: "organization"
        ),
        Row(policy: "on", organization: Row.offered, state: "unknown", source: "policy"),
    ]

    @Test(arguments: precedence + organizations + types + strangeForms)
    func followsPrecedence(row: Row) async throws {
        let analysis = try await Analysis.of(
            [
                .accessApplications: [
                    application(
                        [policy("p1", "allow", ["mfa_config": row.policy])],
                        ["mfa_config": row.application, "type": row.type]
                    )
                ],
                .organization: row.organization.map { [.object($0)] } ?? [],
            ],
            coverage: row.coverage
        )
        #expect(analysis.policies("mfa_state") == [row.state])
        #expect(analysis.policies("mfa_source") == [row.source])
        #expect(analysis.policies("mfa_explanation").allSatisfy { $0.hasSuffix(".") })
    }

    @Test(arguments: ["deny", "bypass", "non_identity"])
    func demandsNothingOfOtherPolicies(decision: String) async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy("p1", decision)])], .organization: [.object(Row.on)],
        ])
        #expect(analysis.policies("mfa_state") == ["not_required"])
        #expect(analysis.policies("mfa_source") == ["none"])
    }

    @Test(arguments: [
        ("mfa", true), ("otp", true), ("hwk", true), ("swk", true), ("sms", true), ("face", true), ("something", true),
        ("pwd", false), ("pin", false), ("kba", false), ("geo", false), ("rba", false), ("user", false), ("wia", false),
    ])
    func knowsMethodsWithoutASecondFactor(method: String, isDemanded: Bool) async throws {
        let rule: JSONValue = ["auth_method": ["auth_method": .string(method)]]
        #expect(try await demand(["require": [rule]]) == isDemanded)
    }

    private static let mfa: JSONValue = ["auth_method": ["auth_method": "mfa"]]
    private static let ann: JSONValue = ["email": ["email": "ann@example.com"]]

    @Test(
        arguments: [
            (["require": [mfa]], [], true), (["require": [ann, mfa]], [], true), (["exclude": [mfa]], [], false),
            (["include": [mfa]], [], true), (["include": [mfa, mfa]], [], true), (["include": [mfa, ann]], [], false),
            (["include": []], [], false),
            (["require": [member(of: "g1")]], [group("g1", include: [mfa])], true),
            (["require": [member(of: "g1")]], [group("g1", include: [ann], require: [mfa])], true),
            (["require": [member(of: "g1")]], [group("g1", include: [ann, mfa])], false),
            (["require": [member(of: "g1")]], [group("g1", include: [ann], exclude: [mfa])], false),
            (["require": [member(of: "g1")]], [group("g1", include: [])], false),
            (["include": [member(of: "g1"), mfa]], [group("g1", include: [ann], require: [mfa])], true),
            (["include": [member(of: "g1"), ann]], [group("g1", include: [ann], require: [mfa])], false),
            (
                ["require": [member(of: "g1")]],
                [group("g1", include: [member(of: "g2")]), group("g2", include: [ann], require: [mfa])], true
            ),
            (
                ["require": [member(of: "g1")]],
                [
                    group("g1", include: [ann], require: [member(of: "g2")]),
                    group("g2", include: [ann], require: [member(of: "g1"), mfa]),
                ], true
            ),
        ] as [([String: JSONValue], [JSONValue], Bool)]
    )
    func findsTheDemandInRulesAndGroups(blocks: [String: JSONValue], groups: [JSONValue], isDemanded: Bool) async throws
    {
        #expect(try await demand(blocks, groups: groups) == isDemanded)
    }

    @Test(
        arguments: [
            (["require": [member(of: "none")]], [], "unknown"),
            (["require": [member(of: "none"), mfa]], [], "required"),
            (["include": [member(of: "none")]], [], "unknown"),
            (["include": [member(of: "none"), ann]], [], "not_required"),
            (["exclude": [member(of: "none")]], [], "unknown"),
            (["require": [["auth_method": [:]]]], [], "unknown"),
            (["require": [member(of: "g1")]], [group("g1", include: [member(of: "g1")])], "unknown"),
            (["require": [member(of: "g1")]], [group("g1", include: [member(of: "none")])], "unknown"),
            (["require": [member(of: "g1")]], [["id": "g1", "name": "Bare"]], "not_required"),
            (["include": nil], [], "not_required"), (["include": nil, "require": [mfa]], [], "not_required"),
            (["include": nil, "mfa_config": ["allowed_authenticators": ["totp"]]], [], "not_required"),
        ] as [([String: JSONValue], [JSONValue], String)]
    )
    func doesNotKnowWhatGroupsInNoAnswerDemand(
        members: [String: JSONValue],
        groups: [JSONValue],
        state: String
    ) async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy("p1", "allow", members)])], .accessGroups: groups,
            .organization: [.object(Row.offered)],
        ])
        #expect(analysis.policies("mfa_state") == [state])
        let source = state == "not_required" ? "none" : "selector"
        #expect(analysis.policies("mfa_source") == [source])
    }

    @Test func doesNotKnowWhatAnActionThatIsNotUnderstoodDemands() async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy("p1", "teleport")])], .organization: [.object(Row.on)],
        ])
        #expect(analysis.policies("mfa_state") == ["unknown"])
        #expect(analysis.policies("mfa_explanation") == ["The action \"teleport\" of the policy \"p1\" is not known."])
    }

    private func demand(_ blocks: [String: JSONValue], groups: [JSONValue] = []) async throws -> Bool {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy("p1", "allow", blocks)])], .accessGroups: groups,
            .organization: [.object(Row.offered)],
        ])
        let isDemanded = analysis.policies("mfa_state") == ["required"]
        #expect(analysis.policies("mfa_source") == [isDemanded ? "selector" : "none"])
        return isDemanded
    }

    @Test func endsOnBranchingNesting() async throws {
        // Every group names the next one twice in every block: two to the power of 60 ways.
        let groups = (0..<60).map { index in
            let next = [member(of: "g\(index + 1)"), member(of: "g\(index + 1)")]
            return group("g\(index)", include: next, require: next, exclude: next)
        }
        for last in [
            group("g60", include: [Self.mfa]), group("g60", include: [Self.ann]),
            group("g60", include: [member(of: "g0")]),
        ] {
            let analysis = try await Analysis.of([
                .accessApplications: [
                    application([policy("p1", "allow", ["require": [member(of: "g0")]])])
                ],
                .accessGroups: groups + [last],
            ])
            #expect(analysis.policies("mfa_state").count == 1)
        }
    }
}
