/// A text file of the package that travels inside the binary.
package struct EmbeddedFile: Sendable, Hashable {
    /// Path below the package root, with `/` as separator, such as `rules/access/…yaml`.
    package let path: String
    /// The whole text of the file.
    package let text: String
}

/// The rules, report templates, demo account and schemas that the binary carries, so that it works when copied
/// elsewhere.
package enum BuiltInFiles {
    /// Files below `folder` (a path from the package root without a trailing slash), sorted by path.
    package static func files(below folder: String) -> [EmbeddedFile] {
        embeddedFiles.filter { $0.path.hasPrefix(folder + "/") }
    }

    /// JSON Schema of the document that describes a requester.
    package static var requesterSchema: String { text(of: "Sources/AccessAnalysis/Requester/requester.schema.json") }

    /// JSON Schema of the configuration file.
    package static var configurationSchema: String { text(of: "Sources/RuleEngine/Configuration/ztaudit.schema.json") }

    private static func text(of path: String) -> String { embeddedFiles.first { $0.path == path }?.text ?? "" }
}
