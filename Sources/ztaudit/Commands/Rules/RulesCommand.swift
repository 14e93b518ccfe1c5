import ArgumentParser

/// `ztaudit rules`.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Work with rules.",
        subcommands: [
            RulesListCommand.self, RulesShowCommand.self, RulesNewCommand.self, RulesLintCommand.self,
            RulesTestCommand.self, RulesDocsCommand.self,
        ]
    )
}
