import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct ExplainTests {
    private static let onboarding = "8429a213-4b60-49cd-ade9-0a8eb4c1e456"
    private static let oneTimePIN = "One-time PIN"

    @Test(arguments: [
        ("Telematics ingest", [], "explain.txt"),
        (
            "Driver onboarding", ["--email", "a@b.example", "--idp", oneTimePIN, "--country", "NL"],
            "explain-decision.txt"
        ),
    ])
    func explainsAsRecorded(application: String, options: [String], file: String) async throws {
        let outcome = try await explain(["--app", application] + options)
        #expect(outcome.status == 0 && outcome.errors == "")
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        guard let difference = try GoldenFile(file, in: folder).difference(from: outcome.output) else { return }
        Issue.record("\(difference)")
    }

    @Test func answersWithEveryKey() async throws {
        let document = try await json(["--app", "Driver onboarding"])
        let keys = ["application", "defects", "doubts", "gaps", "policies", "reach", "ways_in", "weakest", "witness"]
        #expect(document.objectValue?.keys.sorted() == keys)
        #expect(
            document["application"] == [
                "id": .string(Self.onboarding), "name": "Driver onboarding", "type": "self_hosted",
                "destinations": ["drivers.northwind.example/onboarding"],
            ]
        )
        #expect(
            document["reach"] == [
                "anonymous": "no", "any_mailbox": "yes", "consumer_account": "yes", "without_mfa": "no",
                "without_device_posture": "yes", "from_anywhere": "yes",
            ]
        )
        let policies = try #require(document["policies"]?.arrayValue)
        #expect(policies.map { $0["order"] } == [1, 2])
        #expect(policies.map { $0["decision"] } == ["deny", "allow"])
        #expect(policies.map { $0["mfa"] }.last == ["state": "required", "source": "organization"])
        #expect(policies.map { $0["session_seconds"] } == [.some(.null), 3600])
        #expect(policies.map { $0["session_source"] } == [.some(.null), "policy"])
        #expect(policies.map { $0["shadowed_by"] } == [.some(.null), .some(.null)])
        #expect(document["weakest"] == document["ways_in"]?.arrayValue?.first)
        #expect(document["weakest"]?["assurance"] == "any_mailbox")
        #expect(document["weakest"]?["mfa"] == "yes" && document["weakest"]?["network"] == "no")
        #expect(document["gaps"] == [])
    }

    @Test(arguments: [
        ["--app", "Telematics ingest"], ["--app", "Tachograph archive"], ["--app", "Parking permits"],
        ["--app", "Linux fleet"], ["--app", "Customs declarations"], ["--app", "Intranet", "--ip", "::1"],
        ["--app", "Customs declarations", "--email", "a@b.example"],
    ])
    func keepsToItsSchema(arguments: [String]) async throws {
        let file = Repository.root.appending(path: "Sources/AccessAnalysis/Explanation/explanation.schema.json")
        let validator = JSONSchemaValidator(root: try JSONValue(parsing: Data(contentsOf: file)))
        #expect(try await validator.faults(in: json(arguments)) == [])
    }

    @Test func writesNullWhereNobodyGetsIn() async throws {
        let document = try await json(["--app", "Tachograph archive"])
        #expect(document["weakest"] == .some(.null) && document["witness"] == .some(.null))
        #expect(document["ways_in"] == [] && document["policies"] == [])
        let text = try await explain(["--app", "Tachograph archive"])
        #expect(text.output.contains("Nobody: no requester that can exist is admitted by a policy."))
    }

    @Test func writesASessionForEver() async throws {
        let document = try await json(
            ["--app", "Parking permits"],
            changes: [
                """
                UPDATE access_application SET session_duration = 'no_expiry',
                    session_duration_seconds = 9223372036854775807 WHERE name = 'Parking permits'
                """
            ]
        )
        let session = document["policies"]?.arrayValue?.first { $0["name"] == "Allow permit holders" }
        #expect(session?["session_seconds"] == .integer(.max) && session?["session_source"] == "application")
    }

    @Test func admitsTheWitness() async throws {
        let witness = try #require(try await json(["--app", "Visitor sign-in"])["witness"])
        let decision = try await json(["--app", "Visitor sign-in", "--requester", "-"], input: witness.text)
        #expect(decision["decision"] == "allow")
    }

    @Test(arguments: [
        onboarding, "Driver onboarding", "driver ONBOARDING", "https://drivers.northwind.example/onboarding/step?a=/b",
        "drivers.northwind.example/onboarding", "https://drivers.northwind.example:8443/onboarding#x",
    ])
    func findsTheApplication(name: String) async throws {
        #expect(try await json(["--app", name])["application"]?["id"] == .string(Self.onboarding))
    }

    @Test func asksWhichOneIsMeant() async throws {
        let rename = "UPDATE access_application SET name = 'Twin' WHERE name IN ('Declarations', 'Driver onboarding')"
        let outcome = try await explain(["--app", "twin"], changes: [rename])
        expectRefusal(
            outcome,
            saying: "--app 'twin': more than one application is meant",
            Self.onboarding,
            "Give the id"
        )
        let one = try await json(["--app", "twin", "--account", DemoAccount.id], changes: [rename])
        #expect(one["application"]?["id"] == .string(Self.onboarding))
    }

    @Test func namesWhatIsNearToAnUnknownApplication() async throws {
        expectRefusal(
            try await explain(["--app", "waehouse"]),
            saying: "there is no application",
            "\"Warehouse Management\""
        )
        expectRefusal(try await explain(["--app", "zzzzzzzz"]), saying: "SELECT id, name FROM access_application")
        expectRefusal(
            try await explain(["--app", "Intranet", "--account", "nonsense"]),
            saying: "--account 'nonsense': is not in the snapshot",
            DemoAccount.id
        )
    }

    @Test func takesTheRequesterFromAFileAndStandardInputAndOptions() async throws {
        let provider = try #require(try await json(["--app", "Driver onboarding"])["witness"]?["identity_provider_id"])
        let requester = JSONValue.object([
            "email": "a@b.example", "identity_provider_id": provider, "country": "NL", "independent_mfa": ["totp"],
        ]).text
        let name = ["--app", "Driver onboarding"]
        let byInput = try await json(name + ["--requester", "-"], input: requester)
        let byFile = try await json(name + ["--requester", "r.json"], requester: requester)
        let byOptions = try await json(
            name + ["--email", "a@b.example", "--idp", "one-time pin", "--country", "nl", "--mfa", "totp, piv_key"]
        )
        #expect(byInput["decision"] == "allow" && byInput == byFile && byInput == byOptions)
        #expect(byInput.objectValue?.keys.sorted() == ["decision", "gaps", "policy_id", "reason", "trace"])
        let step = try #require(byInput["trace"]?.arrayValue?.last)
        #expect(step["policy_id"] == byInput["policy_id"] && step["decision"] == "allow" && step["match"] == "yes")
        let elsewhere = try await json(name + ["--requester", "-", "--country", "KP"], input: requester)
        #expect(elsewhere["decision"] == "block")
        let unarmed = try await json(name + ["--requester", "-", "--mfa", ""], input: requester)
        #expect(unarmed["decision"] == "deny" && unarmed["policy_id"] == byInput["policy_id"])
    }

    @Test func leavesTheProviderOpenWhereOnlyAnAddressIsGiven() async throws {
        let options = ["--app", "Driver onboarding", "--email", "a@b.example", "--country", "NL", "--mfa", "totp"]
        let outcome = try await json(options)
        #expect(outcome["decision"] == "unknown" && outcome["policy_id"] == .some(.null))
        let customs = try await json(["--app", "Customs declarations", "--email", "a@b.example"])
        let reason = try #require(customs["trace"]?.arrayValue?.last?["because"]?.stringValue)
        #expect(reason.hasPrefix("depending on the identity provider, no include matches: the e-mail address"))
        #expect(reason.hasSuffix("; or require a login by \"One-time PIN\" is not met"), "\(reason)")
    }

    @Test(arguments: [
        (["--requester", "missing.json"], "", "missing.json: cannot be read"),
        (["--requester", "-"], "{", "standard input: is not JSON"),
        (["--requester", "-"], #"{"emial": "a@b"}"#, "Did you mean 'email'?"),
        (["--requester", "-"], #"{"email": 1}"#, "'email' is a number"),
        (["--idp", "one time"], "", "\"One-time PIN\""), (["--idp", "nonsense"], "", "There is \"Baltic"),
    ])
    func refusesABadRequester(options: [String], input: String, words: String) async throws {
        expectRefusal(try await explain(["--app", "Intranet"] + options, input: input), saying: words)
    }

    @Test func tellsWhatWasNotRead() async throws {
        let change = "UPDATE coverage SET status = 'denied' WHERE kind = 'access_groups' AND zone_id IS NULL"
        let gap: JSONValue = [
            "kind": "access_groups", "status": "denied",
            "permission": "Access: Organizations, Identity Providers, and Groups Read",
        ]
        #expect(try await json(["--app", "Intranet"], changes: [change])["gaps"] == [gap])
        let outcome = try await explain(["--app", "Intranet", "--ip", "::1"], changes: [change])
        #expect(outcome.status == 0)
        #expect(outcome.output.hasSuffix("Providers, and\n    Groups Read\"\n"), "\(outcome.output)")
    }

    @Test(arguments: [[], ["--format", "json"], ["--ip", "::1"], ["--ip", "::1", "--format", "json"]])
    func doesNotLetNamesSteerTheTerminal(options: [String]) async throws {
        let hostile = "'a' || char(27) || '[31m' || char(155) || '2J' || char(8238) || char(10) || '::error ##[x]'"
        let outcome = try await explain(
            ["--app", Self.onboarding] + options,
            changes: ["access_application", "access_policy", "identity_provider"].map {
                "UPDATE \($0) SET name = \(hostile)"
            }
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        for scalar in outcome.output.unicodeScalars where scalar != "\n" {
            #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x202E)
        }
        for line in outcome.output.split(separator: "\n") {
            #expect(!line.drop { $0 == " " }.hasPrefix("::"))
            if !options.contains("json") { #expect(!line.contains("##")) }
        }
    }

    private func json(
        _ arguments: [String],
        changes: [String] = [],
        requester: String? = nil,
        input: String = ""
    ) async throws -> JSONValue {
        let outcome = try await explain(
            arguments + ["--format", "json"],
            changes: changes,
            requester: requester,
            input: input
        )
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        return try JSONValue(parsing: Data(outcome.output.utf8))
    }

    private func explain(
        _ arguments: [String],
        changes: [String] = [],
        requester: String? = nil,
        input: String = ""
    ) async throws -> ProcessOutcome {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            for change in changes { try changeSnapshot(folder.path("s.ztaudit"), change) }
            if let requester { try folder.write(requester, to: "r.json") }
            return try await runZTAudit(
                ["explain", "s.ztaudit", "--as-of", DemoAccount.asOf] + arguments,
                in: folder,
                input: input
            )
        }
    }
}
