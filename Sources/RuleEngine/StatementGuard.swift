import GRDBSQLite

/// Watches what SQLite compiles: while it is armed, only reading is allowed, and the tables read are noted.
///
/// SQLite calls it through a C function pointer, so it is a class whose address stays the same.
final class StatementGuard {
    /// Whether everything but reading is refused.
    var isArmed = false
    /// Tables that statements compiled while armed read.
    private(set) var tables: Set<String> = []
    /// What was refused first.
    private(set) var refusal: String?

    /// Functions that reach outside the database or reveal it.
    private static let refusedFunctions: Set<String> = [
        "load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlite_log", "sqlite_compileoption_get",
    ]

    /// Forgets what was noted, before the next statement.
    func arm() {
        isArmed = true
        tables = []
        refusal = nil
    }

    /// Makes SQLite ask this guard about every statement of a connection; the guard must outlive it.
    func attach(to connection: OpaquePointer) {
        sqlite3_set_authorizer(
            connection,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_DENY }
                let statementGuard = Unmanaged<StatementGuard>.fromOpaque(context).takeUnretainedValue()
                return statementGuard.judge(
                    action,
                    first.map { String(cString: $0) },
                    second.map { String(cString: $0) }
                )
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func judge(_ action: Int32, _ first: String?, _ second: String?) -> Int32 {
        guard isArmed else { return SQLITE_OK }
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE:
            return SQLITE_OK
        case SQLITE_READ:
            guard let table = first?.lowercased() else { return SQLITE_OK }
            // A table-valued function that runs a PRAGMA, such as pragma_database_list.
            if table.hasPrefix("pragma_") { return refuse("uses \(table)") }
            // Where no column is read, SQLite names the table as the statement spells it.
            tables.insert(table)
            return SQLITE_OK
        case SQLITE_FUNCTION:
            guard let second, Self.refusedFunctions.contains(second.lowercased()) else { return SQLITE_OK }
            return refuse("calls the function \(second)()")
        case SQLITE_ATTACH, SQLITE_DETACH:
            return refuse("attaches or detaches a database")
        case SQLITE_PRAGMA:
            return refuse("uses PRAGMA \(first ?? "")")
        default:
            return refuse("does something other than reading")
        }
    }

    private func refuse(_ what: String) -> Int32 {
        refusal = refusal ?? what
        return SQLITE_DENY
    }
}
