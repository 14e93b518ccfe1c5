import AccessAnalysis
package import AuditModel
import SnapshotStore

/// Checks rules against the tables of a snapshot, before there is one.
struct RuleChecker {
    /// Columns that every query returns.
    static let requiredColumns = ["resource_id", "resource_name", "verdict", "message"]
    /// Columns with a meaning that a query may return; any other is evidence.
    static let optionalColumns = ["severity", "detail_key"]

    private let database: AuditDatabase
    /// Every table that a query can read.
    private let readable: [String]
    /// Tables that a verdict can be about: those that are collected, and those that describe the collection.
    private let resources: Set<String>
    /// Tables that are collected: only they can have gaps, and only of them it is known what was not read.
    private let tables: Set<String>

    /// - Throws: ``StatementError`` when SQLite cannot make the empty tables.
    init() throws {
        database = try AuditDatabase()
        resources = Set(Snapshot.tables.map(\.name))
        tables = Set(ResourceCatalogue.tables.map(\.name))
        let definitions = Snapshot.tables + AnalysisCatalogue.tables.map(\.definition) + ContextTables.all
        readable = definitions.map(\.name)
    }

    /// Compiles a rule's query and looks at its columns and names.
    func check(_ rule: Rule) throws(RuleFileError) {
        let line = rule.keyLines["resource"]
        if let error = unknownResource(rule.metadata.resource, file: rule.file, line: line) { throw error }
        for table in rule.failsHoldWithout.sorted() {
            let line = rule.keyLines["fails_hold_without"]
            if let error = unknownTable(table, file: rule.file, line: line) { throw error }
        }
        let result = try result(of: rule.placedQuery, parameters: rule.parameters)
        if let error = columnProblems(in: result, of: rule.placedQuery).first { throw error }
    }

    /// An error when a name is none of a table that verdicts can be about.
    func unknownResource(_ table: String, file: String, line: Int?) -> RuleFileError? {
        resources.contains(table) ? nil : Self.unknown(table, "no table of a snapshot", resources, file: file, line)
    }

    /// An error when a name is none of a table of collected resources.
    func unknownTable(_ table: String, file: String, line: Int?) -> RuleFileError? {
        tables.contains(table) ? nil : Self.unknown(table, "no table of collected resources", tables, file: file, line)
    }

    private static func unknown(
        _ table: String,
        _ kind: String,
        _ known: Set<String>,
        file: String,
        _ line: Int?
    ) -> RuleFileError {
        RuleFileError(
            code: .badValue,
            file: file,
            line: line,
            problem: "names '\(table)', which is \(kind)",
            remedy: "\(YAMLReader.suggestion(table, known.sorted()))'ztaudit schema' lists the tables"
        )
    }

    /// Compiles a query.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - parameters: Parameters that it can use beside `:now`, by name.
    /// - Returns: Its columns and tables, without rows.
    /// - Throws: ``RuleFileError`` with the line.
    func result(
        of query: PlacedQuery,
        parameters: [String: RuleParameter]
    ) throws(RuleFileError) -> QueryResult {
        var bindings = parameters.mapValues { $0.value(of: $0.defaultText) ?? .null }
        bindings["now"] = .text("")
        do {
            return try database.check(query.text, bindings: bindings)
        } catch {
            throw RuleFileError(
                code: Self.code(of: error),
                file: query.file,
                line: query.line(error.line),
                problem: "the query \(error.code == .sqlError ? "is wrong: " : "")\(error.problem)",
                remedy: "\(suggestion(for: error))A rule is one SELECT over the tables that 'ztaudit schema' lists"
            )
        }
    }

    /// An error for each column that every query must return and this one does not, or that it returns twice.
    func columnProblems(in result: QueryResult, of query: PlacedQuery) -> [RuleFileError] {
        let repeated = Set(result.columns.filter { name in result.columns.count { $0 == name } > 1 }).sorted()
        return repeated.map { column in
            RuleFileError(
                code: .badValue,
                file: query.file,
                line: query.line(0),
                problem: "the query has two columns '\(column)'",
                remedy: "Name one of them with AS, or leave it out"
            )
        }
            + Self.requiredColumns.filter { !result.columns.contains($0) }.map { column in
                RuleFileError(
                    code: .missingColumn,
                    file: query.file,
                    line: query.line(0),
                    problem: "the query lacks the column '\(column)'",
                    remedy: "Return \(Self.requiredColumns.joined(separator: ", ")) for every examined resource"
                )
            }
    }

    /// SQLite names a table that is not there as the query spells it.
    private func suggestion(for error: StatementError) -> String {
        guard let match = error.problem.wholeMatch(of: /no such table: (?:.*\.)?(\w+)/) else { return "" }
        return YAMLReader.suggestion(String(match.1), readable)
    }

    private static func code(of error: StatementError) -> RuleFileError.Code {
        switch error.code {
        case .sqlError, .timeLimit, .rowLimit, .memoryLimit: .sqlError
        case .notOneStatement: .notOneStatement
        case .notReadOnly: .notReadOnly
        case .unknownParameter: .unknownParameter
        }
    }
}

/// A query with its place in a file.
struct PlacedQuery {
    let file: String
    let text: String
    /// 1-based line of the file in which it begins.
    let firstLine: Int
    /// Whether each of its lines is one of the file.
    let keepsLines: Bool

    /// The line of the file for a line of the query, counted from 0; where the query begins if that cannot be told.
    func line(_ line: Int?) -> Int { firstLine + (keepsLines ? line ?? 0 : 0) }
}

extension Rule {
    /// The values of `:now` and of every parameter.
    ///
    /// - Parameters:
    ///   - now: Time of evaluation, RFC 3339 with six fraction digits.
    ///   - overrides: Texts by parameter name that replace defaults.
    /// - Returns: Values by parameter name, without the colon.
    /// - Throws: ``StatementError`` when an override has no such parameter, or is no such value.
    package func bindings(
        now: String,
        overrides: [String: String]
    ) throws(StatementError) -> [String: EvidenceValue] {
        try values(overrides: overrides).merging(["now": .text(now)]) { value, _ in value }
    }

    /// The values of every parameter, without `:now`.
    func values(overrides: [String: String]) throws(StatementError) -> [String: EvidenceValue] {
        if let name = overrides.keys.sorted().first(where: { parameters[$0] == nil }) {
            let known = parameters.keys.sorted().joined(separator: ", ")
            throw StatementError(
                code: .unknownParameter,
                problem: "has no parameter '\(name)'" + (known.isEmpty ? "" : " (known: \(known))"),
                line: nil
            )
        }
        var values: [String: EvidenceValue] = [:]
        for (name, parameter) in parameters {
            let text = overrides[name] ?? parameter.defaultText
            guard let value = parameter.value(of: text) else {
                throw StatementError(
                    code: .unknownParameter,
                    problem: "has the parameter '\(name)', for which '\(text)' is no \(parameter.type.rawValue)",
                    line: nil
                )
            }
            values[name] = value
        }
        return values
    }
}
