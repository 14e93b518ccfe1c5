import Foundation
import JSONModel
import TestSupport
import Testing

/// `--attest`, and what `verify` says of it.
@Suite struct AttestationTests {
    private static let name = "attestation.intoto.json"
    private static let audit = ["audit", "s.ztaudit", "--as-of", DemoAccount.asOf, "--fail-on", "none"]
    private static let reports = ["--report", "json=out/r.json", "--report", "markdown=out/below/r.md"]
    private static let verify = ["verify", "out", "--key", "key.pub"]

    /// Runs `body` in a folder with a snapshot, keys and an empty folder for documents.
    private func withKeys(
        _ key: String = TestKeys.ed25519,
        _ publicKey: String = TestKeys.ed25519Public,
        _ body: (ScratchFolder) async throws -> Void
    ) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try folder.write(key, to: "key.pem")
            #expect(chmod(folder.path("key.pem"), 0o600) == 0)
            try folder.write(publicKey, to: "key.pub")
            try FileManager.default.createDirectory(atPath: folder.path("out/below"), withIntermediateDirectories: true)
            try await body(folder)
        }
    }

    /// The same with documents and their attestation.
    private func withAttestation(
        _ key: String = TestKeys.ed25519,
        _ publicKey: String = TestKeys.ed25519Public,
        _ body: (ScratchFolder) async throws -> Void
    ) async throws {
        try await withKeys(key, publicKey) { folder in
            let outcome = try await runZTAudit(Self.audit + Self.reports + ["--attest", "key.pem"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!outcome.errors.contains("private key"))
            try await body(folder)
        }
    }

    @Test(arguments: [
        (TestKeys.ed25519, TestKeys.ed25519Public, "Ed25519"), (TestKeys.p256, TestKeys.p256Public, "ECDSA P-256"),
        (TestKeys.p256SEC1, TestKeys.p256Public, "ECDSA P-256"),
    ])
    func verifiesWhatItAttested(key: String, publicKey: String, algorithm: String) async throws {
        try await withAttestation(key, publicKey) { folder in
            #expect(
                folder.files.filter { $0.hasPrefix("out/") } == [
                    "out/\(Self.name)", "out/below", "out/below/r.md", "out/r.json",
                ]
            )
            let outcome = try await runZTAudit(Self.verify + ["--snapshot", "s.ztaudit"], in: folder)
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.prefix(3) == ["ok         below/r.md", "ok         r.json", "ok         snapshot s.ztaudit"])
            #expect(outcome.output.contains("Signed with the \(algorithm) key "))
            #expect(lines.last == "2 of 2 documents are as attested, and the snapshot is the one that was audited.")
            #expect(!outcome.output.contains("Not covered"))
        }
    }

    @Test func attestsTheSameAuditWithTheSameBytes() async throws {
        try await withAttestation { folder in
            let first = try folder.text("out/\(Self.name)")
            _ = try await runZTAudit(Self.audit + Self.reports + ["--attest", "key.pem"], in: folder)
            #expect(try folder.text("out/\(Self.name)") == first)
        }
    }

    @Test func saysWhatDiffers() async throws {
        try await withAttestation { folder in
            try folder.write(try folder.text("out/r.json") + " ", to: "out/r.json")
            try FileManager.default.removeItem(atPath: folder.path("out/below/r.md"))
            try folder.write("", to: "out/added\u{1B}[31m.txt")
            try folder.write("", to: "out/::error::x")
            let outcome = try await runZTAudit(Self.verify, in: folder)
            #expect(outcome.status == 1)
            let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(lines[0...1] == ["missing    below/r.md", "changed    r.json"])
            #expect(lines[2].wholeMatch(of: #/ {11}attested SHA-256 [0-9a-f]{64}/#) != nil)
            #expect(lines[3].wholeMatch(of: #/ {11}found SHA-256    [0-9a-f]{64}/#) != nil)
            #expect(
                outcome.output.contains("Not covered by the attestation:\n  : :error::x\n  added⟨U+001B⟩[31m.txt\n")
            )
            #expect(outcome.output.hasSuffix("\n2 of 2 documents are not as attested.\n"))
        }
    }

    @Test func noticesDocumentsThatChangedPlaces() async throws {
        try await withAttestation { folder in
            let (json, markdown) = (try folder.text("out/r.json"), try folder.text("out/below/r.md"))
            try folder.write(json, to: "out/below/r.md")
            try folder.write(markdown, to: "out/r.json")
            let outcome = try await runZTAudit(Self.verify, in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("changed    below/r.md: it has the content of r.json\n"))
            #expect(outcome.output.contains("changed    r.json: it has the content of below/r.md\n"))
        }
    }

    @Test func opensNothingButFiles() async throws {
        try await withAttestation { folder in
            for name in ["out/r.json", "out/below/r.md"] {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
            #expect(mkfifo(folder.path("out/r.json"), 0o600) == 0)
            try FileManager.default.createDirectory(
                atPath: folder.path("out/below/r.md"),
                withIntermediateDirectories: false
            )
            let outcome = try await runZTAudit(Self.verify, in: folder)
            #expect(outcome.status == 1)
            #expect(
                outcome.output.hasPrefix("unreadable below/r.md: it is no file\nunreadable r.json: it is no file\n")
            )
        }
    }

    @Test func believesNothingThatIsNotSignedByTheKey() async throws {
        try await withAttestation { folder in
            let original = try folder.text("out/\(Self.name)")
            // Another document's digest in the payload, with the signature left as it was.
            var members = try #require(try JSONValue(parsing: Data(original.utf8)).objectValue)
            let payload = try #require(Data(base64Encoded: members["payload"]?.stringValue ?? ""))
            let forged = String(decoding: payload, as: UTF8.self).replacing(
                "\"exitStatus\":0",
                with: "\"exitStatus\":1"
            )
            #expect(Data(forged.utf8) != payload)
            members["payload"] = .string(Data(forged.utf8).base64EncodedString())
            try folder.write(JSONValue.object(members).text, to: "out/\(Self.name)")
            expectRefusal(
                try await runZTAudit(Self.verify, in: folder),
                status: 1,
                saying: "out/\(Self.name)",
                "changed after it was signed"
            )
            try folder.write(original, to: "out/\(Self.name)")
            try folder.write(TestKeys.otherPublic, to: "key.pub")
            expectRefusal(try await runZTAudit(Self.verify, in: folder), status: 1, saying: "is not signed by this key")
        }
    }

    @Test(arguments: [
        ("", "not JSON"), ("{}", "'payload' is missing"),
        (#"{"payload": "", "payloadType": "", "signatures": [{"sig": "?"}]}"#, "not base64"),
    ])
    func cannotTellWithoutAProperAttestation(text: String, words: String) async throws {
        try await withKeys { folder in
            expectRefusal(try await runZTAudit(Self.verify, in: folder), saying: "out/\(Self.name)", "cannot be read")
            try folder.write(text, to: "out/\(Self.name)")
            expectRefusal(try await runZTAudit(Self.verify, in: folder), saying: "out/\(Self.name)", words)
            expectRefusal(
                try await runZTAudit(["verify", "out", "--key", "none"], in: folder),
                saying: "none: cannot be read"
            )
            expectRefusal(
                try await runZTAudit(["verify", "out", "--key", "out"], in: folder),
                saying: "out: cannot be read"
            )
            expectRefusal(
                try await runZTAudit(["verify", "out", "--key", "key.pem"], in: folder),
                saying: "key.pem",
                "private key"
            )
        }
    }

    @Test func makesHostileWordsOfAnAttestationVisible() async throws {
        try await withKeys { folder in
            let envelope = #"{"payload": "", "payloadType": "", "signatures": [{"keyid": "\u001b[31m", "sig": ""}]}"#
            try folder.write(envelope, to: "out/\(Self.name)")
            expectRefusal(try await runZTAudit(Self.verify, in: folder), status: 1, saying: "⟨U+001B⟩[31m")
        }
    }

    @Test func tellsSnapshotsApart() async throws {
        try await withAttestation { folder in
            let verify = Self.verify + ["--snapshot", "s.ztaudit"]
            try changeSnapshot(folder.path("s.ztaudit"), "UPDATE coverage SET row_count = row_count + 1")
            let touched = try await runZTAudit(verify, in: folder)
            #expect(touched.status == 1)
            #expect(touched.output.contains("changed    snapshot s.ztaudit: the collected objects are the same, but"))
            try changeSnapshot(folder.path("s.ztaudit"), "UPDATE access_policy SET body = body || ' '")
            let changed = try await runZTAudit(verify, in: folder)
            #expect(changed.status == 1)
            #expect(changed.output.contains("changed    snapshot s.ztaudit: what was collected is not the same\n"))
            #expect(
                changed.output.contains(
                    /attested content digest [0-9a-f]{64}\n           found content digest    [0-9a-f]{64}\n/
                )
            )
            #expect(
                changed.output.hasSuffix(
                    "2 of 2 documents are as attested, and the snapshot is not the one that was audited.\n"
                )
            )
            try folder.write("nothing", to: "s.ztaudit")
            let broken = try await runZTAudit(verify, in: folder)
            #expect(broken.status == 1)
            #expect(broken.output.contains("it cannot be read: s.ztaudit: is not a snapshot"))
        }
    }

    @Test func attestsAScanAndWhatIsRenderedAgain() async throws {
        try await withDemoAPI { api in
            try await withKeys { folder in
                let scan = [
                    "scan", "--snapshot", "out/s.ztaudit", "--report", "json=out/r.json", "--attest", "key.pem",
                ]
                let outcome = try await runZTAudit(scan, environment: api.environment(), in: folder)
                #expect(outcome.status == 1, "\(outcome.errors)")
                let snapshot = ["--snapshot", "out/s.ztaudit"]
                let verified = try await runZTAudit(Self.verify + snapshot, in: folder)
                #expect(verified.status == 0, "\(verified.output)")
                #expect(!verified.output.contains("Not covered"))
                let again = ["report", "out/r.json", "--report", "html=out/below/r.html", "--attest", "key.pem"]
                #expect(try await runZTAudit(again, in: folder).status == 0)
                let rendered = try await runZTAudit(["verify", "out/below", "--key", "key.pub"] + snapshot, in: folder)
                #expect(rendered.status == 0, "\(rendered.output)")
            }
        }
    }

    @Test(arguments: [
        ([], "needs documents"), (["--report", "json=-"], "which is no file"),
        (["--report", "json=/dev/stdout"], "which is no file"),
        (["--report", "json=out/\(name)"], "is where --attest writes"),
        (["--report", "json=out/below/r.json", "--report", "html=tmp/r.html"], "one folder that holds all documents"),
        (["--report", "json=key.pem"], "would replace the private key"),
    ])
    func refusesWhatCannotBeAttestedBeforeAskingTheAPI(reports: [String], words: String) async throws {
        try await withKeys { folder in
            let files = folder.files
            let arguments = ["scan", "--attest", "key.pem"] + reports
            // Nobody listens there: asking the API would end with another status.
            let environment = ["CLOUDFLARE_API_TOKEN": "t", "CLOUDFLARE_BASE_URL": "http://127.0.0.1:1"]
            expectRefusal(
                try await runZTAudit(arguments, environment: environment, in: folder),
                status: 64,
                saying: words
            )
            #expect(folder.files == files)
            #expect(try folder.text("key.pem") == TestKeys.ed25519)
        }
    }

    @Test func refusesAKeyThatCannotSignBeforeAskingTheAPI() async throws {
        try await withKeys { folder in
            let environment = ["CLOUDFLARE_API_TOKEN": "t", "CLOUDFLARE_BASE_URL": "http://127.0.0.1:1"]
            for (key, words) in [("key.pub", "public key"), ("none", "cannot be read"), ("s.ztaudit", "larger than")] {
                let arguments = ["scan", "--report", "json=out/r.json", "--attest", key]
                expectRefusal(try await runZTAudit(arguments, environment: environment, in: folder), saying: key, words)
            }
            let replaced = ["scan", "--report", "json=out/r.json", "--attest", "key.pem", "--snapshot", "key.pem"]
            expectRefusal(
                try await runZTAudit(replaced, environment: environment, in: folder),
                status: 64,
                saying: "--snapshot would replace the private key"
            )
            #expect(try folder.text("key.pem") == TestKeys.ed25519)
        }
    }

    @Test func warnsOfAPrivateKeyThatOthersCanRead() async throws {
        try await withKeys { folder in
            #expect(chmod(folder.path("key.pem"), 0o644) == 0)
            let outcome = try await runZTAudit(Self.audit + Self.reports + ["--attest", "key.pem"], in: folder)
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("warning: key.pem: others on this machine can read this private key"))
            #expect(!outcome.errors.contains("MC4C"))
        }
    }

    @Test func takesTheKeyFromTheConfiguration() async throws {
        try await withKeys { folder in
            try folder.write("reports: { attest: key.pem, documents: { json: out/r.json } }", to: "ztaudit.yaml")
            let outcome = try await runZTAudit(Self.audit, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await runZTAudit(Self.verify, in: folder).status == 0)
            let shown = try await runZTAudit(["config", "show"], in: folder)
            #expect(shown.output.contains(/reports\.attest +key\.pem +ztaudit\.yaml:1\n/))
        }
    }

    @Test func leavesNoAttestationWithoutItsDocuments() async throws {
        try await withKeys { folder in
            let arguments = Self.audit + Self.reports + ["--attest", "key.pem"]
            let outcome = try await runZTAudit(arguments, in: folder, shell: #"ulimit -f 128; exec "$@""#)
            expectRefusal(outcome, saying: "out/r.json: cannot be written")
            #expect(folder.files.filter { $0.hasPrefix("out/") } == ["out/below"])
        }
    }
}
