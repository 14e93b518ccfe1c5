import Foundation
import GRDB
import JSONModel
import SnapshotStore

/// An access rule of a policy or group as the snapshot has it.
struct StoredRule: Sendable, Hashable {
    let type: String?
    let value: String?
    let identityProviderID: String?
    let isUnderstood: Bool
    /// The attribute, claim or team that the value belongs to; `nil` for rules of other types and where there is none.
    let qualifier: String?

    var selector: AccessSelector? { type.flatMap(AccessSelector.init(rawValue:)) }

    /// Reads a row of `SELECT type, value, identity_provider_id, understood, body FROM access_rule`, from column `first`.
    init(_ row: Row, from first: Int) {
        let type: String? = row.typed(first)
        self.type = type
        value = row.typed(first + 1)
        identityProviderID = row.typed(first + 2)
        isUnderstood = row.typed(first + 3) ?? false
        let member =
            switch type.flatMap(AccessSelector.init(rawValue:)) {
            case .saml: "attribute_name"
            case .oidc: "claim_name"
            case .githubOrganization: "team"
            default: nil as String?
            }
        let body: String? = member == nil ? nil : row.typed(first + 4)
        let rule = body.flatMap { try? JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
        qualifier = member.flatMap { member in type.flatMap { rule?[path: [$0, member]]?.stringValue } }
    }
}

/// Rules of one block that ask for the same kind of thing, of which one must hold.
///
/// Long lists of addresses are one of these, so that their length costs little.
struct ConditionSet: Sendable, Hashable {
    /// `nil` for what is not understood.
    let selector: AccessSelector?
    /// Not empty, in the order of the block.
    private(set) var conditions: [AccessCondition]

    /// Gathers rules by what they ask for; groups, and what is not understood, stay alone.
    static func gathering(_ rules: [StoredRule]) -> [ConditionSet] {
        var result: [ConditionSet] = []
        var places: [AccessSelector: Int] = [:]
        for rule in rules {
            let condition = AccessCondition(rule)
            if case .notUnderstood = condition {
                result.append(ConditionSet(selector: nil, conditions: [condition]))
                continue
            }
            if let selector = rule.selector, selector != .group, let place = places[selector] {
                result[place].conditions.append(condition)
                continue
            }
            if let selector = rule.selector { places[selector] = result.count }
            result.append(ConditionSet(selector: rule.selector, conditions: [condition]))
        }
        return result
    }

    init(selector: AccessSelector?, conditions: [AccessCondition]) {
        self.selector = selector
        self.conditions = conditions
    }
}

/// The three blocks of a policy or group: any Include, every Require, no Exclude.
struct RuleBlocks: Sendable, Hashable {
    /// An empty or missing Include matches nobody.
    var include: [ConditionSet] = []
    var require: [AccessCondition] = []
    var exclude: [ConditionSet] = []

    /// Every condition of every block.
    var conditions: [AccessCondition] {
        include.flatMap(\.conditions) + require + exclude.flatMap(\.conditions)
    }

    /// Ids of the groups that the blocks name.
    var groupIDs: [String] {
        conditions.compactMap { condition in
            if case .group(let id) = condition { return id }
            return nil
        }
    }

    /// Owner of blocks: policies and groups may share an id.
    struct Owner: Hashable {
        let type: String
        let id: String
    }

    static func read(_ database: Database, accountID: String) throws -> [Owner: RuleBlocks] {
        var rules: [Owner: [String: [StoredRule]]] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT owner_type, owner_id, block, type, value, identity_provider_id, understood,
                       CASE WHEN type IN ('saml', 'oidc', 'github-organization') THEN body END
                FROM access_rule WHERE account_id = ? ORDER BY owner_type, owner_id, block, position
                """,
            arguments: [accountID]
        )
        while let row = try rows.next() {
            let owner = Owner(type: row.typed(0) ?? "", id: row.typed(1) ?? "")
            rules[owner, default: [:]][row.typed(2) ?? "", default: []].append(StoredRule(row, from: 3))
        }
        return rules.mapValues { blocks in
            RuleBlocks(
                include: ConditionSet.gathering(blocks["include"] ?? []),
                require: (blocks["require"] ?? []).map(AccessCondition.init),
                exclude: ConditionSet.gathering(blocks["exclude"] ?? [])
            )
        }
    }

    /// SQL for the form that the three blocks have in the object of a row: NULL, `array`, or something else.
    static let formColumns = ["include", "require", "exclude"]
        .map { "CASE WHEN json_valid(body) THEN json_type(body, '$.\($0)') END AS \($0)_form" }
        .joined(separator: ", ")

    /// Adds what is not understood of the blocks of a row that was read with ``formColumns``.
    mutating func addForms(_ row: Row) {
        func doubt(_ block: String) -> AccessCondition? {
            guard let form: String = row.typed("\(block)_form"), form != "array", form != "null" else { return nil }
            return .notUnderstood("an \(block) that is no list")
        }
        if let doubt = doubt("include") { include.append(ConditionSet(selector: nil, conditions: [doubt])) }
        if let doubt = doubt("require") { require.append(doubt) }
        if let doubt = doubt("exclude") { exclude.append(ConditionSet(selector: nil, conditions: [doubt])) }
    }
}
