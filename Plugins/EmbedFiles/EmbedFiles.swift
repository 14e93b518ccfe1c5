import Foundation
import PackagePlugin

/// Generates one Swift file that holds the rules, templates, demo account and schemas as text, so that the release
/// binary is a single file. Every build lists the folders anew: a new rule needs no change here.
@main
struct EmbedFiles: BuildToolPlugin {
    /// Folders below the package root, and the file endings taken from each.
    private static let folders: [(path: String, endings: [String])] = [
        ("rules", ["yaml"]),
        ("report-templates", ["mustache", "css", "json"]),
        ("Sources/CloudflareSimulator/DemoAccount", ["json"]),
    ]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let files = Self.folders.flatMap { folder in
            let directory = root.appending(path: folder.path)
            return (FileManager.default.subpaths(atPath: directory.path()) ?? [])
                .filter { folder.endings.contains(URL(filePath: $0).pathExtension) }
                .sorted()
                .map { directory.appending(path: $0) }
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) files",
                executable: try context.tool(named: "EmbedFilesTool").url,
                arguments: [output.path(), root.path()] + files.map { $0.path() },
                inputFiles: files,
                outputFiles: [output]
            )
        ]
    }
}
