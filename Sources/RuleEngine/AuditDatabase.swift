import AccessAnalysis
package import AuditModel
import GRDBSQLite
package import SnapshotStore

/// A statement that may not run, or that broke.
package struct StatementError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Sendable {
        case sqlError, notOneStatement, notReadOnly, unknownParameter, timeLimit, rowLimit, memoryLimit
    }

    package let code: Code
    /// What is wrong, in a clause.
    package let problem: String
    /// 0-based line within the SQL; `nil` when SQLite does not say.
    package let line: Int?

    package var description: String { problem }
}

/// Bounds on one statement.
package struct StatementLimits: Sendable, Hashable {
    package var time: Duration = .seconds(60)
    package var rows = 2_000_000
    /// Bytes of text that all rows together may have.
    package var bytes = 512 << 20
    /// Bytes that SQLite may take for sorting, grouping and the like, beyond what it has.
    package var memory = 1 << 30

    /// Creates limits; generous ones unless said.
    package init(
        time: Duration = .seconds(60),
        rows: Int = 2_000_000,
        bytes: Int = 512 << 20,
        memory: Int = 1 << 30
    ) {
        self.time = time
        self.rows = rows
        self.bytes = bytes
        self.memory = memory
    }
}

/// The rows that a statement returned.
package struct QueryResult: Sendable, Hashable {
    package let columns: [String]
    package let rows: [[EvidenceValue]]
    /// Tables that the statement read, those behind views included.
    package let tables: Set<String>
}

