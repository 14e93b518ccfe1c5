import AuditModel

/// A small result with hostile names in every place that comes from an account.
enum SampleResult {
    /// Names that break what does not escape them.
    static let hostileNames = [
        "wiki \"quoted\" 'single' <script>alert(1)</script>",
        "]]> & &amp; <!-- --> {{heading}} {{{styles}}}",
        "a|b\\|c `code` ```fence```",
        "first\nsecond\r\n/close @everyone #123 !7 ~label",
        "emoji 👩‍💻 🏝️",
        "\u{202E}gpj.exe שלום عربى",
        "\u{1}\u{1B}[31mred\u{7}\u{85}\u{0}end",
        "x\"\u{301} onmouseover=alert(1) y=\"",
        "=HYPERLINK(\"https://evil.example/\",\"x\")",
        "::error::injected ##vso[task.complete] ##[error]x",
        "www.evil.example https://evil.example a@evil.example [x](javascript:alert(1)) ![y](//e.example)",
    ]

    static let small = make(findingsPerSeverity: 0)

    /// The hostile findings, and `findingsPerSeverity` plain ones of each severity from a rule of their own.
    static func make(findingsPerSeverity: Int) -> AuditResult {
        var findings = hostileNames.enumerated().map { place, name in
            finding(
                place,
                rule: everyone.id,
                severity: .critical,
                name: name,
                message: "Policy \(name) admits everyone.",
                detailKey: place == 2 ? "include|0" : nil
            )
        }
        findings[5].state = .waived
        findings[5].waiver = Acceptance(reason: hostileNames[0], owner: hostileNames[10], expires: "2026-06-30")
        findings[6].state = .baseline
        let changes: [FindingChange] = [.new, .worse, .changed, .unwaived, .new, .known, .known, .new]
        for place in findings.indices { findings[place].change = place < changes.count ? changes[place] : .new }
        for severity in Severity.allCases {
            findings += (0..<findingsPerSeverity).map { number in
                finding(
                    1000 * (severity.rank + 1) + number,
                    rule: session.id,
                    severity: severity,
                    name: "Application \(number)",
                    message: "Sessions of Application \(number) last 730 hours."
                )
            }
        }
        findings.append(
            finding(
                90,
                rule: session.id,
                severity: .medium,
                name: "",
                message: "The duration is not understood.",
                verdict: .unknown,
                reason: .undecided
            )
        )
        findings.append(
            finding(
                91,
                rule: tokens.id,
                severity: .high,
                name: "Service tokens",
                id: Resource.unreadID,
                message: "Service tokens could not be read.",
                verdict: .unknown,
                reason: .coverage
            )
        )
        findings.sort {
            ($0.severity.rank, $0.verdict == .fail ? 0 : 1) < ($1.severity.rank, $1.verdict == .fail ? 0 : 1)
        }
        return result(findings)
    }

    static func result(_ findings: [Finding], more: [RuleMetadata] = []) -> AuditResult {
        let rules =
            more.map { outcome($0, findings) } + [
                outcome(
                    everyone,
                    findings,
                    passed: [PassedResource(accountID: account, id: "77", name: "<b>good</b>")]
                ),
                outcome(tokens, findings, gaps: [gap]),
                outcome(session, findings),
                outcome(certificates, findings, passed: (1...3).map(passed)),
                RuleOutcome(metadata: portals, status: .nothingExamined, counts: VerdictCounts(), passed: []),
                RuleOutcome(
                    metadata: broken,
                    status: .error,
                    counts: VerdictCounts(),
                    passed: [],
                    error: "rules/x.yaml:12: no such column: \"<i>\"\n::error::x"
                ),
            ]
        return AuditResult(
            tool: Tool(name: "ztaudit", version: "1.2.3", rulesDigest: "d1ce5"),
            snapshot: SnapshotSummary(
                status: .complete,
                toolVersion: "1.2.3",
                schemaVersion: 4,
                startedAt: "2026-01-02T03:00:00Z",
                finishedAt: "2026-01-02T03:04:05Z",
                evaluatedAt: "2026-01-02T03:04:05Z",
                apiBase: "https://api.cloudflare.com/client/v4",
                contentDigest: String(repeating: "ab12", count: 16)
            ),
            accounts: [Account(id: account, name: "Example & <Co>")],
            coverage: coverage,
            summary: Summary(
                rules: rules,
                findings: findings,
                inventory: ["access_application": 12, "access_policy": 11, "mcp_server": 0]
            ),
            rules: rules,
            findings: findings,
            applications: accessList,
            waivers: waivers,
            baseline: comparison(findings),
            frameworks: frameworks
        )
    }

