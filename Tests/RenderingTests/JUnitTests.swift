import AuditModel
import Testing

@testable import Rendering

@Suite struct JUnitTests {
    /// Attributes that Jenkins' junit-10.xsd and Surefire's schema both know, where they differ the smaller set.
    private static let allowed: [String: Set<String>] = [
        "testsuites": ["name", "tests", "failures", "errors", "time"],
        "testsuite": ["name", "tests", "failures", "errors", "skipped", "time", "timestamp"],
        "properties": [], "property": ["name", "value"], "testcase": ["classname", "name", "time"],
        "failure": ["message", "type"], "error": ["message", "type"], "skipped": ["message"], "system-out": [],
    ]

    @Test(arguments: [nil, 20_000])
    func keepsToStrictProfile(bytes: Int?) throws {
        let text = try document(.junit, options: RenderOptions(maximumLength: bytes))
        let root = try #require(XMLTreeReader.root(of: text))
        #expect(root.name == "testsuites")
        func check(_ element: XMLElementNode) {
            let allowed = Self.allowed[element.name]
            #expect(allowed != nil, "element \(element.name)")
            #expect(Set(element.attributes.keys).isSubset(of: allowed ?? []), "attributes of \(element.name)")
            element.children.forEach(check)
        }
        check(root)
        for suite in root.all("testsuite") {
            #expect(!suite.all("testcase").isEmpty)
            #expect(suite.attributes["timestamp"] == "2026-01-02T03:04:05")
            for item in suite.all("testcase") { #expect(item.all("properties").isEmpty) }
            for (attribute, element) in [
                ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
            ] {
                #expect(suite.attributes[attribute] == String(suite.all(element).count))
            }
        }
    }

    @Test func namesCasesUniquely() throws {
        let cases = try #require(XMLTreeReader.root(of: document(.junit))).all("testcase")
        let keys = cases.map { "\($0.attributes["classname"] ?? "")/\($0.attributes["name"] ?? "")" }
        #expect(Set(keys).count == keys.count)
        #expect(keys.contains { $0.hasSuffix("certificate-expired/same name (p1)") })
    }

    @Test func tellsEqualNamesApart() {
        let same = { JUnitCase(className: "c", name: "n", fullID: $0, outcome: .passed) }
        var suite = JUnitSuite(name: "s", cases: [same("1"), same("2"), same("2")])
        suite.makeNamesUnique()
        #expect(suite.cases.map(\.name) == ["n {1}", "n {2}", "n {2} (2)"])
    }

    @Test func givesEveryOutcomeOneElementWithBody() throws {
        let root = try #require(XMLTreeReader.root(of: document(.junit)))
        for item in root.all("testcase") {
            #expect(item.children.count <= 1)
            for outcome in item.children {
                #expect(!outcome.text.isEmpty)
                #expect(outcome.attributes["message"]?.isEmpty == false)
            }
        }
        #expect(root.all("failure").first?.attributes["type"] == "access-policy-includes-everyone.critical")
        let skipped = root.all("skipped").compactMap { $0.attributes["message"] }
        #expect(skipped.contains { $0.hasPrefix("Waived") })
        #expect(skipped.contains { $0.contains("Access: Service Tokens Read") })
        #expect(skipped.contains("The rule examined nothing."))
    }

    @Test func keepsHostileNamesAsText() throws {
        let root = try #require(XMLTreeReader.root(of: document(.junit)))
        let names = root.all("testcase").compactMap { $0.attributes["name"] }
        #expect(names.contains { $0.hasPrefix("wiki \"quoted\" 'single' <script>alert(1)</script> (") })
        #expect(names.contains { $0.hasPrefix("x\"\u{301} onmouseover=alert(1)") })
        #expect(names.contains { $0.hasPrefix("⟨U+0001⟩⟨U+001B⟩[31mred") })
    }

    @Test func replacesWhatXMLCannotHold() throws {
        #expect(
            XMLText.allowed("a\u{0}\u{1}\u{85}\u{9F}\u{FFFE}\u{1FFFF}\u{7F}b\t\n\r\u{1F600}")
                == "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b\t\n\r\u{1F600}"
        )
        let writer = try XMLWriter()
        try writer.element("a", [("b", "1\n2\u{0}\"<")]) { (writer) throws(RenderingError) in
            try writer.text("]]>\u{1}")
        }
        #expect(try writer.finish().contains("<a b=\"1&#10;2\u{FFFD}&quot;&lt;\">]]&gt;\u{FFFD}</a>"))
    }

    @Test func capsBody() {
        let body = JUnitBody.capped(String(repeating: "é", count: 10_000))
        #expect(body.utf8.count <= JUnitBody.maximumBytes)
        #expect(body.hasSuffix("the JSON report has the rest."))
    }

    @Test(arguments: ["2026-01-02 03:04:05Z", "2026-01-02T03:04:05+01:00", "", "x\" y=\"2026-01-02T03:04:05Z"])
    func leavesOutWhatIsNoTime(text: String) {
        #expect(JUnitRenderer.timestamp(text) == nil)
    }
}
