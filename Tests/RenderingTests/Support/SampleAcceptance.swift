import AuditModel

extension SampleResult {
    /// One waiver in each status, with hostile names wherever people write.
    static let waivers = WaiverStatus.allCases.enumerated().map { place, status in
        WaiverOutcome(
            waiver: Waiver(
                ruleID: everyone.id,
                resourceID: place.isMultiple(of: 2) ? "id \(hostileNames[place])" : nil,
                resourceName: place.isMultiple(of: 2) ? nil : "\(hostileNames[place])*",
                accountID: place == 3 ? account : nil,
                detailKey: place == 4 ? hostileNames[2] : nil,
                reason: hostileNames[place],
                owner: hostileNames[10 - place],
                expires: "2026-06-30",
                place: "ztaudit.yaml:\(place + 2)"
            ),
            status: status,
            findings: place,
            message: "It is \(status.rawValue): \(hostileNames[place])."
        )
    }

    /// A comparison that counts `findings`, with hostile names among what is no finding any more.
    static func comparison(_ findings: [Finding]) -> BaselineComparison {
        let counted = findings.filter { $0.verdict == .fail && $0.state != .waived }
        let past = hostileNames.enumerated().map { place, name in
            var finding = finding(
                200 + place,
                rule: place == 1 ? "retired <i>rule" : everyone.id,
                severity: Severity.allCases[place % 5],
                name: name,
                message: ""
            )
            finding.detailKey = place == 2 ? name : nil
            return finding
        }
        var source = empty
        source.findings = past
        let fails = Baseline(source).findings
        return BaselineComparison(
            evaluatedAt: "2025-12-01T00:00:00Z",
            contentDigest: nil,
            openBySeverity: Baseline(source).openBySeverity,
            failsByChange: Dictionary(
                uniqueKeysWithValues: FindingChange.allCases.map { change in
                    (change.rawValue, counted.count { $0.change == change })
                }
            ),
            resolved: fails.prefix(6).map { PastFinding($0, message: "It passes now.") },
            undecided: fails.dropFirst(6).map { PastFinding($0, message: "The rule lacked data.") },
            accountsWithoutBaseline: []
        )
    }

    /// A result of an audit without rules.
    static let empty = AuditResult(
        tool: Tool(name: "ztaudit", version: "1.2.3", rulesDigest: "d1ce5"),
        snapshot: SnapshotSummary(
            status: .complete,
            toolVersion: "1.2.3",
            schemaVersion: 4,
            startedAt: "2026-01-02T03:00:00Z",
            finishedAt: "2026-01-02T03:04:05Z",
            evaluatedAt: "2026-01-02T03:04:05Z",
            apiBase: "https://api.cloudflare.com/client/v4",
            contentDigest: nil
        ),
        accounts: [Account(id: account, name: "Example")],
        coverage: [],
        summary: Summary(rules: [], findings: [], inventory: [:]),
        rules: [],
        findings: []
    )
}
