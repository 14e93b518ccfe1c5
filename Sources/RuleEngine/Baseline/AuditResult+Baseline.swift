package import AuditModel

extension AuditResult {
    /// The result with what the baseline knows kept from counting.
    ///
    /// To be called after ``applying(_:at:)``: a waiver wins over the baseline.
    ///
    /// - Parameter baseline: The fails of an earlier audit.
    /// - Returns: The result with changes, states, the comparison and counts.
    package func comparing(with baseline: Baseline) -> AuditResult {
        let changes = ChangeJudge(baseline, rules: rules)
        var result = self
        for index in findings.indices where findings[index].verdict == .fail {
            let change = changes.change(of: findings[index])
            result.findings[index].change = change
            if findings[index].state == .open, !change.counts { result.findings[index].state = .baseline }
        }
        let counted = result.findings.filter { $0.verdict == .fail && $0.state != .waived }
        let past = PastJudge(self, rulesWithOtherVersion: changes.rulesWithOtherVersion).judge(baseline)
        result.baseline = BaselineComparison(
            evaluatedAt: baseline.snapshot.evaluatedAt,
            contentDigest: baseline.snapshot.contentDigest,
            openBySeverity: baseline.openBySeverity,
            failsByChange: Dictionary(
                uniqueKeysWithValues: FindingChange.allCases.map { change in
                    (change.rawValue, counted.count { $0.change == change })
                }
            ),
            resolved: past.resolved,
            undecided: past.undecided,
            accountsWithoutBaseline: Set(accounts.map(\.id)).subtracting(baseline.accounts.map(\.id)).sorted()
        )
        return result.countedAgain()
    }
}

/// Compares fails with those of a baseline.
private struct ChangeJudge {
    /// Ids of rules that the baseline was made with in another version.
    let rulesWithOtherVersion: Set<String>
    private let fails: [String: Baseline.Fail]

    init(_ baseline: Baseline, rules: [RuleOutcome]) {
        fails = Dictionary(baseline.findings.map { ($0.fingerprint, $0) }) { first, _ in first }
        let versions = Dictionary(baseline.rules.map { ($0.metadata.id, $0.metadata.version) }) { first, _ in first }
        rulesWithOtherVersion = Set(
            rules.map(\.metadata).filter { rule in versions[rule.id].map { $0 != rule.version } ?? false }.map(\.id)
        )
    }

    func change(of finding: Finding) -> FindingChange {
        let before = fails[finding.fingerprint]
        // Whatever was waived then was to count again one day: the baseline must not outlast the waiver.
        if before?.state == .waived, finding.state != .waived { return .unwaived }
        if rulesWithOtherVersion.contains(finding.ruleID) { return .ruleChanged }
        guard let before else { return .new }
        if finding.severity < before.severity { return .worse }
        // A digest does not say which of two facts is worse; a lower severity does.
        if finding.severity == before.severity, finding.evidenceDigest != before.evidenceDigest { return .changed }
        return .known
    }
}

/// Tells what became of the fails of a baseline.
private struct PastJudge {
    private let result: AuditResult
    private let unknown: Set<[String]>
    private let rules: [String: RuleOutcome]
    private let accounts: Set<String>
    private let rulesWithOtherVersion: Set<String>

    init(_ result: AuditResult, rulesWithOtherVersion: Set<String>) {
        self.result = result
        unknown = Set(
            result.findings.filter { $0.verdict == .unknown }.map { [$0.ruleID, $0.accountID, $0.resource.id] }
        )
        rules = Dictionary(result.rules.map { ($0.metadata.id, $0) }) { first, _ in first }
        accounts = Set(result.accounts.map(\.id))
        self.rulesWithOtherVersion = rulesWithOtherVersion
    }

    func judge(_ baseline: Baseline) -> (resolved: [PastFinding], undecided: [PastFinding]) {
        let current = Set(result.findings.filter { $0.verdict == .fail }.map(\.fingerprint))
        let gone = baseline.findings.filter { !current.contains($0.fingerprint) }
        let passed = passed(among: gone)
        var resolved: [PastFinding] = []
        var undecided: [PastFinding] = []
        for fail in gone {
            if let doubt = doubt(about: fail) {
                undecided.append(PastFinding(fail, message: doubt))
            } else if passed.contains(fail.fingerprint) {
                resolved.append(PastFinding(fail, message: "It passes now."))
            } else {
                resolved.append(PastFinding(fail, message: "There is nothing any more that the rule looks at."))
            }
        }
        return (resolved, undecided)
    }

    /// Fingerprints of the fails that pass now.
    ///
    /// A large account has millions of passes, so they are looked through only for rules that are asked about.
    private func passed(among fails: [Baseline.Fail]) -> Set<String> {
        var fingerprints: Set<String> = []
        for (ruleID, fails) in Dictionary(grouping: fails, by: \.ruleID) {
            let wanted = Dictionary(
                fails.map { ([$0.accountID, $0.resource.id, $0.detailKey ?? ""], $0.fingerprint) }
            ) { first, _ in first }
            for resource in rules[ruleID]?.passed ?? [] {
                guard let fingerprint = wanted[[resource.accountID, resource.id, resource.detailKey ?? ""]] else {
                    continue
                }
                fingerprints.insert(fingerprint)
            }
        }
        return fingerprints
    }

    /// Why it cannot be told whether a fail is resolved; `nil` when it is.
    private func doubt(about fail: Baseline.Fail) -> String? {
        guard accounts.contains(fail.accountID) else { return "Its account was not audited." }
        guard let rule = rules[fail.ruleID] else { return "Its rule was not selected." }
        guard rule.status != .error else { return "Its rule broke." }
        guard !rulesWithOtherVersion.contains(fail.ruleID) else { return "The meaning of its rule changed." }
        guard !unknown.contains([fail.ruleID, fail.accountID, fail.resource.id]) else {
            return "The rule could not decide about it."
        }
        // A query that joins what was not read may return no row for the resource at all.
        return rule.gaps.contains { $0.accountID == fail.accountID } ? "The rule lacked data." : nil
    }
}
