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

    /// How bad it is, from 0: what the reader can do something about counts as worse.
    private var badness: Int {
        switch self {
        case .unavailable: 0
        case .complete: 1
        case .partial: 2
        case .failed: 3
        case .denied: 4
        }
    }

    /// Whether less is known with `self` than with `other`.
    func isWorse(than other: CoverageStatus) -> Bool { badness > other.badness }
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

    /// The entries of each kind and account as one, which tells how many zones lack something instead of naming them.
    ///
    /// - Parameter entries: Those of a kind: at account level, and one for each zone.
    /// - Returns: One for each account and kind, sorted by account and kind, with the worst status.
    package static func mergingZones(_ entries: [CoverageEntry]) -> [CoverageEntry] {
        Dictionary(grouping: entries) { [$0.accountID, $0.kind] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .compactMap { merged($0.value) }
    }

    /// The entries of one kind in one account as one; `nil` when there are none.
    package static func merged(_ entries: [CoverageEntry]) -> CoverageEntry? {
        guard var result = worst(entries) else { return nil }
        result.zoneID = nil
        result.rowCount = entries.reduce(0) { $0 + $1.rowCount }
        if entries.contains(where: { $0.reportedTotal != nil }) {
            result.reportedTotal = entries.reduce(0) { $0 + ($1.reportedTotal ?? $1.rowCount) }
        }
        let zones = entries.filter { $0.zoneID != nil }
        let affected = zones.count { !$0.status.isReliable }
        if affected > 0, let reason = result.reason {
            let place =
                entries.contains { $0.zoneID == nil && !$0.status.isReliable } ? "At account level and in" : "In"
            result.reason = "\(place) \(affected) of \(zones.count) zone\(zones.count == 1 ? "" : "s"): \(reason)"
        }
        return result
    }

    /// The first of the entries with the worst status.
    private static func worst(_ entries: [CoverageEntry]) -> CoverageEntry? {
        entries.first.map { first in
            entries.reduce(first) { $1.status.isWorse(than: $0.status) ? $1 : $0 }
        }
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
