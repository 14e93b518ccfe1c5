import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import TestSupport
import Testing

/// What the analysis says of one account: as tables by table and column, and application by application.
struct Analysis {
    let tables: [String: [[String: EvidenceValue]]]
    let account: AccountAnalysis

    /// Stores `objects` as one account's and analyses them; people log in by Okta where no provider is given.
    ///
    /// - Parameters:
    ///   - objects: API objects by kind.
    ///   - items: What Gateway lists hold, by the list's id.
    ///   - coverage: Status by kind; `complete` where nothing is said.
    /// - Returns: What the analysis made of them.
    /// - Throws: What the store and the analysis throw.
    static func of(
        _ objects: [ResourceKind: [JSONValue]],
        items: [String: [String]] = [:],
        coverage: [ResourceKind: CoverageStatus] = [:]
    ) async throws -> Analysis {
        try await ScratchFolder.with { folder in
            let path = folder.path("a.ztaudit")
            let info = SnapshotInfo(toolVersion: "1", startedAt: "", apiBase: "", tokenID: nil, tokenScope: "")
            let writer = try SnapshotWriter(path: path, info: info, accounts: [Account(id: "acc1", name: nil)])
            for kind in ResourceCatalogue.kinds {
                let usual: [JSONValue] = kind == .identityProviders ? [okta] : []
                let count = try await writer.store(objects[kind] ?? usual, at: ListingPlace(kind, accountID: "acc1"))
                    .new
                try await writer.record(
                    CoverageEntry(
                        accountID: "acc1",
                        kind: kind.name,
                        table: kind.table,
                        status: coverage[kind] ?? .complete,
                        permission: kind.permission,
                        rowCount: count
                    )
                )
            }
            for (list, values) in items {
                let place = ListingPlace(.gatewayListItems, accountID: "acc1", parentID: list)
                _ = try await writer.store(values.map { ["value": .string($0)] }, at: place)
            }
            try await writer.finish(at: "")
            let time = try #require(UTCTimestamp("2026-11-15T09:00:00Z"))
            let snapshot = try Snapshot(path: path)
            let tables = try AccessAnalysis.tables(of: snapshot, accountID: "acc1", at: time)
            return Analysis(
                tables: Dictionary(
                    uniqueKeysWithValues: tables.map { table in
                        (
                            table.definition.name,
                            table.rows.map { row in
                                Dictionary(uniqueKeysWithValues: zip(table.definition.columns.map(\.name), row))
                            }
                        )
                    }
                ),
                account: try AccountAnalysis(of: snapshot, accountID: "acc1", at: time)
            )
        }
    }

    /// Everything that is said of an application.
    func analysis(of applicationID: String = "a1") throws -> ApplicationAnalysis {
        try #require(account.analysis(of: applicationID))
    }

    /// What Access answers to the requester of a document (`requester.schema.json`).
    func decision(for requester: JSONValue, _ applicationID: String = "a1") throws -> RequesterDecision {
        let requester = try Requester(requester, file: "requester")
        return try #require(account.decision(for: requester, applicationID: applicationID))
    }

    /// One column of `application_policy`, as text.
    func policies(_ column: String) -> [String] {
        (tables["application_policy"] ?? []).map { $0[column]?.displayText ?? "no column" }
    }

    /// Some columns of `policy_reach`, as text.
    func reach(_ columns: String...) -> [[String]] {
        (tables["policy_reach"] ?? []).map { row in columns.map { row[$0]?.displayText ?? "no column" } }
    }
}

extension JSONValue {
    /// This object with other members added.
    func with(_ members: [String: JSONValue]) -> JSONValue {
        .object((objectValue ?? [:]).merging(members) { _, new in new })
    }
}

/// An identity provider that reports how a login was proven.
let okta: JSONValue = ["id": "okta", "name": "Okta", "type": "okta"]

/// An application with policies.
func application(_ policies: [JSONValue], _ members: [String: JSONValue] = [:]) -> JSONValue {
    JSONValue.object(["id": "a1", "name": "Wiki", "type": "self_hosted", "policies": .array(policies)]).with(members)
}

/// A policy that includes one domain.
func policy(_ id: String = "p1", _ decision: String = "allow", _ members: [String: JSONValue] = [:]) -> JSONValue {
    JSONValue.object([
        "id": .string(id), "name": .string(id), "decision": .string(decision),
        "include": [["email_domain": ["domain": "example.com"]]],
    ]).with(members)
}

/// A group.
func group(_ id: String, include: [JSONValue], require: [JSONValue] = [], exclude: [JSONValue] = []) -> JSONValue {
    [
        "id": .string(id), "name": .string("Group \(id)"), "include": .array(include), "require": .array(require),
        "exclude": .array(exclude),
    ]
}

/// A rule that names a group.
func member(of id: String) -> JSONValue { ["group": ["id": .string(id)]] }
