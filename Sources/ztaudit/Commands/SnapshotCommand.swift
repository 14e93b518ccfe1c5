import ArgumentParser
import AuditModel
import Foundation
import Redaction
import SnapshotStore

/// `ztaudit snapshot`.
struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Work with snapshots.",
        subcommands: [Redact.self]
    )

    /// `ztaudit snapshot redact`.
    struct Redact: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a copy of a snapshot that can be shared, and audited with the same verdicts.",
            discussion: """
                Names, addresses and ids become pseudonyms; what rules judge stays. Snapshots that are to be compared \
                ('--previous') need the same --redact-key. What configuration says of an organization, such as its own \
                domains, has to be said of the pseudonyms.
                """
        )

        @Argument(help: "Snapshot that 'collect' or 'scan --snapshot' wrote.")
        var snapshot: String

        @Option(
            help: ArgumentHelp(
                "What is replaced: people, devices, addresses and ids (auditor), or all that the account names, too (public).",
                valueName: "level"
            )
        )
        var level: RedactionLevel

        @Option(help: ArgumentHelp("Snapshot to write.", valueName: "file"))
        var output: String

        @OptionGroup var key: RedactionKeyOptions

        mutating func run() throws {
            for file in [KeptFile("snapshot", snapshot), KeptFile("redaction key", key.path)].compactMap(\.self) {
                try file.check(output, of: "--output")
            }
            try OutputFiles.checkSnapshot(output)
            let plan = RedactionPlan(
                level: level,
                key: try RedactionKeyOptions.key(at: key.path ?? ""),
                keyPath: key.path ?? ""
            )
            let original = try Snapshot(path: snapshot)
            guard try plan.isNeeded(for: original.info.redaction, of: snapshot) else {
                throw InputError(
                    path: snapshot,
                    problem: "is redacted so already",
                    remedy: "Share it as it is, or give the original"
                )
            }
            let redactor = try SnapshotRedactor(level, key: plan.key, for: [original])
            try redactor.redact(original, to: output)
            Console.note("ztaudit: \(output) is redacted (\(level.rawValue)); look at it before you share it")
        }
    }
}
