import ArgumentParser
import Rendering
import RuleEngine

/// `ztaudit rules lint`.
struct RulesLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Say everything that is wrong with rules, their tests and frameworks, with file and line.",
        discussion: """
            Beside what keeps a rule from being used, that is style, missing tests, unknown controls and the like. \
            Exit status 1 when there is something, 2 when a path cannot be read.
            """
    )

    @Argument(help: "Rules, tests, frameworks or folders; without them, the built-in rules.")
    var paths: [String] = []

    mutating func run() throws {
        let builtIn = RuleFiles.builtIn + RuleFiles.builtInTests
        let sources = paths.isEmpty ? builtIn : try RuleFiles.everything(below: paths)
        let problems = try RuleLinter().problems(
            in: sources,
            frameworks: builtIn + (paths.isEmpty ? [] : try RuleFiles.frameworks(around: paths))
        )
        for problem in problems { try Console.output(VisibleText.logLine(problem.description) + "\n") }
        let count = sources.count { !$0.isTest && !$0.isFramework }
        let (files, faults) = ("\(count) \(count == 1 ? "rule" : "rules")", problems.count)
        try Console.output("\(files), \(faults == 0 ? "no" : "\(faults)") \(faults == 1 ? "problem" : "problems")\n")
        if faults > 0 { throw ExitCode(ExitStatus.findings) }
    }
}
