import ArgumentParser
import Attestation
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

    @Option(
        help: ArgumentHelp(
            "Sign the documents: private key, PEM, Ed25519 or ECDSA P-256. Writes \(AttestationFile.name) beside them.",
            valueName: "key"
        )
    )
    var attest: String?

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

    /// Path of the private key that signs the documents; empty when they are not signed.
    func attestationKey(_ file: ConfigurationFile?) -> Effective<String> {
        let configured = file?.attest.map { Configured(file?.resolved($0.value) ?? $0.value, line: $0.line) }
        return Effective(option: (attest, "--attest"), file: (configured, file?.file), builtIn: "")
    }

    /// Reads the private key; `nil` when the documents are not signed.
    ///
    /// - Throws: ``InputError``; `ValidationError` when the documents cannot be attested.
    func signing(_ file: ConfigurationFile?) throws -> DocumentSigning? {
        guard try attestationFile(file) != nil else { return nil }
        return try DocumentSigning(key: attestationKey(file).value)
    }

    /// Where the attestation is to be; `nil` when the documents are not signed.
    private func attestationFile(_ file: ConfigurationFile?) throws -> AttestationFile? {
        guard !attestationKey(file).value.isEmpty else { return nil }
        return try AttestationFile(of: documents(file).value)
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
        let own = [KeptFile("configuration", file?.file), KeptFile("private key", attestationKey(file).value)]
        let kept = (own + kept).compactMap(\.self)
        for target in try documents(file).value where target.path != "-" {
            for file in kept { try file.check(target.path, of: "--report") }
            try OutputFiles.check(target.path)
        }
        guard let attestation = try attestationFile(file) else { return }
        for file in kept { try file.check(attestation.path, of: "--attest") }
        try OutputFiles.check(attestation.path)
    }

    /// Renders every document, then writes them; without any, a short summary goes to standard output.
    ///
    /// - Parameters:
    ///   - result: What the documents show.
    ///   - file: The configuration.
    ///   - signing: Signs the documents; `nil` leaves them unsigned.
    ///   - snapshot: Path of the snapshot; `nil` when there is none.
    ///   - gate: How the gate judged the result; `nil` where there is none.
    /// - Throws: ``OutputError``; errors of rendering and signing.
    func write(
        _ result: AuditResult,
        _ file: ConfigurationFile?,
        signing: DocumentSigning? = nil,
        snapshot: String? = nil,
        gate: AuditPredicate.Gate? = nil
    ) throws {
        var documents: [(path: String, text: String)] = []
        for target in try self.documents(file).value {
            documents.append((target.path, try document(target.format, result, file)))
        }
        if documents.isEmpty {
            var text = ""
            try TerminalSummary().render(result, into: &text)
            documents.append(("-", text))
        }
        if let signing, let attestation = try attestationFile(file) {
            var snapshotDigest: String?
            if let snapshot, case .file(let digest) = FileDigest.find(snapshot) { snapshotDigest = digest }
            let predicate = AuditPredicate(
                result,
                writer: AuditPredicate.Program(name: "ztaudit", version: Version.current),
                snapshotFile: snapshotDigest,
                gate: gate
            )
            // Last, because it is put in place last: an interruption leaves documents that do not fit, and never an
            // attestation of documents that are not there yet.
            documents.append((attestation.path, try signing.attestation(of: documents, in: attestation, predicate)))
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
