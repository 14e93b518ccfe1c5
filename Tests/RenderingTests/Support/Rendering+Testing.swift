import AuditModel
import Foundation
import Rendering

/// Files of the repository and of the tests.
enum TestFiles {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let root = folder.deletingLastPathComponent().deletingLastPathComponent()

    static func templates() throws -> ReportTemplates {
        ReportTemplates(files: try templateFiles())
    }

    /// The templates as the program embeds them, sorted by path.
    static func templateFiles() throws -> [(path: String, text: String)] {
        let directory = root.appending(path: "report-templates")
        return try FileManager.default.subpathsOfDirectory(atPath: directory.path())
            .filter { path in [".mustache", ".css", ".js"].contains { path.hasSuffix($0) } }.sorted()
            .map { (path: $0, text: try String(contentsOf: directory.appending(path: $0), encoding: .utf8)) }
    }
}

/// Renders with the templates of the repository.
func document(
    _ format: ReportFormat,
    of result: AuditResult = SampleResult.small,
    options: RenderOptions = RenderOptions()
) throws -> String {
    var text = ""
    try format.makeRenderer(templates: TestFiles.templates(), options: options).render(result, into: &text)
    return text
}

/// The summary for the terminal.
func terminalSummary(of result: AuditResult = SampleResult.small) throws -> String {
    var text = ""
    try TerminalSummary().render(result, into: &text)
    return text
}
