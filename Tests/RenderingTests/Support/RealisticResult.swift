import AuditModel

extension SampleResult {
    /// A result as an account of middle size would give it, to be looked at.
    static let realistic: AuditResult = {
        var findings: [Finding] = []
        for (place, rule) in realisticRules.enumerated() {
            findings += (0..<(4 + place % 4)).map { number in
                let name = applications[(place * 5 + number) % applications.count]
                return finding(
                    100 * (place + 1) + number,
                    rule: rule.id,
                    severity: rule.severity,
                    name: name,
                    message: "\(name): \(rule.title.lowercased()), and no other policy of the application narrows it."
                )
            }
        }
        var small = make(findingsPerSeverity: 0)
        findings += small.findings.filter {
            $0.verdict == .unknown || hostileNames.suffix(7).contains($0.resource.name)
        }
        findings.sort {
            ($0.severity.rank, $0.verdict == .fail ? 0 : 1) < ($1.severity.rank, $1.verdict == .fail ? 0 : 1)
        }
        small = result(findings, more: realisticRules)
        small.accounts[0].name = "Example Industries"
        return small
    }()

    private static let applications = [
        "Grafana", "Jenkins production", "HR portal", "Wiki", "Customer support console with a rather long name",
        "Payroll", "Internal DNS admin", "Vault", "Feature flags", "Kibana (logs)", "מערכת שכר", "経費精算",
    ]

    private static let realisticRules = [
        ("bypass-whole-host", "Bypass policy opens a whole host to everyone", Severity.critical),
        ("one-time-pin-any-mailbox", "Any mailbox passes through a one-time PIN login", .critical),
        ("mfa-not-required", "No second factor is required on the weakest way in", .high),
        ("consumer-identity-provider", "Account of a public identity provider is enough", .high),
        ("device-posture-missing", "No device posture is demanded", .medium),
        ("session-too-long", "Session is longer than a working day", .medium),
        ("policy-shadowed", "Policy never decides because an earlier one covers it", .low),
        ("policy-not-reusable", "Policy belongs to one application only", .info),
    ].map { id, title, severity in
        var rule = everyone
        rule.id = id
        rule.title = title
        rule.severity = severity
        rule.rationale = """
            Whoever reaches this application without a second factor needs one stolen password, and stolen passwords are
            the most common way into a company. Access asks for the weakest of all ways in, not for the usual one.
            """
        rule.references = ["https://developers.cloudflare.com/cloudflare-one/policies/access/"]
        return rule
    }
}
