import AuditModel
import BuiltInFiles
import Foundation
import JSONModel
import RuleEngine
import TestSupport
import Testing

@Suite struct ConfigurationTests {
    private static let everything = """
        accounts: [acc1]
        collection:
          include: [scim_users]
          concurrency: 4
          requests_per_minute: 100
        own_domains: [Example.com]
        break_glass_accounts: [Emergency@example.com]
        public_mail_domains: [post.example]
        tiers:
          privileged: { names: ["*prod*"] }
          sensitive: { tags: [hr], applications: [app1] }
        rules:
          folders: [rules]
          include: [access-*]
          exclude: [mcp-*]
          severities: { sample: low }
          parameters:
            sample: { limit: 8h }
          tier_parameters:
            privileged:
              sample: { limit: 1h }
        reports:
          title: Quarterly
          location: access/ztaudit.yaml
          documents: { html: report.html, json: "-" }
          github: false
        gate:
          fail_on: medium
          allow_incomplete: true
          baseline: last.json
        """

    @Test func readsEveryKey() throws {
        let file = try ConfigurationFile(file: "ztaudit.yaml", text: Self.everything)
        #expect(file.accounts == Configured(["acc1"], line: 1))
        #expect(file.include?.value == ["scim_users"])
        #expect(file.concurrency == Configured(4, line: 4))
        #expect(file.requestsPerMinute?.value == 100)
        #expect(file.context.ownDomains == ["example.com"])
        #expect(file.context.breakGlassAccounts == ["emergency@example.com"])
        #expect(file.context.publicMailDomains.isSuperset(of: ["post.example", "gmail.com"]))
        // Where no tags are named, the tag of the tier's name counts.
        #expect(file.context.tiers[.privileged] == TierMembers(tags: ["privileged"], names: ["*prod*"]))
        #expect(file.context.tiers[.sensitive] == TierMembers(tags: ["hr"], applications: ["app1"]))
        #expect(file.ruleFolders?.value == ["rules"])
        #expect(file.includedRules?.value == ["access-*"])
        #expect(file.excludedRules?.value == ["mcp-*"])
        #expect(file.severities == ["sample": Configured(.low, line: 16)])
        #expect(file.parameters == ["sample": ["limit": Configured("8h", line: 18)]])
        #expect(file.tierParameters == [.privileged: ["sample": ["limit": Configured("1h", line: 21)]]])
        #expect(file.title?.value == "Quarterly")
        #expect(file.location == Configured("access/ztaudit.yaml", line: 24))
        #expect(file.reports?.value == ["html=report.html", "json=-"])
        #expect(file.annotatesGitHub == Configured(false, line: 26))
        #expect(file.failOn == Configured("medium", line: 28))
        #expect(file.allowIncomplete?.value == true)
        #expect(file.baseline?.value == "last.json")
    }

    @Test(arguments: ["", "# nothing yet\n", "---\n", "gate:\n", "rules:\nreports:\n"])
    func readsAFileThatSaysNothing(text: String) throws {
        let file = try ConfigurationFile(file: "ztaudit.yaml", text: text)
        #expect(file.failOn == nil)
        #expect(file.context == AuditContext())
    }

