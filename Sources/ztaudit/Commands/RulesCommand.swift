import ArgumentParser
import AuditModel
import Foundation
import RuleEngine

/// `ztaudit rules`.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Work with rules.",
        subcommands: [List.self, Show.self, Test.self]
    )

    /// `ztaudit rules list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the rules, worst first.")

        @OptionGroup var rules: RuleOptions
        @OptionGroup var file: ConfigurationOptions

        mutating func run() throws {
            let rows = try rules.selection(try file.load()).pack.rules.map { rule in
                [rule.metadata.severity.rawValue, rule.metadata.id, rule.metadata.title]
            }
            try Console.output(TextTable.render(columns: ["severity", "id", "title"], rows: rows))
        }
    }

    /// `ztaudit rules show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show everything about a rule, its query included.")

        @Argument(help: "Id of the rule.")
        var id: String

        @Option(help: ArgumentHelp("Folder with rules of your own; may be given several times.", valueName: "folder"))
        var rules: [String] = []

        mutating func run() throws {
            let pack = try RulePack(RuleFiles.builtIn + rules.flatMap(RuleFiles.rules(below:)))
            try Console.output(RuleDescription.text(of: try pack.rule(id)))
        }
    }

    /// `ztaudit rules test`.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the tests of rules: of one file, of a folder, or of the built-in rules.",
            discussion: "Exit status 1 when a case fails, 2 when a file cannot be used."
        )

        @Argument(help: "Rule, test or folder; without it, the built-in rules.")
        var path: String?

        mutating func run() async throws {
            let sources = try path.map(RuleFiles.rules(below:)) ?? RuleFiles.builtIn
            let tests = try path.map(RuleFiles.tests(below:)) ?? RuleFiles.builtInTests
            let pack = try RulePack(sources)
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let runner = RuleTestRunner(scratchDirectory: folder.directory)
            var (passed, failed, untested) = (0, 0, 0)
            for rule in pack.rules.sorted(by: { $0.file < $1.file }) {
                let name = PathText.withoutEnding(rule.file) + ".test.yaml"
                guard let source = tests.first(where: { $0.file == name }) else {
                    untested += 1
                    try Console.output("UNTESTED \(rule.metadata.id): there is no \(name)\n")
                    continue
                }
                let test = try RuleTestFile(file: source.file, text: source.text)
                for outcome in try await runner.run(test, of: pack, ruleID: rule.metadata.id) {
                    if outcome.differences.isEmpty {
                        passed += 1
                    } else {
                        failed += 1
                        let lines = outcome.differences.map { "    \($0)\n" }.joined()
                        try Console.output("FAIL \(rule.metadata.id): \(outcome.name)\n\(lines)")
                    }
                }
            }
            try Console.output("\(passed) passed, \(failed) failed, \(untested) rules without a test\n")
            if failed + untested > 0 { throw ExitCode(ExitStatus.findings) }
        }
    }
}

/// A rule as people read it.
enum RuleDescription {
    static func text(of rule: Rule) -> String {
        let metadata = rule.metadata
        var text = """
            \(metadata.title)

            id          \(metadata.id), version \(metadata.version)
            severity    \(metadata.severity.rawValue)
            resource    \(metadata.resource)
            file        \(rule.file)

            Why it matters
            \(indented(metadata.rationale))

            What to do
            \(indented(metadata.remediation.summary))

            """
        for (label, detail) in [
            ("Dashboard", metadata.remediation.dashboard), ("Terraform", metadata.remediation.terraform),
            ("API", metadata.remediation.api),
        ] {
            if let detail { text += "\n\(label)\n\(indented(detail))\n" }
        }
        if !rule.parameters.isEmpty {
            text += "\nParameters\n"
            for (name, parameter) in rule.parameters.sorted(by: { $0.key < $1.key }) {
                text += "  \(name) (\(parameter.type.rawValue), default \(parameter.defaultText)): \(parameter.help)\n"
            }
        }
        if !metadata.frameworks.isEmpty {
            text += "\nEvidence for\n"
            for (framework, controls) in metadata.frameworks.sorted(by: { $0.key < $1.key }) {
                text += "  \(framework): \(controls.joined(separator: ", "))\n"
            }
        }
        if !metadata.references.isEmpty {
            text += "\nReferences\n" + metadata.references.map { "  \($0)\n" }.joined()
        }
        return text + "\nQuery\n\(indented(rule.query))\n"
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
            .joined(separator: "\n")
    }
}
