import AuditModel

/// The parts of a Markdown document, as text.
struct MarkdownSections: Sendable {
    let index: ResultIndex
    let form: MarkdownForm
    var result: AuditResult { index.result }

    init(_ result: AuditResult, _ form: MarkdownForm) {
        index = ResultIndex(result)
        self.form = form
    }

    /// Title, verdict and counts.
    func head(_ heading: String) -> String {
        let verdict = VerdictSentences(result)
        let sign =
            switch verdict.tone {
            case .bad: "❌"
            case .attention: "⚠️"
            case .good: "✅"
            }
        let accounts = result.accounts.prefix(5).map { MarkdownText.code($0.label, limit: 60) }
        let more = result.accounts.count > accounts.count ? ["\(result.accounts.count - accounts.count) more"] : []
        let time = MarkdownText.inline(Words.time(result.snapshot.evaluatedAt), limit: 40)
        let counts = Severity.allCases.map { severity in
            "| \(severity.symbol) \(severity.word) | \(result.summary.openBySeverity[severity.rawValue] ?? 0) |\n"
        }
        let baseline = AcceptanceSentences(result).baseline
        let comparison = baseline.map { "\n\(MarkdownText.inline($0, limit: 1000))\n" } ?? ""
        return """
            # \(MarkdownText.inline(heading, limit: 120))

            **\(sign) \(verdict.headline)**

            \(verdict.numbers) \(verdict.completeness)
            \(comparison)
            Account: \(Words.list(accounts + more)), as of \(time)

            | Severity | Open findings |
            | --- | ---: |
            \(counts.joined())
            """
    }

    /// What made the document, and what else there is to know.
    func tail() -> String {
        let digest = result.snapshot.contentDigest.map { ", snapshot \(MarkdownText.code($0, limit: 16))" } ?? ""
        let tool = MarkdownText.inline("\(result.tool.name) \(result.tool.version)", limit: 80)
        let rules = MarkdownText.code(result.tool.rulesDigest, limit: 16)
        return """

            <sub>\(tool), rules \(rules)\(digest). A check that passes says that the setting is as wanted, not that \
            the account is secure.</sub>

            """
    }

    /// Everything between head and tail.
    func appendBody(to budget: inout MarkdownBudget) {
        if form == .full { appendFoundations(to: &budget) }
        appendWaivers(to: &budget)
        appendGaps(to: &budget)
        appendBroken(to: &budget)
        for severity in Severity.allCases {
            let groups = index.groups { $0.isOpenFail && $0.severity == severity }
            let heading = "\n## \(severity.symbol) \(severity.word)\n"
            for (place, group) in groups.enumerated() {
                append(group, heading: place == 0 ? heading : "", to: &budget)
            }
        }
        appendAccess(to: &budget)
        appendUndecided(to: &budget)
        appendAccepted(to: &budget)
        appendPast(to: &budget)
        if form == .full {
            appendControls(to: &budget)
            appendEveryWaiver(to: &budget)
            appendCoverage(to: &budget)
        }
        appendPassed(to: &budget)
    }

    private func appendWaivers(to budget: inout MarkdownBudget) {
        let waivers = result.waivers.filter(\.status.needsAttention)
        let rows = waivers.prefix(form.listed).map { outcome in
            row([
                "**\(outcome.status.word)**", MarkdownText.code(outcome.waiver.ruleID),
                MarkdownText.code(outcome.waiver.subject), MarkdownText.inline(outcome.waiver.owner, limit: 80),
                MarkdownText.inline(outcome.message), MarkdownText.code(outcome.waiver.place),
            ])
        }
        let more = waivers.count - rows.count
        budget.appendTable(
            opening: "\n## Waivers that need attention\n\n"
                + "| Status | Rule | Resource | Owner | What is the matter | Place |\n"
                + "| --- | --- | --- | --- | --- | --- |\n",
            rows: rows,
            closing: more > 0 ? "\n… and \(more) more.\n" : "",
            noun: "waivers"
        )
    }

    private func appendGaps(to budget: inout MarkdownBudget) {
        let unread = index.unread
        let rows = unread.prefix(form.listed).map { entry in
            let place = index.account(entry.accountID) + (entry.zoneID.map { ", zone \($0)" } ?? "")
            return row([
                MarkdownText.code(entry.table), MarkdownText.inline(place, limit: 80), entry.status.word,
                MarkdownText.inline(entry.reason ?? ""), MarkdownText.inline(entry.permission),
            ])
        }
        let more = unread.count - rows.count
        budget.appendTable(
            opening: "\n## What was not evaluated, and why\n\n"
                + "| Data | Account | Status | Reason | Permission needed |\n| --- | --- | --- | --- | --- |\n",
            rows: rows,
            closing: more > 0 ? "\n… and \(more) more.\n" : "",
            noun: "gaps in the data"
        )
    }

    private func appendBroken(to budget: inout MarkdownBudget) {
        let broken = result.rules.filter { $0.status == .error }
        budget.appendTable(
            opening: "\n## Rules that broke\n\n| Rule | Error |\n| --- | --- |\n",
            rows: broken.map { row([MarkdownText.code($0.metadata.id), MarkdownText.prose($0.error ?? "")]) },
            closing: "",
            noun: "broken rules"
        )
    }

    private func appendPast(to budget: inout MarkdownBudget) {
        guard let baseline = result.baseline else { return }
        for (title, findings, noun) in [
            ("Resolved since the baseline", baseline.resolved, "resolved findings"),
            ("In the baseline, and it cannot be told what became of them", baseline.undecided, "undecided findings"),
        ] {
            let rows = findings.map { past in
                row([
                    past.severity.word, MarkdownText.code(past.ruleID),
                    resource(past.resource, detailKey: past.detailKey, accountID: past.accountID),
                    MarkdownText.inline(past.message),
                ])
            }
            budget.appendTable(
                opening: "\n<details><summary>\(title): \(findings.count)</summary>\n\n"
                    + "| Severity | Rule | Resource | Now |\n| --- | --- | --- | --- |\n",
                rows: rows,
                closing: "\n</details>\n",
                noun: noun
            )
        }
    }

    private func appendPassed(to budget: inout MarkdownBudget) {
        let passed = result.rules.filter { $0.status != .error && $0.counts.fail == 0 && $0.counts.unknown == 0 }
        let rows = passed.map { outcome in
            let count = outcome.status == .nothingExamined ? "nothing to examine" : String(outcome.counts.pass)
            return row([
                "\(MarkdownText.prose(outcome.metadata.title)) \(MarkdownText.code(outcome.metadata.id))", count,
            ])
        }
        budget.appendTable(
            opening: "\n<details><summary>Rules without findings: \(passed.count)</summary>\n\n"
                + "| No resource with | Resources passed |\n| --- | ---: |\n",
            rows: rows,
            closing: "\n</details>\n",
            noun: "rules without findings"
        )
    }

    func resource(_ finding: Finding) -> String {
        resource(finding.resource, detailKey: finding.detailKey, accountID: finding.accountID)
    }

    func resource(_ resource: Resource, detailKey: String?, accountID: String) -> String {
        let detail = detailKey.map { " · " + MarkdownText.inline($0, limit: 100) } ?? ""
        let account = index.hasSeveralAccounts ? " · " + MarkdownText.inline(index.account(accountID), limit: 60) : ""
        let id =
            switch form {
            case .summary: MarkdownText.inline(Words.shortID(resource.id))
            case .full: "\(MarkdownText.inline(resource.type)) \(MarkdownText.code(resource.id))"
            }
        return "\(MarkdownText.code(resource.label)) (\(id))\(detail)\(account)"
    }

    func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
}
