import AuditModel
import Foundation
import Rendering
import RuleEngine

/// What GitHub shows of a run: annotations, a group of its log, and the summary of the job.
///
/// Nothing that goes wrong here fails an audit.
struct GitHubActions: Sendable {
    /// Most bytes that GitHub takes in the summary of a step.
    static let summaryLimit = 1_048_576
    /// Most bytes that the audit's part of it takes, so that other commands of the step have some too.
    static let summaryShare = 900_000

    /// Path of the step's summary; `nil` when GitHub names none.
    private let summaryPath: String?

    /// `nil` when GitHub Actions does not run the command.
    init?(environment: [String: String]) {
        guard environment["GITHUB_ACTIONS"] == "true" else { return nil }
        summaryPath = environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Writes whatever the user does not write already.
    ///
    /// - Parameters:
    ///   - targets: Documents of the user.
    ///   - render: Makes a document of at most as many bytes.
    func write(beside targets: [ReportTarget], _ render: (ReportFormat, _ bytes: Int?) throws -> String) {
        if !targets.contains(where: { $0.format == .github }) {
            do {
                let commands = try render(.github, nil)
                // GitHub looks for commands on both streams, and a document must stay a document.
                if targets.contains(where: { $0.path == "-" }) {
                    Console.commands(commands)
                } else {
                    try Console.output(commands)
                }
            } catch {
                Console.error("the run is not annotated: \(error)")
            }
        }
        guard let summaryPath, !targets.contains(where: { OutputFiles.areSame($0.path, summaryPath) }) else { return }
        do {
            try append(to: summaryPath, render)
        } catch let error as RenderingError where error.code == .lengthTooSmall {
            Console.error(
                "the job summary is left as it is: there is no room in the 1 MiB that GitHub takes for a step. "
                    + "Run the audit in a step of its own."
            )
        } catch {
            Console.error("the job summary is left as it is: \(error)")
        }
    }

    private func append(to path: String, _ render: (ReportFormat, _ bytes: Int?) throws -> String) throws {
        let file = try AppendedFile(path)
        defer { file.close() }
        // GitHub drops the whole summary of a step that is too long.
        let separator = file.size == 0 ? "" : "\n\n"
        let room = min(Self.summaryShare, Self.summaryLimit - file.size - separator.utf8.count)
        try file.append(separator + render(.markdown, room))
    }
}
