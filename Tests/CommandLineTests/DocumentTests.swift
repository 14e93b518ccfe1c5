import BuiltInFiles
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

@Suite struct DocumentTests {
    private static let time = ["--as-of", DemoAccount.asOf]
    private static let everyFormat = ReportFormat.allCases.flatMap {
        ["--report", "\($0.rawValue)=\($0.rawValue).out"]
    }

    @Test func writesTheSameBytesTwice() async throws {
        try await withDemoSnapshot { folder in
            let arguments = ["audit", "s.ztaudit"] + Self.time + Self.everyFormat
            #expect(try await runZTAudit(arguments, in: folder).status == 1)
            let first = try ReportFormat.allCases.map { try folder.text("\($0.rawValue).out") }
            #expect(try await runZTAudit(arguments, in: folder).status == 1)
            #expect(try ReportFormat.allCases.map { try folder.text("\($0.rawValue).out") } == first)
            #expect(folder.files == (ReportFormat.allCases.map { "\($0.rawValue).out" } + ["s.ztaudit"]).sorted())
        }
    }

    @Test func rendersAResultAgainAsTheAuditDid() async throws {
        try await withDemoSnapshot { folder in
            _ = try await runZTAudit(
                ["audit", "s.ztaudit", "--title", "Northwind <&>"] + Self.time + Self.everyFormat,
                in: folder
            )
            let again = ReportFormat.allCases.flatMap { ["--report", "\($0.rawValue)=again.\($0.rawValue)"] }
            let outcome = try await runZTAudit(["report", "json.out", "--title", "Northwind <&>"] + again, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == "" && outcome.errors == "")
            for format in ReportFormat.allCases {
                #expect(
                    try folder.text("again.\(format.rawValue)") == folder.text("\(format.rawValue).out"),
                    "\(format)"
                )
            }
            let piped = try await runZTAudit(
                ["report", "-", "--report", "json=-"],
                in: folder,
                input: try folder.text("json.out")
            )
            #expect(try piped.output == folder.text("json.out"))
        }
    }

    @Test(arguments: ReportFormat.allCases)
    func writesNothingButTheDocumentToStandardOutput(format: ReportFormat) async throws {
        try await withDemoSnapshot { folder in
            let arguments = ["audit", "s.ztaudit", "--report", "\(format.rawValue)=-"] + Self.time
            let printed = try await runZTAudit(arguments, in: folder)
            _ = try await runZTAudit(
                ["audit", "s.ztaudit", "--report", "\(format.rawValue)=file"] + Self.time,
                in: folder
            )
            #expect(try printed.output == folder.text("file"))
            #expect(printed.errorLines.count == 1)
            #expect(printed.errors.hasSuffix(" findings at or above high: exit status 1\n"), "\(printed.errors)")
        }
    }

    @Test func summarisesOnStandardOutputWithoutReports() async throws {
        try await withDemoSnapshot { folder in
            try await DemoAccount.write(DemoAccount.earlierSnapshot, to: folder.path("earlier.ztaudit"))
            try folder.write(BuiltInFiles.demoConfiguration, to: "ztaudit.yaml")
            let arguments = ["audit", "s.ztaudit", "--previous", "earlier.ztaudit"] + Self.time
            let outcome = try await runZTAudit(arguments, in: folder)
            let golden = Repository.root.appending(path: "Tests/CommandLineTests/Golden/demo.txt")
            #expect(try outcome.output == String(contentsOf: golden, encoding: .utf8))
        }
    }

    // A Code Quality report has a place for open fails, and for nothing else.
    @Test(arguments: ReportFormat.allCases.filter { $0 != .gitlabCodeQuality })
    func namesThePermissionThatIsMissing(format: ReportFormat) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshotWithoutMCP, to: folder.path("s.ztaudit"))
            let arguments = [
                "audit", "s.ztaudit", "--rule", "mcp-server-unauthenticated", "--report", "\(format.rawValue)=-",
            ]
            let outcome = try await runZTAudit(arguments, in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.output.contains("MCP Portals Read"))
            #expect(outcome.output.contains("mcp-server-unauthenticated"))
        }
    }

    @Test func takesRulesWithoutDataForUnknown() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshotWithoutMCP, to: folder.path("s.ztaudit"))
            let outcome = try await runZTAudit(["audit", "s.ztaudit", "--report", "json=-"] + Self.time, in: folder)
            #expect(outcome.status == 1)
            let result = try JSONValue(parsing: Data(outcome.output.utf8))
            let about = (result["findings"]?.arrayValue ?? []).filter {
                ["mcp-portal-shared-credential", "mcp-server-unauthenticated"].contains(
                    $0["rule_id"]?.stringValue ?? ""
                )
            }
            // Two rules, two accounts.
            #expect(about.count == 4)
            for finding in about {
                #expect(finding["verdict"] == "unknown")
                #expect(finding["unknown_reason"] == "coverage")
                #expect(finding["message"]?.stringValue?.contains("\"MCP Portals Read\"") == true)
            }
        }
    }

    @Test func rendersWithTemplatesThatWereCopiedAndChanged() async throws {
        try await withDemoSnapshot { folder in
            let written = try await runZTAudit(["templates", "--output", "mine"], in: folder)
            #expect(written.status == 0, "\(written.errors)")
            #expect(written.output.contains("mine/html/verdict.mustache\n"))
            let again = try await runZTAudit(["templates", "--output", "mine"], in: folder)
            #expect(again.status == 2)
            let template = "mine/html/verdict.mustache"
            try Data("<p class=\"own\">{{heading}}</p>\n".utf8).write(to: folder.url.appending(path: template))
            let arguments = ["audit", "s.ztaudit", "--report", "html=report.html", "--title", "Our <b>own"]
            let outcome = try await runZTAudit(arguments + ["--templates", "mine"], in: folder)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(try folder.text("report.html").contains("<p class=\"own\">Our &lt;b&gt;own</p>"))
            try Data("\n{{#finding}}".utf8).write(to: folder.url.appending(path: template))
            let broken = try await runZTAudit(arguments + ["--templates", "mine"], in: folder)
            #expect(broken.status == 2)
            #expect(broken.errors.contains("mine/html/verdict.mustache:2: there is no value 'finding'."))
            let missing = try await runZTAudit(arguments + ["--templates", "mine/html"], in: folder)
            #expect(missing.status == 2)
            #expect(missing.errors.contains("mine/html: has no folder 'html'"))
        }
    }

    @Test func writesToPathsOfEveryForm() async throws {
        try await withDemoSnapshot { folder in
            try FileManager.default.createDirectory(atPath: folder.path("d"), withIntermediateDirectories: false)
            let paths = ["r", "./é", "d/r", folder.path("d") + "//r.json"]
            let reports = paths.flatMap { ["--report", "json=\($0)"] }
            let outcome = try await runZTAudit(["audit", "s.ztaudit", "--fail-on", "none"] + reports, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(folder.files == ["d", "d/r", "d/r.json", "r", "s.ztaudit", "é"])
        }
    }

    @Test func writesToAPipeOrDeviceInsteadOfReplacingIt() async throws {
        try await withDemoSnapshot { folder in
            let outcome = try await runZTAudit(
                ["audit", "s.ztaudit", "--report", "json=pipe"] + Self.time,
                in: folder,
                shell: #"mkfifo pipe; cat pipe > read & "$@"; status=$?; wait; test -p pipe || exit 99; exit $status"#
            )
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(try JSONValue(parsing: Data(folder.text("read").utf8))["schema_version"] == 1)
        }
    }

    private func withDemoSnapshot(_ body: (ScratchFolder) async throws -> Void) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try await body(folder)
        }
    }
}
