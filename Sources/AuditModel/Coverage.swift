/// How completely one resource kind was read in one account (or zone).
package enum CoverageStatus: String, CaseIterable, Codable, Sendable {
    /// Everything the API has was read.
    case complete
    /// Some of it was read; there may be more.
    case partial
    /// The token lacks the permission.
    case denied
    /// The feature is not on this account: there is nothing to read, and that is known.
    case unavailable
    /// The API could not be made to answer.
    case failed

    /// Whether rules may rely on what is there: all of it was read, or there is nothing.
    package var isReliable: Bool { self == .complete || self == .unavailable }
}

/// What was read of one resource kind, and why the rest was not.
///
/// One row of the snapshot's `coverage` table.
package struct CoverageEntry: Codable, Sendable, Hashable {
    /// Account that was read.
    package var accountID: String
    /// Zone that was read; `nil` at account level.
    package var zoneID: String?
    /// Resource kind of the catalogue, such as `access_applications`.
    package var kind: String
    /// Snapshot table that the kind fills, such as `access_application`.
    package var table: String
    /// How completely it was read.
    package var status: CoverageStatus
    /// HTTP status of the answer that ended the reading badly; `nil` when none did.
    package var httpStatus: Int?
    /// Cloudflare's error code in that answer.
    package var errorCode: Int?
    /// API token permission that the kind needs, in Cloudflare's words.
    package var permission: String
    /// Why it is not complete, in a sentence; `nil` when it is.
    package var reason: String?
    /// Rows stored.
    package var rowCount: Int
    /// Total that the API reported; `nil` when it reported none.
    package var reportedTotal: Int?

    /// Creates an entry from its members.
    package init(
        accountID: String,
        zoneID: String? = nil,
        kind: String,
        table: String,
        status: CoverageStatus,
        httpStatus: Int? = nil,
        errorCode: Int? = nil,
        permission: String,
        reason: String? = nil,
        rowCount: Int,
        reportedTotal: Int? = nil
    ) {
        self.accountID = accountID
        self.zoneID = zoneID
        self.kind = kind
        self.table = table
        self.status = status
        self.httpStatus = httpStatus
        self.errorCode = errorCode
        self.permission = permission
        self.reason = reason
        self.rowCount = rowCount
        self.reportedTotal = reportedTotal
    }

    private enum CodingKeys: String, CodingKey {
        case accountID = "account_id"
        case zoneID = "zone_id"
        case kind, table, status
        case httpStatus = "http_status"
        case errorCode = "error_code"
        case permission, reason
        case rowCount = "row_count"
        case reportedTotal = "reported_total"
    }
}
