import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct RulesListTests {
    private func ids(_ options: [String], in folder: ScratchFolder) async throws -> Set<String> {
        let outcome = try await runZTAudit(["rules", "list"] + options, in: folder)
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        return Set(outcome.output.split(separator: "\n").dropFirst(2).map { String($0.split(separator: " ")[1]) })
    }

    @Test func filtersBySeverityAreaFrameworkAndControl() async throws {
        try await ScratchFolder.with { folder in
            let all = try await ids([], in: folder)
            let high = try await ids(["--severity", "high"], in: folder)
            let critical = try await ids(["--severity", "critical"], in: folder)
            #expect(high.contains("access-mfa-disabled") && !high.contains("access-policy-includes-everyone"))
            #expect(critical.isDisjoint(with: high) && critical.contains("access-policy-includes-everyone"))
            let both = try await ids(["--severity", "critical", "--severity", "high"], in: folder)
            #expect(both == high.union(critical))
            let mfa = try await ids(["--area", "mfa"], in: folder)
            #expect(mfa.isSuperset(of: ["access-application-without-mfa", "access-mfa-disabled"]))
            #expect(mfa.isStrictSubset(of: all))
            let payment = try await ids(["--framework", "pci-dss-4.0.1"], in: folder)
            #expect(payment.isSuperset(of: mfa))
            let control = try await ids(["--framework", "pci-dss-4.0.1", "--control", "8.4.2"], in: folder)
            #expect(control.contains("access-mfa-disabled") && control.isStrictSubset(of: payment))
            // CIS has a 6.3, PCI DSS has none that a rule names.
            let other = try await ids(["--framework", "cis-controls-8.1", "--control", "6.3"], in: folder)
            #expect(other.contains("access-mfa-disabled"))
            let narrow = try await ids(
                ["--severity", "high", "--area", "mfa", "--framework", "pci-dss-4.0.1", "--rule", "*-disabled"],
                in: folder
            )
            #expect(narrow == ["access-mfa-disabled"])
            let none = try await ids(["--area", "mfa", "--severity", "info"], in: folder)
            #expect(none == [])
        }
    }

    @Test(arguments: [
        (["--area", "mfaa"], "Did you mean 'mfa'?"), (["--framework", "pci-dss-4.0"], "Did you mean 'pci-dss-4.0.1'?"),
        (["--control", "no-such"], "no framework has the control 'no-such'"),
        (["--framework", "soc-2", "--control", "8.4.2"], "no framework has the control '8.4.2'"),
    ])
    func refusesWordsThatNoRuleHas(options: [String], words: String) async throws {
        try await ScratchFolder.with { folder in
            expectRefusal(try await runZTAudit(["rules", "list"] + options, in: folder), saying: words)
        }
    }

    @Test func writesJSONAndCSV() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(
                SampleRule.text(added: "frameworks: { soc-2: [CC6.1] }").replacing(
                    "title: There is a group",
                    with: "title: '=There, \"is\" a group'"
                ),
                to: "mine/own/my-rule.yaml"
            )
            let options = ["rules", "list", "--rules", "mine", "--area", "own", "--format"]
            let json = try await runZTAudit(options + ["json"], in: folder)
            let rules = try JSONValue(parsing: Data(json.output.utf8)).arrayValue
            #expect(rules?.count == 1)
            #expect(rules?.first?["id"]?.stringValue == "my-rule")
            #expect(rules?.first?["area"]?.stringValue == "own")
            #expect(rules?.first?["frameworks"]?["soc-2"]?.arrayValue == ["CC6.1"])
            let csv = try await runZTAudit(options + ["csv"], in: folder)
            #expect(
                csv.output == """
                    severity,id,version,area,title,resource,frameworks,file\r
                    low,my-rule,1,own,"'=There, ""is"" a group",access_group,soc-2: CC6.1,mine/own/my-rule.yaml\r

                    """
            )
        }
    }

    @Test func showsTitlesDataAndTest() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["rules", "show", "access-session-too-long"], in: folder)
            #expect(outcome.status == 0)
            for text in [
                "\narea        sessions\n", "  maximum_session (duration, default 24h): ",
                "\nReads\n  application_policy, ",
                "Access: Apps and Policies Read", "\n  PCI DSS 4.0.1 [pci-dss-4.0.1]\n    8.2.8  ",
                "A fail holds without\n  access_group, ", "rules/sessions/access-session-too-long.test.yaml, ",
            ] {
                #expect(outcome.output.contains(text), "\(text)")
            }
        }
    }

    @Test func knowsTheFrameworksOfAUsersPack() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(SampleRule.text(added: "frameworks: { own-1: [A.1] }"), to: "mine/my-rule.yaml")
            try folder.write(
                "id: own-1\ntitle: Own\nversion: '1'\nsource: https://example.com/\ncontrols: { A.1: First control }\n",
                to: "mine/frameworks/own-1.yaml"
            )
            let show = try await runZTAudit(["rules", "show", "my-rule", "--rules", "mine"], in: folder)
            #expect(show.output.contains("  Own [own-1]\n    A.1  First control\n"))
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let audit = try await runZTAudit(
                ["audit", "s.ztaudit", "--rules", "mine", "--rule", "my-rule", "--report", "json=-"],
                in: folder
            )
            let result = try JSONValue(parsing: Data(audit.output.utf8))
            #expect(result["frameworks"]?.arrayValue?.map { $0["title"]?.stringValue } == ["Own"])
            try folder.write("id: soc-2\ntitle: x\nversion: '1'\n", to: "mine/frameworks/soc-2.yaml")
            expectRefusal(
                try await runZTAudit(["rules", "list", "--rules", "mine"], in: folder),
                saying: "mine/frameworks/soc-2.yaml:1: lacks the key 'source'"
            )
        }
    }
}
