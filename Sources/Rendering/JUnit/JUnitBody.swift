import AuditModel

/// The text inside a failure or skip: all that a reader of a CI page needs.
///
/// No line starts with text from the account, so that a CI log takes none for a command.
enum JUnitBody {
    /// Most bytes that one body may have; CI pages cut longer ones at a place of their own choosing.
    static let maximumBytes = 8192

    static func text(_ finding: Finding, _ rule: RuleMetadata, note: String?) -> String {
        var lines = [VisibleText.singleLine("\(finding.severity.word): \(rule.title)")]
        if let note { lines.append(note) }
        lines += [
            VisibleText.singleLine("Finding: \(finding.message)"), "",
            VisibleText.singleLine(
                "Resource: \(finding.resource.type) \(finding.resource.id) (\(finding.resource.name))"
            ),
            VisibleText.singleLine("Account: \(finding.accountID)"),
        ]
        if let detail = finding.detailKey { lines.append(VisibleText.singleLine("Detail: \(detail)")) }
        lines.append(VisibleText.singleLine("Fingerprint: \(finding.fingerprint)"))
        lines.append(VisibleText.singleLine("Evidence digest: \(finding.evidenceDigest)"))
        if !finding.evidence.isEmpty {
            lines += ["", "Evidence:"]
            lines += finding.sortedEvidence.map { VisibleText.singleLine("  \($0.name): \($0.value.displayText)") }
        }
        lines += ["", "What to do: \(VisibleText.prose(rule.remediation.summary))"]
        if let dashboard = rule.remediation.dashboard {
            lines.append("Dashboard: \(VisibleText.prose(dashboard))")
        }
        lines += rule.references.compactMap(WebLink.init).map { "See: \($0.address)" }
        return capped(lines.joined(separator: "\n"))
    }

    /// `text`, cut between scalars where it is longer than `bytes`, with `note` behind it.
    static func capped(
        _ text: String,
        to bytes: Int = maximumBytes,
        note: String = "\n… cut here; the JSON report has the rest."
    ) -> String {
        guard text.utf8.count > bytes else { return text }
        var rest = bytes - note.utf8.count
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            rest -= UTF8.width(scalar)
            guard rest >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept) + note
    }
}
