import AuditModel
import Testing

@testable import Rendering

@Suite struct JUnitLimitTests {
    private static let flavours: [ReportFormat] = [.junit, .junitExtended]

    /// The small result with many passes in one rule and some in another.
    private static let result: AuditResult = {
        var result = SampleResult.make(findingsPerSeverity: 20)
        for place in result.rules.indices where result.rules[place].status == .evaluated {
            let count = place == 0 ? 400 : 10
            result.rules[place].passed = (0..<count).map { number in
                PassedResource(accountID: SampleResult.account, id: "passed \(number)", name: "same name")
            }
            result.rules[place].counts.pass = count
        }
        return result
    }()

    private static func tree(_ flavour: ReportFormat, bytes: Int) throws -> XMLElementNode {
        let text = try document(flavour, of: result, options: RenderOptions(maximumLength: bytes))
        return try #require(XMLTreeReader.root(of: text))
    }

    private static func note(_ root: XMLElementNode) -> String? {
        root.all("property").first { $0.attributes["name"] == "shortened" }?.attributes["value"]
    }

    @Test(arguments: flavours)
    func saysNothingWhereEverythingFits(flavour: ReportFormat) throws {
        let root = try Self.tree(flavour, bytes: 10_000_000)
        #expect(Self.note(root) == nil)
        #expect(root.all("system-out").isEmpty)
    }

    @Test(arguments: flavours)
    func staysBelowTheLimitAsLongAsTextsCanBeCut(flavour: ReportFormat) throws {
        for bytes in stride(from: flavour == .junit ? 140_000 : 260_000, to: 700_000, by: 40_000) {
            let options = RenderOptions(maximumLength: bytes)
            let text = try document(flavour, of: Self.result, options: options)
            #expect(text.utf8.count <= bytes)
            #expect(try document(flavour, of: Self.result, options: options) == text)
        }
    }

    @Test(arguments: flavours)
    func keepsEveryCaseThatDidNotPass(flavour: ReportFormat) throws {
        let whole = try Self.tree(flavour, bytes: 10_000_000)
        for bytes in [1, 50_000, 150_000, 300_000] {
            let root = try Self.tree(flavour, bytes: bytes)
            for element in ["failure", "error", "skipped"] {
                #expect(root.all(element).count == whole.all(element).count)
                for outcome in root.all(element) {
                    #expect(!outcome.text.isEmpty && outcome.attributes["message"]?.isEmpty == false)
                }
            }
            let names = Set(whole.all("testcase").filter { $0.all("message").isEmpty }.map { $0.attributes["name"] })
            for item in root.all("testcase") where !item.all("failure").isEmpty {
                #expect(names.contains(item.attributes["name"]))
            }
            for suite in root.all("testsuite") {
                #expect(suite.attributes["tests"] == String(suite.all("testcase").count))
            }
            #expect(root.attributes["tests"] == String(root.all("testcase").count))
        }
    }

    @Test func summarisesTheLargestSuiteFirstAndSaysSo() throws {
        let root = try Self.tree(.junit, bytes: 180_000)
        let note = try #require(Self.note(root))
        #expect(note.hasPrefix("400 passed cases of 1 suite stand as one each"), "\(note)")
        #expect(note.hasSuffix("The JSON report has all."))
        let rest = root.all("testcase").filter { !$0.all("system-out").isEmpty }
        #expect(rest.map { $0.attributes["name"] } == ["resources that passed"])
        #expect(rest.first?.all("system-out").first?.text.hasPrefix("400 cases passed.") == true)
        // Counts of the whole audit stay what they are.
        let counts = root.all("property").filter { $0.attributes["name"] == "counts.pass" }
        #expect(counts.map { $0.attributes["value"] } == [String(Self.result.summary.verdicts.pass)])
        let passes = root.all("property").filter { $0.attributes["name"] == "rule.pass" }
        #expect(passes.contains { $0.attributes["value"] == "400" })
    }

    @Test func saysThatTextsWereCut() throws {
        let root = try Self.tree(.junitExtended, bytes: 1)
        let note = try #require(Self.note(root))
        #expect(note.contains("texts are cut to 128 bytes and properties of cases are left out"), "\(note)")
        #expect(root.all("testcase").allSatisfy { $0.all("property").isEmpty })
        #expect(root.all("failure").allSatisfy { $0.text.utf8.count <= 128 })
    }
}
