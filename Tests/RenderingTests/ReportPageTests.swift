import AuditModel
import Testing

@testable import Rendering

/// The page answers an auditor's questions in their order, and every part links to what it is about.
@Suite struct ReportPageTests {
    @Test func answersInTheOrderInWhichReadersAsk() throws {
        let page = try document(.html)
        let parts = [
            "trust", "verdict", "first", "findings", "undecided", "access", "controls", "rules", "inventory", "method",
            "glossary",
        ].map { page.firstRange(of: "<section id=\"\($0)\"")?.lowerBound }
        let places = parts.compactMap { $0 }
        #expect(places.count == parts.count)
        #expect(places == places.sorted())
    }

    @Test func listsPrivilegedApplicationsFirst() throws {
        var result = SampleResult.result(
            [(1, Severity.critical), (2, .high), (3, .critical), (4, .medium)].map { number, severity in
                SampleResult.finding(
                    number,
                    rule: SampleResult.everyone.id,
                    severity: severity,
                    name: "resource \(number)",
                    message: "message \(number)"
                )
            }
        )
        result.applications = [
            Self.application("standard", .standard, policies: [result.findings[0].resource.id]),
            Self.application("admin", .privileged, policies: [result.findings[1].resource.id]),
        ]
        let page = try document(.html, of: result)
        let first = try #require(page.firstMatch(of: #/<section id="first"[\s\S]*?</section>/#)?.output)
        let names = first.matches(of: #/<bdi>(resource [0-9])</bdi>/#).map { String($0.1) }
        #expect(names == ["resource 2", "resource 1", "resource 3"])
        #expect(first.contains("<bdi>Concerns admin</bdi>"))
        for match in first.matches(of: /href="#([^"]*)"/) { #expect(page.contains("<li id=\"\(match.1)\"")) }
    }

    @Test func findsTheFindingsOfAnApplication() {
        var findings = (1...5).map { number in
            SampleResult.finding(number, rule: "r", severity: .high, name: "n", message: "m")
        }
        findings[2].evidence["application_id"] = .text("a")
        findings[3].evidence["application_id"] = .text("a")
        findings[3].accountID = "another"
        findings[4].state = .waived
        findings[4].resource.id = "a"
        var result = SampleResult.result(findings)
        result.applications = [
            Self.application("a", .standard, policies: [findings[0].resource.id]),
            Self.application("b", .sensitive, policies: [findings[0].resource.id]),
        ]
        result.applications[1].applicationID = findings[1].resource.id
        let index = ApplicationFindings(result)
        #expect(findings.map { index.applications(of: $0) } == [[0, 1], [1], [0], [], [0]])
        #expect(findings.map { index.tier(of: $0) } == [.sensitive, .sensitive, .standard, nil, .standard])
        // Neither what is waived nor what lies in another account counts.
        #expect([0, 1].map { index.findings(of: $0, atMost: 9) } == [[0, 2], [0, 1]])
        #expect([0, 1].map { index.counts(of: $0) } == [[0, 2, 0, 0, 0], [0, 2, 0, 0, 0]])
        #expect(index.findings(of: 0, atMost: 1) == [0])
    }

    @Test func marksFindingsForTheFilter() throws {
        var result = SampleResult.small
        result.applications[0].policyIDs = [result.findings[0].resource.id]
        result.applications[0].name = "x\"y\nz"
        result.applications[0].tier = .privileged
        let page = try document(.html, of: result)
        #expect(page.contains("data-application=\"x&quot;y⟨U+000A⟩z\" data-tier=\"privileged\""))
        let card = try #require(
            page.firstMatch(of: #/data-rule="access-policy-includes-everyone" data-controls="([^"]*)"/#)?.1
        )
        let controls = try card.split(separator: " ").map { row in
            try page.firstMatch(of: Regex("id=\"\(row)\" data-control=\"([^\"]*)\"", as: (Substring, Substring).self))?
                .1
        }
        #expect(
            controls == ["cis-controls-8.1:3.3", "cis-controls-8.1:6.3", "nist-800-53-r5:AC-3", "nist-800-53-r5:AC-14"]
        )
        #expect(page.contains("data-account=\"Example &amp; &lt;Co&gt;\""))
    }

    @Test func tellsControlsApartByTheirEvidence() throws {
        func rule(_ id: String, _ control: String) -> RuleMetadata {
            var rule = SampleResult.session
            rule.id = id
            rule.frameworks = ["f": [control]]
            return rule
        }
        func outcome(_ id: String, _ counts: VerdictCounts, _ status: RuleStatus = .evaluated) -> RuleOutcome {
            RuleOutcome(metadata: rule(id, "control-\(id)"), status: status, counts: counts, passed: [])
        }
        var waived = SampleResult.finding(3, rule: "waived", severity: .high, name: "", message: "")
        waived.state = .waived
        var result = SampleResult.empty
        result.findings = [
            SampleResult.finding(1, rule: "serious", severity: .high, name: "", message: ""), waived,
            SampleResult.finding(2, rule: "lesser", severity: .low, name: "", message: ""),
        ]
        result.rules = [
            outcome("serious", VerdictCounts(fail: 1)), outcome("lesser", VerdictCounts(pass: 3, fail: 1)),
            outcome("waived", VerdictCounts(pass: 3, fail: 1)), outcome("unknown", VerdictCounts(pass: 1, unknown: 1)),
            outcome("passed", VerdictCounts(pass: 2)), outcome("idle", VerdictCounts(), .nothingExamined),
            outcome("broken", VerdictCounts(), .error),
        ]
        let page = try document(.html, of: result)
        let words = [
            ("serious", "Serious findings"), ("lesser", "Lesser findings"), ("waived", "Only accepted findings"),
            ("unknown", "Not fully known"), ("passed", "Only passes"), ("idle", "Nothing examined"),
            ("broken", "Not fully known"),
        ]
        for (control, word) in words {
            let row = try #require(
                page.split(separator: "\n").first { $0.contains("<bdi>control-\(control)</bdi>") },
                "\(control)"
            )
            #expect(row.contains("</span> \(word)</span>"), "\(control)")
        }
        #expect(page.contains("Evidence is not proof"))
    }

    @Test func doesNotCallARuleIdleThatLackedData() throws {
        let (lacking, idle) = (SampleResult.tokens, SampleResult.portals)
        var elsewhere = SampleResult.gap
        elsewhere.accountID = "another"
        var result = SampleResult.empty
        result.rules = [
            RuleOutcome(
                metadata: lacking,
                status: .evaluated,
                counts: VerdictCounts(pass: 3),
                passed: [],
                gaps: [SampleResult.gap, elsewhere]
            ),
            RuleOutcome(metadata: idle, status: .nothingExamined, counts: VerdictCounts(), passed: []),
        ]
        let page = try document(.html, of: result)
        // The same numbers as in the chart of what was checked.
        #expect(page.contains("<strong>1</strong> lacked data") && page.contains("<strong>1</strong> examined nothing"))
        #expect(page.contains("1 rule found nothing wrong in what was read, but lacked data."))
        #expect(page.contains("1 rule found nothing to look at."))
        let row = try #require(page.split(separator: "\n").first { $0.contains("<code>\(lacking.id)</code>") })
        #expect(row.contains("(permission needed: Access: Service Tokens Read). 3 resources passed."))
        #expect(row.matches(of: #/Service Tokens Read/#).count == 1)
    }

    @Test func listsWhatIsUndecidedWorstFirst() throws {
        let severities: [Severity] = [.low, .critical, .high]
        var result = SampleResult.empty
        result.rules = severities.map { severity in
            var rule = SampleResult.session
            rule.id = "rule-\(severity.rawValue)"
            rule.severity = severity
            return RuleOutcome(metadata: rule, status: .evaluated, counts: VerdictCounts(unknown: 1), passed: [])
        }
        result.findings = result.rules.enumerated().map { number, outcome in
            SampleResult.finding(
                number,
                rule: outcome.metadata.id,
                severity: .medium,
                name: "",
                message: "",
                verdict: .unknown
            )
        }
        let page = try document(.html, of: result)
        let order = page.matches(of: #/<article id="undecided-rule-([a-z]+)"/#).map { String($0.1) }
        #expect(order == ["critical", "high", "low"])
    }

    @Test func showsSeveritiesThenAndNow() throws {
        let page = try document(.html)
        let before = try #require(SampleResult.small.baseline?.openBySeverity?["critical"])
        // Ten of the eleven hostile findings are not waived, though one of them was known before.
        #expect(page.contains("<title>Critical: \(before) then, 10 now</title>"))
        var old = SampleResult.small
        old.baseline?.openBySeverity = nil
        let without = try document(.html, of: old)
        #expect(!without.contains("Critical: \(before) then"))
        #expect(without.contains("<strong>6</strong> resolved"))
    }

    @Test func saysWhatWasRedacted() throws {
        var result = SampleResult.small
        result.redaction = Redaction(
            level: .public,
            keyID: "k<1>",
            replaced: ["names of <people>"],
            withheldFindings: 2
        )
        let page = try document(.html, of: result)
        #expect(page.contains("<li><bdi>names of &lt;people&gt;</bdi></li>"))
        #expect(page.contains("shared with everybody"))
        #expect(page.contains("2 verdicts are without their message here, and without the texts of their evidence"))
        #expect(page.contains("<code>k&lt;1&gt;</code>"))
    }

    @Test func comparesSeveralAccounts() throws {
        #expect(!(try document(.html)).contains("id=\"accounts\""))
        var result = SampleResult.small
        result.accounts.append(Account(id: "second", name: "<second>"))
        #expect(try document(.html, of: result).contains("<bdi>&lt;second&gt;</bdi> <code>second</code>"))
    }

    private static func application(
        _ name: String,
        _ tier: ApplicationTier,
        policies: [String]
    ) -> ApplicationAccess {
        var access = SampleResult.access(0, name: name, reach: .no)
        access.applicationID = name
        access.tier = tier
        access.policyIDs = policies
        return access
    }
}
