import ArgumentParser
import AuditModel
import Foundation
import Rendering
import RuleEngine

/// A document to write: `FORMAT=PATH`.
struct ReportTarget: ExpressibleByArgument, Hashable {
    let format: ReportFormat
    /// `-` stands for standard output.
    let path: String

    init(format: ReportFormat, path: String) {
        self.format = format
        self.path = path
    }

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

    @Option(
        name: .customLong("templates"),
        help: ArgumentHelp(
            "Folder with templates of your own for HTML: each stands in for the built-in one of its name.",
            valueName: "folder"
        )
    )
    var templateFolder: String?

    @Option(
        help: ArgumentHelp(
            "File in which sarif, gitlab-code-quality, github and junit-extended show the findings, from the top of the repository (default: \(RepositoryPath.standard.text)).",
            valueName: "path"
        )
    )
    var location: String?

    mutating func validate() throws {
        if let location, RepositoryPath(location) == nil {
            throw ValidationError(
                "--location: '\(location)' is no path in a repository. \(RepositoryPath.requirement)."
            )
        }
        for (index, target) in targets.enumerated() where targets[..<index].contains(where: target.hasPath(of:)) {
            throw ValidationError("Two --report options name the same path, '\(target.path)'.")
        }
    }

    /// The documents to write.
    ///
    /// - Throws: ``InputError`` when the configuration names a format that there is not, or one path twice.
    func documents(_ file: ConfigurationFile?) throws -> Effective<[ReportTarget]> {
        var configured: Configured<[ReportTarget]>?
        if let file, let texts = file.reports {
            let place = Effective<String>.place(file.file, texts.line)
            var targets: [ReportTarget] = []
            for text in texts.value {
                guard let target = ReportTarget(argument: text) else {
                    let format = text.prefix { $0 != "=" }
                    throw InputError(
                        path: place,
                        problem: "names '\(format)' under 'documents', which is no format",
                        remedy: "Use \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))"
                    )
                }
                let resolved = ReportTarget(format: target.format, path: file.resolved(target.path))
                guard !targets.contains(where: resolved.hasPath(of:)) else {
                    throw InputError(
                        path: place,
                        problem: "names the path '\(target.path)' for two documents",
                        remedy: "Give each a path of its own"
                    )
                }
                targets.append(resolved)
            }
            configured = Configured(targets, line: texts.line)
        }
        return Effective(
            option: (targets.isEmpty ? nil : targets, "--report"),
            file: (configured, file?.file),
            builtIn: []
        )
    }

    /// Title of the documents; empty when they have their own.
    func documentTitle(_ file: ConfigurationFile?) -> Effective<String> {
        Effective(option: (title, "--title"), file: (file?.title, file?.file), builtIn: "")
    }

    /// Folder with templates of one's own; empty without.
    func templates(_ file: ConfigurationFile?) -> Effective<String> {
        let configured = file.flatMap { file in
            file.templates.map { Configured(file.resolved($0.value), line: $0.line) }
        }
        return Effective(option: (templateFolder, "--templates"), file: (configured, file?.file), builtIn: "")
    }

    /// File in which formats for code review show the findings.
    ///
    /// - Throws: ``InputError`` when the configuration names what is no path in a repository.
    func findingLocation(_ file: ConfigurationFile?) throws -> Effective<RepositoryPath> {
        let configured = try file?.location.map { text in
            guard let path = RepositoryPath(text.value) else {
                throw InputError(
                    path: Effective<String>.place(file?.file ?? "", text.line),
                    problem: "has '\(text.value)' under 'location', which is no path in a repository",
                    remedy: RepositoryPath.requirement
                )
            }
            return Configured(path, line: text.line)
        }
        return Effective(
            option: (location.flatMap { RepositoryPath($0) }, "--location"),
            file: (configured, file?.file),
            builtIn: .standard
        )
    }

    /// Refuses templates with a fault, a location that is none, and paths that cannot be written.
    ///
    /// - Parameters:
    ///   - file: The configuration.
    ///   - kept: Files that no document may replace, beside the configuration: a report in place of the baseline would
    ///     make known what is new.
    /// - Throws: ``OutputError``; `ValidationError` when a document would replace one of them; ``InputError`` and
    ///   `RenderingError` for templates.
    func checkPaths(_ file: ConfigurationFile?, keeping kept: [KeptFile?]) throws {
        _ = try TemplateFiles.templates(templates(file).value)
        _ = try findingLocation(file)
        let kept = ([KeptFile("configuration", file?.file)] + kept).compactMap(\.self)
        for target in try documents(file).value where target.path != "-" {
            for file in kept { try file.check(target.path, of: "--report") }
            try OutputFiles.check(target.path)
        }
    }

    /// Renders every document, then writes them; without any, a short summary goes to standard output.
    func write(_ result: AuditResult, _ file: ConfigurationFile?) throws {
        var documents: [(path: String, text: String)] = []
        for target in try self.documents(file).value {
            documents.append((target.path, try document(target.format, result, file)))
        }
        if documents.isEmpty {
            var text = ""
            try TerminalSummary().render(result, into: &text)
            documents.append(("-", text))
        }
        try OutputFiles.write(documents.filter { $0.path != "-" })
        for document in documents where document.path == "-" { try Console.output(document.text) }
    }

    /// Renders one document.
    ///
    /// - Parameters:
    ///   - format: Its format.
    ///   - result: What it says.
    ///   - file: The configuration.
    ///   - maximumLength: Most that it may have; `nil` for what its usual readers take.
    /// - Returns: The document.
    /// - Throws: `RenderingError`, ``InputError``.
    func document(
        _ format: ReportFormat,
        _ result: AuditResult,
        _ file: ConfigurationFile?,
        maximumLength: Int? = nil
    ) throws -> String {
        let templates = try TemplateFiles.templates(templates(file).value)
        let title = documentTitle(file).value
        let options = RenderOptions(
            title: title.isEmpty ? nil : title,
            maximumLength: maximumLength,
            location: try findingLocation(file).value
        )
        var text = ""
        try format.makeRenderer(templates: templates, options: options).render(result, into: &text)
        return text
    }
}
