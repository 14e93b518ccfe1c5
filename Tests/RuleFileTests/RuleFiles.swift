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
    static let all: [RuleFiles] = {
        let root = Repository.root.appending(path: "rules")
        let names =
            FileManager.default.enumerator(atPath: root.path(percentEncoded: false))?
            .compactMap { $0 as? String } ?? []
        func text(_ name: String) -> String? { try? String(contentsOf: root.appending(path: name), encoding: .utf8) }
        return names.sorted().compactMap { name in
            guard name.hasSuffix(".yaml"), !name.hasSuffix(".test.yaml"), let rule = text(name) else { return nil }
            let stem = String(name.dropLast(".yaml".count))
            return RuleFiles(path: "rules/\(stem)", rule: rule, test: text("\(stem).test.yaml"))
        }
    }()

    /// Every file below `rules/` that ends in `.yaml`, by its path in the repository.
    static let texts: [String: String] = all.reduce(into: [:]) { texts, files in
        texts[files.file] = files.rule
        texts["\(files.path).test.yaml"] = files.test
    }
}
