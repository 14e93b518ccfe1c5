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
            let statement = try database.statement(rule.query, bindings: bindings)
            gaps = coverage.gaps(in: statement.tables.union([rule.metadata.resource]), accountID: accountID)
            try judge(statement, database.limits, rule: rule, accountID: accountID)
            passed.sortUnlessSorted()
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
        _ statement: GuardedStatement,
        _ limits: StatementLimits,
        rule: Rule,
        accountID: String
    ) throws(StatementError) {
        let reader = RowReader(columns: statement.columns)
        let own = CoverageIndex.ownTables(of: rule.metadata.resource)
        let joined = gaps.filter { !own.contains($0.table) }
        let doubtful = joined.filter { !rule.failsHoldWithout.contains($0.table) }
        let lacking = joined.map(\.explanation).joined(separator: "; ").capitalizedFirst + "."
        var seen: Set<RowKey> = []
        var evaluation = self
        try statement.forEachRow(limits) { row throws(StatementError) in
            let key = try reader.key(of: row)
            guard seen.insert(key).inserted else {
                throw StatementError(
                    code: .sqlError,
                    problem: "returned two rows for resource '\(key.resourceID)'; tell them apart with detail_key",
                    line: nil
                )
            }
            let verdict = try reader.verdict(of: row, key)
            if verdict == .pass, joined.isEmpty {
                try reader.checkSeverity(of: row, key)
                evaluation.passed.append(
                    PassedResource(
                        accountID: accountID,
                        id: key.resourceID,
                        name: reader.name(of: row, key),
                        detailKey: key.detailKey
                    )
                )
                return
            }
            var row = try reader.read(row, key)
            let reason: UnknownReason?
            switch verdict {
            case .fail where doubtful.isEmpty:
                // What would excuse it may be among what was not read, what makes it worse as well: the worst is assumed.
                if !joined.isEmpty {
                    row.severity = min(row.severity ?? rule.metadata.severity, rule.metadata.severity)
                }
                reason = nil
            case .unknown where joined.isEmpty:
                reason = .undecided
            case .pass, .fail, .unknown:
                row.message = lacking
                reason = .coverage
            }
            evaluation.findings.append(
                evaluation.finding(
                    row,
                    verdict: reason == nil ? .fail : .unknown,
                    reason: reason,
                    rule: rule,
                    accountID: accountID
                )
            )
        }
        self = evaluation
        if let gap = gaps.first(where: { $0.table == rule.metadata.resource }) {
            findings.append(unread(gap, rule: rule, accountID: accountID, hasRows: !seen.isEmpty))
        }
    }

    private func finding(
        _ row: VerdictRow,
        verdict: Verdict,
        reason: UnknownReason?,
        rule: Rule,
        accountID: String
    ) -> Finding {
        Self.finding(
            rule: rule,
            accountID: accountID,
            resourceID: row.key.resourceID,
            resourceName: row.resourceName,
            detailKey: row.key.detailKey,
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

/// What tells the rows of a rule's query apart.
struct RowKey: Hashable {
    let resourceID: String
    let detailKey: String?
}

/// One row of a rule's query that is no pass.
struct VerdictRow {
    let key: RowKey
    let resourceName: String
    var message: String
    var severity: Severity?
    let evidence: [String: EvidenceValue]
}

/// Takes the rows of a rule's query apart by column name.
private struct RowReader {
    private let places: [String: Int]
    private let evidence: [(name: String, place: Int)]

    init(columns: [String]) {
        places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        let reserved = RuleChecker.requiredColumns + RuleChecker.optionalColumns
        evidence = places.filter { !reserved.contains($0.key) }.map { (name: $0.key, place: $0.value) }
    }

    func key(of row: GuardedStatement.CurrentRow) throws(StatementError) -> RowKey {
        guard let id = text("resource_id", row) else { throw broken("a row without resource_id") }
        return RowKey(resourceID: id, detailKey: text("detail_key", row))
    }

    func verdict(of row: GuardedStatement.CurrentRow, _ key: RowKey) throws(StatementError) -> Verdict {
        let word = text("verdict", row) ?? ""
        guard let verdict = Verdict(rawValue: word) else {
            throw broken("the verdict '\(word)' for resource '\(key.resourceID)'")
        }
        return verdict
    }

    func name(of row: GuardedStatement.CurrentRow, _ key: RowKey) -> String {
        text("resource_name", row) ?? key.resourceID
    }

    @discardableResult
    func checkSeverity(of row: GuardedStatement.CurrentRow, _ key: RowKey) throws(StatementError) -> Severity? {
        guard let word = text("severity", row) else { return nil }
        guard let severity = Severity(rawValue: word) else {
            throw broken("the severity '\(word)' for resource '\(key.resourceID)'")
        }
        return severity
    }

    func read(_ row: GuardedStatement.CurrentRow, _ key: RowKey) throws(StatementError) -> VerdictRow {
        VerdictRow(
            key: key,
            resourceName: name(of: row, key),
            message: text("message", row) ?? "",
            severity: try checkSeverity(of: row, key),
            evidence: Dictionary(uniqueKeysWithValues: evidence.map { ($0.name, row.value(at: $0.place)) })
        )
    }

    private func text(_ column: String, _ row: GuardedStatement.CurrentRow) -> String? {
        places[column].flatMap { row.text(at: $0) }
    }

    private func broken(_ what: String) -> StatementError {
        StatementError(code: .sqlError, problem: "returned \(what)", line: nil)
    }
}

extension [PassedResource] {
    /// Sorts by id and detail key; most queries return them so already.
    fileprivate mutating func sortUnlessSorted() {
        func areInOrder(_ left: PassedResource, _ right: PassedResource) -> Bool {
            left.id == right.id ? (left.detailKey ?? "") < (right.detailKey ?? "") : left.id < right.id
        }
        guard zip(self, dropFirst()).contains(where: { areInOrder($1, $0) }) else { return }
        sort(by: areInOrder)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
