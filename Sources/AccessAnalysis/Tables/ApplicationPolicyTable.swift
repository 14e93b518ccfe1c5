import AuditModel
import SnapshotStore

/// `application_policy`: each application's policies in the order in which Access runs them.
enum ApplicationPolicyTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "application_policy",
                summary:
                    "Applications × policies in run order, with the MFA and session in force for each pair, and what it can match.",
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
                    .init("can_match", "TEXT", "yes, no or unknown: would anybody match it, were it the only policy?"),
                    .init(
                        "shadowed_by",
                        "TEXT",
                        "The first earlier policy that alone covers it; NULL when there is none."
                    ),
                ]
            ),
            derivedFrom: AnalysisCatalogue.sources,
            rows: rows
        )
    }

    static func rows(of analyses: [ApplicationAnalysis], accountID: String) -> [[EvidenceValue]] {
        analyses.flatMap { analysis in
            analysis.policies.map { policy in
                [
                    .text(accountID), .text(analysis.applicationID), .text(analysis.applicationName),
                    .text(analysis.applicationType), .text(policy.policyID), EvidenceValue(policy.policyName),
                    EvidenceValue(policy.decision), policy.precedence.map { .integer(Int64($0)) } ?? .null,
                    .integer(Int64(policy.order)), .text(policy.mfa.state.rawValue), .text(policy.mfa.source.rawValue),
                    .text(policy.mfa.explanation), policy.session?.seconds.map(number) ?? .null,
                    EvidenceValue(policy.session?.source.rawValue), EvidenceValue(policy.session?.text),
                    EvidenceValue(policy.session?.doubt), .text(policy.canMatch.rawValue),
                    EvidenceValue(policy.shadowedBy),
                ]
            }
        }
    }

    private static func number(_ seconds: Double) -> EvidenceValue {
        if seconds >= DurationText.foreverSeconds { return .integer(.max) }
        return .number(seconds)
    }
}
