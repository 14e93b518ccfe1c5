package import AuditModel

/// Writes the short summary that people see on the terminal when they asked for no document.
///
/// Plain text without colours; terminal escapes in names are made visible.
package struct TerminalSummary: Renderer {
    /// Most entries of a list.
    private static let listed = 10

    /// Creates the renderer.
    package init() {}

    package func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let verdict = VerdictSentences(result)
        let index = ResultIndex(result)
        var lines = [verdict.headline, verdict.numbers, verdict.completeness]
        let acceptance = AcceptanceSentences(result)
        if let baseline = acceptance.baseline { lines.append(VisibleText.logLine(baseline)) }
        if let waivers = acceptance.waivers { lines.append("Waivers: \(waivers).") }
        if let access = AccessSentences(result) { lines.append(access.strangers) }
        lines.append("")
        lines += counts(result)
        lines += findings(index)
        lines += waived(index)
        lines += unread(index)
        lines += broken(result)
        for line in lines {
            output.write(line)
            output.write("\n")
        }
    }

    private func counts(_ result: AuditResult) -> [String] {
        Severity.allCases.map { severity in
            let count = String(result.summary.openBySeverity[severity.rawValue] ?? 0)
            return "  " + Self.padded(severity.rawValue, 9) + String(repeating: " ", count: max(0, 6 - count.count))
                + count
        }
    }

    private func findings(_ index: ResultIndex) -> [String] {
        let open = index.result.findings.filter(\.isOpenFail)
        guard !open.isEmpty else { return [] }
        var lines = ["", open.count > Self.listed ? "Worst findings" : "Findings"]
        for finding in open.prefix(Self.listed) {
            lines.append(heading(finding, index))
            let change = finding.change.map { "(\($0.word.lowercased())) " } ?? ""
            lines.append("            - " + VisibleText.logLine("\(change)\(finding.message) [\(finding.ruleID)]"))
        }
        if open.count > Self.listed {
            lines.append("  … and \(open.count - Self.listed) more; write them with --report html=PATH")
        }
        return lines
    }

    private func waived(_ index: ResultIndex) -> [String] {
        let waived = index.result.findings.filter { $0.state == .waived }
        guard !waived.isEmpty else { return [] }
        var lines = ["", "Waived"]
        for finding in waived.prefix(Self.listed) {
            lines.append(heading(finding, index))
            lines.append("            " + VisibleText.logLine("\(finding.acceptance ?? "") [\(finding.ruleID)]"))
        }
        if waived.count > Self.listed { lines.append("  … and \(waived.count - Self.listed) more") }
        return lines
    }

    private func heading(_ finding: Finding, _ index: ResultIndex) -> String {
        let account = index.hasSeveralAccounts ? " in \(index.account(finding.accountID))" : ""
        let place = "\(finding.resource.name) (\(Words.shortID(finding.resource.id)))\(account)"
        return "  " + Self.padded(finding.severity.rawValue, 9) + " " + VisibleText.logLine(place)
    }

    private func unread(_ index: ResultIndex) -> [String] {
        let unread = index.unread
        guard !unread.isEmpty else { return [] }
        var lines = ["", "Not evaluated, because it could not be read"]
        for entry in unread.prefix(Self.listed) {
            let account = index.hasSeveralAccounts ? " in \(index.account(entry.accountID))" : ""
            let zone = entry.zoneID.map { ", zone \($0)" } ?? ""
            let reason = entry.reason ?? entry.status.word
            lines.append("  " + VisibleText.logLine("\(entry.table)\(account)\(zone): \(reason)"))
            lines.append("    " + VisibleText.logLine("permission needed: \(entry.permission)"))
        }
        if unread.count > Self.listed { lines.append("  … and \(unread.count - Self.listed) more") }
        return lines
    }

    private func broken(_ result: AuditResult) -> [String] {
        let broken = result.rules.filter { $0.status == .error }
        guard !broken.isEmpty else { return [] }
        return ["", "Rules that broke"]
            + broken.map { "  " + VisibleText.logLine("\($0.metadata.id): \($0.error ?? "no reason given")") }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
