import ArgumentParser

/// `ztaudit templates`.
struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "Write the built-in report templates into a folder, to be changed.",
        discussion: """
            Give the folder to --templates. Files that are not changed may be removed: the built-in ones stand in for \
            them, also in later versions.
            """
    )

    @Option(
        help: ArgumentHelp("Folder, which is made; files that are there already are not replaced.", valueName: "folder")
    )
    var output: String

    mutating func run() throws {
        let files = TemplateFiles.builtIn.map { (PathText.appending($0.path, to: output), $0.text) }
        try OutputFiles.create(files, in: PathText.appending("html", to: output))
        for file in files { try Console.output("\(file.0)\n") }
    }
}
