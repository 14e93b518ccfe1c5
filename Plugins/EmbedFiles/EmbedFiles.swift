import Foundation
import PackagePlugin

/// Puts rules, templates and other files that travel along into a Swift file as text.
///
/// So the release binary is a single file.
@main
struct EmbedFiles: BuildToolPlugin {
    /// Folders with all that is in them, and single files.
    private static let places = [
        "rules", "report-templates", "Sources/AccessAnalysis/Requester/requester.schema.json",
        "Sources/RuleEngine/Configuration/ztaudit.schema.json", "Sources/CloudflareSimulator/DemoAccount",
        "Sources/CloudflareSimulator/DemoAccountEarlier",
    ]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let script = root.appending(path: "Plugins/EmbedFiles/embed-files.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        // A folder changes when a file comes or goes, so that the script, which lists the folders itself, runs again.
        let inputs = Self.places.flatMap { place in
            let url = root.appending(path: place)
            return [url]
                + (FileManager.default.subpaths(atPath: url.path()) ?? []).sorted().map { url.appending(path: $0) }
        }
        return [
            .buildCommand(
                displayName: "Embedding rules, templates, the demo account and schemas",
                executable: URL(filePath: "/bin/sh"),
                arguments: [script.path(), root.path(), output.path()] + Self.places,
                inputFiles: [script] + inputs,
                outputFiles: [output]
            )
        ]
    }
}
