import GRDB
import SnapshotStore

/// An Access application with its policies in run order.
struct AccessApplication: Sendable, Hashable {
    let id: String
    let name: String
    /// As the API spells it; empty when it gave none.
    let type: String
    let session: SessionSetting?
    let allowsDeviceClientLogin: Bool?
    /// Identity providers by which people log in to it; empty means every one.
    let allowedProviders: Set<String>
    /// Whether what the API says of them is a list; else nobody knows which count.
    var areAllowedProvidersRead = true
    let mfa: MFASetting
    /// In list order, which is not yet the order of execution.
    var links: [Link] = []

    struct Link: Sendable, Hashable {
        /// A place in the list where the API gave no id.
        let policyID: String
        let precedence: Int?
        let position: Int
    }

    static func read(_ database: Database, accountID: String) throws -> [AccessApplication] {
        var links: [String: [Link]] = [:]
        let linkRows = try Row.fetchCursor(
            database,
            sql: """
                SELECT application_id, policy_id, precedence, position FROM access_application_policy
                WHERE account_id = ?
                """,
            arguments: [accountID]
        )
        while let row = try linkRows.next() {
            guard let application: String = row.typed(0) else { continue }
            let position = row.typed(3) ?? 0
            links[application, default: []].append(
                Link(policyID: row.typed(1) ?? "position \(position)", precedence: row.typed(2), position: position)
            )
        }
        var providers: [String: Set<String>] = [:]
        let providerRows = try Row.fetchCursor(
            database,
            sql: """
                SELECT application_id, identity_provider_id FROM access_application_allowed_idp WHERE account_id = ?
                """,
            arguments: [accountID]
        )
        while let row = try providerRows.next() {
            guard let application: String = row.typed(0) else { continue }
            // What is no id still limits the application, to a provider that nobody has.
            providers[application, default: []].insert(row.typed(1) ?? "")
        }
        return try Row.fetchAll(
            database,
            sql: """
                SELECT *, \(MFASetting.formColumn),
                       CASE WHEN json_valid(body) THEN json_type(body, '$.allowed_idps') END AS allowed_idps_form
                FROM access_application WHERE account_id = ? ORDER BY id
                """,
            arguments: [accountID]
        ).map { row in
            let id = row.typed("id") ?? ""
            return AccessApplication(
                id: id,
                name: row.typed("name") ?? id,
                type: row.typed("type") ?? "",
                session: SessionSetting(row, "session_duration"),
                allowsDeviceClientLogin: row.typed("allow_authenticate_via_warp"),
                allowedProviders: providers[id] ?? [],
                areAllowedProvidersRead: [nil, "array", "null"].contains(row.typed("allowed_idps_form") as String?),
                mfa: MFASetting(row),
                links: links[id] ?? []
            )
        }
    }
}
