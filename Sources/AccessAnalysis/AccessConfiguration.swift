import AuditModel
import GRDB
import JSONModel
import SnapshotStore

/// What the snapshot says of one account's Access applications, policies and groups, ready to be evaluated.
struct AccessConfiguration {
    let accountID: String
    /// Sorted by id.
    let applications: [AccessApplication]
    /// By id.
    let policies: [String: AccessPolicy]
    /// By id.
    let groups: [String: AccessGroup]
    /// Ids of the groups whose members have a second factor reported by the identity provider.
    let groupsWithSecondFactor: Set<String>
    let organization: OrganizationState

    init(_ snapshot: Snapshot, accountID: String) throws {
        self.accountID = accountID
        let blocks = try snapshot.read { try RuleBlocks.read($0, accountID: accountID) }
        (applications, policies, groups) = try snapshot.read { database in
            (
                try AccessApplication.read(database, accountID: accountID),
                try AccessPolicy.read(database, accountID: accountID, blocks: blocks),
                try AccessGroup.read(database, accountID: accountID, blocks: blocks)
            )
        }
        groupsWithSecondFactor = SecondFactorDemand.demanding(groups)
        organization = try OrganizationState(snapshot, accountID: accountID)
    }
}

/// An access rule of a policy or group.
struct StoredRule: Sendable, Hashable {
    let type: String?
    let value: String?
    let identityProviderID: String?
    let isUnderstood: Bool

    var selector: AccessSelector? { type.flatMap(AccessSelector.init(rawValue:)) }
}

/// The three blocks of a policy or group.
struct RuleBlocks: Sendable, Hashable {
    var include: [StoredRule] = []
    var require: [StoredRule] = []
    var exclude: [StoredRule] = []

    /// Owner of blocks: policies and groups may share an id.
    struct Owner: Hashable {
        let type: String
        let id: String
    }

    static func read(_ database: Database, accountID: String) throws -> [Owner: RuleBlocks] {
        var result: [Owner: RuleBlocks] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT owner_type, owner_id, block, type, value, identity_provider_id, understood FROM access_rule
                WHERE account_id = ? ORDER BY owner_type, owner_id, block, position
                """,
            arguments: [accountID]
        )
        while let row = try rows.next() {
            let rule = StoredRule(
                type: row.typed(3),
                value: row.typed(4),
                identityProviderID: row.typed(5),
                isUnderstood: row.typed(6) ?? false
            )
            let owner = Owner(type: row.typed(0) ?? "", id: row.typed(1) ?? "")
            switch row.typed(2) ?? "" {
            case "include": result[owner, default: RuleBlocks()].include.append(rule)
            case "require": result[owner, default: RuleBlocks()].require.append(rule)
            default: result[owner, default: RuleBlocks()].exclude.append(rule)
            }
        }
        return result
    }
}

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
            sql: "SELECT id, name FROM access_group WHERE account_id = ?",
            arguments: [accountID]
        )
        return Dictionary(
            rows.map { row in
                let id = row.typed("id") ?? ""
                let owner = RuleBlocks.Owner(type: "access_group", id: id)
                return (id, AccessGroup(id: id, name: row.typed("name") ?? id, blocks: blocks[owner] ?? RuleBlocks()))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

/// An Access policy.
struct AccessPolicy: Sendable, Hashable {
    let id: String
    let name: String
    let decision: String
    let session: SessionSetting?
    let mfa: MFASetting
    let blocks: RuleBlocks

    static func read(
        _ database: Database,
        accountID: String,
        blocks: [RuleBlocks.Owner: RuleBlocks]
    ) throws -> [String: AccessPolicy] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT * FROM access_policy WHERE account_id = ?",
            arguments: [accountID]
        )
        return Dictionary(
            rows.map { row in
                let id = row.typed("id") ?? ""
                let owner = RuleBlocks.Owner(type: "access_policy", id: id)
                return (
                    id,
                    AccessPolicy(
                        id: id,
                        name: row.typed("name") ?? id,
                        decision: row.typed("decision") ?? "",
                        session: SessionSetting(row, "session_duration"),
                        mfa: MFASetting(row),
                        blocks: blocks[owner] ?? RuleBlocks()
                    )
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

/// An Access application with its policies in run order.
struct AccessApplication: Sendable, Hashable {
    let id: String
    let name: String
    /// As the API spells it; empty when it gave none.
    let type: String
    let session: SessionSetting?
    let allowsDeviceClientLogin: Bool?
    let mfa: MFASetting
    /// In list order, which is not yet the order of execution.
    var links: [Link] = []

    struct Link: Sendable, Hashable {
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
                WHERE account_id = ? AND policy_id IS NOT NULL
                """,
            arguments: [accountID]
        )
        while let row = try linkRows.next() {
            guard let application: String = row.typed(0), let policy: String = row.typed(1) else { continue }
            links[application, default: []].append(
                Link(policyID: policy, precedence: row.typed(2), position: row.typed(3) ?? 0)
            )
        }
        return try Row.fetchAll(
            database,
            sql: "SELECT * FROM access_application WHERE account_id = ? ORDER BY id",
            arguments: [accountID]
        ).map { row in
            let id = row.typed("id") ?? ""
            return AccessApplication(
                id: id,
                name: row.typed("name") ?? id,
                type: row.typed("type") ?? "",
                session: SessionSetting(row, "session_duration"),
                allowsDeviceClientLogin: row.typed("allow_authenticate_via_warp"),
                mfa: MFASetting(row),
                links: links[id] ?? []
            )
        }
    }
}
