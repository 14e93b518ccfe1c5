import AuditModel
import Foundation
import GRDB
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

@testable import Redaction

/// Nothing that is to be replaced may be left in any corner.
struct MarkerTests {
    @Test(arguments: RedactionLevel.allCases, MarkedAccount.Form.allCases)
    func leavesNoMarkerInASnapshot(level: RedactionLevel, form: MarkedAccount.Form) async throws {
        try await Self.withRedacted(form, level) { _, redacted, _ in
            // SQLite cuts long texts into pages, so both the bytes and the rows are searched.
            let bytes = try Data(contentsOf: URL(filePath: redacted.path)).map { $0 < 0x80 ? $0 : 0x20 }
            try Self.expectNothing(of: form, level, in: String(decoding: bytes, as: UTF8.self), "the file")
            let texts = try redacted.read { database in
                try (Snapshot.tables.map(\.name) + ["redaction"]).flatMap { table in
                    try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").flatMap { row in
                        row.databaseValues.compactMap { String.fromDatabaseValue($0) }
                    }
                }
            }
            try Self.expectNothing(of: form, level, in: texts.joined(separator: "\n"), "the rows")
            #expect(redacted.info.redaction?.level == level)
        }
    }

    @Test(arguments: RedactionLevel.allCases, MarkedAccount.Form.allCases)
    func leavesNoMarkerInAnyDocument(level: RedactionLevel, form: MarkedAccount.Form) async throws {
        try await Self.withRedacted(form, level) { original, redacted, pseudonyms in
            let result = try Self.markedResult(original)
            #expect(try result.findings.contains { try !Self.markers(in: $0.resource.name).isEmpty })
            let counterpart = try Redacting.audit(redacted)
            for given in [counterpart, nil] {
                let shared = ResultRedactor(pseudonyms, counterpart: given).redact(result)
                for (format, text) in try Redacting.documents(of: shared) {
                    try Self.expectNothing(of: form, level, in: text, format)
                }
                #expect(shared.summary == result.summary)
                #expect(shared.redaction?.level == level)
            }
        }
    }

    /// What every one of these members names is a person, a device, an address or an id.
    private static let personal: Set<String> = [
        "email", "first_name", "last_name", "serial_number", "hardware_id", "mac_address", "id", "uid", "user_id",
        "device_id", "tunnel_id", "token_id", "creator_email_at_creation", "created_by", "modified_by", "seat_uid",
        "user_email", "device_name", "aud", "client_id", "email_addresses", "public_key",
    ]

    @Test func replacesWhatNamesPeopleAndDevicesForAuditors() async throws {
        try await Self.withRedacted(.plain, .auditor) { original, redacted, _ in
            func markers(_ snapshot: Snapshot) throws -> (personal: Set<String>, all: Set<String>) {
                var (personal, all): (Set<String>, Set<String>) = ([], [])
                try snapshot.read { database in
                    // Names and hosts are the ids of these, and stay for auditors.
                    let named = ["access_tag", "mtls_hostname_setting", "gateway_list_item"]
                    for table in Snapshot.tables where !named.contains(table.name) {
                        for row in try Row.fetchAll(database, sql: "SELECT * FROM \"\(table.name)\"") {
                            for (column, value) in row {
                                let found = try Self.markers(in: String.fromDatabaseValue(value) ?? "")
                                all.formUnion(found)
                                if Self.personal.contains(column) { personal.formUnion(found) }
                            }
                        }
                    }
                }
                return (personal, all)
            }
            let personal = try markers(original).personal
            #expect(personal.count > 100)
            let left = try markers(redacted).all.intersection(personal)
            #expect(left.isEmpty, "\(left.sorted().prefix(20))")
        }
    }

    private static func withRedacted(
        _ form: MarkedAccount.Form,
        _ level: RedactionLevel,
        _ body: (Snapshot, Snapshot, Pseudonyms) throws -> Void
    ) async throws {
        try await ScratchFolder.with { folder in
            let original = try await MarkedAccount(form).write(to: folder.path("original"))
            let redactor = try SnapshotRedactor(level, key: try Redacting.key.get(), for: [original])
            try redactor.redact(original, to: folder.path("redacted"))
            #expect(!FileManager.default.fileExists(atPath: folder.path("redacted.partial")))
            try body(original, try Snapshot(path: folder.path("redacted")), redactor.pseudonyms)
        }
    }

    /// A result with markers in what comes from configuration, too.
    private static func markedResult(_ snapshot: Snapshot) throws -> AuditResult {
        let text = """
            own_domains: [mk910001q.example]
            break_glass_accounts: [mk910002q.person@mk910002q.example]
            tiers: { privileged: { names: ["*mk*"] } }
            rules:
              parameters:
                mcp-server-host-not-approved: { approved_hosts: [mk910003q.example] }
                infrastructure-application-allows-root: { privileged_usernames: [mk910004q] }
                organization-trusts-other-account: { accepted_accounts: [mk910005q] }
            waivers:
              - { rule: access-policy-includes-everyone, resource: mk910006q, reason: Ask mk910007q.person@mk910007q.example, owner: mk910008q, expires: 2027-01-31, account: mk910009q, detail_key: mk910010q }
              - { rule: tunnel-hostname-unprotected, resource_name: "mk*", reason: mk910012q, owner: mk910013q.person@mk910013q.example, expires: 2027-01-31 }
            """
        let file = try ConfigurationFile(file: "/home/mk910014q/ztaudit.yaml", text: text)
        var result = try Redacting.audit(snapshot, settings: try file.settings(for: Redacting.pack()))
            .applying(file.waivers, at: try #require(UTCTimestamp("2026-11-15T09:00:00Z")))
        var past = result
        for index in past.findings.indices.prefix(200) {
            past.findings[index].fingerprint += "0"
            past.findings[index].accountID = index.isMultiple(of: 2) ? "mk910015q" : past.findings[index].accountID
        }
        past.accounts = [Account(id: "mk910016q", name: "mk910017q")]
        result = result.comparing(with: Baseline(past))
        result.rules[0].status = .error
        result.rules[0].error = "/home/mk910018q/rules/a.yaml:1: the query returned two rows for resource 'mk910019q'"
        return result
    }

    private static func markers(in text: String) throws -> [String] {
        try Redacting.matches("mk[0-9]{6}q", in: text).map { $0.lowercased() }
    }

    private static func expectNothing(
        of form: MarkedAccount.Form,
        _ level: RedactionLevel,
        in text: String,
        _ place: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let plain = [("&#46;", "."), ("&#64;", "@"), ("%40", "@")].reduce(text) { text, escape in
            text.replacingOccurrences(of: escape.0, with: escape.1)
        }
        for text in [plain, Redacting.decodedBase64(in: text)] {
            var found: Set<String> = []
            if level == .public { found.formUnion(try markers(in: text)) }
            if form == .shaped {
                let shaped = #"mk[0-9]{6}q\.person|8a4b71c9-5e2d-4f3a-9b6c-|\b83\.7\.[0-9]+\.[0-9]+\b"#
                found.formUnion(try Redacting.matches(shaped, in: text))
            }
            #expect(found.isEmpty, "\(place): \(found.sorted().prefix(20))", sourceLocation: sourceLocation)
        }
    }
}
