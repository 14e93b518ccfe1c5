import AuditModel

/// Lays a result out as suites: collection, waivers and baseline first, then one per rule.
struct JUnitSuites: Sendable {
    private let index: ResultIndex
    private let findings: [String: [Finding]]
    private let flavour: JUnitFlavour

    init(_ result: AuditResult, _ flavour: JUnitFlavour) {
        index = ResultIndex(result)
        self.flavour = flavour
        findings = Dictionary(grouping: result.findings, by: \.ruleID)
    }

    /// All suites; none is empty, since Jenkins drops a suite without cases.
    func make() -> [JUnitSuite] {
        var suites = [collection(), waivers(), past()].filter { !$0.cases.isEmpty } + index.result.rules.map(suite)
        for place in suites.indices { suites[place].makeNamesUnique() }
        return suites
    }

    private func collection() -> JUnitSuite {
        JUnitSuite(name: "collection", cases: index.result.coverage.map(coverageCase))
    }

    private func coverageCase(_ entry: CoverageEntry) -> JUnitCase {
        let zone = entry.zoneID.map { " (zone \($0))" } ?? ""
        return JUnitCase(
            className: "ztaudit.\(VisibleText.singleLine(entry.accountID)).collection",
            name: VisibleText.singleLine(entry.kind + zone),
            fullID: VisibleText.singleLine(entry.table),
            outcome: coverageOutcome(entry),
            properties: properties(JUnitProperties.coverage(entry))
        )
    }

    private func coverageOutcome(_ entry: CoverageEntry) -> JUnitCase.Outcome {
        guard !entry.status.isReliable else { return .passed }
        let reason = VisibleText.singleLine(entry.reason ?? entry.status.word)
        let permission = VisibleText.singleLine(entry.permission)
        let body = """
            Not completely read: \(VisibleText.singleLine(entry.table)) (\(entry.status.word)).
            Reason: \(reason)
            Permission needed: \(permission)
            """
        return .init(
            kind: .skipped,
            message: "\(entry.status.word): \(reason) (permission needed: \(permission))",
            body: body
        )
    }

    private func waivers() -> JUnitSuite {
        JUnitSuite(
            name: "waivers",
            cases: index.result.waivers.map { outcome in
                let waiver = outcome.waiver
                let notice = outcome.notice
                return JUnitCase(
                    className: "ztaudit.waivers",
                    name: VisibleText.singleLine("\(waiver.ruleID): \(waiver.subject)"),
                    fullID: VisibleText.singleLine(waiver.place),
                    outcome: outcome.status.needsAttention
                        ? .init(
                            kind: .skipped,
                            message: VisibleText.singleLine("\(outcome.status.word): \(outcome.message)"),
                            body: VisibleText.singleLine(notice)
                        ) : .passed,
                    properties: properties(JUnitProperties.waiver(outcome))
                )
            }
        )
    }

    /// What became of the findings of the baseline: a resolved one passes.
    private func past() -> JUnitSuite {
        let baseline = index.result.baseline
        let resolved = (baseline?.resolved ?? []).map { pastCase($0, .passed) }
        let undecided = (baseline?.undecided ?? []).map { past in
            let message = VisibleText.singleLine("Not decided: \(past.message)")
            return pastCase(past, .init(kind: .skipped, message: message, body: message))
        }
        return JUnitSuite(name: "baseline", cases: resolved + undecided)
    }

    private func pastCase(_ past: PastFinding, _ outcome: JUnitCase.Outcome) -> JUnitCase {
        JUnitCase(
            className: "ztaudit.baseline",
            name: VisibleText.singleLine("\(past.ruleID): ")
                + name(past.resource.name, past.resource.id, past.detailKey),
            fullID: VisibleText.singleLine(past.resource.id),
            outcome: outcome,
            properties: properties(JUnitProperties.past(past))
        )
    }

