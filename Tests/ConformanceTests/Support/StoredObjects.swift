import Foundation
import GRDB
import JSONModel
import SnapshotStore

/// Compares what a snapshot holds of one listing with the objects that the API gave.
struct StoredObjects {
    let listing: GeneratedWorld.Listing
    let database: Database

    /// Everything that differs.
    func differences() throws -> [String] {
        try listing.objects.flatMap { object in
            let kind = listing.kind
            let given = Secrets.redacted(object, of: kind)
            let id = kind.id(of: given) ?? listing.parentID ?? listing.accountID
            var condition = "account_id = ? AND id = ?"
            var arguments = [listing.accountID, id]
            if let column = kind.parentColumn {
                condition += " AND \"\(column)\" = ?"
                arguments.append(listing.parentID ?? "")
            }
            let rows = try rows("SELECT * FROM \"\(kind.table)\" WHERE \(condition)", arguments)
            guard let row = rows.first, rows.count == 1 else { return ["\(id): \(rows.count) rows"] }
            var found = try differences(between: row, and: given, kind.columns)
            if row.typed("zone_id") != listing.zoneID { found.append("zone_id") }
            let name = (given["name"] ?? (kind == .deviceRegistrations ? given["device"]?["name"] : nil))?.stringValue
            if row.typed("name") != name { found.append("name") }
            for child in kind.children { found += try differences(in: child, of: given, id: id) }
            return found.map { "\(id): \($0)" }
        }
    }

    private func differences(between row: Row, and given: JSONValue, _ columns: [SnapshotStore.Column]) throws
        -> [String]
    {
        var found: [String] = []
        if try Self.json(row.typed("body")) != given { found.append("body is \(row.typed("body") ?? "NULL")") }
        for column in columns {
            let expected = Reading(given[path: column.path], as: column.type)
            let stored: DatabaseValue = row[column.name]
            let seconds: DatabaseValue? = column.type == .duration ? row["\(column.name)_seconds"] : nil
            if try !expected.matches(stored, seconds: seconds) {
                found.append("\(column.name) is \(stored) (\(seconds ?? .null)), given \(expected)")
            }
        }
        return found
    }

    private func differences(in child: ChildTable, of given: JSONValue, id: String) throws -> [String] {
        switch child.source {
        case .elements(let path):
            let rows = try rows(
                "SELECT * FROM \"\(child.table)\" WHERE account_id = ? AND \"\(child.parentColumn)\" = ? ORDER BY position",
                [listing.accountID, id]
            )
            let elements = given[path: path]?.arrayValue ?? []
            guard rows.count == elements.count else { return ["\(child.table) has \(rows.count) rows"] }
            return try zip(rows, elements).flatMap { try differences(between: $0, and: $1, child.columns) }
                .map { "\(child.table): \($0)" }
        case .nestedElements(let path, let outer, let place):
            let rows = try rows(
                """
                SELECT * FROM "\(child.table)" WHERE account_id = ? AND "\(child.parentColumn)" = ?
                ORDER BY "\(place)", position
                """,
                [listing.accountID, id]
            )
            let elements = (given[path: outer]?.arrayValue ?? []).flatMap { $0[path: path]?.arrayValue ?? [] }
            guard rows.count == elements.count else { return ["\(child.table) has \(rows.count) rows"] }
            return try zip(rows, elements).flatMap { try differences(between: $0, and: $1, child.columns) }
                .map { "\(child.table): \($0)" }
        case .accessRules:
            return try differencesOfRules(of: given, id: id, table: listing.kind.table)
        case .policies:
            return try (given["policies"]?.arrayValue ?? []).enumerated().flatMap { position, policy in
                let policyID = policy["id"]?.stringValue ?? ""
                let links = try rows(
                    "SELECT * FROM \"\(child.table)\" WHERE account_id = ? AND application_id = ? AND position = \(position)",
                    [listing.accountID, id]
                )
                let stored = try rows(
                    "SELECT * FROM access_policy WHERE account_id = ? AND id = ?",
                    [listing.accountID, policyID]
                )
                guard let link = links.first, let row = stored.first, links.count == 1, stored.count == 1 else {
                    return ["policy \(policyID): \(links.count) links, \(stored.count) rows"]
                }
                return try
                    (differences(between: link, and: policy, child.columns)
                    + differences(between: row, and: policy, ResourceKind.accessPolicies.columns)
                    + differencesOfRules(of: policy, id: policyID, table: "access_policy"))
                    .map { "policy \(policyID): \($0)" }
            }
        }
    }

    private func differencesOfRules(of given: JSONValue, id: String, table: String) throws -> [String] {
        try ["include", "require", "exclude"].flatMap { block -> [String] in
            let rows = try rows(
                "SELECT * FROM access_rule WHERE account_id = ? AND owner_type = ? AND owner_id = ? AND block = ? ORDER BY position",
                [listing.accountID, table, id, block]
            )
            let rules = given[block]?.arrayValue ?? []
            let bodies = try rows.map { try Self.json($0.typed("body")) }
            let types = rows.map { $0.typed("type") as String? }
            let keys = rules.map { $0.objectValue?.count == 1 ? $0.objectValue?.keys.first : nil }
            return bodies == rules && types == keys ? [] : ["\(block) has \(types)"]
        }
    }

    private func rows(_ sql: String, _ arguments: [String]) throws -> [Row] {
        try Row.fetchAll(database, sql: sql, arguments: StatementArguments(arguments))
    }

    private static func json(_ text: String?) throws -> JSONValue { try JSONValue(parsing: Data((text ?? "").utf8)) }
}

/// What a column has to hold for a value, read without the help of the code that is tested.
private enum Reading {
    case nothing
    case text(String)
    case duration(String, seconds: String?)
    case json(JSONValue)

    init(_ value: JSONValue?, as type: ColumnType) {
        switch (value, type) {
        case (nil, _), (.null, _): self = .nothing
        case (let value?, .json): self = .json(value)
        case (.array(let elements), _): self = .json(.array(elements))
        case (.object(let members), _): self = .json(.object(members))
        case (.bool(let flag), _): self = .text(flag ? "1" : "0")
        case (.integer(let number), _): self = .text(String(number))
        case (.number(let number), _): self = .text(String(number))
        case (.string(let text), .timestamp): self = .text(Spelling.times[text] ?? text)
        case (.string(let text), .duration): self = .duration(text, seconds: Spelling.durations[text] ?? nil)
        case (.string(let text), .text), (.string(let text), .integer), (.string(let text), .boolean):
            self = .text(text)
        }
    }

    func matches(_ stored: DatabaseValue, seconds: DatabaseValue?) throws -> Bool {
        switch self {
        case .nothing: stored.isNull && seconds?.isNull != false
        case .text(let text): Self.text(stored) == text && seconds?.isNull != false
        case .duration(let text, let expected):
            Self.text(stored) == text && seconds.map { Self.text($0) == expected } == true
        case .json(let value): try JSONValue(parsing: Data((Self.text(stored) ?? "").utf8)) == value
        }
    }

    /// SQLite keeps a number as text in a column for text.
    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null, .blob: nil
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text
        }
    }
}
