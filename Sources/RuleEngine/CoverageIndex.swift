import AccessAnalysis
import AuditModel
import SnapshotStore

/// Finds out which of the tables that a rule reads were not completely collected.
struct CoverageIndex {
    private var statuses: [Key: CoverageStatus] = [:]
    private let derivedFrom: [String: [String]]

    private struct Key: Hashable {
        let accountID: String
        let kind: String
    }

    /// - Parameter coverage: What was read.
    init(_ coverage: [CoverageEntry]) {
        for entry in coverage {
            let key = Key(accountID: entry.accountID, kind: entry.kind)
            statuses[key] = Self.worse(statuses[key], entry.status)
        }
        derivedFrom = Dictionary(
            uniqueKeysWithValues: AnalysisCatalogue.tables.map { ($0.definition.name, $0.derivedFrom) }
        )
    }

    /// What is missing of `tables` in an account, sorted by table; analysis tables stand for what they were made from.
    func gaps(in tables: Set<String>, accountID: String) -> [DataGap] {
        let sources = Set(tables.flatMap { derivedFrom[$0] ?? [$0] })
        return sources.sorted().compactMap { table in
            let missing = ResourceCatalogue.kinds(filling: table).compactMap { kind in
                // No entry at all: the collection ended before it came to this kind.
                let status = statuses[Key(accountID: accountID, kind: kind.name)] ?? .failed
                return status.isReliable ? nil : (status, kind.permission)
            }
            guard let (status, permission) = missing.first else { return nil }
            return DataGap(accountID: accountID, table: table, status: status, permission: permission)
        }
    }

    /// The tables whose gaps mean that there may be more resources, not that a verdict on a read one is in doubt: the
    /// resource's own, and the lists inside its objects, which arrive with them.
    static func ownTables(of resource: String) -> Set<String> {
        let kinds = ResourceCatalogue.kinds.filter { $0.table == resource }
        let children = kinds.flatMap(\.children).map(\.table).filter { table in
            ResourceCatalogue.kinds(filling: table).allSatisfy { $0.table == resource }
        }
        return Set(children + [resource])
    }

    private static func worse(_ left: CoverageStatus?, _ right: CoverageStatus) -> CoverageStatus {
        guard let left, !left.isReliable else { return right }
        return left
    }
}

extension DataGap {
    /// What is missing and which permission would help, as the end of a sentence.
    var explanation: String {
        switch status {
        case .denied: "the table \(table) could not be read: the token lacks the permission \"\(permission)\""
        case .partial: "the table \(table) was read in part only"
        case .failed: "the table \(table) could not be read: the API did not answer"
        case .complete, .unavailable: "the table \(table) was read"
        }
    }
}
