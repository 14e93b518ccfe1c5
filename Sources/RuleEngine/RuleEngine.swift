package import AuditModel
package import SnapshotStore

/// Evaluates rules over a snapshot.
package struct RuleEngine: Sendable {
    private let pack: RulePack
    private let limits: StatementLimits
    private let onEvaluated: @Sendable (Step) -> Void

    /// A rule that was evaluated over an account.
    package struct Step: Sendable {
        package let ruleID: String
        package let accountID: String
        /// What its query and the judging of its rows took.
        package let duration: Duration
        /// Passes, fails and unknowns.
        package let count: Int
    }

    /// - Parameters:
    ///   - pack: Rules to evaluate.
    ///   - limits: Bounds on each query.
    ///   - onEvaluated: Called after each rule and account.
    package init(
        _ pack: RulePack,
        limits: StatementLimits = StatementLimits(),
        onEvaluated: @escaping @Sendable (Step) -> Void = { _ in }
    ) {
        self.pack = pack
        self.limits = limits
        self.onEvaluated = onEvaluated
    }

    /// Evaluates every rule for every account.
    ///
    /// - Parameters:
    ///   - snapshot: The evidence.
    ///   - now: Time of evaluation, which rules see as `:now`.
    ///   - toolVersion: Version of this program.
    ///   - previous: An earlier snapshot, for telling who gets in now and did not then.
    ///   - settings: How the rules are applied to this organization.
    /// - Returns: What all rules say of all accounts.
    /// - Throws: `SnapshotError` or SQLite's error when the snapshot cannot be read. A rule that breaks is an outcome.
    package func evaluate(
        _ snapshot: Snapshot,
        now: UTCTimestamp,
        toolVersion: String,
        since previous: Snapshot? = nil,
        settings: RuleSettings = RuleSettings()
    ) throws -> AuditResult {
        let coverage = CoverageIndex(snapshot.coverage)
        var applications: [ApplicationAccess] = []
        var evaluations: [[RuleEvaluation]] = Array(repeating: [], count: pack.rules.count)
        for account in snapshot.accounts {
            let database = try AuditDatabase(
                snapshot: snapshot,
                scope: .account(account.id),
                at: now,
                previous: previous,
                context: settings.context,
                limits: limits
            )
            applications += database.applications
            for (index, rule) in pack.rules.enumerated() {
                // A rule that broke says nothing in any account, and may have taken all its time to break.
                guard evaluations[index].allSatisfy({ $0.error == nil }) else { continue }
                let start = ContinuousClock.now
                let evaluation = RuleEvaluation(
                    rule,
                    accountID: account.id,
                    database: database,
                    coverage: coverage,
                    now: now.description,
                    settings: settings
                )
                onEvaluated(
                    Step(
                        ruleID: rule.metadata.id,
                        accountID: account.id,
                        duration: .now - start,
                        count: evaluation.passed.count + evaluation.findings.count
                    )
                )
                evaluations[index].append(evaluation)
            }
        }
        let rules = zip(pack.rules, evaluations).map { rule, evaluations in
            Self.outcome(of: rule, evaluations, settings)
        }
        // A rule that broke in one account says nothing in any: half an answer looks like a whole one.
        let findings = zip(rules, evaluations).flatMap { outcome, evaluations in
            outcome.status == .error ? [] : evaluations.flatMap(\.findings)
        }.sorted { $0.comesBefore($1) }
        return AuditResult(
            tool: Tool(name: "ztaudit", version: toolVersion, rulesDigest: pack.digest),
            snapshot: snapshot.summary(evaluatedAt: now.wholeSeconds),
            accounts: snapshot.accounts,
            coverage: CoverageEntry.mergingZones(snapshot.coverage),
            summary: Summary(rules: rules, findings: findings, inventory: try snapshot.inventory()),
            rules: rules,
            findings: findings,
            applications: applications.sorted { $0.isWeaker(than: $1) },
            frameworks: pack.frameworks.used(by: pack.rules),
            redaction: snapshot.info.redaction
        )
    }

    private static func outcome(
        of rule: Rule,
        _ evaluations: [RuleEvaluation],
        _ settings: RuleSettings
    ) -> RuleOutcome {
        var metadata = rule.metadata
        metadata.parameters.merge(settings.parameters[metadata.id]?.values ?? [:]) { _, new in new }
        metadata.severity = settings.severities[metadata.id] ?? metadata.severity
        if let error = evaluations.compactMap(\.error).first {
            return RuleOutcome(
                metadata: metadata,
                status: .error,
                counts: VerdictCounts(),
                passed: [],
                error: error
            )
        }
        let findings = evaluations.flatMap(\.findings)
        let passed = evaluations.flatMap(\.passed)
        let gaps = evaluations.flatMap(\.gaps)
        return RuleOutcome(
            metadata: metadata,
            status: findings.isEmpty && passed.isEmpty && gaps.isEmpty ? .nothingExamined : .evaluated,
            counts: VerdictCounts(
                pass: passed.count,
                fail: findings.count { $0.verdict == .fail },
                unknown: findings.count { $0.verdict == .unknown }
            ),
            passed: passed,
            gaps: gaps
        )
    }
}
