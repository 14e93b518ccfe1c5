/// The resource that a verdict is about.
package struct Resource: Codable, Sendable, Hashable {
    /// Snapshot table, such as `access_policy`.
    package var type: String
    /// Cloudflare's id; `*` stands for the resources that could not be read.
    package var id: String
    /// Name given by people: hostile text.
    package var name: String

    /// Creates a resource from its members.
    package init(type: String, id: String, name: String) {
        self.type = type
        self.id = id
        self.name = name
    }

    /// Id of the stand-in for resources that could not be read.
    package static let unreadID = "*"
}

/// Why a verdict is `unknown`.
package enum UnknownReason: String, CaseIterable, Codable, Sendable {
    /// Data that the rule needs could not be read; the audit is incomplete.
    case coverage
    /// The data was read, but does not settle the question.
    case undecided
}

/// One resource that failed a rule, or of which the rule could not tell.
package struct Finding: Codable, Sendable, Hashable {
    /// Hash of rule id, account id, resource id and detail key: stable across runs, renames and wording.
    package var fingerprint: String
    /// Hash of the evidence: changes when the facts do.
    package var evidenceDigest: String
    /// Rule that said so.
    package var ruleID: String
    /// Severity in force for this resource.
    package var severity: Severity
    /// `fail` or `unknown`.
    package var verdict: Verdict
    /// Whether it counts at the gate.
    package var state: FindingState
    /// The waiver that keeps it from counting; set exactly when `state` is `waived`.
    package var waiver: Acceptance?
    /// How it compares with the baseline; `nil` without one, and on every `unknown`.
    package var change: FindingChange?
    /// Account of the resource.
    package var accountID: String
    /// Resource that the verdict is about.
    package var resource: Resource
    /// Tells apart several findings about one resource; `nil` when there can be only one.
    package var detailKey: String?
    /// One sentence about this resource.
    package var message: String
    /// Set on every `unknown` and on nothing else.
    package var unknownReason: UnknownReason?
    /// The facts, by column name of the rule's query.
    package var evidence: [String: EvidenceValue]

    /// Creates a finding from its members.
    package init(
        fingerprint: String,
        evidenceDigest: String,
        ruleID: String,
        severity: Severity,
        verdict: Verdict,
        state: FindingState = .open,
        waiver: Acceptance? = nil,
        change: FindingChange? = nil,
        accountID: String,
        resource: Resource,
        detailKey: String? = nil,
        message: String,
        unknownReason: UnknownReason? = nil,
        evidence: [String: EvidenceValue]
    ) {
        self.fingerprint = fingerprint
        self.evidenceDigest = evidenceDigest
        self.ruleID = ruleID
        self.severity = severity
        self.verdict = verdict
        self.state = state
        self.waiver = waiver
        self.change = change
        self.accountID = accountID
        self.resource = resource
        self.detailKey = detailKey
        self.message = message
        self.unknownReason = unknownReason
        self.evidence = evidence
    }

    private enum CodingKeys: String, CodingKey {
        case fingerprint
        case evidenceDigest = "evidence_digest"
        case ruleID = "rule_id"
        case severity, verdict, state, waiver, change
        case accountID = "account_id"
        case resource
        case detailKey = "detail_key"
        case message
        case unknownReason = "unknown_reason"
        case evidence
    }
}

extension Finding {
    /// Whether `self` comes before `other`: by severity, verdict (fail first), rule, account and resource.
    package func comesBefore(_ other: Finding) -> Bool {
        if severity != other.severity { return severity < other.severity }
        if verdict != other.verdict { return verdict == .fail }
        return [ruleID, accountID, resource.name, resource.id, detailKey ?? ""]
            .lexicographicallyPrecedes(
                [other.ruleID, other.accountID, other.resource.name, other.resource.id, other.detailKey ?? ""]
            )
    }
}

/// A resource that passed a rule.
package struct PassedResource: Codable, Sendable, Hashable {
    /// Account of the resource.
    package var accountID: String
    /// Cloudflare's id.
    package var id: String
    /// Name given by people: hostile text.
    package var name: String
    /// Tells apart several verdicts about one resource.
    package var detailKey: String?

    /// Creates an entry from its members.
    package init(accountID: String, id: String, name: String, detailKey: String? = nil) {
        self.accountID = accountID
        self.id = id
        self.name = name
        self.detailKey = detailKey
    }

    private enum CodingKeys: String, CodingKey {
        case accountID = "account_id"
        case id, name
        case detailKey = "detail_key"
    }
}
