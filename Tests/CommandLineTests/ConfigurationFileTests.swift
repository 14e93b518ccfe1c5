import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct ConfigurationFileTests {
    private static let audit = ["audit", "demo.ztaudit", "--as-of", DemoAccount.asOf]

    /// Runs the program beside the demo's snapshot and a configuration.
    private func run(
        _ arguments: [String],
        _ configuration: String,
        environment: [String: String] = [:],
        _ body: (ProcessOutcome, ScratchFolder) throws -> Void
    ) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("demo.ztaudit"))
            try configuration.write(toFile: folder.path("ztaudit.yaml"), atomically: true, encoding: .utf8)
            try body(try await runZTAudit(arguments, environment: environment, in: folder), folder)
        }
    }

    @Test(
        arguments: [
            ("gate: { fail_on: none }", [], 0), ("gate: { fail_on: none }", ["--fail-on", "critical"], 1),
            ("rules: { include: [organization-session-too-long] }", [], 0),
            ("rules: { include: [organization-session-too-long] }", ["--fail-on", "medium"], 1),
            ("rules: { include: [organization-session-too-long] }", ["--rule", "service-token-never-expires"], 1),
            (
                """
                rules:
                  include: [organization-session-too-long]
                  severities: { organization-session-too-long: critical }
                """, [], 1
            ),
            (
                """
                rules:
                  include: [organization-session-too-long]
                  parameters: { organization-session-too-long: { maximum_session: forever } }
                gate: { fail_on: info }
                """, [], 0
            ),
        ] as [(String, [String], Int32)]
    )
    func rulesTheAuditUnlessAnOptionDoes(configuration: String, options: [String], status: Int32) async throws {
        try await run(Self.audit + options, configuration) { outcome, _ in
            #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        }
    }

    @Test func writesTheDocumentsThatItNames() async throws {
        let configuration = """
            reports:
              title: Quarterly review
              documents: { markdown: review.md, json: review.json }
            gate: { fail_on: none }
            """
        try await run(Self.audit, configuration) { outcome, folder in
            #expect(outcome.status == 0 && outcome.output == "")
            let text = try String(contentsOfFile: folder.path("review.md"), encoding: .utf8)
            #expect(text.hasPrefix("# Quarterly review"))
            #expect(FileManager.default.fileExists(atPath: folder.path("review.json")))
        }
    }

    /// The path is one in a repository, so the folder of the configuration has no part in it.
    @Test(arguments: [([], "access/z t.yaml"), (["--location", "b.yaml"], "b.yaml")])
    func saysWhereFindingsAreShown(options: [String], location: String) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("demo.ztaudit"))
            try FileManager.default.createDirectory(atPath: folder.path("sub"), withIntermediateDirectories: true)
            try "reports: { location: access/z t.yaml, documents: { gitlab-code-quality: q.json, sarif: q.sarif } }"
                .write(toFile: folder.path("sub/z.yaml"), atomically: true, encoding: .utf8)
            let outcome = try await runZTAudit(Self.audit + ["--config", "sub/z.yaml"] + options, in: folder)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(try folder.text("sub/q.json").contains("\"path\" : \"\(location)\""))
            let uri = location.replacing(" ", with: "%20")
            #expect(try folder.text("sub/q.sarif").contains("\"uri\" : \"\(uri)\""))
            let shown = try await runZTAudit(["config", "show", "--config", "sub/z.yaml"] + options, in: folder)
            #expect(shown.output.contains("reports.location"))
            #expect(shown.output.contains(location))
        }
    }

    @Test func refusesALocationOutsideARepository() async throws {
        try await run(Self.audit + ["--report", "sarif=x.sarif", "--location", "/etc/z.yaml"], "") { outcome, folder in
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("--location: '/etc/z.yaml' is no path in a repository. Give the path of"))
            #expect(!FileManager.default.fileExists(atPath: folder.path("x.sarif")))
        }
    }

    @Test func startsPathsAtItsFolder() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("demo.ztaudit"))
            try FileManager.default.createDirectory(
                atPath: folder.path("audit/rules"),
                withIntermediateDirectories: true
            )
            try "rules: { folders: [rules] }\nreports: { documents: { json: r.json } }\ngate: { fail_on: none }"
                .write(toFile: folder.path("audit/z.yaml"), atomically: true, encoding: .utf8)
            try SampleRule.text().write(
                toFile: folder.path("audit/rules/my-rule.yaml"),
                atomically: true,
                encoding: .utf8
            )
            let outcome = try await runZTAudit(Self.audit + ["--config", "audit/z.yaml"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try String(contentsOfFile: folder.path("audit/r.json"), encoding: .utf8).contains("\"my-rule\""))
        }
    }

    @Test(arguments: [
        ("acounts: []", "ztaudit.yaml:1: has the unknown key 'acounts'"),
        ("\ngate:\n  fail_on: 3", "ztaudit.yaml:3: has '3' under 'fail_on'"),
        ("rules:\n  severities:\n    nothing: low", "ztaudit.yaml:3: names the rule 'nothing', which does not exist"),
        ("reports: { documents: { pdf: r.pdf } }", "names 'pdf' under 'documents', which is no format"),
        ("reports: { documents: { html: r, json: ./r } }", "names the path './r' for two documents"),
        ("reports: { documents: { html: demo.ztaudit } }", "would replace the snapshot"),
        (
            "reports:\n  location: ../ztaudit.yaml",
            "ztaudit.yaml:2: has '../ztaudit.yaml' under 'location', which is no path in a repository"
        ),
        ("rules: { folders: [nowhere] }", "nowhere: there is no such file or folder"),
        ("rules:\n  include: [nothing]", "ztaudit.yaml:2: no rule matches 'nothing'"),
        ("rules:\n  exclude: [\"*\"]", "ztaudit.yaml:2: the selection leaves no rule"),
        ("gate:\n  baseline: \"-\"", "ztaudit.yaml:2: names no file under 'baseline'"),
    ])
    func namesThePlaceOfWhatIsWrong(configuration: String, message: String) async throws {
        try await run(Self.audit, configuration) { outcome, folder in
            #expect(outcome.status == 2 || outcome.status == 64)
            #expect(outcome.output == "" && outcome.errors.contains(message), "\(outcome.errors)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("."))
            #expect(Set(files) == ["demo.ztaudit", "tmp", "ztaudit.yaml"])
        }
    }

    @Test func refusesAFileThatIsNotThere() async throws {
        try await ScratchFolder.with { folder in
            expectRefusal(
                try await runZTAudit(["config", "show", "--config", "no.yaml"], in: folder),
                saying: "no.yaml",
                "cannot be read"
            )
        }
    }

    /// Whoever made the link does not want the built-in settings.
    @Test func refusesALinkThatLeadsNowhere() async throws {
        try await ScratchFolder.with { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("ztaudit.yaml"),
                withDestinationPath: "nowhere.yaml"
            )
            let outcome = try await runZTAudit(["config", "show"], in: folder)
            expectRefusal(outcome, saying: "ztaudit.yaml: cannot be read: there is no such file")
        }
    }

    @Test func showsNoSettingsThatSelectNothing() async throws {
        try await run(["config", "show"], "rules: { include: [nothing] }") { outcome, _ in
            expectRefusal(outcome, saying: "ztaudit.yaml:1: no rule matches 'nothing'")
        }
    }

    @Test func showsWhereEverySettingCameFrom() async throws {
        let configuration = """
            accounts: [acc1]
            own_domains: [northwind.example]
            rules:
              parameters:
                device-registration-stale: { maximum_age: 30 }
            """
        try await run(
            ["config", "show", "--format", "json", "--fail-on", "low"],
            configuration,
            environment: ["CLOUDFLARE_ACCOUNT_ID": "acc2", "CLOUDFLARE_API_TOKEN": "secret-token"]
        ) { outcome, _ in
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!outcome.output.contains("secret-token"))
            let settings = try JSONValue(parsing: Data(outcome.output.utf8)).arrayValue ?? []
            func setting(_ name: String) -> [String?] {
                let found = settings.first { $0["name"]?.stringValue == name }
                return [found?["value"]?.stringValue, found?["source"]?.stringValue]
            }
            #expect(setting("accounts") == ["acc2", "CLOUDFLARE_ACCOUNT_ID"])
            #expect(setting("gate.fail_on") == ["low", "--fail-on"])
            #expect(setting("gate.allow_incomplete") == ["false", "built in"])
            #expect(setting("own_domains") == ["northwind.example", "ztaudit.yaml:2"])
            #expect(setting("tiers.privileged.tags") == ["privileged", "built in"])
            let limit = "rules.parameters.device-registration-stale.maximum_age"
            #expect(setting(limit) == ["30", "ztaudit.yaml:5"])
            #expect(setting("rules.parameters.access-session-too-long.maximum_session") == ["24h", "built in"])
        }
    }

    /// A mailbox at a domain that only the configuration calls public opens the application in `explain`, too.
    @Test func isHeardByExplainAndQuery() async throws {
        let select = "SELECT COUNT(*) AS n FROM public_mail_domain WHERE domain = 'post.example'"
        try await run(["query", "demo.ztaudit", select, "--format", "csv"], "public_mail_domains: [post.example]") {
            outcome,
            _ in
            #expect(outcome.output == "n\r\n1\r\n")
        }
    }
}
