import AuditModel
import SnapshotStore

/// `tunnel_hostname`: whether Access guards what a tunnel publishes.
enum TunnelHostnameTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "tunnel_hostname",
                summary:
                    "The ingress rules of tunnels, and whether Access applications guard the requests that they take.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("tunnel_id", "TEXT", "Tunnel."),
                    .init("position", "INTEGER", "Place of the ingress rule, as in tunnel_ingress_rule."),
                    .init("hostname", "TEXT", "As the API sent it; NULL for the rule that takes the rest."),
                    .init("path", "TEXT", "The same: a regular expression; NULL for every path."),
                    .init(
                        "covered",
                        "TEXT",
                        "yes, no or unknown: do applications guard every request that the rule takes?"
                    ),
                    .init("explanation", "TEXT", "Why, in a sentence."),
                    .init(
                        "application_id",
                        "TEXT",
                        "The application that guards all of it, the most specific one; NULL when there is none."
                    ),
                    .init(
                        "unmatched_denied",
                        "TEXT",
                        "yes, no or unknown: does the organization deny requests for the hostname that no application guards?"
                    ),
                ]
            ),
            derivedFrom: TunnelHostname.sources,
            rows: rows
        )
    }

    static func rows(of hostnames: [TunnelHostname], accountID: String) -> [[EvidenceValue]] {
        hostnames.map { hostname in
            [
                .text(accountID), .text(hostname.rule.tunnelID), .integer(hostname.rule.position),
                EvidenceValue(hostname.rule.hostname), EvidenceValue(hostname.rule.path),
                .text(hostname.covered.rawValue), .text(hostname.explanation), EvidenceValue(hostname.wholly.first),
                .text(hostname.isUnmatchedDenied.rawValue),
            ]
        }
    }
}

/// `tunnel_hostname_application`: which applications guard what a tunnel publishes.
enum TunnelHostnameApplicationTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "tunnel_hostname_application",
                summary: "The applications that guard the requests of an ingress rule, or a part of them.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("tunnel_id", "TEXT", "Tunnel."),
                    .init("position", "INTEGER", "Place of the ingress rule, as in tunnel_ingress_rule."),
                    .init("application_id", "TEXT", "Application."),
                    .init(
                        "whole",
                        "INTEGER",
                        "1 when it guards every request of the rule; 0 when some, or maybe none."
                    ),
                ]
            ),
            derivedFrom: TunnelHostname.sources,
            rows: rows
        )
    }

    static func rows(of hostnames: [TunnelHostname], accountID: String) -> [[EvidenceValue]] {
        hostnames.flatMap { hostname in
            (hostname.wholly.map { ($0, 1) } + hostname.partly.map { ($0, 0) }).map { applicationID, whole in
                [
                    .text(accountID), .text(hostname.rule.tunnelID), .integer(hostname.rule.position),
                    .text(applicationID), .integer(Int64(whole)),
                ]
            }
        }
    }
}

extension TunnelHostname {
    /// Snapshot tables without which nothing surely guards, or leaves open, what a tunnel publishes.
    fileprivate static let sources = ["access_application", "organization", "tunnel_configuration"]
}
