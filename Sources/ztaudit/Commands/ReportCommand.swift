import ArgumentParser
import Foundation
import Rendering

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
        try reporting.checkPaths(configuration)
        let data: Data
        if result == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else if let contents = FileManager.default.contents(atPath: result) {
            data = contents
        } else {
            throw InputError(
                path: result,
                problem: "cannot be read",
                remedy: "Give the file that '--report json=…' wrote"
            )
        }
        try reporting.write(try AuditResultReader().read(data), configuration)
    }
}
