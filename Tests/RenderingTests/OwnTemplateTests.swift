import AuditModel
import Testing

@testable import Rendering

/// Templates that somebody copied and changed.
@Suite struct OwnTemplateTests {
    @Test func takesAnOwnTemplateAndTheBuiltInOnesBesideIt() throws {
        let page = try render([
            ("html/verdict.mustache", "<p class=\"own\">{{> own/part}}</p>\n"),
            ("html/own/part.mustache", "Mine: {{heading}}"),
        ])
        #expect(page.contains("<p class=\"own\">Mine: Cloudflare Access audit</p>"))
        #expect(page.contains("id=\"findings\""))
    }

    @Test func escapesWhatComesFromTheAccountInOwnTemplatesToo() throws {
        let page = try render([
            ("html/finding.mustache", "<b title=\"{{resourceName}}\">{{> own}}</b>\n"),
            ("html/own.mustache", "{{message}}"),
        ])
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("<b title=\"x&quot;\u{301} onmouseover=alert(1) y=&quot;\">"))
    }

    @Test(arguments: [
        ("one\n{{#evidence}}\n{{/evidenze}}\n", 3, "evidenze", "evidence"),
        ("{{resorceName}}", 1, "resorceName", "resourceName"),
        ("\n\n{{#zzzzzzzzzzzzzz}}{{/zzzzzzzzzzzzzz}}", 3, "zzzzzzzzzzzzzz", "built-in"),
        ("a\n{{{resourceName}}}", 2, "without escaping", "{{resourceName}}"),
        ("{{& message}}", 1, "without escaping", "{{message}}"),
        ("{{=<% %>=}}<%& message %>", 1, "how it is read", "Remove"),
        ("{{% CONTENT_TYPE: TEXT}}{{message}}", 1, "how it is read", "Remove"),
        ("\n{{> nothing}}", 2, "nothing", "Correct"),
        ("{{#upper(message)}}x{{/upper(message)}}", 1, "upper(message)", "built-in"),
        ("{{#evidence}}", 1, "", "Correct"),
    ])
    func namesFileAndLineOfAFault(text: String, line: Int, problem: String, remedy: String) throws {
        let error = try #require(throws: RenderingError.self) { try render([("html/finding.mustache", text)]) }
        #expect(error.code == .invalidTemplate)
        #expect(error.place == "my/html/finding.mustache:\(line)")
        #expect(error.problem.contains(problem), "\(error)")
        #expect(error.remedy.contains(remedy), "\(error)")
    }

    private func render(_ own: [(path: String, text: String)]) throws -> String {
        let templates = try TestFiles.templates().replacing(with: own, from: "my")
        var text = ""
        try ReportFormat.html.makeRenderer(templates: templates, options: RenderOptions())
            .render(SampleResult.small, into: &text)
        return text
    }
}
