import AuditModel
import GRDB
import SnapshotStore

/// What rules of an account can name beside its groups, and how much of it is known.
struct AccountInventory: Sendable {
    /// Things of one kind by id.
    struct Listing<Element: Sendable>: Sendable {
        var elements: [String: Element]
        /// Whether what is not here does not exist.
        var isComplete: Bool
        /// Why it is not complete, in a clause that names the permission; `nil` when it is.
        var gap: String?

        subscript(id: String) -> Element? { elements[id] }
    }

    var providers: Listing<IdentityProvider>
    var serviceTokens: Listing<ServiceToken>
    /// Names of device posture rules and integrations: both are named by `device_posture`.
    var postureChecks: Listing<String>
    /// Names of applications, which linked application tokens name.
    var applications: Listing<String>
    var lists: Listing<GatewayList>
    /// Lower case.
    var publicMailDomains = PublicMailDomains.builtIn

    /// An identity provider.
    struct IdentityProvider: Sendable, Hashable {
        let id: String
        let name: String
        /// As the API spells it; empty when it gave none.
        let type: String
        /// Whether only members of the Cloudflare account can log in by it.
        let isRestrictedToMembers: Bool

        /// Whether it passes on how a login was proven; what others report is ignored.
        var reportsMethods: Bool { ["okta", "azureAD", "oidc", "saml"].contains(type) }
    }

    /// A service token.
    struct ServiceToken: Sendable, Hashable {
        let name: String
        /// Whether it is enabled and has not expired.
        let isUsable: Bool
    }

    /// A Gateway list that a rule names.
    struct GatewayList: Sendable, Hashable {
        let name: String
        /// Upper case, such as `EMAIL`, `IP`.
        let type: String
        let items: [String]
        /// Whether every item was read.
        let isComplete: Bool
    }
}

extension AccountInventory {
    init(_ snapshot: Snapshot, accountID: String, at time: UTCTimestamp) throws {
        func listing<Element>(
            _ kinds: [ResourceKind],
            _ sql: String,
            _ element: (Row) -> Element
        ) throws -> Listing<Element> {
            let rows = try snapshot.read { try Row.fetchAll($0, sql: sql, arguments: [accountID]) }
            return Listing(
                elements: Dictionary(rows.map { ($0.typed("id") ?? "", element($0)) }) { first, _ in first },
                isComplete: kinds.allSatisfy { snapshot.isReliable($0, accountID: accountID) },
                gap: kinds.lazy.compactMap { snapshot.gap($0, accountID: accountID) }.first
            )
        }
        func name(_ row: Row) -> String { row.typed("name") ?? row.typed("id") ?? "" }

        providers = try listing(
            [.identityProviders],
            "SELECT id, name, type, config_restrict_to_account_members FROM identity_provider WHERE account_id = ?"
        ) { row in
            IdentityProvider(
                id: row.typed("id") ?? "",
                name: name(row),
                type: row.typed("type") ?? "",
                isRestrictedToMembers: row.typed("config_restrict_to_account_members") ?? false
            )
        }
        serviceTokens = try listing(
            [.serviceTokens],
            "SELECT id, name, enabled, expires_at FROM service_token WHERE account_id = ?"
        ) { row in
            let expiry: String? = row.typed("expires_at")
            let hasExpired = expiry.flatMap(UTCTimestamp.init).map { $0 <= time } ?? false
            return ServiceToken(name: name(row), isUsable: !hasExpired && row.typed("enabled") ?? true)
        }
        postureChecks = try listing(
            [.devicePostureRules, .devicePostureIntegrations],
            """
            SELECT id, name, account_id FROM device_posture_rule WHERE account_id = ?1
            UNION ALL SELECT id, name, account_id FROM device_posture_integration WHERE account_id = ?1
            """,
            name
        )
        applications = try listing(
            [.accessApplications],
            "SELECT id, name FROM access_application WHERE account_id = ?",
            name
        )
        lists = try Self.lists(snapshot, accountID: accountID)
    }

    /// The lists that access rules name, with their items.
    private static func lists(_ snapshot: Snapshot, accountID: String) throws -> Listing<GatewayList> {
        let areItemsComplete = snapshot.isReliable(.gatewayListItems, accountID: accountID)
        let lists: [String: GatewayList] = try snapshot.read { database in
            var items: [String: [String]] = [:]
            let itemRows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT list_id, value FROM gateway_list_item WHERE account_id = ?1 AND list_id IN
                    (SELECT value FROM access_rule WHERE account_id = ?1 AND type IN ('email_list', 'ip_list'))
                    """,
                arguments: [accountID]
            )
            while let row = try itemRows.next() {
                guard let list: String = row.typed(0), let value: String = row.typed(1) else { continue }
                items[list, default: []].append(value)
            }
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT id, name, type, count FROM gateway_list WHERE account_id = ?",
                arguments: [accountID]
            )
            return Dictionary(
                rows.map { row in
                    let id: String = row.typed("id") ?? ""
                    let count: Int? = row.typed("count")
                    let list = GatewayList(
                        name: row.typed("name") ?? id,
                        type: (row.typed("type") ?? "").uppercased(),
                        items: items[id] ?? [],
                        isComplete: areItemsComplete || count == (items[id] ?? []).count
                    )
                    return (id, list)
                }
            ) { first, _ in first }
        }
        return Listing(
            elements: lists,
            isComplete: snapshot.isReliable(.gatewayLists, accountID: accountID),
            gap: snapshot.gap(.gatewayLists, accountID: accountID)
                ?? snapshot.gap(.gatewayListItems, accountID: accountID)
        )
    }
}

extension AccountInventory.IdentityProvider {
    /// What a login by it shows when nothing else is known of who logged in.
    var assurance: Assurance {
        switch type {
        case "onetimepin": .anyMailbox
        case "facebook", "github", "google", "linkedin", "yandex": .consumerAccount
        case "cloudflare": isRestrictedToMembers ? .directory : .consumerAccount
        default: .directory
        }
    }
}
