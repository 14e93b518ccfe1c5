import AuditModel
import JSONModel
import SnapshotStore
import Yams

/// What a test case says of the collection: what was read of each kind, and with which token.
struct TestedCollection: Sendable, Hashable {
    /// Keys of a case, and of its remedy, that say so.
    static let keys = ["snapshot", "coverage"]

    /// Columns of `snapshot_info` by name.
    private var snapshot: [String: JSONValue] = [:]
    /// What was read, by kind.
    private var coverage: [String: [Reading]] = [:]
    /// What was read of the kinds of which nothing is said; `nil` where nothing is said of these either.
    private var others: [Reading]?

    /// The key under which ``others`` stand, beside the kinds.
    private static let othersKey = "others"

    /// Whether it says what was read of any kind.
    var tellsWhatWasRead: Bool { !coverage.isEmpty || others != nil }

    /// What was read of a kind, at account level or in a zone.
    struct Reading: Sendable, Hashable {
        var zoneID: String?
        var status: CoverageStatus
        /// What the API said was there; `nil` when it said nothing.
        var reportedTotal: Int?
        var reason: String?
    }

    private static let columns = [
        "token_id", "token_scope", "token_expires_at", "token_policies", "started_at", "finished_at",
    ]

    /// Reads the keys of a case, or of its remedy.
    init(in mapping: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) {
        let values = try reader.mapping("snapshot", in: mapping) ?? [:]
        try reader.checkKeys(of: values, allowed: Self.columns)
        for (key, value) in values { snapshot[key.string ?? ""] = reader.json(value) }
        for (key, value) in try reader.mapping("coverage", in: mapping) ?? [:] {
            var readings: [Reading] = []
            for node in value.sequence.map(Array.init) ?? [value] { readings.append(try Self.reading(node, reader)) }
            if key.string == Self.othersKey {
                others = readings
            } else {
                coverage[try RuleTestFile.kind(key, reader)] = readings
            }
        }
    }

    private static func reading(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) -> Reading {
        let members = node.mapping
        if let members {
            try reader.checkKeys(of: members, allowed: ["zone_id", "status", "reported_total", "reason"])
        }
        guard let status = CoverageStatus(rawValue: (members.map { $0["status"] } ?? node)?.string ?? "") else {
            throw reader.failure(
                .badValue,
                node,
                "has an unknown coverage",
                "Use one of \(CoverageStatus.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return Reading(
            zoneID: members?["zone_id"]?.string,
            status: status,
            reportedTotal: members?["reported_total"]?.int,
            reason: members?["reason"]?.string
        )
    }

    /// The same with what `other` says instead where it says something.
    func merging(_ other: TestedCollection) -> TestedCollection {
        var result = self
        result.snapshot.merge(other.snapshot) { _, new in new }
        result.coverage.merge(other.coverage) { _, new in new }
        result.others = other.others ?? others
        return result
    }

    /// What was read of a kind: all of it where nothing is said, nothing at all where an empty list is given.
    func readings(of kind: ResourceKind) -> [Reading] {
        coverage[kind.name] ?? others ?? [Reading(status: .complete)]
    }

    /// The row of `snapshot_info`, but for the end of the collection.
    ///
    /// - Parameter now: When the collection began unless the case says so.
    /// - Returns: What the case says; `test` where it says nothing.
    func info(now: String) -> SnapshotInfo {
        var info = SnapshotInfo(
            toolVersion: "test",
            startedAt: text("started_at") ?? now,
            apiBase: "test",
            tokenID: text("token_id"),
            tokenScope: text("token_scope") ?? "test"
        )
        info.tokenExpiresAt = text("token_expires_at")
        info.tokenPolicies = text("token_policies")
        return info
    }

    /// When the collection ended.
    func finishedAt(now: String) -> String { text("finished_at") ?? now }

    /// A text as it is, anything else as JSON; `nil` for null.
    private func text(_ column: String) -> String? {
        guard let value = snapshot[column], !value.isNull else { return nil }
        return value.stringValue ?? value.text
    }
}
