import AuditModel

/// What only the full form has: what the result rests on, and what it is evidence for.
extension MarkdownSections {
    /// Times, versions and digests.
    func appendFoundations(to budget: inout MarkdownBudget) {
        let snapshot = result.snapshot
        let collected = snapshot.finishedAt.map { "until \(Words.time($0))" } ?? "the collection did not end"
        let resumed = snapshot.resumedAt.map { ", went on at \(Words.time($0))" } ?? ""
        let accounts = result.accounts.map { account in
            account.name.map { "\(MarkdownText.inline($0)) \(MarkdownText.code(account.id))" }
                ?? MarkdownText.code(account.id)
        }
        var facts = [
            ("Accounts", accounts.joined(separator: "<br>")),
            ("Collected", MarkdownText.inline("from \(Words.time(snapshot.startedAt))\(resumed), \(collected)")),
            ("Evaluated", MarkdownText.inline(Words.time(snapshot.evaluatedAt))),
            ("API", MarkdownText.code(snapshot.apiBase)),
            ("Tool", MarkdownText.inline("\(result.tool.name) \(result.tool.version)")),
            ("Rules", "\(result.rules.count), digest \(MarkdownText.code(result.tool.rulesDigest))"),
            ("Snapshot", snapshot.contentDigest.map { "digest \(MarkdownText.code($0))" } ?? "no digest"),
        ]
        if let waivers = AcceptanceSentences(result).waivers { facts.append(("Waivers", waivers)) }
        if let redaction = result.redaction {
            let replaced = Words.list(redaction.replaced)
            let text = "for \(redaction.level.rawValue): \(replaced) were replaced"
            facts.append(("Redacted", MarkdownText.inline(text)))
        }
        budget.append(
            "\n## What this rests on\n\n| | |\n| --- | --- |\n" + facts.map { row([$0.0, $0.1]) }.joined(),
            saying: 1,
            "table of times, versions and digests"
        )
    }

    /// Every waiver, whether somebody must do something about it or not.
    func appendEveryWaiver(to budget: inout MarkdownBudget) {
        let columns = [
            "Status", "Rule", "Resource", "Reason", "Owner", "From", "Until", "Findings", "What became of it", "Place",
        ]
        budget.appendTable(
            opening: "\n<details><summary>Waivers: \(result.waivers.count)</summary>\n\n"
                + row(columns) + row(columns.map { _ in "---" }),
            rows: result.waivers.map { outcome in
                let waiver = outcome.waiver
                return row([
                    outcome.status.word, MarkdownText.code(waiver.ruleID), MarkdownText.code(waiver.subject),
                    MarkdownText.inline(waiver.reason), MarkdownText.inline(waiver.owner, limit: 80),
                    MarkdownText.inline(waiver.granted ?? "", limit: 40),
                    MarkdownText.inline(waiver.expires, limit: 40), String(outcome.findings),
                    MarkdownText.inline(outcome.message), MarkdownText.code(waiver.place),
                ])
            },
            closing: "\n</details>\n",
            noun: "waivers"
        )
    }

    /// Everything that was asked for, with how far it was read.
    func appendCoverage(to budget: inout MarkdownBudget) {
        let columns = ["Data", "Account", "Status", "Rows", "Reported", "Reason", "Permission"]
        budget.appendTable(
            opening: "\n<details><summary>What was read: \(Words.count(result.coverage.count, "kind"))</summary>\n\n"
                + row(columns) + row(columns.map { _ in "---" }),
            rows: result.coverage.map { entry in
                let place = index.account(entry.accountID) + (entry.zoneID.map { ", zone \($0)" } ?? "")
                return row([
                    MarkdownText.code(entry.table), MarkdownText.inline(place, limit: 80), entry.status.word,
                    String(entry.rowCount), entry.reportedTotal.map(String.init) ?? "–",
                    MarkdownText.inline(entry.reason ?? ""), MarkdownText.inline(entry.permission),
                ])
            },
            closing: "\n</details>\n",
            noun: "kinds of data"
        )
    }

    /// What the verdicts say about each control that a rule names.
    func appendControls(to budget: inout MarkdownBudget) {
        let tally = ControlTally(result)
        for (place, framework) in tally.frameworks.enumerated() {
            let heading =
                place == 0
                ? "\n## Controls\n\nA rule sees a part of what a control asks for: no finding does not mean that the "
                    + "control is met.\n" : ""
            let columns = ["Control", "What it asks for", "Rules", "Open", "Waived or known", "Unknown", "Passed"]
            budget.appendTable(
                opening: "\(heading)\n<details><summary>\(MarkdownText.inline(framework.title))</summary>\n\n"
                    + row(columns) + row(["---", "---"] + columns.dropFirst(2).map { _ in "---:" }),
                rows: framework.controls.map { control in
                    let broken = control.broken > 0 ? " (\(control.broken) broke)" : ""
                    return row([
                        MarkdownText.code(control.id), MarkdownText.inline(control.title ?? ""),
                        "\(control.rules)\(broken)", String(control.open), String(control.accepted),
                        String(control.unknown), String(control.passed),
                    ])
                },
                closing: "\n</details>\n",
                noun: "controls"
            )
        }
    }
}
