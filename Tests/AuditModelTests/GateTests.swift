import AuditModel
import Testing

@Suite struct GateTests {
    @Test func passesWithoutFindings() {
        #expect(result().gate(failOn: .info, allowIncomplete: false) == .passed)
    }

    @Test(arguments: Severity.allCases, Severity.allCases)
    func countsFindingsAtOrAboveTheThreshold(severity: Severity, threshold: Severity) {
        let outcome = result([finding(severity)]).gate(failOn: threshold, allowIncomplete: false)
        #expect(outcome == (severity <= threshold ? .findings(1) : .passed))
    }

    @Test func letsFindingsWinOverIncompleteness() {
        let broken = result([finding(.high), finding(.low)], rules: [rule(.error)])
        #expect(broken.gate(failOn: .high, allowIncomplete: false) == .findings(1))
        #expect(broken.gate(failOn: .critical, allowIncomplete: false) == .incomplete)
        #expect(broken.gate(failOn: .low, allowIncomplete: true) == .findings(2))
    }

    @Test(arguments: [FindingState.waived, .baseline])
    func doesNotCountAcceptedFindings(state: FindingState) {
        let accepted = result([finding(.critical, state: state)])
        #expect(accepted.gate(failOn: .info, allowIncomplete: false) == .passed)
    }

    @Test func doesNotCountUnknowns() {
        #expect(result([finding(.critical, verdict: .unknown)]).gate(failOn: .info, allowIncomplete: false) == .passed)
    }

    @Test func letsEverythingThroughWithoutThreshold() {
        #expect(result([finding(.critical)]).gate(failOn: nil, allowIncomplete: false) == .passed)
        #expect(result(rules: [rule(.error)]).gate(failOn: nil, allowIncomplete: false) == .incomplete)
    }

    @Test(arguments: [true, false])
    func isIncompleteWithGapsOrErrors(allowIncomplete: Bool) {
        let gap = DataGap(accountID: "a", table: "device", status: .denied, permission: "Zero Trust Read")
        for rules in [[rule(.error)], [rule(.evaluated, gaps: [gap])], [rule(.evaluated), rule(.error)]] {
            let outcome = result(rules: rules).gate(failOn: .high, allowIncomplete: allowIncomplete)
            #expect(outcome == (allowIncomplete ? .passed : .incomplete))
        }
    }

    @Test func isNotIncompleteForWhatNobodyAskedFor() {
        let choice = DataGap(
            accountID: "a",
            table: "logpush_job",
            status: .failed,
            permission: "Logs Write",
            optionalKind: "logpush_jobs"
        )
        let gap = DataGap(accountID: "a", table: "device", status: .denied, permission: "Zero Trust Read")
        let chosen = result(rules: [rule(.evaluated, gaps: [choice])])
        #expect(!chosen.summary.isIncomplete)
        #expect(chosen.gate(failOn: .info, allowIncomplete: false) == .passed)
        let both = result(rules: [rule(.evaluated, gaps: [choice, gap])])
        #expect(both.gate(failOn: .info, allowIncomplete: false) == .incomplete)
    }

    @Test func countsOnce() {
        let gap = DataGap(accountID: "a", table: "device", status: .denied, permission: "Zero Trust Read")
        let summary = result(
            [
                finding(.critical), finding(.critical, state: .waived), finding(.low), finding(.low, state: .baseline),
                finding(.low, verdict: .unknown), finding(.low, verdict: .unknown, reason: .coverage),
            ],
            rules: [
                rule(.evaluated, VerdictCounts(pass: 2, fail: 4, unknown: 1)), rule(.nothingExamined),
                rule(.evaluated, VerdictCounts(pass: 3, unknown: 1), gaps: [gap]),
            ]
        ).summary
        #expect(summary.verdicts == VerdictCounts(pass: 5, fail: 4, unknown: 2))
        #expect(summary.openBySeverity == ["critical": 1, "high": 0, "medium": 0, "low": 1, "info": 0])
        #expect(summary.failsByState == ["open": 2, "waived": 1, "baseline": 1])
        #expect(summary.unknownForCoverage == 1)
        #expect(summary.rulesByStatus == ["evaluated": 2, "nothing_examined": 1, "error": 0])
        #expect(summary.inventory == ["device": 3])
        #expect(summary.isIncomplete)
    }

    @Test func sortsTheWorstSeverityFirst() {
        #expect(Severity.allCases.shuffled().sorted() == [.critical, .high, .medium, .low, .info])
        #expect(Severity.high.isAtLeast(.high) && Severity.critical.isAtLeast(.high) && !Severity.low.isAtLeast(.high))
    }

    private func result(_ findings: [Finding] = [], rules: [RuleOutcome] = []) -> AuditResult {
        AuditResult(
            tool: Tool(name: "ztaudit", version: "1", rulesDigest: ""),
            snapshot: SnapshotSummary(
                status: .complete,
                toolVersion: "1",
                schemaVersion: 1,
                startedAt: "",
                finishedAt: nil,
                evaluatedAt: "",
                apiBase: "",
                contentDigest: nil
            ),
            accounts: [],
            coverage: [],
            summary: Summary(rules: rules, findings: findings, inventory: ["device": 3]),
            rules: rules,
            findings: findings
        )
    }

    private func finding(
        _ severity: Severity,
        verdict: Verdict = .fail,
        state: FindingState = .open,
        reason: UnknownReason = .undecided
    ) -> Finding {
        Finding(
            fingerprint: "",
            evidenceDigest: "",
            ruleID: "r",
            severity: severity,
            verdict: verdict,
            state: state,
            accountID: "a",
            resource: Resource(type: "device", id: "d", name: "d"),
            message: "",
            unknownReason: verdict == .unknown ? reason : nil,
            evidence: [:]
        )
    }

    private func rule(
        _ status: RuleStatus,
        _ counts: VerdictCounts = VerdictCounts(),
        gaps: [DataGap] = []
    ) -> RuleOutcome {
        let metadata = RuleMetadata(
            id: "r",
            version: 1,
            title: "",
            severity: .high,
            resource: "device",
            rationale: "",
            remediation: Remediation(summary: ""),
            references: [],
            frameworks: [:],
            parameters: [:]
        )
        return RuleOutcome(
            metadata: metadata,
            status: status,
            counts: counts,
            passed: [],
            gaps: gaps,
            error: status == .error ? "broke" : nil
        )
    }
}
