import AuditModel

/// The template files that renderers need, as text: renderers open no files.
package struct ReportTemplates: Sendable {
    /// A template file.
    struct File: Sendable {
        /// Path below the folder of templates, such as `html/report.mustache`.
        let path: String
        /// Where the file lies, for messages.
        let place: String
        let text: String
    }

    let files: [File]

    /// Holds the given files.
    ///
    /// - Parameter files: Path below `report-templates`, with `/` as separator, and text of each. Files that no
    ///   renderer knows are ignored.
    package init(files: [(path: String, text: String)]) {
        self.files = files.map { File(path: $0.path, place: $0.path, text: $0.text) }
    }

    private init(files: [File]) {
        self.files = files
    }

    /// The templates with somebody's own in place of those of the same path, and further partials beside them.
    ///
    /// Mustache renders a name that it does not find as nothing, so names are compared with those that the templates here
    /// use: these use every one that there is.
    ///
    /// - Parameters:
    ///   - own: Path below the folder, with `/` as separator, and text of each file.
    ///   - folder: Path of the folder, for messages.
    /// - Returns: Templates without a fault.
    /// - Throws: `RenderingError` with code `invalidTemplate` that names file and line.
    package func replacing(
        with own: [(path: String, text: String)],
        from folder: String
    ) throws(RenderingError) -> ReportTemplates {
        let own = own.map { File(path: $0.path, place: "\(folder)/\($0.path)", text: $0.text) }
        let names = Set(files.flatMap { TemplateTag.all(in: $0.text) }.filter(\.namesAValue).map(\.name))
        let unescaped = Set(files.flatMap { TemplateTag.all(in: $0.text) }.filter { $0.kind == .unescaped }.map(\.name))
        for file in own where file.path.hasSuffix(".mustache") {
            for tag in TemplateTag.all(in: file.text) { try check(tag, in: file, names, unescaped) }
        }
        let replaced = Set(own.map(\.path))
        let templates = ReportTemplates(files: files.filter { !replaced.contains($0.path) } + own)
        // Faults show before an audit is made, not after.
        _ = try TemplateLibrary(templates)
        _ = try PageAssets(templates)
        return templates
    }

    private func check(
        _ tag: TemplateTag,
        in file: File,
        _ names: Set<String>,
        _ unescaped: Set<String>
    ) throws(RenderingError) {
        let place = "\(file.place):\(tag.line)"
        if tag.kind == .setting {
            throw RenderingError(
                code: .invalidTemplate,
                place: place,
                problem: "a template must not change how it is read",
                remedy: "Remove the tag that begins with '{{=' or '{{%'"
            )
        }
        if tag.kind == .unescaped, !unescaped.contains(tag.name) {
            // Names and messages come from the account, where anybody may have written them.
            throw RenderingError(
                code: .invalidTemplate,
                place: place,
                problem: "'\(tag.name)' must not be written without escaping",
                remedy: "Write {{\(tag.name)}}"
            )
        }
        guard tag.namesAValue, !names.contains(tag.name) else { return }
        let close = ClosestWord.to(tag.name, among: names.sorted())
        throw RenderingError(
            code: .invalidTemplate,
            place: place,
            problem: "there is no value '\(tag.name)'",
            remedy: close.map { "Write '\($0)' if that is meant" } ?? "Use a name that the built-in templates use"
        )
    }

    /// The file at `path`.
    ///
    /// - Throws: `RenderingError` with code `missingTemplate`.
    func file(_ path: String) throws(RenderingError) -> File {
        guard let file = files.first(where: { $0.path == path }) else {
            throw RenderingError(
                code: .missingTemplate,
                place: path,
                problem: "the template does not exist",
                remedy: "Restore report-templates/\(path)"
            )
        }
        return file
    }
}
