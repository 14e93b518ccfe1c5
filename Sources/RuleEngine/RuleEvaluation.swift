import AuditModel
import SnapshotStore

/// What one rule says about one account.
struct RuleEvaluation {
    var findings: [Finding] = []
    var passed: [PassedResource] = []
    var gaps: [DataGap] = []
    /// What broke; the rest is then empty.
    var error: String?
    /// Replaces the rule's severity and those of its rows.
    private var fixedSeverity: Severity?

    /// Runs a rule's query and judges each row by what the query could see.
    init(
        _ rule: Rule,
        accountID: String,
        database: AuditDatabase,
        coverage: CoverageIndex,
        now: String,
        settings: RuleSettings
    ) {
        fixedSeverity = settings.severities[rule.metadata.id]
        do {
            let values = settings.parameters[rule.metadata.id] ?? ParameterSettings()
            var tiers: [ApplicationTier: [String: EvidenceValue]] = [:]
            for tier in ApplicationTier.allCases where !rule.parameters.isEmpty {
                tiers[tier] = try rule.values(overrides: values.values(for: tier))
            }
            try database.setTierParameters(tiers)
            let bindings = try rule.bindings(now: now, overrides: values.values(for: nil))
            let result = try database.run(rule.query, bindings: bindings)
            gaps = coverage.gaps(in: result.tables.union([rule.metadata.resource]), accountID: accountID)
            try judge(result, rule: rule, accountID: accountID)
        } catch {
            self = RuleEvaluation(
                error: "\(rule.file):\(rule.line(ofQueryLine: error.line)): the query \(error.problem)"
            )
        }
    }

    private init(error: String) {
        self.error = error
    }

    private mutating func judge(
        _ result: QueryResult,
        rule: Rule,
        accountID: String
    ) throws(StatementError) {
        let reader = RowReader(columns: result.columns)
        let own = CoverageIndex.ownTables(of: rule.metadata.resource)
        let joined = gaps.filter { !own.contains($0.table) }
        let doubtful = joined.filter { !rule.failsHoldWithout.contains($0.table) }
        var seen: Set<[String]> = []
        for row in result.rows {
            let row = try reader.read(row)
            guard seen.insert([row.resourceID, row.detailKey ?? ""]).inserted else {
                throw StatementError(
                    code: .sqlError,
                    problem: "returned two rows for resource '\(row.resourceID)'; tell them apart with detail_key",
                    line: nil
                )
            }
            switch row.verdict {
            case .pass where joined.isEmpty:
                passed.append(
                    PassedResource(
                        accountID: accountID,
                        id: row.resourceID,
                        name: row.resourceName,
                        detailKey: row.detailKey
                    )
                )
            case .fail where doubtful.isEmpty:
                var row = row
                // What would excuse it may be among what was not read, what makes it worse as well: the worst is assumed.
                if !joined.isEmpty {
                    row.severity = min(row.severity ?? rule.metadata.severity, rule.metadata.severity)
                }
                findings.append(finding(row, verdict: .fail, rule: rule, accountID: accountID))
            case .unknown where joined.isEmpty:
                findings.append(finding(row, verdict: .unknown, reason: .undecided, rule: rule, accountID: accountID))
            case .pass, .fail, .unknown:
                var row = row
                row.message = joined.map(\.explanation).joined(separator: "; ").capitalizedFirst + "."
                findings.append(finding(row, verdict: .unknown, reason: .coverage, rule: rule, accountID: accountID))
            }
        }
        if let gap = gaps.first(where: { $0.table == rule.metadata.resource }) {
            findings.append(unread(gap, rule: rule, accountID: accountID, hasRows: !result.rows.isEmpty))
        }
    }

    private func finding(
        _ row: VerdictRow,
        verdict: Verdict,
        reason: UnknownReason? = nil,
        rule: Rule,
        accountID: String
    ) -> Finding {
        Self.finding(
            rule: rule,
            accountID: accountID,
            resourceID: row.resourceID,
            resourceName: row.resourceName,
            detailKey: row.detailKey,
            severity: fixedSeverity ?? row.severity ?? rule.metadata.severity,
            verdict: verdict,
            reason: reason,
            message: row.message,
            evidence: row.evidence
        )
    }

    /// Stands for the resources that could not be read, so that no document passes over them.
    private func unread(_ gap: DataGap, rule: Rule, accountID: String, hasRows: Bool) -> Finding {
        Self.finding(
            rule: rule,
            accountID: accountID,
            resourceID: Resource.unreadID,
            resourceName: hasRows ? "further resources that were not read" : "resources that were not read",
            detailKey: nil,
            severity: fixedSeverity ?? rule.metadata.severity,
            verdict: .unknown,
            reason: .coverage,
            message: gap.explanation.capitalizedFirst + (hasRows ? "; there may be more of them." : "."),
            evidence: gap.option.map { ["option": .text($0)] }
                ?? ["coverage": .text(gap.status.rawValue), "permission": .text(gap.permission)]
        )
    }

    private static func finding(
        rule: Rule,
        accountID: String,
        resourceID: String,
        resourceName: String,
        detailKey: String?,
        severity: Severity,
        verdict: Verdict,
        reason: UnknownReason?,
        message: String,
        evidence: [String: EvidenceValue]
    ) -> Finding {
        let facts = evidence.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value.displayText] }
        return Finding(
            fingerprint: Fingerprint.of([rule.metadata.id, accountID, resourceID, detailKey ?? ""], length: 32),
            evidenceDigest: Fingerprint.of([verdict.rawValue] + facts, length: 32),
            ruleID: rule.metadata.id,
            severity: severity,
            verdict: verdict,
            accountID: accountID,
            resource: Resource(type: rule.metadata.resource, id: resourceID, name: resourceName),
            detailKey: detailKey,
            message: message,
            unknownReason: reason,
            evidence: evidence
        )
    }
}

/// One row of a rule's query.
struct VerdictRow {
    var resourceID: String
    var resourceName: String
    var verdict: Verdict
    var message: String
    var severity: Severity?
    var detailKey: String?
    var evidence: [String: EvidenceValue]
}

/// Takes the rows of a rule's query apart by column name.
private struct RowReader {
    let columns: [String]

    func read(_ row: [EvidenceValue]) throws(StatementError) -> VerdictRow {
        let values = Dictionary(zip(columns, row)) { first, _ in first }
        guard let id = text(values["resource_id"]) else { throw broken("a row without resource_id") }
        guard let verdict = text(values["verdict"]).flatMap(Verdict.init(rawValue:)) else {
            throw broken("the verdict '\(values["verdict"]?.displayText ?? "")' for resource '\(id)'")
        }
        var severity: Severity?
        if let word = text(values["severity"]) {
            severity = Severity(rawValue: word)
            if severity == nil { throw broken("the severity '\(word)' for resource '\(id)'") }
        }
        let reserved = RuleChecker.requiredColumns + RuleChecker.optionalColumns
        return VerdictRow(
            resourceID: id,
            resourceName: text(values["resource_name"]) ?? id,
            verdict: verdict,
            message: text(values["message"]) ?? "",
            severity: severity,
            detailKey: text(values["detail_key"]),
            evidence: values.filter { !reserved.contains($0.key) }
        )
    }

    private func text(_ value: EvidenceValue?) -> String? {
        switch value {
        case nil, .null: nil
        case let value?: value.displayText
        }
    }

    private func broken(_ what: String) -> StatementError {
        StatementError(code: .sqlError, problem: "returned \(what)", line: nil)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
