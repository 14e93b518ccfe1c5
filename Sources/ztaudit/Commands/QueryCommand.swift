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

    @Argument(help: "Snapshot that 'collect' or 'scan --snapshot' wrote.")
    var snapshot: String

    @Argument(help: ArgumentHelp("One SELECT over the tables that 'ztaudit schema' lists.", valueName: "select"))
    var sql: String

    @Option(help: "Form of the answer: table, csv or json.")
    var format: RowFormat = .table

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
