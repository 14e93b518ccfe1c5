import AccessAnalysis
import AuditModel
import BuiltInFiles
import Foundation
import GRDB
import RuleEngine
import SnapshotStore

/// One audit of a snapshot with every built-in rule, and SQLite's shell on the same SQL.
///
/// The shell gets a copy of the snapshot, in which the tables of the analysis and of the configuration stand as tables
/// of their own, and runs the query of every rule with the same parameters; it prints every row, to nowhere. What it has not to do: work the analysis
/// out, judge each row by coverage, sort and count findings. So the audit is compared as a whole, and without the
/// analysis, whose time is taken in this process.
struct AuditMeasurement {
    let size: AccountSize
    let rows: Int
    /// `ztaudit audit`, the whole process.
    let run: MeasuredRun
    /// Opening the snapshot and filling the analysis tables; seconds.
    let analysis: Double
    /// Seconds; `nil` where the shell is not installed.
    let shell: Double?

    init(_ size: AccountSize, snapshot path: URL) throws {
        // The demo account's dates, and so those of its copies, are made for this time.
        guard let now = UTCTimestamp("2026-11-15T09:00:00Z") else { throw BenchmarkError(description: "no such time") }
        self.size = size
        let folder = path.deletingLastPathComponent()
        run = try Self.median(of: 3, by: \.seconds) {
            try MeasuredRun(
                Programs.ztaudit,
                ["audit", path.path(), "--as-of", now.wholeSeconds, "--fail-on", "none", "--allow-incomplete"],
                in: folder
            )
        }
        guard run.status == 0 else {
            throw BenchmarkError(description: "ztaudit audit ended with status \(run.status): \(run.errors)")
        }
        let snapshot = try Snapshot(path: path.path())
        guard let account = snapshot.accounts.first else { throw BenchmarkError(description: "an empty snapshot") }
        rows = try snapshot.inventory().values.reduce(0, +)
        analysis = try Self.median(of: 3, by: \.self) {
            let start = ContinuousClock.now
            _ = try AuditDatabase(snapshot: snapshot, scope: .account(account.id), at: now)
            return (ContinuousClock.now - start) / .seconds(1)
        }
        shell = try Programs.sqlite3.map { program in
            let (copy, script) = (folder.appending(path: "shell.sqlite"), folder.appending(path: "rules.sql"))
            try Self.copy(snapshot, to: copy, accountID: account.id, at: now)
            try Data(Self.script(now: now).utf8).write(to: script)
            let run = try Self.median(of: 3, by: \.seconds) {
                try MeasuredRun(program, ["-readonly", "-bail", copy.path()], in: folder, input: script)
            }
            guard run.status == 0 else { throw BenchmarkError(description: "sqlite3: \(run.errors)") }
            try FileManager.default.removeItem(at: copy)
            return run.seconds
        }
    }

    static let columns = [
        "account", "rows", "ztaudit audit", "of it analysis", "sqlite3 shell", "ratio", "without analysis",
        "peak memory",
    ]

    var cells: [String] {
        [
            size.name, "\(rows)", Cell.seconds(run.seconds), Cell.seconds(analysis),
            shell.map(Cell.seconds) ?? "not installed",
            shell.map { Cell.ratio(run.seconds / $0) } ?? "–",
            shell.map { Cell.ratio((run.seconds - analysis) / $0) } ?? "–", Cell.memory(run.peakMemory),
        ]
    }

    private static func median<Value>(
        of count: Int,
        by key: (Value) -> Double,
        _ measure: () throws -> Value
    ) rethrows -> Value {
        var values: [Value] = []
        for _ in 0..<count { values.append(try measure()) }
        return values.sorted { key($0) < key($1) }[count / 2]
    }

    /// Copies the snapshot and adds the tables of the analysis and of the configuration.
    private static func copy(_ snapshot: Snapshot, to copy: URL, accountID: String, at time: UTCTimestamp) throws {
        if FileManager.default.fileExists(atPath: copy.path()) { try FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(atPath: snapshot.path, toPath: copy.path())
        let source = try AuditDatabase(snapshot: snapshot, scope: .account(accountID), at: time)
        let queue = try DatabaseQueue(path: copy.path())
        try queue.write { database in
            for table in AnalysisCatalogue.tables {
                if let view = table.view {
                    try database.execute(sql: "CREATE VIEW \"\(table.definition.name)\" AS \(view)")
                } else {
                    try Self.copy(table.definition, from: source, to: database)
                }
            }
            for table in ContextTables.all where table != ContextTables.tierParameter {
                try Self.copy(table, from: source, to: database)
            }
        }
        try queue.close()
    }

    private static func copy(_ table: SnapshotTable, from source: AuditDatabase, to database: Database) throws {
        let columns = table.columns.map { "\"\($0.name)\" \($0.sqlType)" }.joined(separator: ", ")
        try database.execute(sql: "CREATE TABLE \"\(table.name)\" (\(columns))")
        let marks = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
        let insert = try database.makeStatement(sql: "INSERT INTO \"\(table.name)\" VALUES (\(marks))")
        for row in try source.run("SELECT * FROM \"\(table.name)\"").rows {
            try insert.execute(arguments: StatementArguments(row.map(\.databaseValue)))
        }
    }

    /// Every rule's query, its parameters bound in the shell's own way.
    private static func script(now: UTCTimestamp) throws -> String {
        let sources = BuiltInFiles.files(below: "rules").filter { !$0.path.hasSuffix(".test.yaml") }
        let pack = try RulePack(sources.map { RuleSource(file: $0.path, text: $0.text) })
        // As ztaudit has it; without this, the shell sorts large results on the disk.
        var script = "PRAGMA temp_store = MEMORY;\nCREATE TEMP TABLE tier_parameter (tier, name, value);\n"
        for rule in pack.rules {
            script += ".parameter clear\n.parameter init\nDELETE FROM tier_parameter;\n"
            for (name, value) in try rule.bindings(now: now.description, overrides: [:]).sorted(by: { $0.key < $1.key })
            {
                let literal = value.databaseValue.sqlLiteral
                script += "INSERT INTO sqlite_parameters VALUES (':\(name)', \(literal));\n"
                for tier in ApplicationTier.allCases {
                    script += "INSERT INTO tier_parameter VALUES ('\(tier.rawValue)', '\(name)', \(literal));\n"
                }
            }
            script += rule.query + "\n;\n"
        }
        return script
    }
}

extension EvidenceValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        }
    }
}

extension DatabaseValue {
    /// As it is written in SQL.
    fileprivate var sqlLiteral: String {
        switch storage {
        case .null, .blob: "NULL"
        case .int64(let value): String(value)
        case .double(let value): String(value)
        case .string(let text): "'\(text.replacing("'", with: "''"))'"
        }
    }
}
