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
    /// The attribute, claim, team or key set that belongs to the value; `nil` where there is none.
    let qualifier: String?

    var selector: AccessSelector? { type.flatMap(AccessSelector.init(rawValue:)) }
}

extension StoredRule {
    /// Reads a row of `SELECT type, value, identity_provider_id, understood, body FROM access_rule`, from column `first`.
    init(_ row: Row, from first: Int) {
        let type: String? = row.typed(first)
        let member =
            switch type.flatMap(AccessSelector.init(rawValue:)) {
            case .saml: "attribute_name"
            case .oidc: "claim_name"
            case .githubOrganization: "team"
            case .externalEvaluation: "keys_url"
            default: nil as String?
            }
        let body: String? = member == nil ? nil : row.typed(first + 4)
        let rule = body.flatMap { try? JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
        self.init(
            type: type,
            value: row.typed(first + 1),
            identityProviderID: row.typed(first + 2),
            isUnderstood: row.typed(first + 3) ?? false,
            qualifier: member.flatMap { member in type.flatMap { rule?[path: [$0, member]]?.stringValue } }
        )
    }
}

/// Rules of one block that ask for the same kind of thing, of which one must hold.
///
/// Long lists of addresses are one of these, so that their length costs little.
struct ConditionSet: Sendable, Hashable {
    /// Tells it from every other set of the account, so that nobody has to compare long lists.
    let id: Int
    /// `nil` for what is not understood.
    let selector: AccessSelector?
    /// Not empty, in the order of the block.
    private(set) var conditions: [AccessCondition]

    /// Gathers rules by what they ask for; groups, and what is not understood, stay alone.
    ///
    /// - Parameters:
    ///   - rules: The rules of a block.
    ///   - id: The last id that is taken.
    /// - Returns: The sets, in the order in which their first rules stand.
    static func gathering(_ rules: [StoredRule], _ id: inout Int) -> [ConditionSet] {
        var result: [ConditionSet] = []
        var places: [AccessSelector: Int] = [:]
        for rule in rules {
            let condition = AccessCondition(rule)
            if case .notUnderstood = condition {
                result.append(ConditionSet(notUnderstood: condition))
                continue
            }
            if let selector = rule.selector, selector != .group, let place = places[selector] {
                result[place].conditions.append(condition)
                continue
            }
            if let selector = rule.selector { places[selector] = result.count }
            id += 1
            result.append(ConditionSet(id: id, selector: rule.selector, conditions: [condition]))
        }
        return result
    }

    private init(id: Int, selector: AccessSelector?, conditions: [AccessCondition]) {
        self.id = id
        self.selector = selector
        self.conditions = conditions
    }

    /// A set of which nobody knows what it asks for; all these are alike to a search.
    init(notUnderstood condition: AccessCondition) {
        self.init(id: 0, selector: nil, conditions: [condition])
    }
}

/// The three blocks of a policy or group: any Include, every Require, no Exclude.
struct RuleBlocks: Sendable, Hashable {
    /// An empty or missing Include matches nobody.
    var include: [ConditionSet] = []
    /// One condition each.
    var require: [ConditionSet] = []
    var exclude: [ConditionSet] = []

    /// Every condition of every block.
    var conditions: [AccessCondition] {
        [include, require, exclude].joined().flatMap(\.conditions)
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
                       CASE WHEN type IN ('saml', 'oidc', 'github-organization', 'external_evaluation') THEN body END
                FROM access_rule WHERE account_id = ? ORDER BY owner_type, owner_id, block, position
                """,
            arguments: [accountID]
        )
        while let row = try rows.next() {
            let owner = Owner(type: row.typed(0) ?? "", id: row.typed(1) ?? "")
            rules[owner, default: [:]][row.typed(2) ?? "", default: []].append(StoredRule(row, from: 3))
        }
        var id = 0
        return rules.mapValues { blocks in
            RuleBlocks(
                include: ConditionSet.gathering(blocks["include"] ?? [], &id),
                require: (blocks["require"] ?? []).flatMap { ConditionSet.gathering([$0], &id) },
                exclude: ConditionSet.gathering(blocks["exclude"] ?? [], &id)
            )
        }
    }

    /// SQL for the form that the three blocks have in the object of a row: NULL, `array`, or something else.
    static let formColumns = ["include", "require", "exclude"]
        .map { "CASE WHEN json_valid(body) THEN json_type(body, '$.\($0)') END AS \($0)_form" }
        .joined(separator: ", ")

    /// Adds what is not understood of the blocks of a row that was read with ``formColumns``.
    mutating func addForms(_ row: Row) {
        func doubt(_ block: String) -> [ConditionSet] {
            guard let form: String = row.typed("\(block)_form"), form != "array", form != "null" else { return [] }
            return [ConditionSet(notUnderstood: .notUnderstood("a block \"\(block)\" that is no list"))]
        }
        include += doubt("include")
        require += doubt("require")
        exclude += doubt("exclude")
    }
}
