import AuditModel
import Foundation
import GRDB
import JSONModel

/// Turns the API's objects into column values.
enum RowExtraction {
    /// The values of `columns` in an object, durations with their companions, in the order of ``SnapshotTable``.
    static func values(of columns: [Column], in object: JSONValue) -> [DatabaseValue] {
        columns.flatMap { column in values(of: column, object[path: column.path]) }
    }

    /// The text under which an object is stored.
    static func body(_ object: JSONValue) -> DatabaseValue {
        object.text.databaseValue
    }

    private static func values(of column: Column, _ value: JSONValue?) -> [DatabaseValue] {
        guard let value, !value.isNull else {
            return column.type == .duration ? [.null, .null] : [.null]
        }
        switch column.type {
        case .text, .integer:
            return [plain(value)]
        case .boolean:
            return [value.boolValue.map { ($0 ? 1 : 0).databaseValue } ?? plain(value)]
        case .json:
            return [value.text.databaseValue]
        case .timestamp:
            guard let text = value.stringValue else { return [plain(value)] }
            // "" is used for "never" here and there.
            return [text.isEmpty ? .null : (UTCTimestamp(text)?.description ?? text).databaseValue]
        case .duration:
            guard let text = value.stringValue else { return [plain(value), .null] }
            return text.isEmpty ? [.null, .null] : [text.databaseValue, seconds(of: text)]
        }
    }

    private static func seconds(of text: String) -> DatabaseValue {
        guard let seconds = DurationText(text)?.seconds else { return .null }
        if seconds >= DurationText.foreverSeconds { return Int64.max.databaseValue }
        return seconds.rounded() == seconds ? Int64(seconds).databaseValue : seconds.databaseValue
    }

    /// Text as a column can hold it: SQLite's own functions end a text at NUL, so its picture stands for it.
    static func text(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "\u{2400}") : text
    }

    /// The value as SQLite has it; lists and objects as JSON text.
    private static func plain(_ value: JSONValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .bool(let flag): (flag ? 1 : 0).databaseValue
        case .integer(let number): number.databaseValue
        case .number(let number): number.databaseValue
        case .string(let string): text(string).databaseValue
        case .array, .object: value.text.databaseValue
        }
    }
}
