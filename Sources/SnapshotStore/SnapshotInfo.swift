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
    /// RFC 3339, UTC; `nil` when the collection did not end.
    package var finishedAt: String?
    /// Base URL of the API.
    package var apiBase: String
    /// Cloudflare's id of the API token; `nil` for a Global API Key, and never the token.
    package var tokenID: String?
    /// `user token`, `account token` or `global key`, and what else is known of its reach.
    package var tokenScope: String
    /// SHA-256 over the collected objects, hexadecimal; `nil` when the collection did not end.
    package var contentDigest: String?

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
