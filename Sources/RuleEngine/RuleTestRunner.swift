import AuditModel
package import Foundation
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
            let snapshot = try await snapshot(for: testCase)
            defer { unlink(snapshot.path) }
            let result = try RuleEngine(pack).evaluate(
                snapshot,
                now: testCase.now,
                toolVersion: "test",
                overrides: [ruleID: testCase.parameters]
            )
            outcomes.append(
                RuleTestOutcome(name: testCase.name, differences: differences(of: result, testCase.expectations))
            )
        }
        return outcomes
    }

    private func snapshot(for testCase: RuleTestFile.Case) async throws -> Snapshot {
        let path = scratchDirectory.appending(path: "\(UUID().uuidString).ztaudit").path(percentEncoded: false)
        let info = SnapshotInfo(
            toolVersion: "test",
            startedAt: testCase.now.description,
            apiBase: "test",
            tokenID: nil,
            tokenScope: "test"
        )
        let writer = try SnapshotWriter(path: path, info: info, accounts: [Self.account])
        for kind in ResourceCatalogue.kinds {
            let objects = testCase.objects[kind.name] ?? []
            let place = ListingPlace(kind, accountID: Self.account.id)
            let count = try await writer.store(objects, at: place).new
            try await writer.record(
                CoverageEntry(
                    accountID: Self.account.id,
                    kind: kind.name,
                    table: kind.table,
                    status: testCase.coverage[kind.name] ?? .complete,
                    permission: kind.permission,
                    rowCount: count
                )
            )
        }
        try await writer.finish(at: testCase.now.description)
        return try Snapshot(path: path)
    }

    private func differences(of result: AuditResult, _ expectations: [RuleTestFile.Expectation]) -> [String] {
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
        for expected in expectations {
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
        let unexpected = byKey.values.flatMap(\.self).sorted { $0.key < $1.key }
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
