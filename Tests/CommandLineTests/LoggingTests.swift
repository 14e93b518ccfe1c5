import AuditModel
import CloudflareSimulator
import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct LoggingTests {
    @Test func saysALineForEachKindWithoutATerminal() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                let arguments = ["collect", "--output", "s.ztaudit", "--account", DemoAccount.id]
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder)
                #expect(outcome.status == 0 && outcome.output == "")
                #expect(outcome.errorLines.first == "Collecting from Northwind Logistics")
                for kind in ResourceCatalogue.kinds where !kind.isOptional {
                    let count = outcome.errorLines.count {
                        $0.wholeMatch(of: /[ ]{2}(\w+): \d+ rows?/)?.1 == kind.name[...]
                    }
                    #expect(count == 1, "\(kind.name)")
                }
                #expect(!outcome.errors.contains("\u{1B}"))
                let last = try #require(outcome.errorLines.last)
                #expect(last.wholeMatch(of: /ztaudit: wrote s\.ztaudit: \d+ resources/) != nil)
                let silent = try await runZTAudit(
                    arguments + ["--no-progress"],
                    environment: api.environment(),
                    in: folder
                )
                #expect(silent.errorLines == [last])
            }
        }
    }

    @Test func writesProgressAsJSONOnRequest() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                let arguments = [
                    "collect", "--output", "s.ztaudit", "--log-format", "json", "--account", DemoAccount.id,
                ]
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder)
                let lines = outcome.errorLines.dropLast()
                let values = try lines.map { try JSONValue(parsing: Data($0.utf8)) }
                let apps = try #require(values.first { $0["kind"] == "access_applications" && $0["zone_id"] == nil })
                #expect(
                    apps["status"] == "complete" && apps["rows"] == "38"
                        && apps["account_id"]?.stringValue == DemoAccount.id
                )
                #expect(values.allSatisfy { $0["time"] != nil && $0["level"] == "info" && $0["message"] != nil })
            }
        }
    }

    @Test func saysWhichKindsACollectionLacks() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                let environment = api.environment(token: DemoAccount.tokenWithoutMCP)
                let arguments = ["collect", "--output", "s.ztaudit"]
                let outcome = try await runZTAudit(arguments, environment: environment, in: folder)
                #expect(outcome.status == 2)
                for kind in ["mcp_portals", "mcp_servers"] {
                    #expect(
                        outcome.errorLines.contains {
                            $0.hasPrefix("ztaudit: \(kind): denied: ") && $0.contains("\"MCP Portals Read\"")
                        }
                    )
                }
                let accepted = try await runZTAudit(
                    arguments + ["--allow-incomplete"],
                    environment: environment,
                    in: folder
                )
                #expect(accepted.status == 0)
                #expect(try snapshotStatus(folder.path("s.ztaudit")) == "complete")
            }
        }
    }

    @Test func sumsUpWhatManyZonesLack() async throws {
        let refused = SimulatorFault(.status(403), target: .suffix("/access/groups"), query: ["page": "1"])
        let change = { (world: inout SimulatedWorld) in
            world.zones = (100..<140).map {
                SimulatedZone(
                    id: String(repeating: "0", count: 29) + String($0),
                    name: "zone-\($0).example",
                    accountID: DemoAccount.id,
                    resources: ["access/service_tokens": [["id": "in-every-zone", "name": "CI"]]]
                )
            }
        }
        try await withDemoAPI(options: SimulatorOptions(faults: [refused]), change: change) { api in
            try await ScratchFolder.with { folder in
                let arguments = ["collect", "--output", "s.ztaudit", "--account", DemoAccount.id]
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder)
                #expect(outcome.status == 2)
                let groups = outcome.errorLines.filter { $0.contains("access_groups") }
                #expect(groups.count { $0.hasPrefix("  access_groups: 0 rows (denied: ") } == 1)
                #expect(
                    groups.count {
                        $0.hasPrefix("ztaudit: access_groups: denied: At account level and in 40 of 40 zones: ")
                    } == 1
                )
                #expect(groups.count == 2)
                // Where there is something, each zone has its line.
                #expect(outcome.errorLines.count { $0.hasPrefix("  service_tokens in zone ") } == 40)
                let snapshot = try Snapshot(path: folder.path("s.ztaudit"))
                let stored = try snapshot.inventory().values.reduce(0, +)
                // The token that every zone lists is one.
                let tokens = snapshot.coverage.filter { $0.kind == "service_tokens" }.reduce(0) { $0 + $1.rowCount }
                #expect(try tokens == snapshot.inventory()["service_token", default: 0] + 39)
                #expect(outcome.errorLines.last == "ztaudit: wrote s.ztaudit: \(stored) resources")
            }
        }
    }

    @Test func writesLogLinesThatParse() async throws {
        let fault = SimulatorFault(.status(503), target: .suffix("/access/apps"), occurrence: .first(1))
        try await withDemoAPI(options: SimulatorOptions(faults: [fault])) { api in
            try await ScratchFolder.with { folder in
                let outcome = try await runZTAudit(
                    [
                        "scan", "--log-level", "debug", "--log-format", "json", "--fail-on", "none", "--report",
                        "json=-",
                    ],
                    environment: api.environment(),
                    in: folder
                )
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(try JSONValue(parsing: Data(outcome.output.utf8))["schema_version"] == 1)
                #expect(!outcome.errorLines.isEmpty)
                for line in outcome.errorLines {
                    let entry = try JSONValue(parsing: Data(line.utf8))
                    for key in ["time", "level", "message"] { #expect(entry[key]?.stringValue != nil, "\(line)") }
                }
                #expect(outcome.errorLines.contains { $0.contains("\"message\":\"retrying\"") })
            }
        }
    }

    @Test func neverShowsTheToken() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                let reports = ["html", "junit", "markdown", "json"].flatMap { ["--report", "\($0)=r.\($0)"] }
                let outcome = try await runZTAudit(
                    ["scan", "--log-level", "trace", "--snapshot", "s.ztaudit"] + reports,
                    environment: api.environment(),
                    in: folder
                )
                #expect(outcome.status == 1)
                #expect(!outcome.errors.isEmpty)
                #expect(!outcome.output.contains(DemoAccount.token) && !outcome.errors.contains(DemoAccount.token))
                #expect(folder.files.count == 5)
                for name in folder.files {
                    let data = try Data(contentsOf: folder.url.appending(path: name))
                    #expect(data.firstRange(of: Data(DemoAccount.token.utf8)) == nil, "\(name)")
                }
            }
        }
    }

    @Test func showsNeitherTokenNorKeyWhenTheyAreRefused() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                for secrets in [
                    ["CLOUDFLARE_API_TOKEN": "s3cret-token"], ["CLOUDFLARE_API_TOKEN": "s3cret token"],
                    ["CLOUDFLARE_EMAIL": "a@example.com", "CLOUDFLARE_API_KEY": "s3cret-key"],
                ] {
                    let outcome = try await runZTAudit(
                        ["scan", "--log-level", "trace"],
                        environment: api.environment(token: nil).merging(secrets) { $1 },
                        in: folder
                    )
                    #expect(outcome.status == 2)
                    #expect(!(outcome.output + outcome.errors).contains("s3cret"), "\(outcome.errors)")
                }
            }
        }
    }
}
