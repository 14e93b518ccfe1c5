import Mustache

/// The HTML templates, parsed and tied to our escaping.
struct TemplateLibrary: Sendable {
    private static let folder = "html/"
    private static let ending = ".mustache"

    private let library: MustacheLibrary

    /// Parses every template below `html/`; each is known by its path there without the ending.
    ///
    /// The pragma for our escaping is put before every template, partials too: a partial does not take over the
    /// content type of the template that asked for it.
    ///
    /// - Throws: `RenderingError` with code `invalidTemplate` that names file and line.
    init(_ templates: ReportTemplates) throws(RenderingError) {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        let files = templates.files.filter { $0.path.hasPrefix(Self.folder) && $0.path.hasSuffix(Self.ending) }
        let names = Set(files.map { Self.name(of: $0.path) })
        var parsed: [String: MustacheTemplate] = [:]
        for file in files {
            for tag in TemplateTag.all(in: file.text) where tag.kind == .partial && !names.contains(tag.name) {
                throw Self.invalid(file, line: tag.line, "there is no template '\(tag.name)'")
            }
            parsed[Self.name(of: file.path)] = try Self.parse(file)
        }
        library = MustacheLibrary(templates: parsed)
    }

    /// Renders a page with the template `name`.
    ///
    /// - Throws: `RenderingError` with code `missingTemplate`.
    func render(_ page: ReportPage, with name: String) throws(RenderingError) -> String {
        guard let text = library.render(page, withTemplate: name) else {
            let path = Self.folder + name + Self.ending
            throw RenderingError(
                code: .missingTemplate,
                place: path,
                problem: "the template does not exist",
                remedy: "Restore report-templates/\(path)"
            )
        }
        return text
    }

    private static func name(of path: String) -> String {
        String(path.dropFirst(folder.count).dropLast(ending.count))
    }

    private static func parse(_ file: ReportTemplates.File) throws(RenderingError) -> MustacheTemplate {
        do {
            // On the first line, so that the parser counts lines as the file does.
            return try MustacheTemplate(string: "{{% CONTENT_TYPE: \(HTMLText.name)}}" + file.text)
        } catch let error as MustacheTemplate.ParserError {
            throw invalid(file, line: error.context.lineNumber, "\(error.error)")
        } catch {
            throw invalid(file, line: nil, "\(error)")
        }
    }

    private static func invalid(_ file: ReportTemplates.File, line: Int?, _ problem: String) -> RenderingError {
        RenderingError(
            code: .invalidTemplate,
            place: line.map { "\(file.place):\($0)" } ?? file.place,
            problem: "the template has a fault (\(problem))",
            remedy: "Correct the template"
        )
    }
}
