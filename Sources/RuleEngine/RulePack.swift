import AccessAnalysis
import AuditModel
import SnapshotStore

/// A file of a rule pack: a rule, the test of one, or a framework.
package struct RuleSource: Sendable, Hashable {
    /// Path, for messages.
    package let file: String
    /// The whole rule file.
    package let text: String

    /// Whether it is a rule's test.
    package var isTest: Bool { file.hasSuffix(Self.testEnding) }

    /// Whether it describes a framework: such files lie in a folder of that name beside the rules.
    package var isFramework: Bool {
        !isTest && file.split(separator: "/").dropLast().last == "frameworks"
    }

    /// What the name of a rule's test ends in.
    package static let testEnding = ".test.yaml"

    /// Creates a source from its members.
    package init(file: String, text: String) {
        self.file = file
        self.text = text
    }
}

/// Rules that were read and checked, sorted by severity, then id.
package struct RulePack: Sendable, Hashable {
    package let rules: [Rule]
    /// The frameworks that came with them; a rule can name others too.
    package let frameworks: FrameworkCatalogue

    /// Digest over the text of all rules.
    package var digest: String { Fingerprint.of(rules.map(\.textDigest)) }

    /// Reads and checks rule and framework files.
    ///
    /// - Throws: ``RuleFileErrors`` with everything that is wrong, so that it can be mended in one go.
    package init(_ sources: [RuleSource]) throws {
        var errors: [RuleFileError] = []
        var rules: [String: Rule] = [:]
        let checker = try RuleChecker()
        frameworks = FrameworkCatalogue(sources.filter(\.isFramework), errors: &errors)
        for source in sources where !source.isFramework {
            do {
                let rule = try Rule(file: source.file, text: source.text)
                try checker.check(rule)
                if let other = rules.updateValue(rule, forKey: rule.metadata.id) {
                    throw RuleFileError(
                        code: .duplicateID,
                        file: source.file,
                        line: nil,
                        problem: "has the id '\(rule.metadata.id)' of \(other.file)",
                        remedy: "Rename one of them"
                    )
                }
            } catch let error as RuleFileError {
                errors.append(error)
            }
        }
        guard errors.isEmpty else { throw RuleFileErrors(errors: errors) }
        self.rules = rules.values.sorted {
            ($0.metadata.severity, $0.metadata.id) < ($1.metadata.severity, $1.metadata.id)
        }
    }

    private init(rules: [Rule], frameworks: FrameworkCatalogue) {
        self.rules = rules
        self.frameworks = frameworks
    }

    /// The rule with an id.
    ///
    /// - Throws: ``RuleSelectionError`` when there is none.
    package func rule(_ id: String) throws(RuleSelectionError) -> Rule {
        guard let rule = rules.first(where: { $0.metadata.id == id }) else {
            throw RuleSelectionError(pattern: id, known: rules.map(\.metadata.id))
        }
        return rule
    }

    /// The rules that configuration selects.
    ///
    /// - Parameters:
    ///   - included: Patterns with `*`, of which an id must match one; empty selects all.
    ///   - excluded: Patterns, of which an id must match none.
    /// - Returns: At least one rule.
    /// - Throws: ``RuleSelectionError`` when a pattern matches no rule: a gate that checks nothing must not pass.
    package func selecting(_ included: [String], excluding excluded: [String]) throws(RuleSelectionError) -> RulePack {
        for pattern in included + excluded where !rules.contains(where: { Glob.matches($0.metadata.id, pattern) }) {
            throw RuleSelectionError(pattern: pattern, known: rules.map(\.metadata.id))
        }
        let selected = rules.filter { rule in
            let id = rule.metadata.id
            return (included.isEmpty || included.contains { Glob.matches(id, $0) })
                && !excluded.contains { Glob.matches(id, $0) }
        }
        guard !selected.isEmpty else { throw RuleSelectionError(pattern: nil, known: rules.map(\.metadata.id)) }
        return RulePack(rules: selected, frameworks: frameworks)
    }
}

/// Everything that is wrong with a set of rule files.
package struct RuleFileErrors: Error, Sendable, CustomStringConvertible {
    package let errors: [RuleFileError]

    package var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// A selection of rules that comes out empty.
package struct RuleSelectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The pattern that matches nothing; `nil` when the patterns cancel each other out.
    package let pattern: String?
    /// Ids of all rules.
    package let known: [String]
    /// File and line that has the pattern; `nil` when it came from somewhere else.
    package var place: String?

    package var description: String {
        let place = place.map { "\($0): " } ?? ""
        guard let pattern else { return "\(place)the selection leaves no rule. Relax --rule or --exclude-rule." }
        return "\(place)no rule matches '\(pattern)'. \(Self.advice(pattern, known))."
    }

    /// What to do about an id or pattern that matches nothing.
    static func advice(_ pattern: String, _ known: [String]) -> String {
        let word = pattern.filter { $0 != "*" }
        let close =
            ClosestWord.to(word, among: known)
            ?? known.filter { $0.contains(word.prefix(6)) }.prefix(3).joined(separator: ", ")
        return "\(close.isEmpty ? "" : "Did you mean \(close)? ")'ztaudit rules list' shows all"
    }
}

/// Patterns with `*` for any run of characters.
enum Glob {
    static func matches(_ text: String, _ pattern: String) -> Bool {
        var rest = text[...]
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else if let range = rest.firstRange(of: part) {
                rest = rest[range.upperBound...]
            } else {
                return false
            }
        }
        return rest.isEmpty
    }
}
