/// What a later audit is compared with: the fails of an earlier one, and the rules that found them.
///
/// Its JSON form has the members of an ``AuditResult`` that it needs, under the same names, so that every saved result
/// is a baseline too. `report-templates/json/baseline.schema.json` describes it.
package struct Baseline: Codable, Sendable, Hashable {
    /// The audit that it comes from.
    package struct Source: Codable, Sendable, Hashable {
        /// Time at which the rules were evaluated, RFC 3339, UTC.
        package var evaluatedAt: String
        /// SHA-256 over the collected objects; `nil` when the collection did not end.
        package var contentDigest: String?

        private enum CodingKeys: String, CodingKey {
            case evaluatedAt = "evaluated_at"
            case contentDigest = "content_digest"
        }
    }

    /// A rule that was evaluated.
    package struct Rule: Codable, Sendable, Hashable {
        /// What is needed of the rule's own words.
        package struct Metadata: Codable, Sendable, Hashable {
            package var id: String
            package var version: Int
        }

        package var metadata: Metadata
    }

    /// A resource that failed.
    package struct Fail: Codable, Sendable, Hashable {
        package var fingerprint: String
        package var evidenceDigest: String
        package var ruleID: String
        package var severity: Severity
        /// Always `fail`.
        package var verdict: Verdict
        package var state: FindingState
        package var accountID: String
        package var resource: Resource
        package var detailKey: String?

        private enum CodingKeys: String, CodingKey {
            case fingerprint
            case evidenceDigest = "evidence_digest"
            case ruleID = "rule_id"
            case severity, verdict, state
            case accountID = "account_id"
            case resource
            case detailKey = "detail_key"
        }
    }

    /// Version of the JSON form, that of ``AuditResult``.
    package var schemaVersion: Int
    /// The audit that it comes from.
    package var snapshot: Source
    /// Audited accounts.
    package var accounts: [Account]
    /// Every rule that was selected.
    package var rules: [Rule]
    /// What failed, in the order of the result.
    package var findings: [Fail]

    private enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case snapshot, accounts, rules, findings
    }
}

extension Baseline {
    /// Takes what is needed out of a result.
    package init(_ result: AuditResult) {
        schemaVersion = result.schemaVersion
        snapshot = Source(evaluatedAt: result.snapshot.evaluatedAt, contentDigest: result.snapshot.contentDigest)
        accounts = result.accounts
        rules = result.rules.map { Rule(metadata: .init(id: $0.metadata.id, version: $0.metadata.version)) }
        findings = result.findings.filter { $0.verdict == .fail }.map { finding in
            Fail(
                fingerprint: finding.fingerprint,
                evidenceDigest: finding.evidenceDigest,
                ruleID: finding.ruleID,
                severity: finding.severity,
                verdict: finding.verdict,
                state: finding.state,
                accountID: finding.accountID,
                resource: finding.resource,
                detailKey: finding.detailKey
            )
        }
    }

    /// Fails that nobody waived, by severity; every severity is present.
    package var openBySeverity: [String: Int] {
        let open = findings.filter { $0.state != .waived }
        return Dictionary(
            uniqueKeysWithValues: Severity.allCases.map { severity in
                (severity.rawValue, open.count { $0.severity == severity })
            }
        )
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        schemaVersion = try container.decode(Int.self, forKey: .schemaVersion)
        snapshot = try container.decode(Source.self, forKey: .snapshot)
        accounts = try container.decode([Account].self, forKey: .accounts)
        rules = try container.decode([Rule].self, forKey: .rules)
        // What was unknown then was no known fail.
        findings = try container.decode([Fail].self, forKey: .findings).filter { $0.verdict == .fail }
    }
}

/// How a fail compares with the baseline.
package enum FindingChange: String, CaseIterable, Codable, Sendable {
    /// The baseline does not have it.
    case new
    /// Its severity rose.
    case worse
    /// Its evidence is another and its severity no lower: whether that is worse, only people can tell.
    case changed
    /// It was waived in the baseline and is not any more.
    case unwaived
    /// It is in the baseline, as bad as now or worse.
    case known
    /// The rule has another version than in the baseline: it may have failed there too, had it been asked the same.
    case ruleChanged = "rule_changed"

    /// Whether it fails the gate unless a waiver matches.
    package var counts: Bool {
        switch self {
        case .new, .worse, .changed, .unwaived: true
        case .known, .ruleChanged: false
        }
    }
}

/// How a result compares with a baseline.
package struct BaselineComparison: Codable, Sendable, Hashable {
    /// When the baseline's rules were evaluated, RFC 3339, UTC.
    package var evaluatedAt: String
    /// Content digest of the baseline's snapshot; `nil` when its collection did not end.
    package var contentDigest: String?
    /// Fails of the baseline that nobody had waived, by severity; every severity is present.
    ///
    /// `nil` in results that were saved before they had it.
    package var openBySeverity: [String: Int]?
    /// Fails that are not waived, by change; every change is present.
    package var failsByChange: [String: Int]
    /// Fails of the baseline that are no fails now, in the baseline's order.
    package var resolved: [PastFinding]
    /// Fails of the baseline of which this audit cannot tell, in the baseline's order.
    package var undecided: [PastFinding]
    /// Ids of audited accounts that the baseline does not have, sorted.
    package var accountsWithoutBaseline: [String]

    /// Creates a comparison from its members.
    package init(
        evaluatedAt: String,
        contentDigest: String?,
        openBySeverity: [String: Int]?,
        failsByChange: [String: Int],
        resolved: [PastFinding],
        undecided: [PastFinding],
        accountsWithoutBaseline: [String]
    ) {
        self.evaluatedAt = evaluatedAt
        self.contentDigest = contentDigest
        self.openBySeverity = openBySeverity
        self.failsByChange = failsByChange
        self.resolved = resolved
        self.undecided = undecided
        self.accountsWithoutBaseline = accountsWithoutBaseline
    }

    private enum CodingKeys: String, CodingKey {
        case evaluatedAt = "evaluated_at"
        case contentDigest = "content_digest"
        case openBySeverity = "open_by_severity"
        case failsByChange = "fails_by_change"
        case resolved, undecided
        case accountsWithoutBaseline = "accounts_without_baseline"
    }
}

/// A fail of the baseline that is no fail now.
package struct PastFinding: Codable, Sendable, Hashable {
    package var fingerprint: String
    package var ruleID: String
    /// Severity in the baseline.
    package var severity: Severity
    package var accountID: String
    /// The resource as the baseline names it.
    package var resource: Resource
    package var detailKey: String?
    /// What became of it, in a sentence.
    package var message: String

    /// Creates an entry from what the baseline says.
    package init(_ fail: Baseline.Fail, message: String) {
        fingerprint = fail.fingerprint
        ruleID = fail.ruleID
        severity = fail.severity
        accountID = fail.accountID
        resource = fail.resource
        detailKey = fail.detailKey
        self.message = message
    }

    private enum CodingKeys: String, CodingKey {
        case fingerprint
        case ruleID = "rule_id"
        case severity
        case accountID = "account_id"
        case resource
        case detailKey = "detail_key"
        case message
    }
}
