import ArgumentParser
import AuditModel
import BuiltInFiles
import CloudflareAPI
import CloudflareSimulator
import Foundation
import Rendering
import RuleEngine
import SnapshotStore

/// `ztaudit demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Scan a simulated account, to see what ztaudit does.",
        discussion:
            "Starts a loopback server that behaves like Cloudflare's API, scans it over HTTP and writes the reports."
    )

    @Option(help: ArgumentHelp("Folder for the snapshot and the reports.", valueName: "folder"))
    var output = "ztaudit-demo"

    @OptionGroup var logging: LoggingOptions

    /// The demo account's dates are made for this time.
    static let asOf = UTCTimestamp("2026-11-15T09:00:00Z")

    mutating func run() async throws {
        // Whoever does not watch wants to see what comes out.
        if !Console.isInteractive { logging.hidesProgress = true }
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw OutputError(path: output, problem: "cannot be made (\(error.localizedDescription))")
        }
        let configurationPath = PathText.appending("ztaudit.yaml", to: output)
        try OutputFiles.write([(configurationPath, BuiltInFiles.demoConfiguration)])
        let snapshot = PathText.appending("snapshot.ztaudit", to: output)
        let earlier = PathText.appending("earlier.ztaudit", to: output)
        let command = self
        try await CollectionRun.interruptible(to: earlier) { try await command.collect(to: earlier, asItWas: true) }
        try await CollectionRun.interruptible(to: snapshot) { try await command.collect(to: snapshot) }
        let file = try ConfigurationOptions.parse(["--config", configurationPath])
        let reporting = try ReportingOptions.parse(
            ReportFormat.allCases.flatMap { ["--report", "\($0.rawValue)=\(path(of: $0))"] }
        )
        var audit = try AuditPlan(
            try RuleOptions.parse([]),
            try GateOptions.parse([]),
            reporting,
            try RedactionOptions.parse([]),
            file,
            previous: earlier,
            asOf: Self.asOf,
            logging: logging
        )
        let result = try audit.evaluate(snapshot)
        try reporting.write(result, nil)
        // Without documents, the summary goes to standard output.
        audit.reporting.targets = []
        let status = try audit.finish(result, of: snapshot)
        try Console.output(
            """

            Look at \(path(of: .html)) in a browser; beside it are the other reports, the configuration, the snapshot, and an earlier one with which it was compared.
            This was a demo, so the exit status is 0; a real scan would have ended with \(status).

            """
        )
    }

    private func path(of format: ReportFormat) -> String {
        PathText.appending("report.\(format.fileExtension)", to: output)
    }

    private func collect(to path: String, asItWas isEarlier: Bool = false) async throws {
        let world = try SimulatedWorld(files: BuiltInFiles.demoAccount(asItWas: isEarlier))
        guard let token = world.tokens.first else { return }
        let logging = logging
        _ = try await withCloudflareSimulator(world: world) { simulator in
            guard let url = URL(string: simulator.baseURL) else {
                throw InputError(path: simulator.baseURL, problem: "is no URL", remedy: "Report this")
            }
            let configuration = CloudflareClientConfiguration(
                baseURL: url,
                credentials: .token(token.value),
                userAgent: "ztaudit/\(Version.current)"
            )
            // What reports on Logpush look like is worth seeing, and the demo's token may read it.
            return try await CollectionRun(client: configuration, include: ["logpush_jobs"], logging: logging)
                .collect(to: path)
        }
    }
}
