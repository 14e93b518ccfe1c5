import AuditModel
import BuiltInFiles
import Foundation
import JSONModel
import Rendering
import SnapshotStore
import TestSupport
import Testing

@Suite struct RedactionTests {
    private static let key = String(repeating: "0123456789abcdef", count: 4) + "\n"
    private static let audit = ["audit", "s.ztaudit", "--as-of", DemoAccount.asOf]
    private static let everyFormat = ReportFormat.allCases.flatMap {
        ["--report", "\($0.rawValue)=\($0.rawValue).out"]
    }

    @Test(arguments: RedactionLevel.allCases)
    func redactsEveryDocumentAndWhatIsSaid(level: RedactionLevel) async throws {
        try await Self.withDemo { folder in
            try folder.write(BuiltInFiles.demoConfiguration, to: "ztaudit.yaml")
            let plain = try await runZTAudit(Self.audit + ["--report", "json=plain.json"], in: folder)
            let outcome = try await runZTAudit(
                Self.audit + Self.everyFormat + ["--redact", level.rawValue, "--log-level", "trace"],
                in: folder
            )
            #expect(outcome.status == plain.status && outcome.output == "", "\(outcome.errors)")
            let summary = try await runZTAudit(Self.audit + ["--redact", level.rawValue], in: folder)
            let texts = try ReportFormat.allCases.map { try folder.text("\($0.rawValue).out") }
            for text in texts + [outcome.errors, summary.output, summary.errors] {
                #expect(!text.contains("maarten.visser") && !text.contains(DemoAccount.id))
                if level == .public { #expect(!text.lowercased().contains("northwind")) }
            }
            let (before, after) = (try Self.result(folder, "plain.json"), try Self.result(folder, "json.out"))
            #expect(after["summary"] == before["summary"])
            #expect(after[path: ["redaction", "level"]]?.stringValue == level.rawValue)
        }
    }

    @Test func givesTheSameBytesForTheSameKeyOnly() async throws {
        try await Self.withDemo { folder in
            var texts: [String] = []
            for key in ["key", "key", nil] {
                let arguments = Self.audit + ["--redact", "public", "--report", "json=-"]
                let outcome = try await runZTAudit(arguments + (key.map { ["--redact-key", $0] } ?? []), in: folder)
                texts.append(outcome.output)
            }
            #expect(texts[0] == texts[1] && texts[0] != texts[2] && texts[0].count > 100_000)
        }
    }

    @Test func writesASnapshotThatIsAuditedWithTheSameVerdicts() async throws {
        try await Self.withDemo { folder in
            let redact = ["snapshot", "redact", "s.ztaudit", "--level", "public", "--output", "r.ztaudit"]
            let outcome = try await runZTAudit(redact + ["--redact-key", "key"], in: folder)
            #expect(outcome.status == 0 && outcome.output == "", "\(outcome.errors)")
            #expect(folder.files == ["key", "r.ztaudit", "s.ztaudit"])
            _ = try await runZTAudit(Self.audit + ["--report", "json=plain.json"], in: folder)
            let options = ["--as-of", DemoAccount.asOf, "--report", "json=redacted.json"]
            _ = try await runZTAudit(["audit", "r.ztaudit"] + options, in: folder)
            let (before, after) = (try Self.result(folder, "plain.json"), try Self.result(folder, "redacted.json"))
            #expect(after["summary"] == before["summary"])
            #expect(after[path: ["redaction", "level"]] == "public")
            expectRefusal(
                try await runZTAudit(["audit", "r.ztaudit", "--redact", "auditor"], in: folder),
                saying: "r.ztaudit",
                "is redacted for the public already"
            )
            expectRefusal(
                try await runZTAudit(
                    redact.map { $0 == "s.ztaudit" ? "r.ztaudit" : $0 == "r.ztaudit" ? "x" : $0 },
                    in: folder
                ),
                saying: "is redacted so already"
            )
        }
    }

    /// A result redacted under a key is the baseline of a snapshot redacted under it, and the other way round.
    @Test func comparesWhatIsRedactedUnderOneKey() async throws {
        try await Self.withDemo { folder in
            let key = ["--redact-key", "key"]
            _ = try await runZTAudit(
                Self.audit + ["--redact", "public", "--report", "json=b.json"] + key,
                in: folder
            )
            _ = try await runZTAudit(
                ["snapshot", "redact", "s.ztaudit", "--level", "public", "--output", "r.ztaudit"] + key,
                in: folder
            )
            let outcome = try await runZTAudit(
                ["audit", "r.ztaudit", "--as-of", DemoAccount.asOf, "--baseline", "b.json", "--report", "json=c.json"],
                in: folder
            )
            let comparison = try Self.result(folder, "c.json")["baseline"]?["fails_by_change"]
            #expect((comparison?["known"]?.integerValue ?? 0) > 300, "\(outcome.errors)")
            #expect((comparison?["new"]?.integerValue ?? 99) <= 2)
        }
    }

    @Test func redactsASavedResultWithoutItsMessages() async throws {
        try await Self.withDemo { folder in
            _ = try await runZTAudit(Self.audit + ["--report", "json=plain.json"], in: folder)
            let arguments = ["report", "plain.json", "--redact", "public"] + Self.everyFormat
            let outcome = try await runZTAudit(arguments, in: folder)
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
            for format in ReportFormat.allCases {
                let text = try folder.text("\(format.rawValue).out").lowercased()
                #expect(!text.contains("northwind") && !text.contains("visser"), "\(format)")
            }
            #expect(try folder.text("json.out").contains("Details are withheld."))
            // Redacted once more, it stays as it is.
            let again = try await runZTAudit(
                ["report", "json.out", "--redact", "public", "--report", "json=-"],
                in: folder
            )
            #expect(try again.output == folder.text("json.out"))
            expectRefusal(
                try await runZTAudit(["report", "json.out", "--redact", "auditor"], in: folder),
                saying: "json.out",
                "cannot be undone"
            )
        }
    }

    @Test func readsLevelAndKeyFromTheConfiguration() async throws {
        try await Self.withDemo { folder in
            try folder.write("reports: { redact: auditor, redact_key: key }\n", to: "ztaudit.yaml")
            let shown = try await runZTAudit(["config", "show"], in: folder)
            #expect(shown.output.contains(/reports\.redact +auditor +ztaudit\.yaml:1/), "\(shown.errors)")
            #expect(shown.output.contains(/reports\.redact_key +key +ztaudit\.yaml:1/))
            let outcome = try await runZTAudit(Self.audit + ["--report", "json=-"], in: folder)
            #expect(outcome.output.contains("\"redaction\""))
            try folder.write("reports: { redact: everybody }\n", to: "ztaudit.yaml")
            expectRefusal(try await runZTAudit(Self.audit, in: folder), saying: "ztaudit.yaml:1", "redact")
        }
    }

    @Test func refusesKeysThatAreNone() async throws {
        try await Self.withDemo { folder in
            let redact = Self.audit + ["--redact", "public"]
            expectRefusal(
                try await runZTAudit(redact + ["--redact-key", "missing"], in: folder),
                saying: "missing",
                "no such file",
                "openssl rand -hex 32"
            )
            try folder.write("secret-key-text", to: "bad")
            let outcome = try await runZTAudit(redact + ["--redact-key", "bad"], in: folder)
            expectRefusal(outcome, saying: "bad", "openssl rand -hex 32")
            #expect(!outcome.errors.contains("secret-key-text"))
            expectRefusal(
                try await runZTAudit(Self.audit + ["--redact-key", "key"], in: folder),
                status: 64,
                saying: "--redact-key does nothing without --redact"
            )
            expectRefusal(
                try await runZTAudit(Self.audit + ["--redact", "everybody"], in: folder),
                status: 64,
                saying: "everybody"
            )
            expectRefusal(
                try await runZTAudit(redact + ["--redact-key", "key", "--report", "json=key"], in: folder),
                status: 64,
                saying: "would replace the redaction key"
            )
            expectRefusal(
                try await runZTAudit(
                    ["snapshot", "redact", "s.ztaudit", "--level", "public", "--output", "s.ztaudit"],
                    in: folder
                ),
                status: 64,
                saying: "would replace the snapshot"
            )
            #expect(try folder.text("key") == Self.key)
        }
    }

    private static func withDemo(_ body: (ScratchFolder) async throws -> Void) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try folder.write(key, to: "key")
            try await body(folder)
        }
    }

    private static func result(_ folder: ScratchFolder, _ name: String) throws -> JSONValue {
        try JSONValue(parsing: Data(try folder.text(name).utf8))
    }
}
