import ArgumentParser
import AuditModel
import Foundation
import Rendering
import RuleEngine
import SnapshotStore

/// `ztaudit query`.
struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Ask a snapshot with SQL of your own; nothing but reading is allowed."
    )

    /// How the answer looks.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, csv, json
    }

    @Argument(help: "Snapshot that 'collect' or 'scan --snapshot' wrote.")
    var snapshot: String

    @Argument(help: ArgumentHelp("One SELECT over the tables that 'ztaudit schema' lists.", valueName: "select"))
    var sql: String

    @Option(help: "Form of the answer: table, csv or json.")
    var format: Format = .table

    @OptionGroup var time: TimeOptions
    @OptionGroup var file: ConfigurationOptions

    mutating func run() throws {
        let now = time.asOf ?? UTCTimestamp.now
        let database = try AuditDatabase(
            snapshot: try Snapshot(path: snapshot),
            scope: .everything,
            at: now,
            context: try file.load()?.context ?? AuditContext()
        )
        let result: QueryResult
        do {
            result = try database.run(sql, bindings: ["now": .text(now.description)])
        } catch {
            throw InputError(
                path: "the query",
                problem: error.problem,
                remedy: "Give one SELECT; 'ztaudit schema' lists tables and columns"
            )
        }
        try Console.output(try text(of: result))
    }

    private func text(of result: QueryResult) throws -> String {
        switch format {
        case .table:
            let rows = result.rows.map { $0.map { $0 == .null ? "" : $0.displayText } }
            return TextTable.render(columns: result.columns, rows: rows)
        case .csv:
            return CSVText.render(columns: result.columns, rows: result.rows)
        case .json:
            if let column = result.columns.first(where: { name in result.columns.count { $0 == name } > 1 }) {
                throw InputError(
                    path: "the query",
                    problem: "two columns have the name '\(column)', which JSON cannot tell apart",
                    remedy: "Name one of them with AS"
                )
            }
            let objects = result.rows.map { Dictionary(uniqueKeysWithValues: zip(result.columns, $0)) }
            return try TerminalJSON.text(of: objects)
        }
    }
}

/// Comma-separated values (RFC 4180) that a spreadsheet does not take for formulas, nor a terminal for commands.
enum CSVText {
    static func render(columns: [String], rows: [[EvidenceValue]]) -> String {
        var text = columns.map(quoted).joined(separator: ",") + "\r\n"
        for row in rows { text += row.map(cell).joined(separator: ",") + "\r\n" }
        return text
    }

    private static func cell(_ value: EvidenceValue) -> String {
        switch value {
        case .null: ""
        case .integer, .real: value.displayText
        case .text(let text): quoted(guarded(VisibleText.multiLine(text)))
        }
    }

    private static func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return text
        }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result.unicodeScalars.append("\"") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
