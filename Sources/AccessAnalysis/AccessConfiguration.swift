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
    /// Ids of the policies of which no answer of the API holds more than a reference, sorted.
    let unseenPolicies: [String]
    /// By id.
    let groups: [String: AccessGroup]
    /// What groups demand of their members.
    let secondFactor: SecondFactorDemand
    let organization: OrganizationState
    /// Ids of the identity providers that send a one-time PIN to any mailbox.
    let oneTimePINProviders: Set<String>

    init(_ snapshot: Snapshot, accountID: String) throws {
        self.accountID = accountID
        let blocks = try snapshot.read { try RuleBlocks.read($0, accountID: accountID) }
        let read: [String: AccessPolicy]
        (applications, read, groups) = try snapshot.read { database in
            (
                try AccessApplication.read(database, accountID: accountID),
                try AccessPolicy.read(database, accountID: accountID, blocks: blocks),
                try AccessGroup.read(database, accountID: accountID, blocks: blocks)
            )
        }
        let seen = read.filter { !$0.value.isReference }
        policies = seen
        unseenPolicies = Set(applications.flatMap(\.links).map(\.policyID)).union(read.keys)
            .filter { seen[$0] == nil }.sorted()
        secondFactor = SecondFactorDemand(groups: groups)
        organization = try OrganizationState(snapshot, accountID: accountID)
        oneTimePINProviders = try snapshot.read { database in
            try String.fetchSet(
                database,
                sql: "SELECT id FROM identity_provider WHERE account_id = ? AND type = 'onetimepin'",
                arguments: [accountID]
            )
        }
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
    /// Whether the API gave a list for Include; without one nobody knows whom the blocks match.
    var isRead = true

    /// SQL that tells whether the object of a row has a list for Include.
    static let hasInclude =
        "CASE WHEN json_valid(body) THEN json_type(body, '$.include') IS 'array' ELSE 0 END AS has_include"

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
            sql: "SELECT id, name, \(RuleBlocks.hasInclude) FROM access_group WHERE account_id = ?",
            arguments: [accountID]
        )
        return Dictionary(
            rows.map { row in
                let id = row.typed("id") ?? ""
                var blocks = blocks[RuleBlocks.Owner(type: "access_group", id: id)] ?? RuleBlocks()
                blocks.isRead = row.typed("has_include") ?? false
                return (id, AccessGroup(id: id, name: row.typed("name") ?? id, blocks: blocks))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

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
    var isReference: Bool { decision == nil && !blocks.isRead }

    static func read(
        _ database: Database,
        accountID: String,
        blocks: [RuleBlocks.Owner: RuleBlocks]
    ) throws -> [String: AccessPolicy] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT *, \(RuleBlocks.hasInclude) FROM access_policy WHERE account_id = ?",
            arguments: [accountID]
        )
        return Dictionary(
            rows.map { row in
                let id = row.typed("id") ?? ""
                var blocks = blocks[RuleBlocks.Owner(type: "access_policy", id: id)] ?? RuleBlocks()
                blocks.isRead = row.typed("has_include") ?? false
                return (
                    id,
                    AccessPolicy(
                        id: id,
                        name: row.typed("name") ?? id,
                        decision: row.typed("decision"),
                        session: SessionSetting(row, "session_duration"),
                        mfa: MFASetting(row),
                        blocks: blocks
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
