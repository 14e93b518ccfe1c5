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
    /// Tables that a verdict can be about: those that are collected, and those that describe the collection.
    private let resources: Set<String>
    /// Tables that are collected: only they can have gaps, and only of them it is known what was not read.
    private let tables: Set<String>

    /// - Throws: ``StatementError`` when SQLite cannot make the empty tables.
    init() throws {
        database = try AuditDatabase()
        resources = Set(Snapshot.tables.map(\.name))
        tables = Set(ResourceCatalogue.tables.map(\.name))
    }

    /// Compiles a rule's query and looks at its columns and names.
    func check(_ rule: Rule) throws(RuleFileError) {
        try check([rule.metadata.resource], areAmong: resources, "no table of a snapshot", rule)
        try check(rule.failsHoldWithout.sorted(), areAmong: tables, "no table of collected resources", rule)
        let result: QueryResult
        do {
            result = try database.check(rule.query, bindings: try rule.bindings(now: "", overrides: [:]))
        } catch {
            throw RuleFileError(
                code: Self.code(of: error),
                file: rule.file,
                line: rule.line(ofQueryLine: error.line),
                problem: "the query \(error.code == .sqlError ? "is wrong: " : "")\(error.problem)",
                remedy: "A rule is one SELECT over the tables that 'ztaudit schema' lists"
            )
        }
        for column in Self.requiredColumns where !result.columns.contains(column) {
            throw RuleFileError(
                code: .missingColumn,
                file: rule.file,
                line: rule.queryLine,
                problem: "the query lacks the column '\(column)'",
                remedy: "Return \(Self.requiredColumns.joined(separator: ", ")) for every examined resource"
            )
        }
    }

    private func check(
        _ names: [String],
        areAmong tables: Set<String>,
        _ otherwise: String,
        _ rule: Rule
    ) throws(RuleFileError) {
        guard let name = names.first(where: { !tables.contains($0) }) else { return }
        throw RuleFileError(
            code: .badValue,
            file: rule.file,
            line: nil,
            problem: "names '\(name)', which is \(otherwise)",
            remedy: "'ztaudit schema' lists the tables"
        )
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
