import AuditModel
package import Foundation
import JSONModel
import SnapshotStore

/// What came of one case of a rule's test.
package struct RuleTestOutcome: Sendable, Hashable {
    /// The case's name.
    package let name: String
    /// What differs from what was expected, a line each; empty when the case passed.
    package let differences: [String]
}

/// Runs a rule's test cases through the real way: objects into a snapshot file, the rule over it.
package struct RuleTestRunner: Sendable {
    private let scratchDirectory: URL
    private static let account = Account(id: "00000000000000000000000000000001", name: "Test")

    /// - Parameter scratchDirectory: Existing directory for snapshots, which are removed again.
    package init(scratchDirectory: URL) {
        self.scratchDirectory = scratchDirectory
    }

    /// Runs every case of a test file.
    ///
    /// - Throws: `SnapshotError` when a snapshot cannot be made.
    package func run(_ test: RuleTestFile, of pack: RulePack, ruleID: String) async throws -> [RuleTestOutcome] {
        let pack = try pack.selecting([ruleID], excluding: [])
        var outcomes: [RuleTestOutcome] = []
        for testCase in test.cases {
            let result = try await evaluate(testCase, testCase.objects, testCase.collection, pack, ruleID)
            var differences = differences(of: result, testCase)
            if testCase.hasRemedy {
                let objects = Remedy.applying(testCase.remedy, to: testCase.objects)
                let remedied = try await evaluate(testCase, objects, testCase.remediedCollection, pack, ruleID)
                differences += Remedy.differences(from: result, to: remedied)
            }
            outcomes.append(RuleTestOutcome(name: testCase.name, differences: differences))
        }
        return outcomes
    }

    private func evaluate(
        _ testCase: RuleTestFile.Case,
        _ objects: [String: [JSONValue]],
        _ collection: TestedCollection,
        _ pack: RulePack,
        _ ruleID: String
    ) async throws -> AuditResult {
        let snapshot = try await snapshot(of: objects, collection, now: testCase.now.description)
        defer { unlink(snapshot.path) }
        var previous: Snapshot?
        if let objects = testCase.previous {
            previous = try await self.snapshot(of: objects, testCase.collection, now: testCase.now.description)
        }
        defer { if let previous { unlink(previous.path) } }
        var settings = RuleSettings()
        settings.context = testCase.context
        settings.parameters = [ruleID: testCase.settings]
        return try RuleEngine(pack).evaluate(
            snapshot,
            now: testCase.now,
            toolVersion: "test",
            since: previous,
            settings: settings
        )
    }

    private func snapshot(
        of objects: [String: [JSONValue]],
        _ collection: TestedCollection,
        now: String
    ) async throws -> Snapshot {
        let path = scratchDirectory.appending(path: "\(UUID().uuidString).ztaudit").path(percentEncoded: false)
        let writer = try SnapshotWriter(path: path, info: collection.info(now: now), accounts: [Self.account])
        for kind in ResourceCatalogue.kinds {
            var counts: [String?: Int] = [:]
            for (place, objects) in Dictionary(grouping: objects[kind.name] ?? [], by: { Self.place(of: $0, kind) }) {
                counts[place.zoneID, default: 0] += try await writer.store(objects.map(Self.withoutPlace), at: place)
                    .new
            }
            for reading in collection.readings(of: kind) {
                try await writer.record(
                    CoverageEntry(
                        accountID: Self.account.id,
                        zoneID: reading.zoneID,
                        kind: kind.name,
                        table: kind.table,
                        status: reading.status,
                        permission: kind.permission,
                        reason: reading.reason,
                        rowCount: counts[reading.zoneID] ?? 0,
                        reportedTotal: reading.reportedTotal
                    )
                )
            }
        }
        try await writer.finish(at: collection.finishedAt(now: now))
        return try Snapshot(path: path)
    }

    /// Where the API would list an object: `$parent` and `$zone` are no members of it, but say that.
    private static func place(of object: JSONValue, _ kind: ResourceKind) -> ListingPlace {
        ListingPlace(
            kind,
            accountID: account.id,
            zoneID: object["$zone"]?.stringValue,
            parentID: object["$parent"]?.stringValue
        )
    }

    private static func withoutPlace(_ object: JSONValue) -> JSONValue {
        guard let members = object.objectValue else { return object }
        return .object(members.filter { $0.key != "$parent" && $0.key != "$zone" })
    }

    private func differences(of result: AuditResult, _ testCase: RuleTestFile.Case) -> [String] {
        if let error = result.rules.compactMap(\.error).first { return [error] }
        var actual = result.findings.map { finding in
            Actual(
                key: Key(resource: finding.resource.id, detailKey: finding.detailKey),
                verdict: finding.verdict,
                severity: finding.severity,
                message: finding.message
            )
        }
        actual += result.rules.flatMap(\.passed).map {
            Actual(key: Key(resource: $0.id, detailKey: $0.detailKey), verdict: .pass, severity: nil, message: nil)
        }
        var byKey = Dictionary(grouping: actual, by: \.key)
        var differences: [String] = []
        for expected in testCase.expectations {
            let key = Key(resource: expected.resource, detailKey: expected.detailKey)
            // A case that does not care about the detail key names the resource alone.
            let match =
                byKey[key] != nil
                ? key : byKey.keys.sorted().first { expected.detailKey == nil && $0.resource == expected.resource }
            guard let match, let row = byKey.removeValue(forKey: match)?.first else {
                differences.append("\(key): expected \(expected.verdict), got no row")
                continue
            }
            differences += row.differences(from: expected)
        }
        let unexpected = byKey.values.flatMap(\.self).filter { $0.verdict != testCase.others }.sorted {
            $0.key < $1.key
        }
        differences += unexpected.map { "\($0.key): got the unexpected verdict \($0.verdict): \($0.message ?? "")" }
        return differences
    }

    private struct Key: Hashable, Comparable, CustomStringConvertible {
        let resource: String
        let detailKey: String?

        var description: String { detailKey.map { "\(resource) (\($0))" } ?? resource }

        static func < (left: Key, right: Key) -> Bool {
            (left.resource, left.detailKey ?? "") < (right.resource, right.detailKey ?? "")
        }
    }

    private struct Actual {
        let key: Key
        let verdict: Verdict
        let severity: Severity?
        let message: String?

        func differences(from expected: RuleTestFile.Expectation) -> [String] {
            var differences: [String] = []
            if verdict != expected.verdict {
                differences.append("\(key): expected \(expected.verdict), got \(verdict): \(message ?? "")")
            }
            if let wanted = expected.severity, wanted != severity {
                differences.append("\(key): expected severity \(wanted), got \(severity?.rawValue ?? "none")")
            }
            if let wanted = expected.message, message?.contains(wanted) == false {
                differences.append("\(key): the message lacks \"\(wanted)\": \(message ?? "")")
            }
            return differences
        }
    }
}
