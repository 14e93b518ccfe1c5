import AuditModel

extension MarkdownSections {
    /// The findings of one rule, with why they matter and what to do.
    func append(_ group: ResultIndex.Group, heading: String, to budget: inout MarkdownBudget) {
        let opening = """
            \(heading)
            <details open><summary><b>\(MarkdownText.prose(group.title))</b> · \
            \(Words.count(group.findings.count, "finding")) · <code>\(MarkdownText.inline(group.ruleID))</code></summary>

            \(tableHead(["Resource", "What is wrong"]))
            """
        budget.appendTable(
            opening: opening,
            rows: group.findings.map { finding in
                let change = finding.change.map { "**\($0.word)** · " } ?? ""
                let cells = [resource(finding), change + MarkdownText.inline(finding.message)]
                return row(cells + evidence(finding))
            },
            closing: "\n\(advice(group.rule))</details>\n",
            noun: "findings"
        )
    }

    /// What could not be decided: by rule in the short form, each resource in the full one.
    func appendUndecided(to budget: inout MarkdownBudget) {
        let groups = index.groups { $0.verdict == .unknown }
        switch form {
        case .summary:
            budget.appendTable(
                opening: "\n## What could not be decided\n\n| Rule | Resources | Reason |\n| --- | ---: | --- |\n",
                rows: groups.map { group in
                    let title = "\(MarkdownText.prose(group.title)) \(MarkdownText.code(group.ruleID))"
                    return row([title, String(group.findings.count), reason(group)])
                },
                closing: "",
                noun: "rules without a decision"
            )
        case .full:
            let head = tableHead(["Rule", "Resource", "Reason"])
            budget.appendTable(
                opening: "\n## What could not be decided\n\n\(head)",
                rows: groups.flatMap { group in
                    group.findings.map { finding in
                        let missing = missing(index.gaps(of: finding), finding.unknownReason == .coverage)
                        let why = [MarkdownText.inline(finding.message), missing].compactMap(\.self)
                        let cells = [
                            "\(finding.severity.word) · \(MarkdownText.code(group.ruleID))", resource(finding),
                            why.joined(separator: "<br>"),
                        ]
                        return row(cells + evidence(finding))
                    }
                },
                closing: "",
                noun: "undecided resources"
            )
        }
    }

    /// Findings that do not count, with the reason.
    func appendAccepted(to budget: inout MarkdownBudget) {
        let accepted = result.findings.filter { $0.verdict == .fail && $0.state != .open }
        let columns = ["Severity", "Rule", "Resource", "Why it does not count", "What is wrong"]
        budget.appendTable(
            opening: "\n<details><summary>Waived or known before: \(accepted.count)</summary>\n\n"
                + tableHead(columns),
            rows: accepted.map { finding in
                let cells = [
                    finding.severity.word, MarkdownText.code(finding.ruleID), resource(finding),
                    MarkdownText.inline(finding.acceptance ?? finding.state.word),
                    MarkdownText.inline(finding.message),
                ]
                return row(cells + evidence(finding))
            },
            closing: "\n</details>\n",
            noun: "waived or known findings"
        )
    }

    private func reason(_ group: ResultIndex.Group) -> String {
        let isCoverage = group.findings.contains { $0.unknownReason == .coverage }
        return missing(index.outcome(group.ruleID)?.gaps ?? [], isCoverage)
            ?? MarkdownText.inline(group.findings.first?.message ?? "", limit: 200)
    }

    private func missing(_ gaps: [DataGap], _ isCoverage: Bool) -> String? {
        guard isCoverage, !gaps.isEmpty else { return nil }
        let tables = gaps.map { "\(MarkdownText.code($0.table)) (\(MarkdownText.inline($0.need.name)))" }
        return "not read: " + tables.joined(separator: ", ")
    }

    private func tableHead(_ columns: [String]) -> String {
        let columns = columns + (form == .full ? ["Evidence"] : [])
        return row(columns) + row(columns.map { _ in "---" })
    }

    /// The cell with the facts; the short form has none.
    private func evidence(_ finding: Finding) -> [String] {
        guard form == .full else { return [] }
        let facts = finding.sortedEvidence.map { fact in
            "\(MarkdownText.inline(fact.name)): \(MarkdownText.code(fact.value.displayText, limit: 400))"
        }
        return [facts.joined(separator: "<br>")]
    }

    private func advice(_ rule: RuleMetadata?) -> String {
        guard let rule else { return "" }
        var lines = ["**Why it matters:** \(MarkdownText.prose(rule.rationale))"]
        lines.append("**What to do:** \(MarkdownText.prose(rule.remediation.summary))")
        if let dashboard = rule.remediation.dashboard {
            lines.append("**In the dashboard:** \(MarkdownText.prose(dashboard))")
        }
        if form == .full { lines += details(rule) }
        let links = rule.references.compactMap(WebLink.init).map(MarkdownText.link)
        if !links.isEmpty { lines.append("**Read on:** \(links.joined(separator: ", "))") }
        return lines.joined(separator: "\n\n") + "\n\n"
    }

    private func details(_ rule: RuleMetadata) -> [String] {
        var lines: [String] = []
        if let api = rule.remediation.api { lines.append("**By API:** \(MarkdownText.code(VisibleText.prose(api)))") }
        if let terraform = rule.remediation.terraform {
            lines.append("**With Terraform:**\n\n\(MarkdownText.block(terraform))")
        }
        let controls = rule.frameworks.sorted { $0.key < $1.key }.map { framework, controls in
            MarkdownText.inline("\(index.framework(framework)): \(controls.joined(separator: ", "))")
        }
        if !controls.isEmpty { lines.append("**Evidence for:** \(controls.joined(separator: "; "))") }
        if !rule.parameters.isEmpty {
            let values = rule.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
            lines.append("**Parameters:** \(values.map { MarkdownText.code($0) }.joined(separator: ", "))")
        }
        return lines
    }
}
