import AuditModel
import BuiltInFiles
import CloudflareAPI
import CloudflareSimulator
import Collecting
import Foundation
import GRDB
import JSONModel
import Logging
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

@testable import Redaction

/// A redacted snapshot is judged as the original is.
struct VerdictTests {
    @Test(arguments: RedactionLevel.allCases)
    func judgesARedactedSnapshotAsTheOriginal(level: RedactionLevel) async throws {
        try await Self.withDemo(level) { demo in
            let original = try Redacting.audit(demo.snapshot, since: demo.earlier)
            let redacted = try Redacting.audit(demo.redacted, since: demo.redactedEarlier)
            #expect(redacted.redaction?.level == level)
            #expect(original.summary == redacted.summary)
            for (one, other) in zip(original.rules, redacted.rules) {
                #expect(one.status == other.status && one.counts == other.counts, "\(one.metadata.id)")
                func findings(_ result: AuditResult) -> [String] {
                    result.findings.filter { $0.ruleID == one.metadata.id }
                        .map { "\($0.verdict) \($0.severity) \($0.unknownReason?.rawValue ?? "")" }.sorted()
                }
                #expect(findings(original) == findings(redacted), "\(one.metadata.id)")
            }
            #expect(original.applications.map(\.reach).count == redacted.applications.count)
            let reach = { (result: AuditResult) in result.applications.map { "\($0.reach) \($0.tier)" }.sorted() }
            #expect(reach(original) == reach(redacted))
        }
    }

    @Test(arguments: RedactionLevel.allCases)
    func keepsWhatCountsInARedactedResult(level: RedactionLevel) async throws {
        try await Self.withDemo(level) { demo in
            let file = try ConfigurationFile(file: "ztaudit.yaml", text: BuiltInFiles.demoConfiguration)
            let settings = try file.settings(for: Redacting.pack())
            let now = try #require(UTCTimestamp("2026-11-15T09:00:00Z"))
            let original = try Redacting.audit(demo.snapshot, since: demo.earlier, settings: settings)
                .applying(file.waivers, at: now)
            let counterpart = try Redacting.audit(
                demo.redacted,
                since: demo.redactedEarlier,
                settings: settings.redacted(by: demo.pseudonyms, as: original)
            )
            let shared = ResultRedactor(demo.pseudonyms, counterpart: counterpart).redact(original)
            #expect(shared.summary == original.summary)
            #expect(shared.rules.map(\.counts) == original.rules.map(\.counts))
            // Which of two equal policies or groups is said to repeat the other depends on their ids.
            let withheld = shared.findings.filter { $0.message.contains("withheld") }
            #expect(withheld.allSatisfy { $0.ruleID.hasSuffix("-duplicate") }, "\(withheld.map(\.ruleID))")
            #expect(withheld.count <= 2 && shared.redaction?.withheldFindings == withheld.count)
            #expect(shared.waivers.map(\.status) == original.waivers.map(\.status))
            #expect(shared.findings.count { $0.state == .waived } == 2)
            #expect(zip(shared.findings, shared.findings.dropFirst()).allSatisfy { !$1.comesBefore($0) })
            #expect(Set(shared.findings.map(\.fingerprint)).count == shared.findings.count)
            // An audit of the redacted snapshot gives the same fingerprints, so that the two can be compared.
            let known = Set(counterpart.findings.map(\.fingerprint))
            #expect(shared.findings.count { !known.contains($0.fingerprint) } <= withheld.count)
            let tiers = { (result: AuditResult) in result.applications.map { "\($0.tier) \($0.reach)" }.sorted() }
            #expect(tiers(shared) == tiers(original))
            try Self.expectNobody(in: shared, demo, level)
        }
    }

    @Test func givesTheSameFileForTheSameKey() async throws {
        try await Self.withDemo(.public) { demo in
            try await ScratchFolder.with { folder in
                let again = folder.path("again")
                try SnapshotRedactor(.public, key: try Redacting.key.get(), for: [demo.snapshot, demo.earlier])
                    .redact(demo.snapshot, to: again)
                let other = folder.path("other")
                try SnapshotRedactor(.public, key: .random(), for: [demo.snapshot]).redact(demo.snapshot, to: other)
                #expect(try Snapshot(path: again).info.contentDigest == demo.redacted.info.contentDigest)
                #expect(try Snapshot(path: other).info.contentDigest != demo.redacted.info.contentDigest)
                #expect(demo.redacted.info.contentDigest != demo.snapshot.info.contentDigest)
            }
        }
    }

