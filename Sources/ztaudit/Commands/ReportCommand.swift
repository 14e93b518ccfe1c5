import ArgumentParser

/// `ztaudit report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render a result again, in other formats.",
        discussion: """
            With --redact, messages and texts of the evidence are left out, because without the snapshot nobody can tell \
            what in them is to be replaced. 'audit --redact' keeps them.
            """
    )

    @Argument(help: "Result that '--report json=…' wrote; - is standard input.")
    var result: String

    @OptionGroup var reporting: ReportingOptions
    @OptionGroup var redaction: RedactionOptions
    @OptionGroup var file: ConfigurationOptions

    mutating func run() throws {
        let configuration = try file.load()
        let plan = try redaction.plan(configuration)
        let signing = try reporting.signing(configuration)
        let kept = [KeptFile("result", result), KeptFile("redaction key", plan?.keyPath)]
        try reporting.checkPaths(configuration, keeping: kept)
        let saved = try ResultFile(path: result).result()
        try reporting.write(try plan?.redact(saved, at: result) ?? saved, configuration, signing: signing)
    }
}
