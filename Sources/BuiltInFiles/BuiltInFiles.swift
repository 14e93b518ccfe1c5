/// A text file of the package that travels inside the binary.
package struct EmbeddedFile: Sendable, Hashable {
    /// Path below the package root, with `/` as separator, such as `rules/access/…yaml`.
    package let path: String
    /// The whole text of the file.
    package let text: String
}

/// The rules, report templates and demo account that the binary carries, so that it works when copied elsewhere.
package enum BuiltInFiles {
    /// Files below `folder` (a path from the package root without a trailing slash), sorted by path.
    package static func files(below folder: String) -> [EmbeddedFile] {
        embeddedFiles.filter { $0.path.hasPrefix(folder + "/") }
    }
}
