import AuditModel
import Testing

@testable import Rendering

@Suite struct JUnitExtendedTests {
    /// Properties of the cases, by name of the case.
    private static func properties(of item: XMLElementNode) -> [String: String] {
        let pairs = item.all("property").map { ($0.attributes["name"] ?? "", $0.attributes["value"] ?? "") }
        return Dictionary(pairs) { first, second in "\(first) and \(second)" }
    }

    @Test func givesEveryFindingItsProperties() throws {
        let result = SampleResult.small
        let root = try #require(XMLTreeReader.root(of: document(.junitExtended)))
        let all = root.all("testcase").map(Self.properties)
        for finding in result.findings {
            let own = all.filter { $0["fingerprint"] == finding.fingerprint && $0["verdict"] != nil }
            #expect(own.count == 1)
            let properties = own.first ?? [:]
            #expect(properties["rule.id"] == finding.ruleID)
            #expect(properties["rule.version"] == "1")
            #expect(properties["severity"] == finding.severity.rawValue)
            #expect(properties["verdict"] == finding.verdict.rawValue)
            #expect(properties["state"] == finding.state.rawValue)
            #expect(properties["resource.type"] == finding.resource.type)
            #expect(properties["resource.id"] == finding.resource.id)
            #expect(properties["account.id"] == finding.accountID)
            #expect(properties["account.name"] == "Example & <Co>")
            #expect(properties["evidence.digest"] == finding.evidenceDigest)
            #expect(properties["unknown.reason"] == finding.unknownReason?.rawValue)
            #expect(properties["waiver.expires"] == finding.waiver?.expires)
            #expect(properties["waiver.owner"] == finding.waiver.map { VisibleText.singleLine($0.owner) })
            #expect(properties["waiver.reason"] == finding.waiver.map { VisibleText.singleLine($0.reason) })
        }
        let everyone = try #require(all.first { $0["rule.id"] == SampleResult.everyone.id && $0["state"] != nil })
        #expect(everyone["control.cis-controls-8.1"] == "3.3, 6.3")
        #expect(everyone["references"] == SampleResult.everyone.references.first)
        #expect(all.contains { $0["verdict"] == "pass" && $0["resource.id"] == "77" })
        #expect(all.contains { $0["status"] == "denied" && $0["permission"] == "Access: Service Tokens Read" })
        #expect(all.contains { $0["waiver.place"] == "ztaudit.yaml:2" })
    }

    @Test func putsPropertiesBeforeTheOutcome() throws {
        let root = try #require(XMLTreeReader.root(of: document(.junitExtended)))
        for item in root.all("testcase") {
            #expect(item.children.first?.name == "properties")
            #expect(item.children.count <= 2)
        }
    }

    @Test func namesAFileForEveryFinding() throws {
        let location = try #require(RepositoryPath("access/settings.yaml"))
        let text = try document(.junitExtended, options: RenderOptions(location: location))
        let cases = try #require(XMLTreeReader.root(of: text)).all("testcase")
        let files = cases.filter { $0.attributes["file"] != nil }
        #expect(files.count == SampleResult.small.findings.count)
        #expect(files.allSatisfy { $0.attributes["file"] == location.text && $0.attributes["line"] == "1" })
    }

    @Test func hasTheCasesOfTheStrictFlavour() throws {
        let names = try [ReportFormat.junit, .junitExtended].map { format in
            try #require(XMLTreeReader.root(of: document(format))).all("testcase").map { $0.attributes["name"] }
        }
        #expect(names[0] == names[1])
    }
}
