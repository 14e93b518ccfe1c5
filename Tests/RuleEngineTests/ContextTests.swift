import AuditModel
import JSONModel
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

@Suite struct ContextTests {
    private static let applications: [ResourceKind: [JSONValue]] = [
        .accessApplications: [
            ["id": "a1", "name": "Prod console"], ["id": "a2", "name": "Payroll", "tags": ["HR"]],
            ["id": "a3", "name": "Wiki", "tags": ["Privileged"]], ["id": "a4", "name": "Lunch"],
        ]
    ]

    private static func rule(_ message: String, from tables: String, more: String = "") -> SampleRule {
        SampleRule(
            resource: "access_application",
            more: more,
            query: """
                SELECT application.id AS resource_id, application.id AS resource_name, 'fail' AS verdict,
                       \(message) AS message FROM access_application AS application \(tables)
                """
        )
    }

    private static func messages(_ result: AuditResult) -> [String] {
        result.findings.map { "\($0.resource.id): \($0.message)" }.sorted()
    }

    @Test func putsEveryApplicationIntoTheTierThatMattersMost() async throws {
        let rule = Self.rule(
            "tier || ' ' || rank",
            from: "JOIN application_tier ON application_tier.application_id = application.id"
        )
        var audit = Audit(rule, Self.applications)
        #expect(
            Self.messages(try await audit.result()) == [
                "a1: standard 3", "a2: standard 3", "a3: privileged 1", "a4: standard 3",
            ]
        )
        audit.settings.context.tiers = [
            .privileged: TierMembers(names: ["PROD*"]),
            .sensitive: TierMembers(tags: ["hr"], names: ["prod*"], applications: ["a4"]),
        ]
        #expect(
            Self.messages(try await audit.result()) == [
                "a1: privileged 1", "a2: sensitive 2", "a3: standard 3", "a4: sensitive 2",
            ]
        )
    }

    @Test func givesAPolicyTheTierOfTheApplicationThatMattersMost() async throws {
        let policy: JSONValue = ["id": "p1", "decision": "allow", "include": [["everyone": [:]]]]
        let applications: [JSONValue] = ["standard", "privileged"].map {
            ["id": .string($0), "tags": [.string($0)], "policies": [policy]]
        }
        let rule = SampleRule(
            resource: "access_policy",
            query: """
                SELECT policy_id AS resource_id, policy_id AS resource_name, 'fail' AS verdict, tier AS message
                FROM policy_tier
                """
        )
        let result = try await Audit(rule, [.accessApplications: applications]).result()
        #expect(Self.messages(result) == ["p1: privileged"])
    }

    @Test func givesEachTierItsOwnValueOfAParameter() async throws {
        let rule = Self.rule(
            "limits.value || ' ' || :limit",
            from: """
                JOIN application_tier AS tier ON tier.application_id = application.id
                JOIN tier_parameter AS limits ON limits.tier = tier.tier AND limits.name = 'limit'
                """,
            more: "parameters: {limit: {type: integer, default: 10, help: x}}"
        )
        var audit = Audit(rule, Self.applications)
        audit.settings.parameters = [
            "sample": ParameterSettings(values: ["limit": "5"], tiers: [.privileged: ["limit": "1"]])
        ]
        #expect(Self.messages(try await audit.result()) == ["a1: 5 5", "a2: 5 5", "a3: 1 5", "a4: 5 5"])
    }

    @Test func givesAListAsAnArray() async throws {
        let rule = Self.rule(
            "(SELECT group_concat(value, '|') FROM json_each(:hosts))",
            from: "WHERE application.id = 'a1'",
            more: "parameters: {hosts: {type: list, default: [a.example, \"it's\"], help: x}}"
        )
        var audit = Audit(rule, Self.applications)
        #expect(Self.messages(try await audit.result()) == ["a1: a.example|it's"])
        audit.settings.parameters = ["sample": ParameterSettings(values: ["hosts": ""])]
        #expect(try await audit.result().findings.first?.message == "")
    }

    @Test func tellsRulesWhatTheOrganizationSaysOfItself() async throws {
        let rule = Self.rule(
            """
            (SELECT group_concat(domain) FROM own_domain) || ' ' || (SELECT group_concat(email) FROM break_glass_account)
            || ' ' || (SELECT COUNT(*) FROM public_mail_domain WHERE domain IN ('gmail.com', 'post.example'))
            """,
            from: "WHERE application.id = 'a1'"
        )
        var audit = Audit(rule, Self.applications)
        audit.settings.context.ownDomains = ["example.com"]
        audit.settings.context.breakGlassAccounts = ["emergency@example.com"]
        audit.settings.context.publicMailDomains.insert("post.example")
        #expect(Self.messages(try await audit.result()) == ["a1: example.com emergency@example.com 2"])
    }

    /// A public mail domain that only the organization knows opens an application to any mailbox.
    @Test func tellsTheAnalysisWhichMailboxesAnybodyCanHave() async throws {
        let rule = Self.rule(
            "any_mailbox",
            from: "JOIN application_reach ON application_reach.application_id = application.id"
        )
        let application: JSONValue = [
            "id": "a1", "type": "self_hosted",
            "policies": [
                [
                    "id": "p1", "decision": "allow", "precedence": 1,
                    "include": [["email_domain": ["domain": "post.example"]]],
                ]
            ],
        ]
        var audit = Audit(
            rule,
            [.accessApplications: [application], .identityProviders: [["id": "i1", "type": "onetimepin"]]]
        )
        #expect(Self.messages(try await audit.result()) == ["a1: no"])
        audit.settings.context.publicMailDomains.insert("post.example")
        #expect(Self.messages(try await audit.result()) == ["a1: yes"])
    }

    @Test func letsTheOrganizationSetASeverity() async throws {
        let rule = SampleRule(query: SampleRule.everyGroup(more: ", 'critical' AS severity"))
        var audit = Audit(rule, [.accessGroups: [["id": "g1"]]])
        #expect(try await audit.result().findings.map(\.severity) == [.critical])
        audit.settings.severities = ["sample": .info]
        let result = try await audit.result()
        #expect(result.findings.map(\.severity) == [.info])
        #expect(result.rules.map(\.metadata.severity) == [.info])
    }

    @Test func knowsThatTheTierOfAnUnreadApplicationIsNotKnown() async throws {
        let rule = SampleRule(
            query: SampleRule.everyGroup("'pass'") + " WHERE (SELECT COUNT(*) FROM application_tier) >= 0"
        )
        let audit = Audit(rule, [.accessGroups: [["id": "g1"]]], coverage: [.accessApplications: .denied])
        #expect(try await audit.result().verdicts == ["g1: unknown"])
    }
}
