import Attestation
import AuditModel
import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct StatementTests {
    private static let digest = String(repeating: "0a", count: 32)
    private static let other = String(repeating: "0b", count: 32)

    private static func statement(_ names: String...) -> Statement {
        Statement(
            subjects: names.enumerated().map { .init(name: $1, sha256: $0 == 0 ? digest : other) },
            predicate: AuditPredicate(
                SampleAudit.result,
                writer: AuditPredicate.Program(name: "ztaudit", version: "2.0.0"),
                snapshotFile: other,
                gate: AuditPredicate.Gate(failOn: "high", allowIncomplete: false, exitStatus: 1)
            )
        )
    }

    /// Writes a statement, changes it and reads it again.
    private static func read(
        type: String = Statement.payloadType,
        _ change: (inout [String: JSONValue]) -> Void
    ) throws -> Statement {
        let payload = try statement("a.html", "b/c.xml").payload()
        guard case .object(var members) = try JSONValue(parsing: payload) else { throw CancellationError() }
        change(&members)
        return try Statement(payload: Data(JSONValue.object(members).serialized()), type: type)
    }

    @Test func readsBackWhatItWrote() throws {
        #expect(try Self.read { _ in } == Self.statement("a.html", "b/c.xml"))
        #expect(try Self.statement("a").payload() == Self.statement("a").payload())
    }

    @Test func hasTheFormOfInToto() throws {
        let value = try JSONValue(parsing: try Self.statement("a.html").payload())
        #expect(value["_type"] == "https://in-toto.io/Statement/v1")
        #expect(value["subject"] == [["name": "a.html", "digest": ["sha256": .string(Self.digest)]]])
        #expect(value["predicateType"] == .string(AuditPredicate.type))
        #expect(value.objectValue?.count == 4)
    }

    @Test func ignoresMembersThatItDoesNotKnow() throws {
        let statement = try Self.read { members in
            members["more"] = [1]
            guard case .object(var predicate) = members["predicate"] else { return }
            predicate["more"] = [1]
            members["predicate"] = .object(predicate)
        }
        #expect(statement == Self.statement("a.html", "b/c.xml"))
    }

    @Test(arguments: [
        "", "/etc/passwd", "../a", "a/../../b", "a/./b", "a//b", "a/", ".", "..", "a\u{0}b", "..\u{2F}x",
    ])
    func refusesNamesThatLeadOutOfTheFolder(name: String) throws {
        let error = try #require(throws: AttestationError.self) {
            try Self.read { $0["subject"] = [["name": .string(name), "digest": ["sha256": .string(Self.digest)]]] }
        }
        #expect(error.code == .malformed)
        #expect(error.problem.contains("no path below its folder"))
    }

    @Test(arguments: [
        ("[]", "names no document"), (#"[{"name": "a", "digest": {"sha256": "abc"}}]"#, "no SHA-256 digest of 'a'"),
        (#"[{"name": "a", "digest": {"sha512": "abc"}}]"#, "no SHA-256 digest of 'a'"),
        (#"[{"name": "a", "digest": {"sha256": "\#(digest.uppercased())"}}]"#, "no SHA-256 digest of 'a'"),
        (#"[{"name": "a"}]"#, "in 'subject[0]', 'digest' is missing"),
        (#"[{"digest": {"sha256": "abc"}}]"#, "'name' is missing"),
        (#""a""#, "in 'subject', has a value of another type"),
        (
            #"[{"name": "a", "digest": {"sha256": "\#(digest)"}}, {"name": "a", "digest": {"sha256": "\#(other)"}}]"#,
            "names 'a' twice"
        ),
    ])
    func saysWhatIsWrongWithSubjects(subjects: String, words: String) throws {
        let value = try JSONValue(parsing: Data(subjects.utf8))
        let error = try #require(throws: AttestationError.self) { try Self.read { $0["subject"] = value } }
        #expect(error.code == .malformed)
        #expect(error.problem.contains(words), "\(error)")
    }

    @Test func tellsNamesApartAsTheFileSystemDoes() throws {
        let names = ["caf\u{E9}.html", "cafe\u{301}.html"]
        let statement = try Self.read {
            $0["subject"] = .array(names.map { ["name": .string($0), "digest": ["sha256": .string(Self.digest)]] })
        }
        #expect(statement.subjects.count == 2)
    }

    @Test func refusesOtherTypes() throws {
        let plain = try #require(throws: AttestationError.self) { try Self.read(type: "application/json") { _ in } }
        let old = try #require(throws: AttestationError.self) {
            try Self.read { $0["_type"] = "https://in-toto.io/Statement/v0.1" }
        }
        let provenance = try #require(throws: AttestationError.self) {
            try Self.read { $0["predicateType"] = "https://slsa.dev/provenance/v1" }
        }
        for (error, words) in [(plain, "application/json"), (old, "Statement/v0.1"), (provenance, "slsa.dev")] {
            #expect(error.code == .unsupportedType)
            #expect(error.problem.contains(words), "\(error)")
        }
    }

    @Test func comparesDocuments() {
        let statement = Self.statement("same", "other", "swapped", "gone", "shut")
        let found: [String: FoundDocument] = [
            "same": .file(digest: Self.digest), "other": .file(digest: "1"), "swapped": .file(digest: Self.digest),
            "shut": .unreadable("why"),
        ]
        #expect(
            statement.checks { found[$0] ?? .missing }.map(\.state) == [
                .same, .changed(digest: "1", contentOf: nil), .changed(digest: Self.digest, contentOf: "same"),
                .missing, .unreadable("why"),
            ]
        )
    }

    @Test(arguments: [SampleAudit.result, SampleAudit.bare])
    func predicateKeepsToItsSchema(result: AuditResult) throws {
        let file = Repository.root.appending(path: "report-templates/json/attestation-predicate.schema.json")
        let schema = JSONSchemaValidator(root: try JSONValue(parsing: Data(contentsOf: file)))
        #expect(schema.root["$id"] == .string(AuditPredicate.type))
        let writer = AuditPredicate.Program(name: "ztaudit", version: "2.0.0")
        let gates = [nil, AuditPredicate.Gate(failOn: "none", allowIncomplete: true, exitStatus: 2)]
        for gate in gates {
            let predicate = AuditPredicate(
                result,
                writer: writer,
                snapshotFile: gate.map { _ in Self.digest },
                gate: gate
            )
            var value = try JSONValue(parsing: JSONEncoder().encode(predicate))
            #expect(schema.faults(in: value) == [])
            guard case .object(var members) = value else { return }
            members["surprise"] = 1
            members["counts"] = nil
            value = .object(members)
            #expect(schema.faults(in: value).count == 2)
        }
    }

    @Test func predicateSaysWhatTheResultSays() throws {
        let predicate = Self.statement("a").predicate
        #expect(predicate.tool.rulesDigest == SampleAudit.result.tool.rulesDigest && predicate.tool.version == "1.0.0")
        #expect(predicate.writer.version == "2.0.0")
        #expect(predicate.evaluatedOn == "2026-03-01T00:00:00Z")
        #expect(predicate.accounts == ["a1", "a2"])
        #expect(predicate.snapshot.contentDigest == Self.digest && predicate.snapshot.fileDigest == Self.other)
        #expect(predicate.baseline?.evaluatedOn == "2026-02-01T00:00:00Z")
        #expect(predicate.redaction?.level == "auditor")
        #expect(predicate.gate?.exitStatus == 1)
    }
}