    private func suite(_ outcome: RuleOutcome) -> JUnitSuite {
        let rule = outcome.metadata
        let ruleFindings = findings[rule.id] ?? []
        var cases = ruleFindings.map { findingCase($0, rule) } + outcome.passed.map { passedCase($0, rule) }
        switch outcome.status {
        case .error:
            let problem = VisibleText.prose(outcome.error ?? "no reason given")
            cases.append(
                wholeRuleCase(
                    rule,
                    .init(kind: .error, type: "\(rule.id).error", message: problem, body: "The rule broke: \(problem)")
                )
            )
        case .evaluated, .nothingExamined:
            guard cases.isEmpty else { break }
            let message = outcome.gaps.isEmpty ? "The rule examined nothing." : gapText(outcome.gaps)
            cases.append(wholeRuleCase(rule, .init(kind: .skipped, message: message, body: message)))
        }
        return JUnitSuite(
            name: VisibleText.singleLine("\(rule.id): \(rule.title)"),
            cases: cases,
            properties: JUnitProperties.verdicts(outcome.counts)
        )
    }

    private func wholeRuleCase(_ rule: RuleMetadata, _ outcome: JUnitCase.Outcome) -> JUnitCase {
        let account = index.result.accounts.count == 1 ? index.result.accounts[0].id : "all"
        return JUnitCase(
            className: className(account, rule),
            name: "whole rule",
            fullID: "rule",
            outcome: outcome,
            properties: properties(JUnitProperties.rule(rule, rule.severity))
        )
    }

    private func findingCase(_ finding: Finding, _ rule: RuleMetadata) -> JUnitCase {
        JUnitCase(
            className: className(finding.accountID, rule),
            name: name(finding.resource.name, finding.resource.id, finding.detailKey),
            fullID: VisibleText.singleLine(finding.resource.id),
            outcome: outcome(of: finding, rule),
            properties: properties(JUnitProperties.finding(finding, rule, index)),
            isFinding: true
        )
    }

    private func passedCase(_ resource: PassedResource, _ rule: RuleMetadata) -> JUnitCase {
        JUnitCase(
            className: className(resource.accountID, rule),
            name: name(resource.name, resource.id, resource.detailKey),
            fullID: VisibleText.singleLine(resource.id),
            outcome: .passed,
            properties: properties(JUnitProperties.passed(resource, rule))
        )
    }

    /// Properties of a case, for readers that take some.
    private func properties(_ properties: @autoclosure () -> [JUnitProperties.Property]) -> [JUnitProperties.Property] {
        switch flavour {
        case .strict: []
        case .extended: properties()
        }
    }

    private func className(_ accountID: String, _ rule: RuleMetadata) -> String {
        VisibleText.singleLine("ztaudit.\(accountID).\(rule.id)")
    }

    private func name(_ name: String, _ id: String, _ detailKey: String?) -> String {
        let detail = detailKey.map { " [\($0)]" } ?? ""
        return VisibleText.singleLine("\(name.isEmpty ? "unnamed" : name) (\(Words.shortID(id)))\(detail)")
    }

    private func outcome(of finding: Finding, _ rule: RuleMetadata) -> JUnitCase.Outcome {
        let message = VisibleText.singleLine(finding.message)
        if finding.verdict == .unknown {
            let gaps = finding.unknownReason == .coverage ? gapText(index.gaps(of: finding)) : ""
            return .init(
                kind: .skipped,
                message: "Not decided: \(message)",
                body: JUnitBody.text(finding, rule, note: "Not decided. \(gaps)")
            )
        }
        if let reason = finding.acceptance {
            return .init(
                kind: .skipped,
                message: "\(reason) \(message)",
                body: JUnitBody.text(finding, rule, note: reason)
            )
        }
        return .init(
            kind: .failure,
            type: "\(rule.id).\(finding.severity.rawValue)",
            message: "\(finding.severity.word): \(message)",
            body: JUnitBody.text(
                finding,
                rule,
                note: finding.change.map { "Compared with the baseline: \($0.word.lowercased())." }
            )
        )
    }

    private func gapText(_ gaps: [DataGap]) -> String {
        let parts = gaps.map { "\($0.table) (\($0.word); \($0.need.label): \($0.need.name))" }
        return parts.isEmpty ? "" : VisibleText.singleLine("Data is missing: \(parts.joined(separator: ", ")).")
    }
}
