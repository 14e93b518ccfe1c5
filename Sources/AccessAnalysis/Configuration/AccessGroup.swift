import GRDB
import SnapshotStore

/// An Access group.
struct AccessGroup: Sendable, Hashable {
    let id: String
    let name: String
    let blocks: RuleBlocks

    static func read(
        _ database: Database,
        accountID: String,
        blocks: [RuleBlocks.Owner: RuleBlocks]
    ) throws -> [String: AccessGroup] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, name, \(RuleBlocks.formColumns) FROM access_group WHERE account_id = ?",
            arguments: [accountID]
        )
        return Dictionary(
            rows.map { row in
                let id = row.typed("id") ?? ""
                var blocks = blocks[RuleBlocks.Owner(type: "access_group", id: id)] ?? RuleBlocks()
                blocks.addForms(row)
                return (id, AccessGroup(id: id, name: row.typed("name") ?? id, blocks: blocks))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