    @Test(arguments: [
        ("acounts: [a]", "ztaudit.yaml:1: has the unknown key 'acounts'"),
        ("gate:\n  fail_on: hihg", "ztaudit.yaml:2: has 'hihg' under 'fail_on'. Use one of critical"),
        ("gate:\n  allow_incomplete: maybe", "ztaudit.yaml:2: has no truth value under 'allow_incomplete'"),
        ("collection: { concurrency: 0 }", "Write a whole number from 1 to 64"),
        ("own_domains:\n  - someone@example.com", "'someone@example.com' under 'own_domains', which is no domain"),
        ("break_glass_accounts: [nobody]", "'nobody' under 'break_glass_accounts', which is no e-mail address"),
        ("tiers: { standard: { tags: [a] } }", "has the unknown key 'standard'"),
        ("rules:\n  severities:\n    sample: bad", "ztaudit.yaml:3: gives the rule 'sample' an unknown severity"),
        ("rules: { parameters: { sample: 3 } }", "has no mapping for the rule 'sample'"),
        ("rules: { parameters: { sample: { hosts: [\"a,b\"] } } }", "has a comma in 'a,b' under 'hosts'"),
        ("reports: { documents: [html] }", "has no mapping under 'documents'"),
        ("- accounts", "is not a YAML mapping. Begin with a line 'key: …'; 'ztaudit config schema' describes the form"),
        ("a: b: c", "is not valid YAML"),
        ("gate:\n\u{0}", "ztaudit.yaml:2: is not valid YAML: control characters are not allowed"),
        ("gate:\n  fail_on:", "ztaudit.yaml:2: has nothing under 'fail_on'"),
        ("accounts:\n  - \"\"", "ztaudit.yaml:2: has an empty text in the list 'accounts'"),
        ("rules: { folders: [a, \"\"] }", "has an empty text in the list 'folders'"),
        ("own_domains: [example..com]", "'example..com' under 'own_domains', which is no domain"),
        ("own_domains: [example.com.]", "'example.com.' under 'own_domains', which is no domain"),
        ("break_glass_accounts: [\"@example.com\"]", "which is no e-mail address"),
        ("break_glass_accounts: [a@b@example.com]", "which is no e-mail address"),
    ])
    func namesThePlaceOfWhatIsWrong(text: String, message: String) throws {
        let error = try #require(throws: RuleFileError.self) {
            try ConfigurationFile(file: "ztaudit.yaml", text: text)
        }
        #expect(error.description.contains(message), "\(error)")
    }

    @Test func saysWhichRulesAndParametersDoNotExist() throws {
        let file = try ConfigurationFile(
            file: "ztaudit.yaml",
            text: """
                rules:
                  severities: { smaple: low }
                  parameters:
                    sample: { limt: 3, limit: soon }
                  tier_parameters:
                    privileged: { sample: { limit: "5" } }
                """
        )
        var rule = SampleRule()
        rule.more = "parameters: { limit: { type: days, default: 1, help: x } }"
        let pack = try RulePack([rule.source])
        let errors = try #require(throws: RuleFileErrors.self) { try file.settings(for: pack) }.errors
        #expect(errors.map(\.line) == [2, 4, 4, 6])
        let text = errors.map(\.description).joined(separator: "\n")
        #expect(text.contains("ztaudit.yaml:2: names the rule 'smaple', which does not exist"))
        #expect(text.contains("has no parameter 'limt' (known: limit)"))
        #expect(text.contains("for which 'soon' is no days"))
        #expect(text.contains("values for a tier, but it judges all resources alike"))
    }

    /// Editors must accept what the program accepts, and know every key.
    @Test func isDescribedByItsSchema() throws {
        let schema = try JSONValue(parsing: Data(BuiltInFiles.configurationSchema.utf8))
        let validator = JSONSchemaValidator(root: schema)
        let document: JSONValue = [
            "accounts": ["acc1"],
            "collection": ["include": ["scim_users"], "concurrency": 4, "requests_per_minute": 100],
            "own_domains": ["example.com"], "break_glass_accounts": ["a@example.com"],
            "public_mail_domains": ["post.example"],
            "tiers": ["privileged": ["names": ["*prod*"]], "sensitive": ["tags": ["hr"], "applications": ["app1"]]],
            "rules": [
                "folders": ["rules"], "include": ["a"], "exclude": ["b"], "severities": ["sample": "low"],
                "parameters": ["sample": ["limit": "8h", "hosts": ["a"]]],
                "tier_parameters": ["privileged": ["sample": ["limit": 3]]],
            ],
            "reports": [
                "title": "Quarterly", "location": "access/ztaudit.yaml", "documents": ["html": "report.html"],
                "github": false,
            ],
            "gate": ["fail_on": "medium", "allow_incomplete": true, "baseline": "last.json"],
        ]
        #expect(validator.faults(in: document) == [])
        #expect(validator.faults(in: ["gate": ["fail_on": "hihg"]]) != [])
        #expect(validator.faults(in: ["gates": [:]]) != [])
        func keys(_ path: [String]) -> Set<String> {
            let properties = path.flatMap { ["properties", $0] } + ["properties"]
            return Set(schema[path: properties]?.objectValue?.keys ?? [:].keys)
        }
        #expect(keys([]) == Set(ConfigurationFile.keys))
        #expect(keys(["collection"]) == Set(ConfigurationFile.collectionKeys))
        #expect(keys(["rules"]) == Set(ConfigurationFile.rulesKeys))
        #expect(keys(["reports"]) == Set(ConfigurationFile.reportsKeys))
        #expect(keys(["gate"]) == Set(ConfigurationFile.gateKeys))
    }
}
