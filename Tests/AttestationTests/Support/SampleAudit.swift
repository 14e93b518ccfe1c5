import AuditModel

/// Results with all, and with nothing but the least, that an attestation tells of.
enum SampleAudit {
    static let result = make(isWhole: true)
    static let bare = make(isWhole: false)

    private static func make(isWhole: Bool) -> AuditResult {
        let digest = String(repeating: "0a", count: 32)
        return AuditResult(
            tool: Tool(name: "ztaudit", version: "1.0.0", rulesDigest: digest),
            snapshot: SnapshotSummary(
                status: isWhole ? .complete : .partial,
                toolVersion: "1.0.0",
                schemaVersion: 1,
                startedAt: "2026-02-28T10:00:00Z",
                resumedAt: isWhole ? "2026-02-28T11:00:00Z" : nil,
                finishedAt: isWhole ? "2026-02-28T12:00:00Z" : nil,
                evaluatedAt: "2026-03-01T00:00:00Z",
                apiBase: "https://api.cloudflare.com/client/v4",
                contentDigest: isWhole ? digest : nil
            ),
            accounts: [Account(id: "a1", name: nil), Account(id: "a2", name: "Two")],
            coverage: [],
            summary: Summary(rules: [], findings: [], inventory: [:]),
            rules: [],
            findings: [],
            baseline: isWhole
                ? BaselineComparison(
                    evaluatedAt: "2026-02-01T00:00:00Z",
                    contentDigest: digest,
                    openBySeverity: nil,
                    failsByChange: [:],
                    resolved: [],
                    undecided: [],
                    accountsWithoutBaseline: []
                ) : nil,
            redaction: isWhole
                ? Redaction(level: .auditor, keyID: digest, replaced: ["names of people"], withheldFindings: 1) : nil
        )
    }
}