    /// One application for each hostile name, one that is closed and one of which little is known.
    static let accessList: [ApplicationAccess] = {
        let open = hostileNames.enumerated().map { place, name in
            let assurances = Assurance.allCases
            return access(
                place,
                name: name,
                reach: .yes,
                weakest: WayIn(
                    assurance: assurances[place % assurances.count],
                    policyID: "policy \(place)",
                    policyName: name,
                    conditions: "a login with the e-mail address \(name)",
                    mfa: .no,
                    devicePosture: .unknown,
                    network: .yes
                )
            )
        }
        let rest = [access(90, name: "", reach: .unknown), access(91, name: "Closed", reach: .no)]
        return (open + rest).sorted { $0.isWeaker(than: $1) }
    }()

    static func access(
        _ number: Int,
        name: String,
        reach: Truth,
        weakest: WayIn? = nil
    ) -> ApplicationAccess {
        ApplicationAccess(
            accountID: account,
            applicationID: "application \(number)",
            name: name,
            type: weakest == nil ? "" : "self_hosted",
            domain: weakest == nil ? nil : "\(number).example.com/\(name)",
            tier: ApplicationTier.allCases[number % ApplicationTier.allCases.count],
            policyIDs: weakest.map { [$0.policyID] } ?? [],
            reach: ApplicationAccess.Reach(
                anybody: reach,
                anonymous: reach,
                anyMailbox: reach,
                consumerAccount: reach,
                withoutMFA: reach,
                withoutDevicePosture: reach,
                fromAnywhere: reach
            ),
            weakest: weakest,
            witness: weakest.map { _ in "{\"email\":\"a@example.com\"}" },
            doubts: reach == .unknown ? ["the selector \"<i>\" is not understood"] : []
        )
    }

    private static func outcome(
        _ rule: RuleMetadata,
        _ findings: [Finding],
        passed: [PassedResource] = [],
        gaps: [DataGap] = []
    ) -> RuleOutcome {
        let own = findings.filter { $0.ruleID == rule.id }
        let counts = VerdictCounts(
            pass: passed.count,
            fail: own.count { $0.verdict == .fail },
            unknown: own.count { $0.verdict == .unknown }
        )
        return RuleOutcome(metadata: rule, status: .evaluated, counts: counts, passed: passed, gaps: gaps)
    }

    static func finding(
        _ number: Int,
        rule: String,
        severity: Severity,
        name: String,
        id: String? = nil,
        message: String,
        detailKey: String? = nil,
        verdict: Verdict = .fail,
        reason: UnknownReason? = nil
    ) -> Finding {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return Finding(
            fingerprint: "f\(padded)\(rule.count)" + String(repeating: "c", count: 40),
            evidenceDigest: "e\(padded)",
            ruleID: rule,
            severity: severity,
            verdict: verdict,
            accountID: account,
            resource: Resource(
                type: "access_policy",
                id: id ?? "\(padded.suffix(8))-aaaa-4bbb-8ccc-ddddeeeeffff",
                name: name
            ),
            detailKey: detailKey,
            message: message,
            unknownReason: reason,
            evidence: [
                "decision": .text("allow"), "include": .text("everyone | <b> \u{202E} `x`"), "precedence": .integer(1),
                "session_hours": .real(730.5), "mfa": .null,
            ]
        )
    }

    private static func passed(_ number: Int) -> PassedResource {
        PassedResource(accountID: account, id: "p\(number)", name: "same name", detailKey: number == 3 ? "k" : nil)
    }
}
