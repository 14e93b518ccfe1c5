import AuditModel
import Foundation
import JSONModel
import RuleEngine
import SnapshotStore
import TestSupport

/// What a collection found in one account.
struct AccountData: Sendable {
    var id = "acc1"
    /// API objects by kind.
    var objects: [ResourceKind: [JSONValue]] = [:]
    /// Status by kind; `complete` where nothing is said, no entry for `nil`.
    var coverage: [ResourceKind: CoverageStatus?] = [:]
    /// Entries beside those, such as a zone's.
    var furtherCoverage: [CoverageEntry] = []
}

/// A snapshot and the rules to evaluate over it.
struct Audit: Sendable {
    var rules: [SampleRule] = [SampleRule()]
    var accounts: [AccountData] = []
    var settings = RuleSettings()
    var limits = StatementLimits()

    static let now = UTCTimestamp(microseconds: 1_800_000_000_000_000)

    /// An audit of one rule over one account.
    init(
        _ rule: SampleRule = SampleRule(),
        _ objects: [ResourceKind: [JSONValue]] = [:],
        coverage: [ResourceKind: CoverageStatus?] = [:]
    ) {
        rules = [rule]
        accounts = [AccountData(objects: objects, coverage: coverage)]
    }

    /// Makes the snapshot and evaluates the rules.
    func result() async throws -> AuditResult {
        try await withSnapshot { try evaluate($0) }
    }

    func evaluate(_ snapshot: Snapshot) throws -> AuditResult {
        try RuleEngine(try RulePack(rules.map(\.source)), limits: limits)
            .evaluate(snapshot, now: Self.now, toolVersion: "1.0", settings: settings)
    }

    func withSnapshot<Value>(_ body: (Snapshot) throws -> Value) async throws -> Value {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            let info = SnapshotInfo(toolVersion: "1", startedAt: "", apiBase: "", tokenID: nil, tokenScope: "")
            let writer = try SnapshotWriter(
                path: path,
                info: info,
                accounts: accounts.map { Account(id: $0.id, name: nil) }
            )
            for account in accounts {
                for entry in account.furtherCoverage { try await writer.record(entry) }
                for kind in ResourceCatalogue.kinds {
                    let place = ListingPlace(kind, accountID: account.id)
                    let count = try await writer.store(account.objects[kind] ?? [], at: place).new
                    guard let status = account.coverage[kind] ?? .complete else { continue }
                    try await writer.record(
                        CoverageEntry(
                            accountID: account.id,
                            kind: kind.name,
                            table: kind.table,
                            status: status,
                            permission: kind.permission,
                            rowCount: count
                        )
                    )
                }
            }
            try await writer.finish(at: "")
            return try body(try Snapshot(path: path))
        }
    }
}

extension AuditResult {
    /// Resource and verdict of every row, sorted.
    var verdicts: [String] {
        (findings.map { "\($0.resource.id): \($0.verdict)" } + rules.flatMap(\.passed).map { "\($0.id): pass" })
            .sorted()
    }
}
