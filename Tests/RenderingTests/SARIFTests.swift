import AuditModel
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

@Suite struct SARIFTests {
    /// The log as GitHub would read it, after a look at its form.
    private func log(_ result: AuditResult, _ options: RenderOptions = RenderOptions()) throws -> JSONValue {
        let value = try JSONValue(parsing: Data(document(.sarif, of: result, options: options).utf8))
        #expect(try schema("sarif").faults(in: value) == [])
        return value
    }

    private func runs(_ result: AuditResult, _ options: RenderOptions = RenderOptions()) throws -> [JSONValue] {
        try log(result, options)["runs"]?.arrayValue ?? []
    }

    private func results(_ run: JSONValue) -> [JSONValue] { run["results"]?.arrayValue ?? [] }

    private func rules(_ run: JSONValue) -> [JSONValue] { run[path: ["tool", "driver", "rules"]]?.arrayValue ?? [] }

    private func notifications(_ run: JSONValue, _ kind: String) -> [String] {
        let lists = ["toolExecutionNotifications", "toolConfigurationNotifications"]
        return lists.flatMap { run["invocations"]?.arrayValue?.first?[$0]?.arrayValue ?? [] }
            .filter { $0[path: ["descriptor", "id"]]?.stringValue == "ztaudit/\(kind)" }
            .compactMap { $0[path: ["message", "text"]]?.stringValue }
    }

    private static func plain(_ number: Int, _ severity: Severity, rule: String? = nil) -> Finding {
        SampleResult.finding(
            number,
            rule: rule ?? SampleResult.session.id,
            severity: severity,
            name: "Application \(number)",
            message: "Sessions of Application \(number) last 730 hours."
        )
    }

    @Test func keepsToItsSchema() throws {
        for result in [
            SampleResult.small, SampleResult.make(findingsPerSeverity: 3), SampleResult.realistic, SampleResult.empty,
        ] {
            #expect(try runs(result).count == 1)
        }
    }

    @Test func schemaRejectsWhatGitHubRefuses() throws {
        let text = try document(.sarif)
        for (fault, found) in [
            (text.replacing("\"text\" : \"Allow policy admits everyone\"", with: "\"text\" : \"\""), "minLength"),
            (text.replacing("\"primaryLocationLineHash\"", with: "\"other\""), "primaryLocationLineHash is missing"),
            (text.replacing("\"security-severity\" : \"9.5\"", with: "\"security-severity\" : 9.5"), "is no string"),
            (text.replacing("\"uri\" : \"ztaudit.yaml\"", with: "\"uri\" : \"/ztaudit.yaml\""), "does not match"),
        ] {
            #expect(fault != text)
            let faults = try schema("sarif").faults(in: JSONValue(parsing: Data(fault.utf8)))
            #expect(faults.contains { $0.contains(found) }, "\(found): \(faults)")
        }
    }

    @Test func makesAResultOfEveryOpenFailAndOfNothingElse() throws {
        let run = try #require(runs(SampleResult.small).first)
        let open = SampleResult.small.findings.filter { $0.verdict == .fail && $0.state == .open }
        let fingerprints = results(run).map { $0[path: ["partialFingerprints", "ztaudit/v1"]]?.stringValue }
        #expect(fingerprints == open.map(\.fingerprint))
        let hashes = results(run).map { $0[path: ["partialFingerprints", "primaryLocationLineHash"]]?.stringValue }
        #expect(hashes == open.map { "\($0.fingerprint):1" })
    }

