import AuditModel
import SnapshotStore

/// Finds out which of the tables that a rule reads were not completely collected.
struct CoverageIndex {
    private let entries: [Key: [CoverageEntry]]

    private struct Key: Hashable {
        let accountID: String
        let kind: String
    }

    /// - Parameter coverage: What was read.
    init(_ coverage: [CoverageEntry]) {
        entries = Dictionary(grouping: coverage) { Key(accountID: $0.accountID, kind: $0.kind) }
    }

    /// What is missing of `tables` in an account, sorted by table; analysis tables stand for what they were made from.
    func gaps(in tables: Set<String>, accountID: String) -> [DataGap] {
        let sources = Set(tables.flatMap { TablesRead.derivedFrom[$0] ?? [$0] })
        return sources.sorted().compactMap { table in
            ResourceCatalogue.kinds(filling: table).lazy
                .compactMap { gap(in: table, filledBy: $0, accountID: accountID) }.first
        }
    }

    private func gap(in table: String, filledBy kind: ResourceKind, accountID: String) -> DataGap? {
        let entries = entries[Key(accountID: accountID, kind: kind.name)] ?? []
        guard let merged = CoverageEntry.merged(entries) else {
            // Nobody asked for the kind, or the collection ended before it came to it.
            return DataGap(
                accountID: accountID,
                table: table,
                status: .failed,
                permission: kind.permission,
                optionalKind: kind.isOptional ? kind.name : nil
            )
        }
        guard !merged.status.isReliable else { return nil }
        let unread = entries.filter { !$0.status.isReliable }
        return DataGap(
            accountID: accountID,
            table: table,
            status: merged.status,
            permission: merged.permission,
            zoneCount: unread.allSatisfy { $0.zoneID != nil } ? unread.count : nil
        )
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
}
