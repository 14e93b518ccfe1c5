import AuditModel
import JSONModel
import SnapshotStore

@testable import Redaction

/// An account in which every text is a marker: every column of every kind, every list, every member that the API has, and
/// some that it has not.
struct MarkedAccount {
    /// What the markers look like.
    enum Form: CaseIterable {
        /// A word.
        case plain
        /// Addresses, hosts, ids and sentences, in turn, among plausible settings.
        case shaped
    }

    private let form: Form
    private var count = 0
    /// Objects by kind.
    private(set) var objects: [(kind: ResourceKind, objects: [JSONValue])] = []

    init(_ form: Form) {
        self.form = form
        for kind in ResourceCatalogue.kinds {
            objects.append((kind, [object(of: kind, Vocabulary.members), object(of: kind)]))
        }
    }

    mutating func marker() -> String {
        count += 1
        let number = String(count)
        let word = "mk\(String(repeating: "0", count: 6 - number.count))\(number)q"
        guard form == .shaped else { return word }
        let digits = String(repeating: "0", count: 12 - number.count) + number
        switch count % 7 {
        case 0: return "\(word).person@\(word).example"
        case 1: return "83.7.\(count % 40 + 1).77"
        case 2: return "8a4b71c9-5e2d-4f3a-9b6c-\(digits)"
        case 3: return "https://\(word).example:8443/\(word)/x?\(word)=\(word)"
        case 4: return "Ask \(word).person@\(word).example <\(word)> \"about\" 83.7.\(count % 40 + 1).9 & \(word)"
        case 5: return "*.\(word).example"
        default: return "\(word) - Système\u{301}"
        }
    }

    private mutating func object(of kind: ResourceKind, _ members: Set<String> = []) -> JSONValue {
        var object: [String: JSONValue] = [:]
        for member in members.sorted() where !["policies", "include", "require", "exclude"].contains(member) {
            object[member] = .string(marker())
        }
        // Members that nobody knows yet.
        object[marker()] = .object([marker(): .array([.string(marker())])])
        object["tags"] = .object([marker(): .string(marker()), "more": .array([.string(marker())])])
        var value = JSONValue.object(object)
        for column in kind.columns { value = value.setting(column.path, to: self.value(of: column)) }
        value = value.setting(["name"], to: .string(marker())).setting(kind.identifier, to: .string(marker()))
        for child in kind.children { value = filled(value, with: child) }
        return value
    }

    private mutating func filled(_ value: JSONValue, with child: ChildTable) -> JSONValue {
        switch child.source {
        case .elements(let path): return value.setting(path, to: .array([element(child), element(child)]))
        case .nestedElements(let path, let outer, _):
            let inner = JSONValue.object([:]).setting(path, to: .array([element(child)]))
            return value.setting(outer, to: .array([inner, inner]))
        case .accessRules:
            return ["include", "require", "exclude"].reduce(value) { $0.setting([$1], to: rules()) }
        case .policies: return value.setting(["policies"], to: .array([object(of: .accessPolicies)]))
        }
    }

    private mutating func element(_ child: ChildTable) -> JSONValue {
        if child.columns.count == 1, child.columns[0].path.isEmpty { return .string(marker()) }
        var element = JSONValue.object([marker(): .string(marker())])
        for column in child.columns where !column.path.isEmpty {
            element = element.setting(column.path, to: self.value(of: column))
        }
        return element
    }

    private mutating func rules() -> JSONValue {
        var rules: [JSONValue] = [.object([marker(): .object([marker(): .string(marker())])]), .string(marker())]
        let members = [
            "id", "email", "domain", "ip", "name", "team", "token_id", "common_name", "country_code", "auth_method",
            "ac_id", "identity_provider_id", "claim_name", "claim_value", "attribute_name", "attribute_value",
            "integration_uid", "evaluate_url", "keys_url", "app_uid", "account_id",
        ]
        for selector in AccessSelector.allCases {
            var content: [String: JSONValue] = [:]
            for member in members { content[member] = .string(marker()) }
            content["user_risk_score"] = .array([.string(marker())])
            rules.append(.object([selector.rawValue: .object(content)]))
        }
        return .array(rules)
    }

    private mutating func value(of column: Column) -> JSONValue {
        guard form == .shaped else { return .string(marker()) }
        switch column.type {
        case .boolean: return .bool(count.isMultiple(of: 2))
        case .integer: return .integer(Int64(count))
        case .duration: return "720h"
        case .timestamp: return "2024-01-02T03:04:05Z"
        case .json: return .array([.string(marker()), .object([marker(): .string(marker())])])
        case .text:
            switch column.name {
            case "type": return "self_hosted"
            case "decision": return "allow"
            case "status", "action", "effect", "access": return "active"
            case "source": return "cloudflare"
            default: return .string(marker())
            }
        }
    }

    /// Writes it as a snapshot of an account with a zone.
    func write(to path: String) async throws -> Snapshot {
        let account = Account(id: "mk900001q", name: "mk900002q \"Limited\" & Co")
        var info = SnapshotInfo(
            toolVersion: "test",
            startedAt: "2026-11-15T08:00:00Z",
            apiBase: "https://mk900003q.example/client/v4",
            tokenID: "mk900004q",
            tokenScope: "user token"
        )
        info.tokenPolicies = """
            [{"id": "mk900005q", "effect": "allow", "resources": {"com.cloudflare.api.account.mk900006q": "mk900007q"},
              "permission_groups": [{"id": "mk900008q", "name": "mk900009q Write"}]}]
            """
        let writer = try SnapshotWriter(path: path, info: info, accounts: [account])
        for (kind, objects) in objects {
            let parent = kind.parentColumn.map { _ in "mk900010q" }
            let place = ListingPlace(kind, accountID: account.id, parentID: parent)
            try await writer.store(objects, at: place)
            if kind.listing.scope == .accountAndZones {
                let zone = ListingPlace(kind, accountID: account.id, zoneID: "mk900011q", parentID: parent)
                try await writer.store(objects.map { $0.setting(kind.identifier, to: "mk900012q") }, at: zone)
            }
            let isRead = kind != .mcpServers
            try await writer.record(
                CoverageEntry(
                    accountID: account.id,
                    kind: kind.name,
                    table: kind.table,
                    status: isRead ? .complete : .failed,
                    permission: kind.permission,
                    reason: isRead ? nil : "mk900013q answered with 83.7.9.9",
                    rowCount: objects.count
                )
            )
        }
        try await writer.finish(at: "2026-11-15T08:10:00Z")
        return try Snapshot(path: path)
    }
}

extension JSONValue {
    /// The object with a value at a path; what is in the way becomes an object.
    func setting(_ path: [String], to value: JSONValue) -> JSONValue {
        guard let first = path.first else { return value }
        var members = objectValue ?? [:]
        members[first] = (members[first] ?? .object([:])).setting(Array(path.dropFirst()), to: value)
        return .object(members)
    }
}
