package import AuditModel

/// The one row of `snapshot_info`: who collected what, when and with which token.
package struct SnapshotInfo: Sendable, Hashable {
    /// Version of the tables; raised when a column changes its meaning or goes away.
    package static let currentSchemaVersion = 1

    package var toolVersion: String
    package var schemaVersion: Int
    /// `partial` until the collection ran to its end.
    package var status: SnapshotSummary.Status
    /// RFC 3339, UTC.
    package var startedAt: String
    /// When a collection that had been interrupted went on, RFC 3339, UTC; `nil` when it was made in one go.
    package var resumedAt: String?
    /// RFC 3339, UTC; `nil` when the collection did not end.
    package var finishedAt: String?
    /// Base URL of the API.
    package var apiBase: String
    /// Cloudflare's id of the API token; `nil` for a Global API Key, and never the token.
    package var tokenID: String?
    /// `user token`, `account token` or `global key`.
    package var tokenScope: String
    /// When the token ends, RFC 3339, UTC; `nil` when it never does or that is not known.
    package var tokenExpiresAt: String?
    /// The token's own policies as the API lists them, JSON: permission groups, and the resources to which they apply.
    ///
    /// `nil` when the token may not read its own details. A granular policy makes the API leave objects out of lists
    /// without a word, so this is part of the evidence.
    package var tokenPolicies: String?
    /// SHA-256 over the collected objects, hexadecimal; `nil` when the collection did not end.
    package var contentDigest: String?
    /// What was replaced before the snapshot was shared; `nil` for a snapshot as it was collected.
    package var redaction: Redaction?

    /// Describes a collection that begins.
    package init(toolVersion: String, startedAt: String, apiBase: String, tokenID: String?, tokenScope: String) {
        self.toolVersion = toolVersion
        schemaVersion = Self.currentSchemaVersion
        status = .partial
        self.startedAt = startedAt
        self.apiBase = apiBase
        self.tokenID = tokenID
        self.tokenScope = tokenScope
    }
}
