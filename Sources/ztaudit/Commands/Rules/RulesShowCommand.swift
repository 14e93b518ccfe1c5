import ArgumentParser
import RuleEngine

/// `ztaudit rules show`.
struct RulesShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show everything about a rule, its query included."
    )

    @Argument(help: "Id of the rule.")
    var id: String

    @Option(help: ArgumentHelp("Folder with rules of your own; may be given several times.", valueName: "folder"))
    var rules: [String] = []

    mutating func run() throws {
        let pack = try RulePack(RuleFiles.builtIn + rules.flatMap(RuleFiles.rules(below:)))
        let rule = try pack.rule(id)
        let tests = try RuleFiles.builtInTests + rules.flatMap(RuleFiles.tests(below:))
        let name = PathText.withoutEnding(rule.file) + RuleSource.testEnding
        let test = try tests.first { $0.file == name }.map { try RuleTestFile(file: $0.file, text: $0.text) }
        let description = RuleDescription(
            rule: rule,
            frameworks: pack.frameworks,
            tables: try TableReader().tables(of: rule),
            test: test
        )
        try Console.output(description.text)
    }
}
