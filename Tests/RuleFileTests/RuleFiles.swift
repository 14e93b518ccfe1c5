import Foundation
import RuleEngine
import TestSupport
import Testing

/// A rule of the repository with its test.
struct RuleFiles: Sendable, CustomTestStringConvertible {
    /// Path below the repository's root, without ending.
    let path: String
    /// Text of the rule.
    let rule: String
    /// Text of its test; `nil` when there is none.
    let test: String?

    var id: String { path.split(separator: "/").last.map(String.init) ?? path }
    var file: String { "\(path).yaml" }
    var testDescription: String { id }

    var source: RuleSource { RuleSource(file: file, text: rule) }

    /// Every rule below `rules/`, sorted by path.
    static let all: [RuleFiles] = sources.filter { !$0.isTest && !$0.isFramework }.map { source in
        let stem = String(source.file.dropLast(".yaml".count))
        let test = sources.first { $0.file == stem + RuleSource.testEnding }
        return RuleFiles(path: stem, rule: source.text, test: test?.text)
    }

    /// Every file below `rules/` that ends in `.yaml`, sorted by path.
    static let sources: [RuleSource] = {
        let root = Repository.root.appending(path: "rules")
        let names =
            FileManager.default.enumerator(atPath: root.path(percentEncoded: false))?
            .compactMap { $0 as? String } ?? []
        func text(_ name: String) -> String? { try? String(contentsOf: root.appending(path: name), encoding: .utf8) }
        return names.filter { $0.hasSuffix(".yaml") }.map { "rules/\($0)" }.sorted().compactMap { path in
            text(String(path.dropFirst("rules/".count))).map { RuleSource(file: path, text: $0) }
        }
    }()
}
