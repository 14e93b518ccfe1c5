import ArgumentParser

/// `ztaudit report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render a result again, in other formats."
    )

    @Argument(help: "Result that '--report json=…' wrote; - is standard input.")
    var result: String

    @OptionGroup var reporting: ReportingOptions
    @OptionGroup var file: ConfigurationOptions

    mutating func run() throws {
        let configuration = try file.load()
        let signing = try reporting.signing(configuration)
        try reporting.checkPaths(configuration, keeping: [KeptFile("result", result)])
        try reporting.write(try ResultFile(path: result).result(), configuration, signing: signing)
    }
}
