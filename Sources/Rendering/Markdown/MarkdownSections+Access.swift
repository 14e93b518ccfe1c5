import AuditModel

extension MarkdownSections {
    /// Who can get in to each application, weakest way first.
    func appendAccess(to budget: inout MarkdownBudget) {
        guard let sentences = AccessSentences(result) else { return }
        switch form {
        case .summary:
            let rows = result.applications.prefix(form.listed).map { access in
                row([application(access), MarkdownText.code(access.type, limit: 40), way(access)] + demands(access))
            }
            let more = result.applications.count - rows.count
            budget.appendTable(
                opening: "\n<details><summary>Who can get in: \(sentences.strangers)</summary>\n\n"
                    + "| Application | Type | Weakest way in | MFA demanded | Device demanded | Network demanded |\n"
                    + "| --- | --- | --- | --- | --- | --- |\n",
                rows: rows,
                closing: (more > 0
                    ? "\n… and \(more) more with as much or more demanded; the JSON report has all.\n" : "")
                    + "\n</details>\n",
                noun: "applications"
            )
        case .full:
            let columns = [
                "Application", "Tier", "Type", "Address", "Weakest way in", "Policy", "MFA demanded", "Device demanded",
                "Network demanded",
            ]
            budget.appendTable(
                opening: "\n## Who can get in\n\n\(sentences.strangers)\n\n"
                    + row(columns) + row(columns.map { _ in "---" }),
                rows: result.applications.map { access in
                    let cells = [
                        application(access), access.tier.rawValue, MarkdownText.code(access.type, limit: 40),
                        MarkdownText.code(access.domain ?? ""), way(access),
                        MarkdownText.code(access.weakest?.policyName ?? ""),
                    ]
                    return row(cells + demands(access))
                },
                closing: "",
                noun: "applications"
            )
        }
    }

    private func application(_ access: ApplicationAccess) -> String {
        let account =
            index.hasSeveralAccounts ? " · " + MarkdownText.inline(index.account(access.accountID), limit: 60) : ""
        return MarkdownText.code(access.name.isEmpty ? "unnamed" : access.name) + account
    }

    private func way(_ access: ApplicationAccess) -> String {
        let how = access.weakest?.conditions ?? access.doubt
        return "**\(access.word)**" + (how.map { ": " + MarkdownText.inline($0, limit: 200) } ?? "")
    }

    private func demands(_ access: ApplicationAccess) -> [String] {
        let way = access.weakest
        return [way?.mfa.demand ?? "–", way?.devicePosture.demand ?? "–", way?.network.demand ?? "–"]
    }
}
