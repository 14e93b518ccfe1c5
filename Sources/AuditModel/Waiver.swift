/// A decision to live with what a rule found, for a time; as the configuration states it.
package struct Waiver: Codable, Sendable, Hashable {
    /// Id of the rule.
    package var ruleID: String
    /// Cloudflare's id of the resource; set exactly when `resourceName` is not.
    package var resourceID: String?
    /// Pattern on the resource's name, with `*` for any text.
    package var resourceName: String?
    /// Account of the resource; `nil` for every account.
    package var accountID: String?
    /// Detail key that a finding must have; `nil` for every finding about the resource.
    package var detailKey: String?
    /// Why the finding is accepted.
    package var reason: String
    /// Who answers for it.
    package var owner: String
    /// First day on which it works, `YYYY-MM-DD`, UTC; `nil` when it always did.
    package var granted: String?
    /// Last day on which it works, to its end in UTC, `YYYY-MM-DD`.
    package var expires: String
    /// Evidence digest that a finding must have; `nil` when the evidence does not matter.
    package var evidenceDigest: String?
    /// Where it stands, such as `ztaudit.yaml:12`.
    package var place: String

    /// Creates a waiver from its members.
    package init(
        ruleID: String,
        resourceID: String? = nil,
        resourceName: String? = nil,
        accountID: String? = nil,
        detailKey: String? = nil,
        reason: String,
        owner: String,
        granted: String? = nil,
        expires: String,
        evidenceDigest: String? = nil,
        place: String
    ) {
        self.ruleID = ruleID
        self.resourceID = resourceID
        self.resourceName = resourceName
        self.accountID = accountID
        self.detailKey = detailKey
        self.reason = reason
        self.owner = owner
        self.granted = granted
        self.expires = expires
        self.evidenceDigest = evidenceDigest
        self.place = place
    }

    // The words of the configuration, so that readers find again what they wrote.
    private enum CodingKeys: String, CodingKey {
        case ruleID = "rule"
        case resourceID = "resource"
        case resourceName = "resource_name"
        case accountID = "account"
        case detailKey = "detail_key"
        case reason, owner, granted, expires
        case evidenceDigest = "evidence_digest"
        case place
    }
}

/// What became of a waiver.
package enum WaiverStatus: String, CaseIterable, Codable, Sendable {
    /// It works.
    case active
    /// It works, and will not for long.
    case expiring
    /// Its last day is over.
    case expired
    /// Its first day has not come.
    case pending
    /// Nothing that failed is what it names.
    case unmatched
    /// What it names failed with other evidence than it was granted for.
    case evidenceChanged = "evidence_changed"
    /// What it names is `unknown`, which no waiver can hide.
    case undecided
    /// Its rule was not evaluated, or its account was not audited.
    case notEvaluated = "not_evaluated"
    /// The configuration forbids waiving the rule.
    case forbidden
    /// It is granted for longer than the configuration allows.
    case tooLong = "too_long"

    /// Whether it keeps findings from counting.
    package var isInForce: Bool { self == .active || self == .expiring }

    /// Whether somebody should do something about it.
    package var needsAttention: Bool {
        switch self {
        case .active, .pending, .notEvaluated: false
        case .expiring, .expired, .unmatched, .evidenceChanged, .undecided, .forbidden, .tooLong: true
        }
    }
}

/// A waiver with what became of it.
package struct WaiverOutcome: Codable, Sendable, Hashable {
    package var waiver: Waiver
    package var status: WaiverStatus
    /// Fails that it matches, whether it keeps them from counting or not.
    package var findings: Int
    /// What became of it, in a sentence or two.
    package var message: String

    /// Creates an outcome from its members.
    package init(waiver: Waiver, status: WaiverStatus, findings: Int, message: String) {
        self.waiver = waiver
        self.status = status
        self.findings = findings
        self.message = message
    }
}

/// What a finding says of the waiver that keeps it from counting.
package struct Acceptance: Codable, Sendable, Hashable {
    /// Why the finding is accepted.
    package var reason: String
    /// Who answers for it.
    package var owner: String
    /// Last day of the waiver, `YYYY-MM-DD`, UTC.
    package var expires: String

    /// Creates an acceptance from its members.
    package init(reason: String, owner: String, expires: String) {
        self.reason = reason
        self.owner = owner
        self.expires = expires
    }
}