/// A snapshot with its analysis tables, on a connection that lets a statement do nothing but read.
///
/// SQLite's own API is used instead of GRDB's because GRDB keeps the connection's one authorizer for itself, and the
/// authorizer is what tells reading from everything else. Used by one task at a time.
package final class AuditDatabase {
    /// Whose rows the statements see.
    package enum Scope: Sendable, Hashable {
        case everything
        case account(String)
    }

    /// Who can get in to each application of the accounts in scope.
    package private(set) var applications: [ApplicationAccess] = []

    private let connection: OpaquePointer
    private let statementGuard = StatementGuard()
    /// Bounds on each statement.
    let limits: StatementLimits

    /// Opens a snapshot's file, adds the analysis tables and, for one account, hides the rows of all others.
    ///
    /// - Parameters:
    ///   - snapshot: The snapshot.
    ///   - scope: Whose rows the statements see.
    ///   - time: When the analysis looks at service tokens: what has expired by then is none.
    ///   - previous: An earlier snapshot, for telling who gets in now and did not then.
    ///   - context: What the organization says of itself.
    ///   - limits: Bounds on each statement.
    /// - Throws: ``StatementError`` when SQLite cannot open it, or the analysis fails.
    package init(
        snapshot: Snapshot,
        scope: Scope,
        at time: UTCTimestamp,
        previous: Snapshot? = nil,
        context: AuditContext = AuditContext(),
        limits: StatementLimits = StatementLimits()
    ) throws {
        self.limits = limits
        connection = try Self.open(snapshot.path, flags: SQLITE_OPEN_READONLY)
        statementGuard.attach(to: connection)
        try harden()
        let accountIDs: [String]
        switch scope {
        case .everything: accountIDs = snapshot.accounts.map(\.id)
        case .account(let id):
            accountIDs = [id]
            try hideOtherAccounts(than: id, areThere: snapshot.accounts.count > 1)
        }
        for table in AnalysisCatalogue.tables { try create(table) }
        try fill(context)
        let known = try knownApplications()
        for id in accountIDs {
            let account = try AccountAnalysis(
                of: snapshot,
                accountID: id,
                at: time,
                publicMailDomains: context.publicMailDomains
            )
            let analyses = account.analyses()
            for table in AccessAnalysis.tables(of: account, analyses) where table.view == nil {
                try fill(table.definition, table.rows)
            }
            applications += analyses.map { analysis in
                let known = known[[id, analysis.applicationID]]
                return ApplicationAccess(
                    analysis,
                    accountID: id,
                    domain: known?.domain,
                    tier: known?.tier ?? .standard
                )
            }
            if let previous { try fillChanges(of: account, id, since: previous, at: time, context) }
        }
        statementGuard.arm()
    }

    /// Opens an empty database with the tables of a snapshot, for checking statements before there is a snapshot.
    package init() throws {
        limits = StatementLimits()
        connection = try Self.open(":memory:", flags: SQLITE_OPEN_READWRITE)
        statementGuard.attach(to: connection)
        try harden()
        for table in SnapshotStore.Snapshot.tables + AnalysisCatalogue.tables.map(\.definition) {
            // As rules see a snapshot: what they name with "main." would be the rows of every account.
            try execute(Self.createStatement(table, keyword: "CREATE TEMP TABLE"))
        }
        try createContextTables()
        statementGuard.arm()
    }

    deinit {
        sqlite3_close_v2(connection)
    }

    /// Runs one reading statement.
    ///
    /// - Parameters:
    ///   - sql: Exactly one SELECT.
    ///   - bindings: Values by parameter name, without the colon; each parameter of the statement must be there.
    /// - Returns: All rows.
    /// - Throws: ``StatementError``.
    package func run(_ sql: String, bindings: [String: EvidenceValue] = [:]) throws(StatementError) -> QueryResult {
        try statement(sql, bindings: bindings).rows(limits)
    }

    /// Compiles a statement and binds its parameters, for going through its rows one by one.
    func statement(
        _ sql: String,
        bindings: [String: EvidenceValue]
    ) throws(StatementError) -> GuardedStatement {
        let statement = try GuardedStatement(sql, connection: connection, statementGuard: statementGuard)
        try statement.bind(bindings)
        return statement
    }

    /// Compiles a statement without running it.
    ///
    /// - Returns: Its columns and tables, without rows.
    /// - Throws: ``StatementError``.
    package func check(
        _ sql: String,
        bindings: [String: EvidenceValue] = [:]
    ) throws(StatementError) -> QueryResult {
        let statement = try statement(sql, bindings: bindings)
        return QueryResult(columns: statement.columns, rows: [], tables: statement.tables)
    }

    private static func open(_ path: String, flags: Int32) throws -> OpaquePointer {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw StatementError(code: .sqlError, problem: "\(path) cannot be opened", line: nil)
        }
        return handle
    }

    private func harden() throws {
        // A snapshot may come from somebody else: its schema must not run functions on our behalf.
        try execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY")
        // Their first use declares them with CREATE TABLE, which the guard would take for a rule's.
        try execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 64 << 20)
        sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, 256 << 10)
        sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
        LinearFunctions.register(on: connection)
        // Matching a long pattern with many wildcards takes exponential time, and is not interrupted.
        sqlite3_limit(connection, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500)
    }

    /// Views of the same names in front of the tables, so that a rule cannot mix accounts even when it joins by id alone.
    ///
    /// One account alone needs no filter, which would lure SQLite into reading all its rows again and again by the index
    /// on the account.
    private func hideOtherAccounts(than id: String, areThere: Bool) throws {
        let literal = "'" + id.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        for table in SnapshotStore.Snapshot.tables {
            guard let column = table.accountColumn else { continue }
            let filter = areThere ? " WHERE \(column) = \(literal)" : ""
            try execute("CREATE TEMP VIEW \"\(table.name)\" AS SELECT * FROM main.\"\(table.name)\"\(filter)")
        }
    }

    private func create(_ table: AnalysisTable) throws {
        try execute(
            table.view.map { "CREATE TEMP VIEW \"\(table.definition.name)\" AS \($0)" }
                ?? Self.createStatement(table.definition, keyword: "CREATE TEMP TABLE")
        )
    }

    private func fill(_ table: SnapshotTable, _ rows: [[EvidenceValue]]) throws {
        let marks = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
        let insert = try GuardedStatement(
            "INSERT INTO temp.\"\(table.name)\" VALUES (\(marks))",
            connection: connection,
            statementGuard: statementGuard
        )
        try execute("BEGIN")
        for row in rows { try insert.insert(row) }
        try execute("COMMIT")
    }

    private func fillChanges(
        of account: AccountAnalysis,
        _ accountID: String,
        since previous: Snapshot,
        at time: UTCTimestamp,
        _ context: AuditContext
    ) throws {
        let startedAt = previous.summary(evaluatedAt: "").startedAt
        let old = try AccountAnalysis(
            of: previous,
            accountID: accountID,
            // A token that was valid then and has been renewed since is nothing new.
            at: UTCTimestamp(startedAt) ?? time,
            publicMailDomains: context.publicMailDomains
        )
        try fill(
            ApplicationChangeTable.definition,
            ApplicationChangeTable.rows(of: account, since: old, at: startedAt)
        )
    }

    private func createContextTables() throws {
        for table in ContextTables.all {
            try execute(
                table == ContextTables.policyTier
                    ? "CREATE TEMP VIEW \"\(table.name)\" AS \(ContextTables.policyTierSelect)"
                    : Self.createStatement(table, keyword: "CREATE TEMP TABLE")
            )
        }
    }

    private func fill(_ context: AuditContext) throws {
        try createContextTables()
        var tags: [String: [String]] = [:]
        for row in try ownRows("SELECT application_id, tag FROM access_application_tag WHERE tag IS NOT NULL") {
            tags[row[0].displayText, default: []].append(row[1].displayText)
        }
        let tiers = try ownRows("SELECT id, COALESCE(name, '') FROM access_application").map { row in
            let id = row[0].displayText
            let tier = context.tier(id: id, name: row[1].displayText, tags: tags[id] ?? [])
            return [row[0], .text(tier.rawValue), .integer(Int64(tier.rank))]
        }
        try fill(ContextTables.applicationTier, tiers)
        for (table, values) in [
            (ContextTables.ownDomain, context.ownDomains),
            (ContextTables.breakGlassAccount, context.breakGlassAccounts),
            (ContextTables.publicMailDomain, context.publicMailDomains),
        ] {
            try fill(table, values.sorted().map { [.text($0)] })
        }
    }

    /// What the analysis does not tell of applications, by account and id.
    private func knownApplications() throws -> [[String]: (domain: String?, tier: ApplicationTier)] {
        let rows = try ownRows(
            """
            SELECT application.account_id, application.id, application.domain, application_tier.tier
            FROM access_application AS application
            JOIN application_tier ON application_tier.application_id = application.id
            """
        )
        return Dictionary(
            rows.map { row in
                let domain = row[2] == .null || row[2] == .text("") ? nil : row[2].displayText
                let tier = ApplicationTier(rawValue: row[3].displayText) ?? .standard
                return ([row[0].displayText, row[1].displayText], (domain, tier))
            }
        ) { first, _ in first }
    }

    /// Makes `tier_parameter` say what is in force for the rule that runs next.
    ///
    /// - Parameter values: The rule's parameters by tier, then by name.
    /// - Throws: ``StatementError``, never for a reason that lies in the rule.
    func setTierParameters(_ values: [ApplicationTier: [String: EvidenceValue]]) throws(StatementError) {
        statementGuard.isArmed = false
        defer { statementGuard.arm() }
        do {
            try execute("DELETE FROM temp.\"\(ContextTables.tierParameter.name)\"")
            let rows = values.flatMap { tier, values in values.map { [.text(tier.rawValue), .text($0.key), $0.value] } }
            try fill(ContextTables.tierParameter, rows)
        } catch let error as StatementError {
            throw error
        } catch {
            throw StatementError(code: .sqlError, problem: "\(error)", line: nil)
        }
    }

    /// The rows of a statement of our own.
    private func ownRows(_ sql: String) throws -> [[EvidenceValue]] {
        try GuardedStatement(sql, connection: connection, statementGuard: statementGuard)
            .rows(StatementLimits(rows: .max, bytes: .max, memory: .max)).rows
    }

    private static func createStatement(_ table: SnapshotTable, keyword: String) -> String {
        let columns = table.columns.map { "\"\($0.name)\" \($0.sqlType)" }
        return "\(keyword) \"\(table.name)\" (\(columns.joined(separator: ", ")))"
    }

    private func execute(_ sql: String) throws {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
            throw StatementError(code: .sqlError, problem: String(cString: sqlite3_errmsg(connection)), line: nil)
        }
    }
}
