import AuditModel

/// Finds everything that is wrong with the files of a rule pack, not only what keeps a rule from being loaded.
package struct RuleLinter {
    private let checker: RuleChecker

    /// - Throws: ``StatementError`` when SQLite cannot make the empty tables.
    package init() throws {
        checker = try RuleChecker()
    }

    /// Looks at rules, tests and frameworks.
    ///
    /// - Parameters:
    ///   - sources: The files.
    ///   - known: Files of frameworks that rules can name too; a framework among `sources` stands for one of its id here.
    /// - Returns: What is wrong, sorted by file and line; where the whole file is at fault, line 1.
    package func problems(in sources: [RuleSource], frameworks known: [RuleSource]) -> [RuleFileError] {
        var problems: [RuleFileError] = []
        var ignored: [RuleFileError] = []
        let frameworks = FrameworkCatalogue(sources.filter(\.isFramework), errors: &problems)
            .adding(FrameworkCatalogue(known.filter(\.isFramework), errors: &ignored))
        let tests = Dictionary(sources.filter(\.isTest).map { ($0.file, $0) }) { first, _ in first }
        let rules = sources.filter { !$0.isTest && !$0.isFramework }
        var files: [String: String] = [:]
        for source in rules {
            var look = RuleLook(source.file, checker, frameworks)
            look.inspect(source.text, test: tests[source.testFile])
            problems += look.problems
            guard let other = files.updateValue(source.file, forKey: source.id) else { continue }
            problems.append(
                RuleFileError(
                    code: .duplicateID,
                    file: source.file,
                    line: nil,
                    problem: "has the id '\(source.id)' of \(other)",
                    remedy: "Rename one of them"
                )
            )
        }
        let tested = Set(rules.map(\.testFile))
        problems += sources.filter { $0.isTest && !tested.contains($0.file) }.map { test in
            RuleFileError(
                code: .unreadable,
                file: test.file,
                line: nil,
                problem: "is the test of a rule that is not there",
                remedy: "Put the rule beside it, or remove the test"
            )
        }
        return Self.sorted(problems)
    }

    private static func sorted(_ problems: [RuleFileError]) -> [RuleFileError] {
        // One fault can be met on several ways.
        Set(problems).map(\.placed).sorted {
            ($0.file, $0.line ?? 1, $0.description) < ($1.file, $1.line ?? 1, $1.description)
        }
    }
}

extension RuleSource {
    /// Name of the file without folders and `.yaml`.
    fileprivate var id: String {
        file.split(separator: "/").last.map { String($0.dropLast(".yaml".count)) } ?? file
    }

    /// Path of the test of this rule.
    fileprivate var testFile: String { file.dropLast(".yaml".count) + Self.testEnding }
}

extension RuleFileError {
    /// The same with a line, so that an editor can go there.
    fileprivate var placed: RuleFileError {
        RuleFileError(code: code, file: file, line: line ?? 1, problem: problem, remedy: remedy)
    }
}
