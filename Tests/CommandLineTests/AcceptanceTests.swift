import Foundation
import JSONModel
import TestSupport
import Testing

/// Waivers and baselines through the program.
@Suite struct AcceptanceTests {
    private static let time = ["--as-of", DemoAccount.asOf]
    private static let rule = ["--rule", "access-policy-includes-everyone"]
    private static let openToAll = "320a3ab4-ffd9-4bbd-9ff0-8ef1c8e4c66d"

    private static func waiver(_ resource: String, expires: String = "2027-02-28") -> String {
        """
          - rule: access-policy-includes-everyone
            \(resource)
            reason: marker-reason
            owner: marker-owner
            expires: \(expires)

        """
    }

    @Test func waivesAFindingAndSaysSo() async throws {
        try await withDemoSnapshot { folder in
            let before = try await audit(folder, Self.rule)
            #expect(before.errors.contains("2 findings at or above high: exit status 1"))
            try folder.write("waivers:\n" + Self.waiver("resource: \(Self.openToAll)"), to: "ztaudit.yaml")
            let after = try await audit(folder, Self.rule)
            #expect(after.status == 1)
            #expect(after.errors.contains("1 finding at or above high (1 waived not counted): exit status 1"))
            #expect(after.output.contains("Waived until 2027-02-28 by marker-owner: marker-reason."))
            try folder.write("waivers:\n" + Self.waiver("resource_name: \"*\\x6c*\""), to: "ztaudit.yaml")
            let clean = try await audit(folder, Self.rule)
            #expect(clean.status == 0, "\(clean.errors)")
            #expect(clean.errors.contains("no finding at or above high (2 waived not counted): exit status 0"))
        }
    }

    @Test func warnsOfEachWaiverThatNeedsAttention() async throws {
        try await withDemoSnapshot { folder in
            try folder.write(
                "waivers:\n" + Self.waiver("resource: \(Self.openToAll)", expires: "2026-11-14")
                    + Self.waiver("resource: nothing") + Self.waiver("resource_name: Allow*", expires: "2026-11-20"),
                to: "ztaudit.yaml"
            )
            let outcome = try await audit(folder, Self.rule + ["--report", "json=r.json"])
            #expect(outcome.status == 1)
            let lines = outcome.errorLines.filter { $0.hasPrefix("ztaudit: ztaudit.yaml:") }
            #expect(lines.count == 3, "\(outcome.errors)")
            #expect(outcome.errors.contains("ztaudit.yaml:2: waiver of access-policy-includes-everyone"))
            for words in ["It expired at the end of 2026-11-14", "matches no finding", "expires in 5 days"] {
                #expect(outcome.errors.contains(words), "\(outcome.errors)")
            }
            let result = try JSONValue(parsing: Data(folder.text("r.json").utf8))
            let statuses = result["waivers"]?.arrayValue?.compactMap { $0["status"]?.stringValue }
            #expect(statuses == ["expired", "unmatched", "expiring"])
        }
    }

    @Test(arguments: [
        ("waivers:\n" + waiver("resource: a").replacing("    reason: marker-reason\n", with: ""), ":2: "),
        ("waivers:\n" + waiver("resource: a").replacing("everyone", with: "everione"), ":2: names the rule"),
        ("waivers:\n" + waiver("resource: a", expires: "never"), ":6: "),
        ("waiver_policy:\n  forbidden: [nonsense-*]\n", ":2: names the rule 'nonsense-*'"),
    ])
    func refusesAConfigurationWithABadWaiver(text: String, words: String) async throws {
        try await withDemoSnapshot { folder in
            try folder.write(text, to: "ztaudit.yaml")
            expectRefusal(try await audit(folder, []), saying: "ztaudit.yaml" + words)
        }
    }

