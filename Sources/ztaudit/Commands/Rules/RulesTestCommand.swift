import ArgumentParser
import AuditModel
import Foundation
import Rendering
import RuleEngine

/// `ztaudit rules test`.
struct RulesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
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
            let name = PathText.withoutEnding(rule.file) + RuleSource.testEnding
            guard let source = tests.first(where: { $0.file == name }) else {
                untested += 1
                try Self.output("UNTESTED \(rule.metadata.id): there is no \(name)")
                continue
            }
            let test = try RuleTestFile(file: source.file, text: source.text)
            for outcome in try await runner.run(test, of: pack, ruleID: rule.metadata.id) {
                if outcome.differences.isEmpty {
                    passed += 1
                } else {
                    failed += 1
                    try Self.output("FAIL \(rule.metadata.id): \(outcome.name)")
                    for difference in outcome.differences { try Self.output(difference, indent: 4) }
                }
            }
        }
        try Console.output("\(passed) passed, \(failed) failed, \(untested) rules without a test\n")
        if failed + untested > 0 { throw ExitCode(ExitStatus.findings) }
    }

    /// One line: neither names nor messages of somebody else's rules may steer the terminal or start another.
    private static func output(_ line: String, indent: Int = 0) throws {
        try Console.output(String(repeating: " ", count: indent) + VisibleText.logLine(line) + "\n")
    }
}
