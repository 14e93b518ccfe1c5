import AuditModel

/// The parts of a Markdown document, as text.
struct MarkdownSections: Sendable {
    private let index: ResultIndex
    private var result: AuditResult { index.result }

    /// Rows about missing data that are listed: they come first and must leave room for the findings.
    private static let listedGaps = 25
    /// Waivers that are listed, for the same reason.
    private static let listedWaivers = 25
    /// Applications that are listed, weakest way in first.
    private static let listedApplications = 25

    init(_ result: AuditResult) { index = ResultIndex(result) }

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
        appendPassed(to: &budget)
    }

    private func appendWaivers(to budget: inout MarkdownBudget) {
        let waivers = result.waivers.filter(\.status.needsAttention)
        let rows = waivers.prefix(Self.listedWaivers).map { outcome in
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
        let rows = unread.prefix(Self.listedGaps).map { entry in
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

    private func append(_ group: ResultIndex.Group, heading: String, to budget: inout MarkdownBudget) {
        let opening = """
            \(heading)
            <details open><summary><b>\(MarkdownText.prose(group.title))</b> · \
            \(Words.count(group.findings.count, "finding")) · <code>\(MarkdownText.inline(group.ruleID))</code></summary>

            | Resource | What is wrong |
            | --- | --- |

            """
        budget.appendTable(
            opening: opening,
            rows: group.findings.map { finding in
                let change = finding.change.map { "**\($0.word)** · " } ?? ""
                return row([resource(finding), change + MarkdownText.inline(finding.message)])
            },
            closing: "\n\(advice(group.rule))</details>\n",
            noun: "findings"
        )
    }

    private func advice(_ rule: RuleMetadata?) -> String {
        guard let rule else { return "" }
        var lines = ["**Why it matters:** \(MarkdownText.prose(rule.rationale))"]
        lines.append("**What to do:** \(MarkdownText.prose(rule.remediation.summary))")
        if let dashboard = rule.remediation.dashboard {
            lines.append("**In the dashboard:** \(MarkdownText.prose(dashboard))")
        }
        let links = rule.references.compactMap(WebLink.init).map(MarkdownText.link)
        if !links.isEmpty { lines.append("**Read on:** \(links.joined(separator: ", "))") }
        return lines.joined(separator: "\n\n") + "\n\n"
    }

    private func appendUndecided(to budget: inout MarkdownBudget) {
        let rows = index.groups { $0.verdict == .unknown }.map { group in
            let gaps = index.outcome(group.ruleID)?.gaps ?? []
            let isCoverage = group.findings.contains { $0.unknownReason == .coverage }
            let missing = gaps.map { "\(MarkdownText.code($0.table)) (\(MarkdownText.inline($0.need.name)))" }
            let reason =
                isCoverage && !missing.isEmpty
                ? "not read: " + missing.joined(separator: ", ")
                : MarkdownText.inline(group.findings.first?.message ?? "", limit: 200)
            let title = "\(MarkdownText.prose(group.title)) \(MarkdownText.code(group.ruleID))"
            return row([title, String(group.findings.count), reason])
        }
        budget.appendTable(
            opening: "\n## What could not be decided\n\n| Rule | Resources | Reason |\n| --- | ---: | --- |\n",
            rows: rows,
            closing: "",
            noun: "rules without a decision"
        )
    }

    private func appendAccess(to budget: inout MarkdownBudget) {
        guard let sentences = AccessSentences(result) else { return }
        let rows = result.applications.prefix(Self.listedApplications).map { access in
            let account =
                index.hasSeveralAccounts ? " · " + MarkdownText.inline(index.account(access.accountID), limit: 60) : ""
            let way = access.weakest
            let how = way?.conditions ?? access.doubt
            return row([
                MarkdownText.code(access.name.isEmpty ? "unnamed" : access.name) + account,
                MarkdownText.code(access.type, limit: 40),
                "**\(access.word)**" + (how.map { ": " + MarkdownText.inline($0, limit: 200) } ?? ""),
                way?.mfa.demand ?? "–", way?.devicePosture.demand ?? "–", way?.network.demand ?? "–",
            ])
        }
        let more = result.applications.count - rows.count
        budget.appendTable(
            opening: "\n<details><summary>Who can get in: \(sentences.strangers)</summary>\n\n"
                + "| Application | Type | Weakest way in | MFA demanded | Device demanded | Network demanded |\n"
                + "| --- | --- | --- | --- | --- | --- |\n",
            rows: rows,
            closing: (more > 0 ? "\n… and \(more) more with as much or more demanded; the JSON report has all.\n" : "")
                + "\n</details>\n",
            noun: "applications"
        )
    }

    private func appendAccepted(to budget: inout MarkdownBudget) {
        let accepted = result.findings.filter { $0.verdict == .fail && $0.state != .open }
        let rows = accepted.map { finding in
            row([
                finding.severity.word, MarkdownText.code(finding.ruleID), resource(finding),
                MarkdownText.inline(finding.acceptance ?? finding.state.word), MarkdownText.inline(finding.message),
            ])
        }
        budget.appendTable(
            opening: "\n<details><summary>Waived or known before: \(accepted.count)</summary>\n\n"
                + "| Severity | Rule | Resource | Why it does not count | What is wrong |\n| --- | --- | --- | --- | --- |\n",
            rows: rows,
            closing: "\n</details>\n",
            noun: "waived or known findings"
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

    private func resource(_ finding: Finding) -> String {
        resource(finding.resource, detailKey: finding.detailKey, accountID: finding.accountID)
    }

    private func resource(_ resource: Resource, detailKey: String?, accountID: String) -> String {
        let detail = detailKey.map { " · " + MarkdownText.inline($0, limit: 100) } ?? ""
        let account = index.hasSeveralAccounts ? " · " + MarkdownText.inline(index.account(accountID), limit: 60) : ""
        let id = MarkdownText.inline(Words.shortID(resource.id))
        return "\(MarkdownText.code(resource.label)) (\(id))\(detail)\(account)"
    }

    private func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
}
