import AuditModel
import SnapshotStore

/// `application_policy`: each application's policies in the order in which Access runs them.
enum ApplicationPolicyTable {
    /// Default of an application's session (Session management, "Application session duration").
    private static let defaultSession = (text: "24h", seconds: 86400.0)

    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "application_policy",
                summary: "Applications × policies in run order, with the MFA and session in force for each pair.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("application_id", "TEXT", "Application."),
                    .init("application_name", "TEXT", "Its name."),
                    .init("application_type", "TEXT", "Its type."),
                    .init("policy_id", "TEXT", "Policy."),
                    .init("policy_name", "TEXT", "Its name."),
                    .init("decision", "TEXT", "allow, deny, non_identity or bypass, as the API spells it."),
                    .init("precedence", "INTEGER", "Precedence in the application's list."),
                    .init("run_order", "INTEGER", "Place in which Access runs it: Bypass and Service Auth come first."),
                    .init("mfa_state", "TEXT", "required, not_required or unknown: is a second factor demanded?"),
                    .init("mfa_source", "TEXT", "selector, policy, application, organization or none."),
                    .init("mfa_explanation", "TEXT", "Why, in a sentence."),
                    .init(
                        "session_seconds",
                        "NUMERIC",
                        "Session in force; NULL where there is none or it is not understood, 9223372036854775807 for ever."
                    ),
                    .init(
                        "session_source",
                        "TEXT",
                        "policy, application, default or device_client; NULL without session."
                    ),
                    .init("session_text", "TEXT", "The deciding setting as Cloudflare has it."),
                ]
            ),
            derivedFrom: [
                "access_application", "access_group", "access_policy", "organization",
            ],
            rows: rows
        )
    }

    static func rows(of configuration: AccessConfiguration) -> [[EvidenceValue]] {
        configuration.applications.flatMap { application in
            RunOrder.links(of: application, policies: configuration.policies).enumerated().map { place, entry in
                row(entry.policy, entry.link, place: place + 1, application: application, configuration: configuration)
            }
        }
    }

    private static func row(
        _ policy: AccessPolicy,
        _ link: AccessApplication.Link,
        place: Int,
        application: AccessApplication,
        configuration: AccessConfiguration
    ) -> [EvidenceValue] {
        let mfa = EffectiveMFA(policy: policy, application: application, configuration: configuration)
        let session = session(of: policy, application: application, organization: configuration.organization)
        return [
            .text(configuration.accountID), .text(application.id), .text(application.name), .text(application.type),
            .text(policy.id), .text(policy.name), .text(policy.decision),
            link.precedence.map { .integer(Int64($0)) } ?? .null, .integer(Int64(place)),
            .text(mfa.state.rawValue), .text(mfa.source.rawValue), .text(mfa.explanation),
            session?.seconds.map(number) ?? .null, session.map { .text($0.source) } ?? .null,
            session.map { .text($0.text) } ?? .null,
        ]
    }

    /// The session in force; `nil` where there is none: only Allow makes one, and infrastructure has none.
    private static func session(
        of policy: AccessPolicy,
        application: AccessApplication,
        organization: OrganizationState
    ) -> (seconds: Double?, source: String, text: String)? {
        guard policy.decision == "allow", application.type != "infrastructure" else { return nil }
        if case .read(let organization) = organization,
            application.allowsDeviceClientLogin ?? organization.allowsDeviceClientLogin ?? false
        {
            // Without a duration of its own its length is not documented.
            return (
                organization.deviceClientSession?.seconds, "device_client", organization.deviceClientSession?.text ?? ""
            )
        }
        if let session = policy.session { return (session.seconds, "policy", session.text) }
        if let session = application.session { return (session.seconds, "application", session.text) }
        return (defaultSession.seconds, "default", defaultSession.text)
    }

    private static func number(_ seconds: Double) -> EvidenceValue {
        if seconds >= DurationText.foreverSeconds { return .integer(.max) }
        return .number(seconds)
    }
}

/// The order in which Access runs an application's policies.
enum RunOrder {
    /// Bypass and Service Auth in list order, then Allow and Block; a policy that was not read is left out.
    static func links(
        of application: AccessApplication,
        policies: [String: AccessPolicy]
    ) -> [(link: AccessApplication.Link, policy: AccessPolicy)] {
        var seen: Set<String> = []
        return application.links
            .sorted { $0.position < $1.position }
            .filter { seen.insert($0.policyID).inserted }
            .compactMap { link in policies[link.policyID].map { (link, $0) } }
            .sorted { left, right in
                (phase(left.1), left.0.precedence ?? left.0.position, left.0.position)
                    < (phase(right.1), right.0.precedence ?? right.0.position, right.0.position)
            }
    }

    /// A decision that is not understood may do anything and may run first.
    private static func phase(_ policy: AccessPolicy) -> Int {
        switch policy.decision {
        case "allow", "deny": 1
        default: 0
        }
    }
}
