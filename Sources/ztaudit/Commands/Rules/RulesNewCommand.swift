import ArgumentParser
import AuditModel
import Foundation
import RuleEngine

/// `ztaudit rules new`.
struct RulesNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Start a rule of your own and its test.",
        discussion: """
            Both work as they are, and say in comments what to change. Nothing is ever overwritten. Try them with \
            'ztaudit rules lint' and 'ztaudit rules test'.
            """
    )

    @Argument(help: "Id of the rule, which says what a failing resource is, such as application-without-tag.")
    var id: String

    @Option(help: ArgumentHelp("Folder for the rule; it is made if need be. Default: this one.", valueName: "folder"))
    var output = "."

    @Option(help: ArgumentHelp("Table that the rule is about; 'ztaudit schema' lists them.", valueName: "table"))
    var resource = "access_application"

    @Option(help: ArgumentHelp("Folder below it that gathers rules of one area, such as mfa.", valueName: "area"))
    var area: String?

    mutating func run() throws {
        let template = try RuleTemplate(id: id, resource: resource)
        if let area {
            guard RuleID.isValid(area) else {
                throw InputError(path: "--area", problem: "'\(area)' cannot be an area", remedy: RuleID.form)
            }
        }
        if let other = try RulePack(RuleFiles.builtIn).rules.first(where: { $0.metadata.id == id }) {
            throw InputError(
                path: id,
                problem: "there is a built-in rule of that name (\(other.file))",
                remedy: "Choose another id; configuration can change the parameters of the built-in one"
            )
        }
        let folder = [output == "." ? nil : output, area].compactMap(\.self).reduce("") { Self.joined($0, $1) }
        let stem = Self.joined(folder, id)
        let files = [("\(stem).yaml", template.rule), (stem + RuleSource.testEnding, template.test)]
        guard !RuleSource(file: "\(stem).yaml", text: "").isFramework else {
            throw InputError(
                path: folder,
                problem: "files in a folder 'frameworks' are frameworks, not rules",
                remedy: "Choose another --output or --area"
            )
        }
        if let (path, _) = files.first(where: { FileManager.default.fileExists(atPath: $0.0) }) {
            throw InputError(
                path: path,
                problem: "there is such a file already, and nothing is overwritten",
                remedy: "Choose another id or --output, or remove the file"
            )
        }
        try OutputFiles.create(files, in: folder.isEmpty ? "." : folder)
        for (path, _) in files { try Console.output("\(path)\n") }
        Console.note("ztaudit: try them with 'ztaudit rules lint \(stem).yaml' and 'ztaudit rules test \(stem).yaml'")
    }

    private static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : PathText.appending(name, to: folder)
    }
}
