import AuditModel
import Testing

@testable import Rendering

/// The page opens quickly however large the account is, and says what it leaves out.
@Suite struct PageSizeTests {
    /// As many rules, with about as much text and as many controls, as the built-in ones.
    private static let rules = (0..<240).map { number in
        var rule = SampleResult.everyone
        rule.id = "rule-number-\(number)-with-a-name-of-usual-length"
        rule.title = "What is wrong, in a title of usual length, by rule \(number)"
        rule.rationale = String(repeating: "This is why it matters to somebody who reads it. ", count: 9)
        rule.remediation.summary = String(repeating: "This is what to do. ", count: 6)
        rule.remediation.terraform = String(repeating: "attribute = value\n", count: 11)
        rule.references = (0..<2).map {
            "https://developers.cloudflare.com/cloudflare-one/a-page-of-usual-length/\($0)/"
        }
        rule.frameworks = [
            "cis-controls-8.1": ["3.\(number % 30)", "6.\(number % 8)"],
            "iso-27001-2022": ["A.5.\(number % 14)", "A.8.\(number % 14)"],
            "nist-800-53-r5": ["AC-\(number % 25)", "SC-\(number % 27)", "IA-2"],
            "pci-dss-4.0.1": ["7.\(number % 34)"],
            "soc-2": ["CC6.\(number % 12)", "CC6.6"],
        ]
        return rule
    }

    /// Findings of a usual length, worst first; each of the applications has some.
    private static func result(findings count: Int, applications: Int) -> AuditResult {
        var findings = (0..<count).map { number in
            var finding = SampleResult.finding(
                number,
                rule: rules[number % rules.count].id,
                severity: Severity.allCases[number % Severity.allCases.count],
                name: "Application \(number % applications)",
                message: "Somebody gets in with any mailbox, by the policy \"Allow external carriers\": a login by PIN."
            )
            finding.resource.id = "policy \(number % applications)"
            finding.evidence = [
                "conditions": .text("a login by \"One-time PIN\", unless blocked by \"Block leavers\""),
                "policy_id": .text("320a3ab4-ffd9-4bbd-9ff0-8ef1c8e4c66d"), "type": .text("self_hosted"),
            ]
            return finding
        }
        findings.sort { $0.severity.rank < $1.severity.rank }
        var result = SampleResult.result(findings, more: rules)
        result.applications = (0..<applications).map { number in
            SampleResult.access(
                number,
                name: "Application \(number)",
                reach: .yes,
                weakest: WayIn(
                    assurance: .group,
                    policyID: "policy \(number)",
                    policyName: "Allow staff",
                    conditions: "a login with the Entra ID group 89629d72-571e-41e9-87bb-71ee9e91ce9e at \"Entra ID\"",
                    mfa: .no,
                    devicePosture: .yes,
                    network: .no
                )
            )
        }
        return result
    }

    @Test func showsAThousandFindingsWithinTwoMegabytes() throws {
        let page = try document(.html, of: Self.result(findings: 1000, applications: 80))
        #expect(page.ranges(of: "class=\"finding\"").count == 1000)
        #expect(page.utf8.count < 2_000_000)
        #expect(!page.contains("left out here"))
    }

    /// What takes longer than in proportion would not end in this time.
    @Test(.timeLimit(.minutes(2)))
    func cutsFiftyThousandFindingsAndSaysSo() throws {
        let result = Self.result(findings: 50_000, applications: 10_000)
        let page = try document(.html, of: result)
        #expect(page.utf8.count < 3_000_000)
        let shown = page.ranges(of: "class=\"finding\"").count
        #expect((1000...1500).contains(shown))
        let cut = page.matches(of: /([0-9]+) more findings? of this rule (?:is|are) left out here/)
            .compactMap { Int($0.1) }
        #expect(cut.reduce(0, +) + shown == 50_000)
        #expect(page.contains("the JSON and CSV reports have all"))
        #expect(page.contains("9920 applications whose way in demands as much or more are left out here"))
        // Every rule is there, and the whole is counted.
        #expect(page.ranges(of: "<article class=\"rule\"").count == 240)
        #expect(page.contains("<span class=\"number\">10000</span>"))
    }

    @Test func keepsTheWorstOfWhatItCuts() {
        let counts: [(severity: Severity, count: Int)] = [(.critical, 50), (.critical, 5), (.high, 100), (.info, 900)]
        #expect(PageLimits.shares(of: counts, limit: 2000) == [50, 5, 100, 900])
        #expect(PageLimits.shares(of: counts, limit: 100) == [50, 5, 42, 3])
        #expect(PageLimits.shares(of: counts, limit: 41) == [30, 5, 3, 3])
        #expect(PageLimits.shares(of: counts, limit: 1) == [3, 3, 3, 3])
    }

    @Test func keepsTheFindingsOfTheTierThatMattersMost() {
        var result = Self.result(findings: 0, applications: 2)
        result.findings = (0..<8).map { number in
            var finding = SampleResult.finding(number, rule: "r", severity: .high, name: "", message: "")
            finding.resource.id = "policy \(number == 6 ? 0 : 1)"
            return finding
        }
        result.applications[0].tier = .privileged
        result.applications[1].tier = .standard
        let plan = PagePlan(result, ApplicationFindings(result), limit: 4)
        #expect(plan.cards.map(\.shown) == [[0, 1, 2, 6]])
        #expect(plan.anchor(ofFinding: 7) == plan.cards.first?.anchor)
        #expect(plan.anchor(ofFinding: 6) != plan.cards.first?.anchor)
    }

    @Test func cutsLongTexts() throws {
        var finding = SampleResult.finding(1, rule: "r", severity: .high, name: "n", message: "m")
        finding.evidence["list"] = .text(String(repeating: "é", count: 100_000))
        let page = try document(.html, of: SampleResult.result([finding]))
        #expect(page.contains("é… (98500 more characters in the JSON report)"))
    }
}
