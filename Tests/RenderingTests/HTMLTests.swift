import AuditModel
import Crypto
import Foundation
import Testing

@testable import Rendering

@Suite struct HTMLTests {
    @Test func escapesByScalar() {
        #expect(HTMLText().escapeText("\"\u{301}<\u{338}&'>") == "&quot;\u{301}&lt;\u{338}&amp;&#39;&gt;")
        #expect(HTMLText().escapeText("a\u{202E}b\u{0}") == "a⟨U+202E⟩b⟨U+0000⟩")
    }

    @Test func letsNoNameBecomeMarkup() throws {
        let page = try document(.html)
        let markup = try Self.markup(page)
        #expect(!markup.contains("<script"))
        #expect(!markup.contains("<b>"))
        #expect(!markup.contains("onmouseover=alert(1) y=\""))
        #expect(!markup.contains("javascript:alert(1)\""))
        #expect(markup.contains("x&quot;\u{301} onmouseover=alert(1) y=&quot;"))
        #expect(!page.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1}" || $0 == "\u{1B}" })
    }

    @Test func loadsNothingAndRunsOnlyItsScript() throws {
        let page = try document(.html)
        let assets = try PageAssets(TestFiles.templates())
        let policy = HTMLText().escapeText(assets.policy)
        #expect(page.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">"))
        #expect(page.ranges(of: "<script").count == 1)
        #expect(page.contains("<script>\(assets.script)</script>\n</body>"))
        let markup = try Self.markup(page)
        for word in [" src=", "<link", "<script", "<iframe", "<form", "url(", "@import", " style=", " onclick="] {
            #expect(!markup.contains(word), "\(word)")
        }
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "Function(", "fetch(", "import(", "://"] {
            #expect(!assets.script.contains(word), "\(word)")
        }
        let targets = page.matches(of: /href="([^"]*)"/).map { String($0.1) }
        let sources = SampleResult.frameworks.map(\.source)
        #expect(
            targets.allSatisfy { target in
                target.hasPrefix("#") || target.hasPrefix("https://developers.cloudflare.com/")
                    || sources.contains(target)
            }
        )
    }

    @Test func allowsNothingButOurStyleSheetAndScript() throws {
        let assets = try PageAssets(TestFiles.templates())
        let hashes = [assets.styles, assets.script].map { text in
            "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
        }
        #expect(
            assets.policy == "default-src 'none'; style-src \(hashes[0]); script-src \(hashes[1]); "
                + "base-uri 'none'; form-action 'none'"
        )
    }

    /// A browser takes the hash after it has read the line ends of Windows as simple ones.
    @Test func hashesLineEndsAsABrowserReadsThem() throws {
        let files = try TestFiles.templateFiles()
        let changed = files.map { file in
            file.path.hasSuffix(".mustache") ? file : (file.path, file.text.replacing("\n", with: "\r\n"))
        }
        let assets = try PageAssets(ReportTemplates(files: files))
        let same = try PageAssets(ReportTemplates(files: changed))
        #expect(same.policy == assets.policy && same.script == assets.script && same.styles == assets.styles)
    }

    @Test func resolvesEveryAnchorOnce() throws {
        let page = try document(.html, of: SampleResult.make(findingsPerSeverity: 3))
        let anchors = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(anchors).count == anchors.count)
        for match in page.matches(of: /(?:href="#|aria-labelledby=")([^"]*)"/) {
            #expect(anchors.contains(String(match.1)), "\(match.1)")
        }
        let finding = try #require(SampleResult.small.findings.first)
        #expect(anchors.contains(String(finding.fingerprint.prefix(16))))
    }

    @Test func explainsARuleOnce() throws {
        let page = try document(.html, of: SampleResult.make(findingsPerSeverity: 3))
        #expect(page.ranges(of: "Why application session is too long matters.").count == 1)
        #expect(page.ranges(of: "where this rule is listed first").count == 4)
    }

    @Test func showsTheTitlesOfControlsThatAreKnown() throws {
        let page = try document(.html)
        // The rule names the control and links to its row, where the title stands.
        let row = try #require(page.firstMatch(of: #/<li>CIS Controls v8\.1: <a href="\#([^"]*)">3\.3</a>, /#)?.1)
        #expect(
            page.contains(
                "<tr id=\"\(row)\" data-control=\"cis-controls-8.1:3.3\"><th scope=\"row\"><bdi>3.3</bdi> "
                    + "<span class=\"quiet\"><bdi>Access to data is &lt;b&gt;limited&lt;/b&gt;⟨U+202E⟩</bdi></span></th>"
            )
        )
        #expect(page.contains("<li>NIST SP 800-53 r5: "))
    }

    @Test func hasHeadingsThatSkipNoLevel() throws {
        let levels = try document(.html).matches(of: /<h([1-6])/).compactMap { Int($0.1) }
        #expect(levels.count { $0 == 1 } == 1)
        for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
    }

    @Test func staysSmallWithAThousandFindings() throws {
        let page = try document(.html, of: SampleResult.make(findingsPerSeverity: 200))
        #expect(page.utf8.count < 2_000_000)
    }

    @Test func namesFileAndLineOfTemplateFault() throws {
        var files = try TestFiles.templateFiles()
        files.removeAll { $0.path == "html/finding.mustache" }
        files.append((path: "html/finding.mustache", text: "one\n{{#evidence}}\n{{/evidenze}}\n"))
        let error = try #require(throws: RenderingError.self) { try Self.render(files) }
        #expect(error.code == .invalidTemplate)
        #expect(error.place == "html/finding.mustache:3")
    }

    @Test(arguments: ["html/report.mustache", "html/report.css", "html/report.js", "html/finding.mustache"])
    func refusesToRenderWithoutTemplate(path: String) throws {
        let files = try TestFiles.templateFiles().filter { $0.path != path }
        let error = try #require(throws: RenderingError.self) { try Self.render(files) }
        #expect(error.code == (path.hasSuffix("finding.mustache") ? .invalidTemplate : .missingTemplate))
    }

    @Test func refusesStyleSheetThatEndsItsElement() throws {
        var files = try TestFiles.templateFiles().filter { $0.path != "html/report.css" }
        files.append((path: "html/report.css", text: "p { margin: 0 }\r\np::after { content: '</style>' }"))
        #expect(try #require(throws: RenderingError.self) { try Self.render(files) }.place == "html/report.css:2")
    }

    @Test(arguments: ["f('</script>')", "f('</SCRIPT x')", "f('<!--\u{301}<script>')", "// <script"])
    func refusesScriptThatEndsItsElement(text: String) throws {
        var files = try TestFiles.templateFiles().filter { $0.path != "html/report.js" }
        files.append((path: "html/report.js", text: text))
        let error = try #require(throws: RenderingError.self) { try Self.render(files) }
        #expect(error.code == .invalidTemplate && error.place == "html/report.js:1")
    }

    /// The page without what stands in its style sheet and its script.
    private static func markup(_ page: String) throws -> String {
        let assets = try PageAssets(TestFiles.templates())
        return page.replacing("<style>\(assets.styles)</style>", with: "")
            .replacing("<script>\(assets.script)</script>", with: "")
    }

    private static func render(_ files: [(path: String, text: String)]) throws {
        var text = ""
        let renderer = ReportFormat.html.makeRenderer(
            templates: ReportTemplates(files: files),
            options: RenderOptions()
        )
        try renderer.render(SampleResult.small, into: &text)
    }
}
