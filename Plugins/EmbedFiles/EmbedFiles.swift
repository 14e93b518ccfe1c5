import Foundation
import PackagePlugin

/// Puts the rules, templates and demo account into a Swift file as text, so that the release binary is a single file.
@main
struct EmbedFiles: BuildToolPlugin {
    private static let folders = ["rules", "report-templates", "Sources/CloudflareSimulator/DemoAccount"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let script = root.appending(path: "Plugins/EmbedFiles/embed-files.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        // A folder changes when a file comes or goes, so that the script, which lists the folders itself, runs again.
        let inputs = Self.folders.flatMap { folder in
            let directory = root.appending(path: folder)
            return [directory]
                + (FileManager.default.subpaths(atPath: directory.path()) ?? []).sorted()
                .map { directory.appending(path: $0) }
        }
        return [
            .buildCommand(
                displayName: "Embedding rules, templates and the demo account",
                executable: URL(filePath: "/bin/sh"),
                arguments: [script.path(), root.path(), output.path()] + Self.folders,
                inputFiles: [script] + inputs,
                outputFiles: [output]
            )
        ]
    }
}
