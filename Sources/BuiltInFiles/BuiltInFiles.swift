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

    /// The files of the demo account, with paths below its folder.
    ///
    /// - Parameter isEarlier: As it was some weeks before.
    /// - Returns: What the simulator's world is made of.
    package static func demoAccount(asItWas isEarlier: Bool = false) -> [(path: String, text: String)] {
        func texts(_ folder: String) -> [String: String] {
            let folder = "Sources/CloudflareSimulator/\(folder)"
            return Dictionary(
                uniqueKeysWithValues: files(below: folder).map {
                    (String($0.path.dropFirst(folder.count + 1)), $0.text)
                }
            )
        }
        let earlier = isEarlier ? texts("DemoAccountEarlier") : [:]
        return texts("DemoAccount").merging(earlier) { _, earlier in earlier }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    /// The demo company's configuration.
    package static var demoConfiguration: String { text(of: "Sources/CloudflareSimulator/DemoAccount/ztaudit.yaml") }

    private static func text(of path: String) -> String { embeddedFiles.first { $0.path == path }?.text ?? "" }
}
