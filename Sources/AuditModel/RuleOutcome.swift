/// What became of a rule as a whole.
package enum RuleStatus: String, CaseIterable, Codable, Sendable {
    /// It ran and looked at something, or had too little data to.
    case evaluated
    /// It ran, its data was complete, and there was nothing to look at.
    case nothingExamined = "nothing_examined"
    /// It broke; nothing is known from it.
    case error
}

/// Data that a rule needed and that was not completely read.
package struct DataGap: Codable, Sendable, Hashable {
    /// Account in which it is missing.
    package var accountID: String
    /// Snapshot table.
    package var table: String
    /// How far it was read.
    package var status: CoverageStatus
    /// API token permission that is missing or that the table needs.
    package var permission: String
    /// Zones in which it is missing; `nil` when it is missing at account level.
    package var zoneCount: Int?
    /// Resource kind that nobody asked to collect, such as `access_user_sessions`; `nil` when it was to be read.
    package var optionalKind: String?

    /// Creates a gap from its members.
    package init(
        accountID: String,
        table: String,
        status: CoverageStatus,
        permission: String,
        zoneCount: Int? = nil,
        optionalKind: String? = nil
    ) {
        self.accountID = accountID
        self.table = table
        self.status = status
        self.permission = permission
        self.zoneCount = zoneCount
        self.optionalKind = optionalKind
    }

    /// What is missing and what would help, as a clause.
    package var explanation: String {
        if let option { return "the table \(table) was not collected: it is read only when asked for with \(option)" }
        let zones = zoneCount.map { " in \($0) zone\($0 == 1 ? "" : "s")" } ?? ""
        return switch status {
        case .denied: "the table \(table) could not be read\(zones): the token lacks the permission \"\(permission)\""
        case .partial: "the table \(table) was read in part only\(zones)"
        case .failed:
            "the table \(table) could not be read\(zones): the API did not answer, or the collection ended before it"
        case .complete, .unavailable: "the table \(table) was read"
        }
    }

    /// The option that has the table collected; `nil` when it was to be read.
    package var option: String? { optionalKind.map { "--include \($0)" } }

    private enum CodingKeys: String, CodingKey {
        case accountID = "account_id"
        case table, status, permission
        case zoneCount = "zone_count"
        case optionalKind = "optional_kind"
    }
}

/// A rule with all that it said, apart from its findings.
package struct RuleOutcome: Codable, Sendable, Hashable {
    /// The rule.
    package var metadata: RuleMetadata
    /// What became of it.
    package var status: RuleStatus
    /// Verdicts by kind.
    ///
    /// `fail` counts every state; findings of the rule carry the states.
    package var counts: VerdictCounts
    /// What passed, sorted by account, id and detail key.
    package var passed: [PassedResource]
    /// Data it lacked, sorted by account and table; empty when it had all.
    package var gaps: [DataGap]
    /// What broke; set exactly when `status` is `error`.
    package var error: String?

    /// Creates an outcome from its members.
    package init(
        metadata: RuleMetadata,
        status: RuleStatus,
        counts: VerdictCounts,
        passed: [PassedResource],
        gaps: [DataGap] = [],
        error: String? = nil
    ) {
        self.metadata = metadata
        self.status = status
        self.counts = counts
        self.passed = passed
        self.gaps = gaps
        self.error = error
    }
}

/// How often each verdict was given.
package struct VerdictCounts: Codable, Sendable, Hashable {
    package var pass: Int
    package var fail: Int
    package var unknown: Int

    /// Creates counts; zero unless said.
    package init(pass: Int = 0, fail: Int = 0, unknown: Int = 0) {
        self.pass = pass
        self.fail = fail
        self.unknown = unknown
    }
}
