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
    /// API token permission that the table needs.
    package var permission: String

    /// Creates a gap from its members.
    package init(accountID: String, table: String, status: CoverageStatus, permission: String) {
        self.accountID = accountID
        self.table = table
        self.status = status
        self.permission = permission
    }

    private enum CodingKeys: String, CodingKey {
        case accountID = "account_id"
        case table, status, permission
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
