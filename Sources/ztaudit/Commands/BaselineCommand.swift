import ArgumentParser
import AuditModel
import Rendering

/// `ztaudit baseline`.
struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Write a baseline: what later audits need not report again.",
        discussion: """
            Takes out of a result what a comparison needs. Give the file to '--baseline' of 'scan' and 'audit'; what \
            is waived in it counts again when its waiver ends.
            """
    )

    @Argument(help: "Result that '--report json=…' wrote; - is standard input.")
    var result: String

    @Option(help: ArgumentHelp("File to write; - is standard output.", valueName: "file"))
    var output: String

    mutating func run() throws {
        if output != "-" {
            try KeptFile("result", result)?.check(output, of: "--output")
            try OutputFiles.check(output)
        }
        let baseline = Baseline(try ResultFile(path: result).result())
        let text = try JSONDocument.text(of: baseline)
        guard output != "-" else { return try Console.output(text) }
        try OutputFiles.write([(output, text)])
        let fails = baseline.findings.count
        Console.note("ztaudit: the baseline has \(fails) \(fails == 1 ? "finding" : "findings")")
    }
}
