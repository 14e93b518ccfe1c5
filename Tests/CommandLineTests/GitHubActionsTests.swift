import Foundation
import JSONModel
import TestSupport
import Testing

/// What happens by itself where GitHub Actions runs the program.
@Suite struct GitHubActionsTests {
    private static let audit = ["audit", "s.ztaudit", "--as-of", DemoAccount.asOf]

    @Test func annotatesTheRunAndAddsToTheSummary() async throws {
        try await run(summary: "# Before\n") { outcome, folder in
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("\n::error title="))
            #expect(outcome.output.hasSuffix("::endgroup::\n"))
            #expect(!outcome.errors.contains("::"))
            let text = try folder.text("summary.md")
            #expect(text.hasPrefix("# Before\n\n\n# Cloudflare Access audit\n"))
            #expect(text.contains("## What this rests on"))
        }
    }

    @Test func scansAsItAudits() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                var environment = api.environment()
                environment["GITHUB_ACTIONS"] = "true"
                environment["GITHUB_STEP_SUMMARY"] = folder.path("summary.md")
                let outcome = try await runZTAudit(["scan", "--title", "Weekly"], environment: environment, in: folder)
                #expect(outcome.output.contains("\n::error title=Weekly::"), "\(outcome.errors)")
                try #expect(folder.text("summary.md").hasPrefix("# Weekly\n"))
            }
        }
    }

    @Test(arguments: [["--no-github"], ["--config", "quiet.yaml"]])
    func writesNothingWhereItIsToldNotTo(options: [String]) async throws {
        try await run(options, summary: "kept") { outcome, folder in
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(!outcome.output.contains("::"))
            try #expect(folder.text("summary.md") == "kept")
        }
    }

    @Test func letsTheOptionWinOverTheConfiguration() async throws {
        try await run(["--config", "quiet.yaml", "--github"], summary: "") { outcome, folder in
            #expect(outcome.output.contains("\n::error title="))
            try #expect(folder.text("summary.md").hasPrefix("# "))
        }
    }

    @Test(arguments: ["false", "1", ""])
    func writesNothingElsewhere(value: String) async throws {
        try await run(actions: value, summary: "kept") { outcome, folder in
            #expect(!outcome.output.contains("::"))
            try #expect(folder.text("summary.md") == "kept")
        }
    }

    @Test func keepsADocumentOnStandardOutputADocument() async throws {
        try await run(["--report", "json=-"], summary: "") { outcome, folder in
            try #expect(JSONValue(parsing: Data(outcome.output.utf8))["schema_version"] == 1)
            #expect(outcome.errors.contains("::error title="))
            #expect(outcome.errors.contains("\n::endgroup::\n"))
            try #expect(folder.text("summary.md").hasPrefix("# "))
        }
    }

    @Test func annotatesOnceWhereTheUserDoesItToo() async throws {
        try await run(["--report", "github=-"], summary: "") { outcome, _ in
            #expect(outcome.output.ranges(of: "::stop-commands::").count == 1)
            #expect(!outcome.errors.contains("::"))
        }
        try await run(["--report", "markdown-summary=summary.md"], summary: "") { outcome, folder in
            try #expect(folder.text("summary.md").ranges(of: "# Cloudflare Access audit").count == 1)
            #expect(outcome.output.ranges(of: "::stop-commands::").count == 1)
        }
    }

    @Test func keepsToTheRoomThatTheStepHasLeft() async throws {
        let before = String(repeating: "a", count: 1_000_000)
        try await run(summary: before) { outcome, folder in
            let text = try folder.text("summary.md")
            #expect(text.hasPrefix(before + "\n\n# "))
            #expect(text.utf8.count <= 1_048_576)
            #expect(text.contains("**Shortened:**"))
            #expect(outcome.status == 1)
        }
    }

    @Test(arguments: [1_048_576, 1_048_000, 2_000_000])
    func leavesASummaryWithoutRoomAsItIs(size: Int) async throws {
        let before = String(repeating: "a", count: size)
        try await run(summary: before) { outcome, folder in
            #expect(outcome.status == 1)
            try #expect(folder.text("summary.md") == before)
            #expect(outcome.errors.contains("ztaudit: the job summary is left as it is: there is no room"))
        }
    }

    @Test(arguments: ["missing/summary.md", "folder", "pipe"])
    func auditsAlsoWhereTheSummaryCannotBeWritten(path: String) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let outcome = try await runZTAudit(
                Self.audit,
                environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": path],
                in: folder,
                shell: #"mkdir folder; mkfifo pipe; exec "$@""#
            )
            #expect(outcome.status == 1)
            let warnings = outcome.errorLines.filter { $0.contains("job summary") }
            #expect(warnings.count == 1)
            #expect(warnings.first?.hasPrefix("ztaudit: the job summary is left as it is: \(path): cannot be") == true)
            #expect(outcome.output.hasSuffix("::endgroup::\n"))
        }
    }

    @Test func leavesNoHalfOfAReportInTheSummary() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try folder.write("before\n", to: "summary.md")
            let outcome = try await runZTAudit(
                Self.audit,
                environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "summary.md"],
                in: folder,
                // Files of 8 KiB at most, in blocks of 512 bytes.
                shell: #"trap '' XFSZ; ulimit -f 16; exec "$@""#
            )
            #expect(outcome.errors.contains("job summary is left as it is"), "\(outcome.errors)")
            try #expect(folder.text("summary.md") == "before\n")
        }
    }

    @Test func doesWithoutASummary() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let outcome = try await runZTAudit(Self.audit, environment: ["GITHUB_ACTIONS": "true"], in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.output.hasSuffix("::endgroup::\n"))
            #expect(!outcome.errors.contains("summary"))
        }
    }

    private func run(
        _ options: [String] = [],
        actions: String = "true",
        summary: String,
        _ body: (ProcessOutcome, ScratchFolder) throws -> Void
    ) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try folder.write(summary, to: "summary.md")
            try folder.write("reports: { github: false }", to: "quiet.yaml")
            let environment = ["GITHUB_ACTIONS": actions, "GITHUB_STEP_SUMMARY": folder.path("summary.md")]
            try body(try await runZTAudit(Self.audit + options, environment: environment, in: folder), folder)
        }
    }
}
