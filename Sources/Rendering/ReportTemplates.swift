/// The template files that renderers need, as text: renderers open no files.
package struct ReportTemplates: Sendable {
    /// A file with its path below `report-templates`, such as `html/report.mustache`.
    typealias File = (path: String, text: String)

    let files: [File]

    /// Holds the given files.
    ///
    /// - Parameter files: Path below `report-templates`, with `/` as separator, and text of each. Files that no
    ///   renderer knows are ignored.
    package init(files: [(path: String, text: String)]) {
        self.files = files
    }

    /// The text of the file at `path`.
    ///
    /// - Throws: `RenderingError` with code `missingTemplate`.
    func text(of path: String) throws(RenderingError) -> String {
        guard let file = files.first(where: { $0.path == path }) else {
            throw RenderingError(
                code: .missingTemplate,
                place: path,
                problem: "the template does not exist",
                remedy: "Restore report-templates/\(path)"
            )
        }
        return file.text
    }
}
