import AuditModel

extension OSCALAssessment {
    /// Fails, and those of the baseline that are gone or of which nothing is known.
    func risks() -> [OSCALDocument.Risk] {
        let past = result.baseline.map { baseline in
            baseline.resolved.map { risk($0, status: "closed") }
                + baseline.undecided.map { risk($0, status: "investigating") }
        }
        return result.findings.filter { $0.verdict == .fail }.map(risk) + (past ?? [])
    }

    private func risk(_ finding: Finding) -> OSCALDocument.Risk {
        let acceptance = finding.acceptance.map { " \($0)" } ?? ""
        let waiver = finding.waiver.map { waiver in
            [
                OSCALDocument.Property("waiver-owner", waiver.owner), .init("waiver-reason", waiver.reason),
                .init("waiver-expires", waiver.expires),
            ]
        }
        return .init(
            uuid: ids.risk(finding.fingerprint),
            title: title(finding.ruleID, finding.resource),
            description: VisibleText.singleLine(finding.message) + acceptance,
            statement: statement(finding.ruleID),
            props: [
                .init("severity", finding.severity.rawValue), .init("state", finding.state.rawValue),
                .init("fingerprint", finding.fingerprint),
            ] + (waiver ?? []),
            status: finding.state == .waived ? "deviation-approved" : "open"
        )
    }

    private func risk(_ past: PastFinding, status: String) -> OSCALDocument.Risk {
        .init(
            uuid: ids.risk(past.fingerprint),
            title: title(past.ruleID, past.resource),
            description: VisibleText.singleLine(past.message),
            statement: statement(past.ruleID),
            props: [
                .init("rule-id", past.ruleID), .init("severity", past.severity.rawValue),
                .init("fingerprint", past.fingerprint), .init("resource-type", past.resource.type),
                .init("resource-id", past.resource.id),
            ],
            status: status
        )
    }

    private func title(_ ruleID: String, _ resource: Resource) -> String {
        let title = context.index.outcome(ruleID)?.metadata.title ?? ruleID
        return "\(VisibleText.singleLine(title)): \(resource.label)"
    }

    private func statement(_ ruleID: String) -> String {
        context.index.outcome(ruleID).map { VisibleText.prose($0.metadata.rationale) }
            ?? "The rule is not among those that were selected."
    }

    /// One for each rule and account that came to a verdict: a fail, or nothing but passes.
    func findings() -> [OSCALDocument.Finding] {
        let findings = Dictionary(grouping: result.findings) { [$0.ruleID, $0.accountID] }
        let accounts = accountIDs
        return result.rules.filter { $0.status == .evaluated }.flatMap { outcome in
            let passed = Dictionary(grouping: outcome.passed, by: \.accountID).mapValues(\.count)
            return accounts.compactMap { account in
                finding(outcome, account, findings[[outcome.metadata.id, account]] ?? [], passed[account] ?? 0)
            }
        }
    }

    private func finding(
        _ outcome: RuleOutcome,
        _ accountID: String,
        _ findings: [Finding],
        _ passed: Int
    ) -> OSCALDocument.Finding? {
        let rule = outcome.metadata
        let fails = findings.filter { $0.verdict == .fail }
        // What is unknown is no verdict; OSCAL has no third state.
        let isUndecided = fails.count < findings.count || outcome.gaps.contains { $0.accountID == accountID }
        guard !fails.isEmpty || passed > 0 && !isUndecided else { return nil }
        let controls = context.controls(of: rule).map { control in
            OSCALDocument.Property("evidence-for", "\(control.framework) \(control.id)")
        }
        let observations = findings.map(id) + (passed > 0 ? [passesID(rule.id, accountID)] : [])
        let account = context.index.account(accountID)
        return .init(
            uuid: ids.finding(rule.id, accountID),
            title: VisibleText.singleLine("\(rule.id) in \(account)"),
            description: "\(passed) passed, \(fails.count) failed, \(findings.count - fails.count) unknown.",
            props: controls.isEmpty ? nil : controls,
            target: .init(
                id: OSCALText.token(rule.id),
                // A rule is titled by what fails it, which must not read as what is satisfied.
                title: "Nothing fails the rule \"\(VisibleText.singleLine(rule.title))\"",
                status: fails.isEmpty
                    ? .init(state: "satisfied", reason: "pass") : .init(state: "not-satisfied", reason: "fail")
            ),
            observations: observations.map { ["observation-uuid": $0] },
            risks: fails.isEmpty ? nil : fails.map { ["risk-uuid": ids.risk($0.fingerprint)] },
            remarks: "What to do: \(VisibleText.prose(rule.remediation.summary))"
        )
    }
}