    @Test func countsWhatTheSummaryCounts() throws {
        let result = SampleResult.make(findingsPerSeverity: 3)
        let run = try #require(runs(result).first)
        let severities = results(run).compactMap { $0[path: ["properties", "severity"]]?.stringValue }
        for severity in Severity.allCases {
            let expected = try #require(result.summary.openBySeverity[severity.rawValue])
            #expect(severities.count { $0 == severity.rawValue } == expected)
            #expect(
                run[path: ["properties", "open_by_severity", severity.rawValue]]?.integerValue == Int64(expected)
            )
        }
        let open = try log(result)[path: ["properties", "summary", "open_by_severity", "critical"]]
        #expect(open?.integerValue == Int64(result.summary.openBySeverity["critical"] ?? -1))
    }

    @Test func makesARuleOfEverySeverity() throws {
        let run = try #require(runs(SampleResult.make(findingsPerSeverity: 1)).first)
        let own = SampleResult.session.id
        var scores: [String: String] = [:]
        for rule in rules(run) {
            scores[rule["id"]?.stringValue ?? ""] =
                "\(rule[path: ["properties", "security-severity"]]?.stringValue ?? "none") "
                + "\(rule[path: ["defaultConfiguration", "level"]]?.stringValue ?? "")"
        }
        #expect(
            scores == [
                SampleResult.everyone.id: "9.5 error", "\(own)/critical": "9.5 error", "\(own)/high": "8.0 error",
                own: "5.5 warning", "\(own)/low": "2.0 note", "\(own)/info": "none note",
            ]
        )
        for result in results(run) {
            let place = try #require(result["ruleIndex"]?.integerValue)
            let rule = rules(run)[Int(place)]
            #expect(rule["id"] == result["ruleId"])
            #expect(rule[path: ["properties", "severity"]] == result[path: ["properties", "severity"]])
            #expect(rule[path: ["properties", "tags"]]?.arrayValue?.first == "security")
        }
    }

    @Test func tellsFindingsOfOneResourceApart() throws {
        var first = Self.plain(1, .medium)
        var second = Self.plain(2, .high)
        first.resource.id = "same"
        second.resource.id = "same"
        (first.detailKey, second.detailKey) = ("a/b", "c")
        let run = try #require(runs(SampleResult.result([second, first])).first)
        let own = SampleResult.session.id
        #expect(results(run).map { $0["ruleId"]?.stringValue } == ["\(own)/high", own])
        let names = results(run).map { result in
            result["locations"]?.arrayValue?.first?["logicalLocations"]?.arrayValue?.first?["fullyQualifiedName"]?
                .stringValue
        }
        #expect(names == ["c", "a%2Fb"].map { "\(SampleResult.account)/access_policy/same/\($0)" })
    }

    @Test func knowsAnAlertAgainUnderAnotherNameAndWording() throws {
        func identity(_ finding: Finding, among others: [Finding]) throws -> [String?] {
            let run = try #require(runs(SampleResult.result(others + [finding])).first)
            let result = try #require(
                results(run).first {
                    $0[path: ["partialFingerprints", "ztaudit/v1"]]?.stringValue == finding.fingerprint
                }
            )
            return [
                result["ruleId"]?.stringValue,
                result[path: ["partialFingerprints", "primaryLocationLineHash"]]?.stringValue,
            ]
        }
        let before = Self.plain(1, .high)
        var after = before
        after.resource.name = "Renamed"
        after.message = "Said in other words."
        after.evidence = [:]
        let others = [Self.plain(2, .critical), Self.plain(3, .medium), Self.plain(4, .high, rule: "own")]
        #expect(try identity(before, among: []) == identity(after, among: others))
    }

    @Test func keepsTheWorstOfTooMany() throws {
        let findings = (0..<30_000).map { number in
            Self.plain(number, number < 3000 ? .critical : number < 4500 ? .high : .info)
        }
        let text = try document(.sarif, of: SampleResult.result(findings))
        let run = try #require(JSONValue(parsing: Data(text.utf8))["runs"]?.arrayValue?.first)
        let severities = results(run).compactMap { $0[path: ["properties", "severity"]]?.stringValue }
        #expect(["critical", "high", "info"].map { word in severities.count { $0 == word } } == [3000, 1500, 500])
        let cut = "25000 more open findings are left out here, none worse than those shown. "
        #expect(notifications(run, "cut") == [cut + "The JSON report has all of them."])
        #expect(run[path: ["properties", "open_by_severity", "info"]]?.integerValue == 25_500)
    }

    @Test func staysBelowTheSizeThatGitHubTakes() throws {
        var generator = SeededGenerator(7)
        // Text that no compression makes much smaller.
        let letters = (0..<20_000).map { _ in UInt8.random(in: 0x23...0x5B, using: &generator) }
        let findings = (0..<600).map { number in
            var finding = Self.plain(number, .high)
            for fact in 0..<30 {
                let start = number * 30 + fact
                finding.evidence["fact\(fact)"] = .text(String(decoding: letters[start..<start + 1000], as: UTF8.self))
            }
            return finding
        }
        let text = try document(.sarif, of: SampleResult.result(findings))
        let log = try JSONValue(parsing: Data(text.utf8))
        #expect(log.serialized().count < 10_000_000)
        let run = try #require(log["runs"]?.arrayValue?.first)
        let kept = results(run).count
        #expect(kept > 100 && kept < findings.count)
        #expect(notifications(run, "cut").first?.hasPrefix("\(findings.count - kept) more open findings") == true)
        // The first ones, not any.
        let last = results(run).last?[path: ["partialFingerprints", "ztaudit/v1"]]?.stringValue
        #expect(last == findings[kept - 1].fingerprint)
    }

    @Test func hasNoEmptyText() throws {
        var result = SampleResult.make(findingsPerSeverity: 1)
        result.tool.name = ""
        result.tool.version = ""
        result.tool.rulesDigest = ""
        result.accounts[0].name = ""
        for place in result.rules.indices {
            result.rules[place].metadata.title = ""
            result.rules[place].metadata.rationale = " \n"
            result.rules[place].metadata.remediation = Remediation(summary: "", dashboard: "", terraform: "\n", api: "")
            result.rules[place].metadata.frameworks = ["": ["1"], "own": [""], "other": ["", "2"]]
            result.rules[place].metadata.resource = ""
            if result.rules[place].status == .error { result.rules[place].error = "" }
        }
        for place in result.findings.indices {
            result.findings[place].resource.name = ""
            result.findings[place].message = ""
            result.findings[place].detailKey = ""
        }
        func check(_ value: JSONValue, _ place: String) {
            switch value {
            case .string(let text): #expect(!text.isEmpty, "\(place) is empty")
            case .array(let elements):
                for (index, element) in elements.enumerated() { check(element, "\(place)[\(index)]") }
            case .object(let members): for (name, member) in members { check(member, "\(place).\(name)") }
            case .null, .bool, .integer, .number: break
            }
        }
        for run in try runs(result) { check(run, "run") }
    }

    @Test func makesARunOfEveryAccount() throws {
        var result = SampleResult.result([Self.plain(1, .high), Self.plain(2, .high), Self.plain(3, .high)])
        result.accounts.append(Account(id: "b/c", name: "Second"))
        result.findings[1].accountID = "b/c"
        result.findings[2].accountID = "gone"
        let runs = try runs(result)
        #expect(
            runs.map { $0[path: ["automationDetails", "id"]]?.stringValue } == [
                "ztaudit/\(SampleResult.account)/2026-01-02T03:04:05Z", "ztaudit/b%2Fc/2026-01-02T03:04:05Z",
            ]
        )
        let messages = runs.map { results($0).compactMap { $0[path: ["message", "text"]]?.stringValue } }
        #expect(messages.map(\.count) == [2, 1])
        #expect(messages[1][0].hasSuffix(", in the account Second."))
        #expect(runs.map { rules($0).count } == [1, 1])
        // Each condition is told where it belongs, and once.
        #expect(runs.map { notifications($0, "missing-data").count } == [1, 0])
        #expect(runs.map { notifications($0, "waiver").count } == [7, 0])
        #expect(runs.map { notifications($0, "rule-error").count } == [1, 1])
    }

    @Test(arguments: [(0, 1), (1, 1), (20, 20), (21, 1)])
    func makesNoMoreRunsThanGitHubTakes(accounts: Int, expected: Int) throws {
        var result = SampleResult.result((0..<3).map { Self.plain($0, .high) })
        result.accounts = (0..<accounts).map { Account(id: "account\($0)", name: nil) }
        let runs = try runs(result)
        #expect(runs.count == expected)
        #expect(Set(runs.compactMap { $0[path: ["automationDetails", "id"]]?.stringValue }).count == expected)
        #expect(runs.reduce(0) { $0 + results($1).count } == 3)
        if accounts != 1, expected == 1 {
            #expect(runs[0][path: ["automationDetails", "id"]]?.stringValue?.hasPrefix("ztaudit/all/") == true)
        }
    }

    @Test func tellsWhatCouldNotBeDecided() throws {
        let run = try #require(runs(SampleResult.small).first)
        let missing = try #require(notifications(run, "missing-data").first)
        #expect(missing.contains("the token lacks the permission \"Access: Service Tokens Read\""))
        #expect(missing.hasSuffix("1 rule needs it, with 1 verdict unknown for missing data: service-token-unused."))
        #expect(notifications(run, "undecided").first?.contains("The duration is not understood.") == true)
        #expect(notifications(run, "rule-error").first?.contains("no such column") == true)
        #expect(run["invocations"]?.arrayValue?.first?["executionSuccessful"] == false)
    }

    @Test func succeedsUnlessARuleBreaks() throws {
        var result = SampleResult.small
        result.rules.removeAll { $0.status == .error }
        let run = try #require(runs(result).first)
        #expect(run["invocations"]?.arrayValue?.first?["executionSuccessful"] == true)
        #expect(run["invocations"]?.arrayValue?.first?["startTimeUtc"] == "2026-01-02T03:00:00Z")
        #expect(run["invocations"]?.arrayValue?.first?["endTimeUtc"] == "2026-01-02T03:04:05Z")
    }

    @Test func saysThatTheCollectionWasCutShort() throws {
        var result = SampleResult.small
        result.snapshot.status = .partial
        result.snapshot.finishedAt = nil
        let run = try #require(runs(result).first)
        #expect(notifications(run, "collection-cut-short").count == 1)
        #expect(run["invocations"]?.arrayValue?.first?["endTimeUtc"] == nil)
    }

    @Test func listsNotAllOfVeryManyWaivedFindings() throws {
        let findings = (0..<300).map { number in
            var finding = Self.plain(number, .high)
            finding.state = .waived
            return finding
        }
        let run = try #require(runs(SampleResult.result(findings)).first)
        #expect(notifications(run, "waived").count == 201)
        #expect(notifications(run, "waived").last?.hasPrefix("100 more notifications of this kind") == true)
        #expect(results(run).isEmpty && rules(run).isEmpty)
    }

    /// In a message, braces hold places for arguments and brackets start links.
    @Test func letsNoNameMakeLinksAndPlaceholders() throws {
        var finding = Self.plain(1, .high)
        finding.resource.name = "{0} [x](javascript:alert(1)) {\u{301} [y](\u{301}z) \u{202E}"
        finding.message = "\(finding.resource.name) is open."
        let run = try #require(runs(SampleResult.result([finding])).first)
        let text = try #require(results(run).first?[path: ["message", "text"]]?.stringValue)
        #expect(text.hasPrefix("{{0}} [x] (javascript:alert(1)) {{\u{301} [y] (\u{301}z) ⟨U+202E⟩ is open."))
        for message in try document(.sarif).matches(of: /"text" : "([^\n]*)"\n/) {
            #expect(!message.1.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
        }
    }

    @Test func explainsTheRule() throws {
        var finding = Self.plain(1, .critical)
        finding.ruleID = SampleResult.everyone.id
        var result = SampleResult.result([finding])
        result.rules[0].metadata.remediation.terraform = "a\n````\n<script>b\n"
        let run = try #require(runs(result).first)
        let rule = try #require(rules(run).first)
        let markdown = try #require(rule[path: ["help", "markdown"]]?.stringValue)
        #expect(markdown.contains("**With Terraform**\n\n`````\na\n````\n<script>b\n`````\n"))
        for part in ["**Why it matters**", "**What to do**", "**In the dashboard**", "**With the API**", "**Read on**"]
        {
            #expect(markdown.contains(part))
        }
        #expect(rule["helpUri"] == "https://developers.cloudflare.com/cloudflare-one/policies/access/?a=1&b=2")
        #expect(!markdown.contains("javascript:"))
    }

    @Test(arguments: ["https://x.example/[", "https://x.example/%zz", "https://x.example/#a#b"])
    func linksToNoAddressThatASchemaRefuses(address: String) throws {
        var result = SampleResult.result([Self.plain(1, .medium)])
        for place in result.rules.indices { result.rules[place].metadata.references = [address] }
        let run = try #require(runs(result).first)
        let rule = try #require(rules(run).first)
        #expect(rule["id"] != nil && rule["helpUri"] == nil)
    }

    @Test func cutsLongTexts() throws {
        var result = SampleResult.result([Self.plain(1, .high)])
        let long = String(repeating: "👩‍💻 long ", count: 2000)
        result.accounts[0].name = long
        result.findings[0].resource.name = long
        result.findings[0].message = long
        result.findings[0].evidence = ["fact": .text(long)]
        for place in result.rules.indices {
            result.rules[place].metadata.title = long
            result.rules[place].metadata.rationale = long
            result.rules[place].metadata.frameworks = Dictionary(
                uniqueKeysWithValues: (0..<30).map { ("framework\($0)", ["1"]) }
            )
        }
        let run = try #require(runs(result).first)
        let text = try #require(results(run).first?[path: ["message", "text"]]?.stringValue)
        // Which resource it is, is never cut off.
        #expect(text.contains("(id 00000001-aaaa-4bbb-8ccc-ddddeeeeffff)"))
        let rule = try #require(rules(run).first)
        for (path, limit) in [
            (["name"], 255), (["fullDescription", "text"], 1024), (["shortDescription", "text"], 1024),
        ] {
            #expect(try #require(rule[path: path]?.stringValue).utf16.count <= limit)
        }
        #expect(rule["name"]?.stringValue?.hasSuffix("… (high)") == true)
    }

    @Test func namesTheControlsOfFrameworks() throws {
        let run = try #require(runs(SampleResult.small).first)
        let taxonomies = run["taxonomies"]?.arrayValue ?? []
        #expect(taxonomies.map { $0["name"]?.stringValue } == ["cis-controls-8.1", "nist-800-53-r5"])
        let rule = try #require(rules(run).first)
        let targets = (rule["relationships"]?.arrayValue ?? []).compactMap { $0["target"] }
        #expect(targets.map { $0["id"]?.stringValue } == ["3.3", "6.3", "AC-14", "AC-3"])
        for target in targets {
            let place = try #require(target[path: ["toolComponent", "index"]]?.integerValue)
            let control = try #require(target["index"]?.integerValue)
            let taxonomy = taxonomies[Int(place)]
            #expect(taxonomy["name"] == target[path: ["toolComponent", "name"]])
            #expect(taxonomy["taxa"]?.arrayValue?[Int(control)]["id"] == target["id"])
        }
    }

    @Test func pointsAtTheGivenFile() throws {
        let location = try #require(RepositoryPath("zero trust/é#1:a.yaml"))
        let run = try #require(runs(SampleResult.small, RenderOptions(location: location)).first)
        for result in results(run) {
            let place = result["locations"]?.arrayValue?.first?["physicalLocation"]
            #expect(place?[path: ["artifactLocation", "uri"]] == "zero%20trust/%C3%A9%231%3Aa.yaml")
        }
    }

    @Test func saysThatItIsRedacted() throws {
        var result = SampleResult.small
        #expect(try log(result)[path: ["properties", "redaction"]] == nil)
        result.redaction = Redaction(level: .public, keyID: "k", replaced: ["names of people"], withheldFindings: 2)
        #expect(try log(result)[path: ["properties", "redaction", "withheld_findings"]] == 2)
    }
}
