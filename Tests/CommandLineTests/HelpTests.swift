import AuditModel
import Foundation
import Rendering
import SnapshotStore
import TestSupport
import Testing

@Suite struct HelpTests {
    @Test func saysItsVersion() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["--version"], in: folder)
            #expect(outcome.status == 0 && outcome.errors == "")
            #expect(outcome.output.contains(/^\d+\.\d+\.\d+\n$/))
        }
    }

    @Test(arguments: [
        (
            "",
            [
                "scan", "collect", "audit", "report", "baseline", "verify", "rules", "explain", "query", "schema",
                "demo",
                "Exit status: 0 no finding",
            ]
        ),
        (
            "scan",
            [
                "--account", "--snapshot", "--report", "--title", "--location", "--fail-on", "--allow-incomplete",
                "--baseline",
                "--rules", "--rule",
                "--exclude-rule", "--as-of", "--api-url", "--token-file", "--concurrency", "--requests-per-minute",
                "--log-level", "--log-format", "--no-progress",
            ]
        ),
        ("collect", ["--account", "--output", "--allow-incomplete", "--api-url", "--log-level", "--no-progress"]),
        (
            "audit",
            [
                "<snapshot>", "--report", "--no-github", "--fail-on", "--allow-incomplete", "--baseline", "--rules",
                "--as-of",
            ]
        ),
        ("baseline", ["<result>", "--output"]), ("verify", ["<folder>", "--key", "--snapshot"]),
        ("report", ["<result>", "--report", "--title", "--location", "--attest"]),
        ("rules", ["list", "show", "new", "lint", "test", "docs"]),
        (
            "rules list",
            [
                "--rules", "--rule", "--exclude-rule", "--severity", "--area", "--framework", "--control", "--format",
            ]
        ), ("rules show", ["<id>", "--rules"]),
        ("rules new", ["<id>", "--output", "--resource", "--area"]), ("rules lint", ["<paths>"]),
        ("rules docs", ["--output", "--rules", "--rule", "--exclude-rule"]), ("rules test", ["<path>"]),
        ("query", ["<snapshot>", "<select>", "--format"]),
        (
            "explain",
            [
                "<snapshot>", "--app", "--account", "--format", "--as-of", "--requester", "--email", "--idp",
                "--country", "--ip", "--mfa",
            ]
        ),
        ("schema", ["<table>", "--requester"]),
        ("demo", ["--output"]),
    ])
    func mentionsItsOptions(command: String, words: [String]) async throws {
        try await ScratchFolder.with { folder in
            let names = command.split(separator: " ").map(String.init)
            let outcome = try await runZTAudit(names + ["--help"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors == "")
            for word in words { #expect(outcome.output.contains(word), "\(command) --help lacks \(word)") }
            let other = try await runZTAudit(["help"] + names, in: folder)
            #expect(other.output == outcome.output && other.status == 0)
        }
    }

    @Test func namesEveryFormat() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["report", "--help"], in: folder)
            for format in ReportFormat.allCases { #expect(outcome.output.contains(format.rawValue)) }
        }
    }

    @Test(arguments: [
        ["bogus"], ["scan", "--bogus"], ["audit"], ["audit", "s", "--report", "pdf=x"],
        ["audit", "s", "--report", "json"],
        ["audit", "s", "--report", "json="], ["audit", "s", "--as-of", "yesterday"],
        ["audit", "s", "--as-of", "2026-02-30"],
        ["audit", "s", "--fail-on", "severe"], ["audit", "s", "--report", "json=a", "--report", "html=a"],
        ["audit", "s", "--report", "json=a", "--report", "html=./a"],
        ["audit", "s", "--report", "json=-", "--report", "html=-"],
        ["audit", "s", "--report", "json=./s"], ["scan", "--snapshot", "s", "--report", "html=s"],
        ["verify"], ["verify", "."], ["verify", "--key", "s"], ["collect"], ["baseline"], ["baseline", "s"],
        ["query", "s"], ["query", "s", "SELECT 1", "--format", "xml"],
        ["schema", "nonsense"],
        ["explain", "s"], ["explain", "--app", "a"], ["explain", "s", "--app", "a", "--format", "xml"],
        ["explain", "s", "--app", "a", "--ip", "1.2.3"], ["explain", "s", "--app", "a", "--country", "Holland"],
        ["explain", "s", "--app", "a", "--mfa", "totp,sms"],
        ["schema", "account", "--requester"],
        ["scan", "--concurrency", "0"], ["scan", "--requests-per-minute", "many"], ["scan", "--log-level", "loud"],
        ["scan", "--api-url", "nonsense"], ["scan", "--api-url", "https://user:hunter2@example.com/"],
        ["rules"] + ["show"], ["rules", "new"], ["rules", "list", "--severity", "grave"],
        ["rules", "list", "--format", "xml"],
    ])
    func exitsWith64OnWrongUsage(arguments: [String]) async throws {
        try await ScratchFolder.with { folder in
            try folder.write("kept", to: "s")
            let outcome = try await runZTAudit(arguments, environment: ["CLOUDFLARE_API_TOKEN": "t"], in: folder)
            expectRefusal(outcome, status: 64, saying: "--help")
            #expect(!outcome.errors.contains("hunter2"))
            #expect(folder.files == ["s"])
            #expect(try folder.text("s") == "kept")
        }
    }

    @Test func describesTables() async throws {
        try await ScratchFolder.with { folder in
            let all = try await runZTAudit(["schema"], in: folder)
            #expect(all.status == 0 && all.errors == "")
            for table in Snapshot.tables { #expect(all.output.contains("  \(table.name) "), "\(table.name)") }
            let one = try await runZTAudit(["schema", "mcp_server"], in: folder)
            #expect(one.output.hasPrefix("mcp_server: "))
            #expect(one.output.contains("Needs the permission MCP Portals Read.\n"))
            #expect(one.output.contains("\nauth_type "))
        }
    }

    @Test func printsTheSchemaOfARequester() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["schema", "--requester"], in: folder)
            #expect(outcome.status == 0 && outcome.errors == "")
            let file = Repository.root.appending(path: "Sources/AccessAnalysis/Requester/requester.schema.json")
            #expect(try Data(outcome.output.utf8) == Data(contentsOf: file))
        }
    }
}
