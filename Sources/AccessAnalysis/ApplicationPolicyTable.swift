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
                    .init("policy_name", "TEXT", "Its name; NULL for a policy that is in no answer of the API."),
                    .init(
                        "decision",
                        "TEXT",
                        "allow, deny, non_identity or bypass, as the API spells it; NULL when it gave none."
                    ),
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
                        "policy, application, default, device_client or unknown; NULL without session."
                    ),
                    .init("session_text", "TEXT", "The deciding setting as Cloudflare has it."),
                    .init("session_doubt", "TEXT", "Why session_source is unknown, in a sentence; else NULL."),
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
            let links = RunOrder.links(of: application, policies: configuration.policies)
            return links.enumerated().map { place, entry in
                row(entry.link, entry.policy, place: place + 1, application: application, configuration: configuration)
            }
        }
    }

    private static func row(
        _ link: AccessApplication.Link,
        _ policy: AccessPolicy?,
        place: Int,
        application: AccessApplication,
        configuration: AccessConfiguration
    ) -> [EvidenceValue] {
        let mfa =
            policy.map { EffectiveMFA(policy: $0, application: application, configuration: configuration) }
            ?? .unseen(link.policyID)
        let session = session(of: link, application: application, configuration: configuration)
        return [
            .text(configuration.accountID), .text(application.id), .text(application.name), .text(application.type),
            .text(link.policyID), text(policy?.name), text(policy?.decision),
            link.precedence.map { .integer(Int64($0)) } ?? .null, .integer(Int64(place)),
            .text(mfa.state.rawValue), .text(mfa.source.rawValue), .text(mfa.explanation),
            session?.seconds.map(number) ?? .null, text(session?.source), text(session?.text), text(session?.doubt),
        ]
    }

    /// A session in force, or why it is not known.
    private struct Session {
        var seconds: Double?
        var source = "unknown"
        var text: String?
        var doubt: String?
    }

    /// The session in force; `nil` where there is none: only Allow makes one, and infrastructure has none.
    private static func session(
        of link: AccessApplication.Link,
        application: AccessApplication,
        configuration: AccessConfiguration
    ) -> Session? {
        guard application.type != "infrastructure" else { return nil }
        if let doubt = PolicyDoubt.sentence(link.policyID, in: configuration) { return Session(doubt: doubt) }
        guard let policy = configuration.policies[link.policyID], policy.decision == "allow" else { return nil }
        if case .read(let organization) = configuration.organization,
            application.allowsDeviceClientLogin ?? organization.allowsDeviceClientLogin ?? false
        {
            // A device client's session logs in to applications that have nothing but Allow and Block policies.
            let others = application.links.filter { link in
                !["allow", "deny"].contains(configuration.policies[link.policyID]?.decision)
            }
            if others.isEmpty {
                // Without a duration of its own its length is not documented.
                let session = organization.deviceClientSession
                return Session(seconds: session?.seconds, source: "device_client", text: session?.text ?? "not set")
            }
            let doubts = others.compactMap { PolicyDoubt.sentence($0.policyID, in: configuration) }
            if doubts.count == others.count { return Session(doubt: doubts.first) }
        }
        if let session = policy.session {
            return Session(seconds: session.seconds, source: "policy", text: session.text)
        }
        if let session = application.session {
            return Session(seconds: session.seconds, source: "application", text: session.text)
        }
        return Session(seconds: defaultSession.seconds, source: "default", text: defaultSession.text)
    }

    private static func number(_ seconds: Double) -> EvidenceValue {
        if seconds >= DurationText.foreverSeconds { return .integer(.max) }
        return .number(seconds)
    }

    private static func text(_ value: String?) -> EvidenceValue { value.map(EvidenceValue.text) ?? .null }
}

/// What keeps open what a policy does.
enum PolicyDoubt {
    /// Why it is not known what the policy with `id` does, in a sentence; `nil` when its action is known.
    static func sentence(_ id: String, in configuration: AccessConfiguration) -> String? {
        guard let policy = configuration.policies[id] else { return unseen(id) }
        switch policy.decision {
        case "allow", "deny", "non_identity", "bypass": return nil
        case let decision?: return "The action \"\(decision)\" of the policy \"\(policy.name)\" is not known."
        case nil: return "The action of the policy \"\(policy.name)\" was in no answer of the API."
        }
    }

    /// Says that a policy is in no answer.
    static func unseen(_ id: String) -> String { "The policy \"\(id)\" was in no answer of the API." }
}

/// The order in which Access runs an application's policies.
enum RunOrder {
    /// Bypass and Service Auth in list order, then Allow and Block; a policy that was in no answer is `nil`.
    static func links(
        of application: AccessApplication,
        policies: [String: AccessPolicy]
    ) -> [(link: AccessApplication.Link, policy: AccessPolicy?)] {
        var seen: Set<String> = []
        return application.links
            .sorted { $0.position < $1.position }
            .filter { seen.insert($0.policyID).inserted }
            .map { ($0, policies[$0.policyID]) }
            .sorted { left, right in
                (phase(left.1), left.0.precedence ?? left.0.position, left.0.position)
                    < (phase(right.1), right.0.precedence ?? right.0.position, right.0.position)
            }
    }

    /// A decision that is not known may do anything and may run first.
    private static func phase(_ policy: AccessPolicy?) -> Int {
        switch policy?.decision {
        case "allow", "deny": 1
        default: 0
        }
    }
}
