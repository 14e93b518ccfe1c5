import BuiltInFiles
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

@Suite struct GoldenTests {
    // The machine formats have golden files of a small result; what they say of the demo account would fill megabytes.
    @Test(arguments: [ReportFormat.html, .json, .junit, .markdown, .markdownSummary])
    func rendersTheDemoAccountAsRecorded(format: ReportFormat) async throws {
        try await expectGolden(Self.document(format), "demo.\(format.fileExtension)")
    }

    @Test func rendersTheSummaryAsRecorded() async throws {
        var text = ""
        try TerminalSummary().render(try await DemoAccount.audit(), into: &text)
        try expectGolden(text, "demo.txt")
    }

    @Test(arguments: ReportFormat.allCases)
    func rendersTheSameBytesAgain(format: ReportFormat) async throws {
        #expect(try await Self.document(format) == Self.document(format))
    }

    @Test func keepsToTheSchemaOfTheResult() async throws {
        let schema = Repository.root.appending(path: "report-templates/json/audit-result.schema.json")
        let validator = JSONSchemaValidator(root: try JSONValue(parsing: Data(contentsOf: schema)))
        let document = try await Self.document(.json)
        #expect(try validator.faults(in: JSONValue(parsing: Data(document.utf8))) == [])
    }

    @Test func readsBackTheResultThatItWrote() async throws {
        let text = try await Self.document(.json)
        #expect(try await AuditResultReader().read(Data(text.utf8)) == DemoAccount.audit())
    }

    private static func document(_ format: ReportFormat) async throws -> String {
        let folder = "report-templates"
        let templates = ReportTemplates(
            files: BuiltInFiles.files(below: folder).map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
        )
        var text = ""
        try format.makeRenderer(templates: templates, options: RenderOptions())
            .render(try await DemoAccount.audit(), into: &text)
        return text
    }

    private func expectGolden(
        _ text: String,
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        guard let difference = try GoldenFile(name, in: folder).difference(from: text) else { return }
        Issue.record("\(difference)", sourceLocation: sourceLocation)
    }
}