    /// Looks for everybody and everything of the account by name.
    private static func expectNobody(
        in shared: AuditResult,
        _ demo: Demo,
        _ level: RedactionLevel,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let people = try Self.texts(
            demo.snapshot,
            """
            SELECT email FROM access_user UNION SELECT name FROM access_user UNION SELECT serial_number FROM device
            UNION SELECT id FROM access_application UNION SELECT id FROM device UNION SELECT hardware_id FROM device
            UNION SELECT email FROM account_member UNION SELECT body ->> '$.mac_address' FROM device
            UNION SELECT body ->> '$.virtual_ipv4' FROM device_registration UNION SELECT client_id FROM service_token
            UNION SELECT user_last_name FROM account_member UNION SELECT aud FROM access_application
            """
        )
        let names =
            try Self.texts(
                demo.snapshot,
                """
                SELECT name FROM zone UNION SELECT auth_domain FROM organization
                UNION SELECT name FROM account UNION SELECT name FROM tunnel UNION SELECT domain FROM access_application
                """
            ) + ["northwind", "harbourline", "polderware"]
        let forbidden = people + (level == .public ? names : [])
        #expect(people.count > 400)
        var texts = try Redacting.documents(of: shared)
        texts["snapshot"] = String(
            decoding: try Data(contentsOf: URL(filePath: demo.redacted.path)),
            as: UTF8.self
        )
        for (place, text) in texts {
            let bytes = Data(text.lowercased().utf8)
            let found = forbidden.filter { $0.count > 3 && bytes.range(of: Data($0.lowercased().utf8)) != nil }
            #expect(found.isEmpty, "\(place): \(found.prefix(10))", sourceLocation: sourceLocation)
        }
    }

    private struct Demo: Sendable {
        let snapshot: Snapshot
        let earlier: Snapshot
        let redacted: Snapshot
        let redactedEarlier: Snapshot
        let pseudonyms: Pseudonyms
    }

    private static func withDemo(_ level: RedactionLevel, _ body: (Demo) async throws -> Void) async throws {
        try await ScratchFolder.with { folder in
            let snapshot = try await collected(folder.path("now"))
            let earlier = try await collected(folder.path("then"), asItWas: true)
            let redactor = try SnapshotRedactor(level, key: try Redacting.key.get(), for: [snapshot, earlier])
            try redactor.redact(snapshot, to: folder.path("redacted"))
            try redactor.redact(earlier, to: folder.path("redacted-earlier"))
            try await body(
                Demo(
                    snapshot: snapshot,
                    earlier: earlier,
                    redacted: try Snapshot(path: folder.path("redacted")),
                    redactedEarlier: try Snapshot(path: folder.path("redacted-earlier")),
                    pseudonyms: redactor.pseudonyms
                )
            )
        }
    }

    private static func collected(_ path: String, asItWas isEarlier: Bool = false) async throws -> Snapshot {
        let request = CollectionRequest(
            accountIDs: [],
            path: path,
            toolVersion: "test",
            apiBase: "http://127.0.0.1/client/v4",
            usesGlobalKey: false,
            width: 8,
            include: ["logpush_jobs"],
            now: { "2026-11-15T08:58:00Z" }
        )
        _ = try await withCloudflareSimulator(world: .demoAccount(asItWas: isEarlier)) { simulator in
            let configuration = CloudflareClientConfiguration(
                baseURL: try #require(URL(string: simulator.baseURL)),
                credentials: .token("demo-read-only-token"),
                userAgent: "ztaudit-tests"
            )
            let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
            return try await CloudflareClient.withClient(configuration, logger: logger) { client in
                try await Collector(client: client) { _ in }.collect(request)
            }
        }
        return try Snapshot(path: path)
    }

    private static func texts(_ snapshot: Snapshot, _ sql: String) throws -> [String] {
        try snapshot.read { try String?.fetchAll($0, sql: sql) }.compactMap(\.self)
    }
}
