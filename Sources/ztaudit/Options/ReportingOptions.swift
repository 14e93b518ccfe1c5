import ArgumentParser
import AuditModel
import BuiltInFiles
import Foundation
import Rendering

/// A document to write: `FORMAT=PATH`.
struct ReportTarget: ExpressibleByArgument {
    let format: ReportFormat
    /// `-` stands for standard output.
    let path: String

    /// `nil` when `argument` has not the form `FORMAT=PATH` with a known format.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let format = ReportFormat(rawValue: String(parts[0])), !parts[1].isEmpty else {
            return nil
        }
        self.format = format
        path = String(parts[1])
    }

    /// Whether both would be written to one place.
    func hasPath(of other: ReportTarget) -> Bool {
        guard path != "-", other.path != "-" else { return path == other.path }
        return OutputFiles.areSame(path, other.path)
    }
}

/// Which documents are written.
struct ReportingOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Document to write; may be given several times. Formats: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")). PATH - is standard output.",
            valueName: "format=path"
        )
    )
    var targets: [ReportTarget] = []

    @Option(help: ArgumentHelp("Title of the documents.", valueName: "text"))
    var title: String?

    mutating func validate() throws {
        for (index, target) in targets.enumerated() where targets[..<index].contains(where: target.hasPath(of:)) {
            throw ValidationError("Two --report options name the same path, '\(target.path)'.")
        }
    }

    /// Refuses paths that cannot be written.
    ///
    /// - Parameter snapshot: Path of the evidence, which no document may replace.
    /// - Throws: ``OutputError``; `ValidationError` when a document would replace the snapshot.
    func checkPaths(keeping snapshot: String? = nil) throws {
        for target in targets where target.path != "-" {
            if let snapshot, OutputFiles.areSame(target.path, snapshot) {
                throw ValidationError("--report would replace the snapshot '\(snapshot)'. Give another path.")
            }
            try OutputFiles.check(target.path)
        }
    }

    /// Renders every document, then writes them; without any, a short summary goes to standard output.
    func write(_ result: AuditResult) throws {
        let folder = "report-templates"
        let templates = ReportTemplates(
            files: BuiltInFiles.files(below: folder).map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
        )
        let options = RenderOptions(title: title)
        var documents: [(path: String, text: String)] = []
        for target in targets {
            var text = ""
            try target.format.makeRenderer(templates: templates, options: options).render(result, into: &text)
            documents.append((target.path, text))
        }
        if documents.isEmpty {
            var text = ""
            try TerminalSummary().render(result, into: &text)
            documents.append(("-", text))
        }
        try OutputFiles.write(documents.filter { $0.path != "-" })
        for document in documents where document.path == "-" { try Console.output(document.text) }
    }
}
