import ArgumentParser
import Rendering
import RuleEngine

/// `ztaudit rules docs`.
struct RulesDocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Write the reference of the rules as Markdown."
    )

    @Option(help: ArgumentHelp("File to write. Default: standard output.", valueName: "file"))
    var output: String?

    @OptionGroup var rules: RuleOptions
    @OptionGroup var file: ConfigurationOptions

    mutating func run() throws {
        let configuration = try file.load()
        if let output, output != "-" {
            let rules = rules.folders(configuration).value.map { KeptFile("rule", $0) }
            for kept in rules + [KeptFile("configuration", configuration?.file)] {
                try kept?.check(output, of: "--output")
            }
            try OutputFiles.check(output)
        }
        // Rules may be somebody else's: nothing in the document may be invisible or steer a terminal.
        let text = VisibleText.multiLine(try RuleReference(try rules.selection(configuration).pack).markdown)
        guard let output, output != "-" else {
            try Console.output(text)
            return
        }
        try OutputFiles.write([(output, text)])
    }
}