    @Test func failsOnlyForWhatIsNewSinceTheBaseline() async throws {
        try await withDemoSnapshot { folder in
            #expect(try await audit(folder, ["--report", "json=r.json"]).status == 1)
            let written = try await runZTAudit(["baseline", "r.json", "--output", "b.json"], in: folder)
            #expect(written.status == 0 && written.output == "", "\(written.errors)")
            #expect(try folder.text("b.json").utf8.count < folder.text("r.json").utf8.count / 4)
            for baseline in ["r.json", "b.json"] {
                let outcome = try await audit(folder, ["--baseline", baseline])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("Since the baseline of 2026-11-15 09:00:00 UTC: 0 new, "))
                #expect(outcome.errors.contains("known before not counted): exit status 0"))
            }
            // A baseline of one rule makes everything that the others say new.
            #expect(try await audit(folder, Self.rule + ["--report", "json=one.json"]).status == 1)
            let more = try await audit(folder, ["--baseline", "one.json"])
            #expect(more.status == 1)
            #expect(more.output.contains(" new, 2 as before, 0 resolved."))
            // The other way round, nothing is taken for resolved that was not looked at.
            let fewer = try await audit(folder, Self.rule + ["--baseline", "b.json"])
            #expect(fewer.status == 0)
            #expect(fewer.output.contains("0 new, 2 as before, 0 resolved. What became of "))
        }
    }

    @Test func warnsOfABaselineOfOtherAccounts() async throws {
        try await withDemoSnapshot { folder in
            let one = try await audit(folder, Self.rule + ["--report", "json=r.json"])
            #expect(one.status == 1)
            let other = String(repeating: "b", count: 32)
            let text = try folder.text("r.json").replacing(DemoAccount.id, with: other)
                .replacing("\"fingerprint\" : \"", with: "\"fingerprint\" : \"0")
            try folder.write(text, to: "other.json")
            let outcome = try await audit(folder, Self.rule + ["--baseline", "other.json"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("the baseline does not have the account \(DemoAccount.id)"))
        }
    }

    @Test func takesTheBaselineOfTheConfiguration() async throws {
        try await withDemoSnapshot { folder in
            #expect(try await audit(folder, ["--report", "json=r.json"]).status == 1)
            try folder.write("gate:\n  baseline: r.json\n", to: "ztaudit.yaml")
            #expect(try await audit(folder, []).status == 0)
            try folder.write("gate:\n  baseline: nowhere.json\n", to: "ztaudit.yaml")
            expectRefusal(try await audit(folder, []), saying: "nowhere.json", "cannot be read")
            #expect(try await audit(folder, ["--baseline", "r.json"]).status == 0)
        }
    }

    @Test func readsTheBaselineBeforeItAsksTheAPI() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                let arguments = ["scan", "--baseline", "nowhere.json"]
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder)
                expectRefusal(outcome, saying: "nowhere.json", "cannot be read")
            }
        }
    }

    @Test(arguments: [
        ("", "not JSON"), ("{}", "schema_version"), ("{\"schema_version\": 99}", "version 99"),
        ("{\"schema_version\": 1}", "missing"), ("[]", "document"),
    ])
    func refusesABrokenBaseline(text: String, words: String) async throws {
        try await withDemoSnapshot { folder in
            try folder.write(text, to: "b.json")
            expectRefusal(try await audit(folder, ["--baseline", "b.json"]), saying: "b.json: ", words)
            let rewritten = try await runZTAudit(["baseline", "b.json", "--output", "c.json"], in: folder)
            expectRefusal(rewritten, saying: "b.json: ", words)
            #expect(folder.files == ["b.json", "s.ztaudit"])
        }
    }

    @Test func replacesNeitherBaselineNorResult() async throws {
        try await withDemoSnapshot { folder in
            #expect(try await audit(folder, ["--report", "json=r.json"]).status == 1)
            let text = try folder.text("r.json")
            let report = try await audit(folder, ["--baseline", "r.json", "--report", "json=./r.json"])
            expectRefusal(report, status: 64, saying: "would replace the baseline")
            let baseline = try await runZTAudit(["baseline", "r.json", "--output", "./r.json"], in: folder)
            expectRefusal(baseline, status: 64, saying: "would replace the result")
            let input = try await audit(folder, ["--baseline", "-"])
            expectRefusal(input, status: 64, saying: "not standard input")
            #expect(try folder.text("r.json") == text)
        }
    }

    /// A document replaces a link, and not what it leads to; what is read may be behind one.
    @Test(arguments: [
        (["audit", "s.ztaudit", "--report", "json=ztaudit.yaml"], "configuration"),
        (["audit", "s.ztaudit", "--config", "link.yaml", "--report", "json=ztaudit.yaml"], "configuration"),
        (["audit", "s.ztaudit", "--previous", "before", "--report", "json=./before"], "previous snapshot"),
        (["audit", "s.ztaudit", "--baseline", "link.json", "--report", "json=r.json"], "baseline"),
        (["audit", "s.ztaudit", "--rules", "my-rule.yaml", "--report", "json=my-rule.yaml"], "rule"),
        (["report", "r.json", "--report", "html=r.json"], "result"),
        (["report", "r.json", "--report", "html=ztaudit.yaml"], "configuration"),
        (["baseline", "link.json", "--output", "r.json"], "result"),
        (["rules", "docs", "--output", "ztaudit.yaml"], "configuration"),
        (["collect", "--output", "ztaudit.yaml"], "configuration"),
        (["scan", "--snapshot", "ztaudit.yaml"], "configuration"),
        (["scan", "--baseline", "r.json", "--snapshot", "r.json"], "baseline"),
    ])
    func replacesNothingThatItReads(arguments: [String], name: String) async throws {
        try await withDemoSnapshot { folder in
            try folder.write("gate: { fail_on: none }", to: "ztaudit.yaml")
            #expect(try await audit(folder, ["--report", "json=r.json"]).status == 0)
            try folder.write(SampleRule.text(), to: "my-rule.yaml")
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("before"))
            for (link, path) in [("link.yaml", "ztaudit.yaml"), ("link.json", "r.json")] {
                try FileManager.default.createSymbolicLink(atPath: folder.path(link), withDestinationPath: path)
            }
            let names = folder.files
            let before = try names.map { try Data(contentsOf: folder.url.appending(path: $0)) }
            // Nothing listens there: the paths are looked at before the API is asked.
            let environment = ["CLOUDFLARE_API_TOKEN": "x", "CLOUDFLARE_BASE_URL": "http://127.0.0.1:1"]
            let outcome = try await runZTAudit(arguments, environment: environment, in: folder)
            expectRefusal(outcome, status: 64, saying: "would replace the \(name) '")
            #expect(folder.files == names)
            #expect(try names.map { try Data(contentsOf: folder.url.appending(path: $0)) } == before)
        }
    }

    @Test func saysThatRulesOfAnotherVersionAreNotCompared() async throws {
        try await withDemoSnapshot { folder in
            _ = try await audit(folder, Self.rule + ["--report", "json=r.json"])
            let text = try folder.text("r.json")
            try folder.write(text.replacing(/"version" : [0-9]+/, with: "\"version\" : 99"), to: "b.json")
            let outcome = try await audit(folder, Self.rule + ["--baseline", "b.json", "--report", "json=r2.json"])
            #expect(outcome.errors.contains("2 findings are of rules whose meaning changed"), "\(outcome.errors)")
        }
    }

    @Test func writesABaselineToStandardOutput() async throws {
        try await withDemoSnapshot { folder in
            let result = try await audit(folder, Self.rule + ["--report", "json=-"])
            let outcome = try await runZTAudit(["baseline", "-", "--output", "-"], in: folder, input: result.output)
            #expect(outcome.status == 0 && outcome.errors == "")
            let baseline = try JSONValue(parsing: Data(outcome.output.utf8))
            #expect(baseline["findings"]?.arrayValue?.count == 2)
        }
    }

    private func audit(_ folder: ScratchFolder, _ options: [String]) async throws -> ProcessOutcome {
        try await runZTAudit(["audit", "s.ztaudit"] + Self.time + options, in: folder)
    }

    private func withDemoSnapshot(_ body: (ScratchFolder) async throws -> Void) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try await body(folder)
        }
    }
}
