import GRDB
import SnapshotStore

/// An Access policy.
struct AccessPolicy: Sendable, Hashable {
    let id: String
    let name: String
    /// As the API spells it; `nil` when it gave none.
    let decision: String?
    let session: SessionSetting?
    let mfa: MFASetting
    let blocks: RuleBlocks
    /// Whether it is no more than an application's reference to a policy that is in no answer of the API.
    let isReference: Bool

    static func read(
        _ database: Database,
        accountID: String,
        blocks: [RuleBlocks.Owner: RuleBlocks]
    ) throws -> [String: AccessPolicy] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT *, \(MFASetting.formColumn), \(RuleBlocks.formColumns)
                FROM access_policy WHERE account_id = ?
                """,
            arguments: [accountID]
        )
        return Dictionary(
            rows.map { row in
                let id = row.typed("id") ?? ""
                var blocks = blocks[RuleBlocks.Owner(type: "access_policy", id: id)] ?? RuleBlocks()
                blocks.addForms(row)
                return (
                    id,
                    AccessPolicy(
                        id: id,
                        name: row.typed("name") ?? id,
                        decision: row.typed("decision"),
                        session: SessionSetting(row, "session_duration"),
                        mfa: MFASetting(row),
                        blocks: blocks,
                        isReference: !row.hasValue("decision") && !row.hasValue("include_form")
                    )
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
