import AuditModel
import Foundation
import JSONModel
import RuleEngine
import SnapshotStore
import TestSupport
import Testing

/// Rule files that somebody broke, by accident or on purpose.
@Suite struct FuzzTests {
    /// Pieces that a hostile or confused author would put in.
    private static let pieces = [
        "'", "\"", ";", "--", "/*", "*/", "(", ")", "\u{0}", "\u{FFFD}", "\n", "\t", ": ", "- ", "|", ">", "{", "}",
        "[", "]",
        "&a ", "*a ", "!!binary ", "? ", "%YAML 9", "SELECT ", " UNION ALL SELECT ", " FROM access_policy ",
        " JOIN access_rule ", "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT ",
        "randomblob(1000000000)",
        "zeroblob(100000000)", "load_extension('x')", "writefile('x', 'y')", "ATTACH 'x' AS y",
        "PRAGMA writable_schema = 1",
        "VACUUM INTO 'x'", "DELETE FROM access_policy", ":now", ":nothing", "NULL", "1e999",
        "abs(-9223372036854775808)",
        "json_extract('{', '$')", "CAST(x'ff' AS TEXT)", " ORDER BY random() ", " LIMIT -1 ",
        "printf('%*d', 2000000000, 1)",
    ]

    private static let expressions = [
        "abs(-9223372036854775807 - 1)", "json_extract('{', '$')", "zeroblob(100000000)", "randomblob(2000000000)",
        "NULL",
        "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c)",
        "CAST(x'ff' AS TEXT)",
        "(WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT count(*) FROM c)", "1e999",
        "load_extension('x')",
        "(SELECT group_concat(body) FROM access_policy, access_rule)", "printf('%*d', 2000000000, 1)",
        "hex(randomblob(30000000))",
    ]

    /// Every broken file ends in a clear error or in a verdict; the snapshot and its folder stay as they are.
    @Test func survivesBrokenRuleFiles() async throws {
        var random = SeededGenerator(20_261_121)
        var (refused, broke, ran) = (0, 0, 0)
        try await ScratchFolder.with { folder in
            let snapshot = try await Self.snapshot(in: folder)
            let before = try Data(contentsOf: URL(filePath: snapshot.path))
            for index in 0..<600 {
                let files = RuleFiles.all[index % RuleFiles.all.count]
                let source = RuleSource(file: files.file, text: Self.broken(files.rule, &random))
                do {
                    let pack = try RulePack([source])
                    let limits = StatementLimits(
                        time: .milliseconds(100),
                        rows: 10_000,
                        bytes: 16 << 20,
                        memory: 64 << 20
                    )
                    let result = try RuleEngine(pack, limits: limits)
                        .evaluate(snapshot, now: UTCTimestamp(microseconds: 1_800_000_000_000_000), toolVersion: "1")
                    if let error = result.rules.first?.error {
                        #expect(error.hasPrefix(files.file), "\(error)")
                        broke += 1
                    } else {
                        ran += 1
                    }
                } catch let errors as RuleFileErrors {
                    #expect(errors.errors.allSatisfy { $0.file == files.file && !$0.problem.isEmpty })
                    refused += 1
                }
            }
            #expect(try Data(contentsOf: URL(filePath: snapshot.path)) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(".")) == ["a.ztaudit"])
        }
        // The files are neither all too broken to load nor all harmless.
        #expect(refused > 50 && ran > 50 && broke > 0, "\(refused) refused, \(broke) broke, \(ran) ran")
    }

    private static func broken(_ text: String, _ random: inout SeededGenerator) -> String {
        var characters = Array(text)
        // Most of what matters is in the query.
        let query = text.range(of: "query:").map { text.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let from = Bool.random(using: &random) ? query : 0
            let place = Int.random(in: min(from, characters.count)...characters.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                characters.removeSubrange(place..<min(characters.count, place + Int.random(in: 1...40, using: &random)))
            case 1: characters.removeSubrange(place...)
            case 2:
                let end = min(characters.count, place + Int.random(in: 1...200, using: &random))
                characters.insert(contentsOf: characters[place..<end], at: place)
            case 3, 4, 5:
                // In place of a text, so that the query still compiles.
                let quotes = characters.indices.filter { $0 >= query && characters[$0] == "'" }
                let first = Int.random(in: 0..<max(1, quotes.count / 2), using: &random) * 2
                guard first + 1 < quotes.count else { continue }
                characters.replaceSubrange(
                    quotes[first]...quotes[first + 1],
                    with: expressions.randomElement(using: &random) ?? ""
                )
            default: characters.insert(contentsOf: pieces.randomElement(using: &random) ?? "", at: place)
            }
        }
        return String(characters)
    }

    private static func snapshot(in folder: ScratchFolder) async throws -> Snapshot {
        let info = SnapshotInfo(toolVersion: "1", startedAt: "", apiBase: "", tokenID: nil, tokenScope: "")
        let writer = try SnapshotWriter(
            path: folder.path("a.ztaudit"),
            info: info,
            accounts: [Account(id: "acc1", name: nil)]
        )
        let policy: JSONValue = ["id": "p1", "name": "it's", "decision": "allow", "include": [["everyone": [:]]]]
        let objects: [ResourceKind: [JSONValue]] = [
            .accessApplications: [["id": "a1", "name": "App", "type": "self_hosted", "policies": [policy]]],
            .accessGroups: [["id": "g1", "name": "Group", "include": [["email": ["email": "a@b.example"]]]]],
            .identityProviders: [["id": "i1", "type": "onetimepin"]],
        ]
        for kind in ResourceCatalogue.kinds {
            let place = ListingPlace(kind, accountID: "acc1")
            let count = try await writer.store(objects[kind] ?? [], at: place).new
            try await writer.record(
                CoverageEntry(
                    accountID: "acc1",
                    kind: kind.name,
                    table: kind.table,
                    status: .complete,
                    permission: kind.permission,
                    rowCount: count
                )
            )
        }
        try await writer.finish(at: "")
        return try Snapshot(path: folder.path("a.ztaudit"))
    }
}
