import AuditModel
import GRDBSQLite

/// One compiled statement; owner of SQLite's handle.
final class GuardedStatement {
    let columns: [String]
    let tables: Set<String>

    private let connection: OpaquePointer
    private let handle: OpaquePointer

    // SQLITE_TRANSIENT is a macro with a cast, which Swift does not import: SQLite copies the text.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Compiles a statement.
    ///
    /// While the guard is armed it must be exactly one reading statement.
    init(_ sql: String, connection: OpaquePointer, statementGuard: StatementGuard) throws(StatementError) {
        self.connection = connection
        if statementGuard.isArmed { statementGuard.arm() }
        let bytes = Array(sql.utf8CString)
        // SQLite would read no further, and people would read something else than what runs.
        guard !bytes.dropLast().contains(0) else {
            throw StatementError(code: .sqlError, problem: "it has a NUL character", line: nil)
        }
        var compiled: OpaquePointer?
        var rest = 0
        let code = bytes.withUnsafeBufferPointer { buffer in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection, buffer.baseAddress, Int32(buffer.count), &compiled, &tail)
            if let tail, let start = buffer.baseAddress { rest = start.distance(to: tail) }
            return code
        }
        if let refusal = statementGuard.refusal {
            sqlite3_finalize(compiled)
            throw StatementError(
                code: .notReadOnly,
                problem: "\(refusal); only reading is allowed",
                line: nil
            )
        }
        guard code == SQLITE_OK else {
            let offset = Int(sqlite3_error_offset(connection))
            let line = offset < 0 ? nil : bytes.prefix(offset).count { $0 == CChar(bitPattern: UInt8(ascii: "\n")) }
            throw StatementError(
                code: .sqlError,
                problem: String(cString: sqlite3_errmsg(connection)),
                line: line
            )
        }
        guard let handle = compiled else {
            throw StatementError(code: .notOneStatement, problem: "has no statement", line: nil)
        }
        self.handle = handle
        columns = (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
        tables = statementGuard.tables
        guard statementGuard.isArmed else { return }
        guard sqlite3_stmt_readonly(handle) != 0, !columns.isEmpty else {
            throw StatementError(
                code: .notReadOnly,
                problem: "is no SELECT; only reading is allowed",
                line: nil
            )
        }
        guard Self.isBlank(bytes, from: rest) else {
            throw StatementError(
                code: .notOneStatement,
                problem: "has more than one statement",
                line: nil
            )
        }
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Gives every parameter its value.
    func bind(_ values: [String: EvidenceValue]) throws(StatementError) {
        let count = sqlite3_bind_parameter_count(handle)
        guard count > 0 else { return }
        for index in 1...count {
            let name = sqlite3_bind_parameter_name(handle, index).map { String(cString: $0) } ?? "?"
            guard name.hasPrefix(":"), let value = values[String(name.dropFirst())] else {
                let known = values.keys.sorted().map { ":\($0)" }.joined(separator: ", ")
                throw StatementError(
                    code: .unknownParameter,
                    problem: "uses the unknown parameter \(name)" + (known.isEmpty ? "" : " (known: \(known))"),
                    line: nil
                )
            }
            bind(value, at: index)
        }
    }

    /// Inserts one row; for statements of our own.
    func insert(_ values: [EvidenceValue]) throws(StatementError) {
        for (index, value) in values.enumerated() { bind(value, at: Int32(index) + 1) }
        guard sqlite3_step(handle) == SQLITE_DONE else { throw failure() }
        sqlite3_reset(handle)
    }

    /// All rows, within the limits.
    func rows(_ limits: StatementLimits) throws(StatementError) -> QueryResult {
        var rows: [[EvidenceValue]] = []
        try forEachRow(limits) { rows.append((0..<columns.count).map($0.value)) }
        return QueryResult(columns: columns, rows: rows, tables: tables)
    }

    /// The row at which a statement stands; what is not asked for is not read.
    struct CurrentRow {
        fileprivate let handle: OpaquePointer
        fileprivate let count: ByteCount

        /// A column's value.
        func value(at column: Int) -> EvidenceValue {
            let index = Int32(column)
            switch sqlite3_column_type(handle, index) {
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
            case SQLITE_FLOAT: return .number(sqlite3_column_double(handle, index))
            case SQLITE_NULL: return .null
            default: return readText(at: index).map(EvidenceValue.text) ?? .null
            }
        }

        /// A column's value as text; `nil` for NULL.
        func text(at column: Int) -> String? {
            switch sqlite3_column_type(handle, Int32(column)) {
            case SQLITE_NULL: nil
            case SQLITE_INTEGER, SQLITE_FLOAT: value(at: column).displayText
            default: readText(at: Int32(column))
            }
        }

        private func readText(at index: Int32) -> String? {
            sqlite3_column_text(handle, index).map { pointer in
                let bytes = Int(sqlite3_column_bytes(handle, index))
                count.bytes += bytes
                return String(decoding: UnsafeBufferPointer(start: pointer, count: bytes), as: UTF8.self)
            }
        }
    }

    /// Steps through all rows, within the limits.
    func forEachRow(
        _ limits: StatementLimits,
        _ body: (CurrentRow) throws(StatementError) -> Void
    ) throws(StatementError) {
        let deadline = Deadline(limits.time)
        // Steps take nanoseconds, but one that makes a large text takes milliseconds.
        sqlite3_progress_handler(
            connection,
            1000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            },
            Unmanaged.passUnretained(deadline).toOpaque()
        )
        // The limit counts for the whole process, so it stands only while the statement runs.
        let (limit, isTooMuch) = sqlite3_memory_used().addingReportingOverflow(Int64(limits.memory))
        sqlite3_hard_heap_limit64(isTooMuch ? 0 : limit)
        defer {
            sqlite3_progress_handler(connection, 0, nil, nil)
            // Only a reset statement gives back what it took.
            sqlite3_reset(handle)
            sqlite3_hard_heap_limit64(0)
        }
        let row = CurrentRow(handle: handle, count: ByteCount())
        var number = 0
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                number += 1
                guard number <= limits.rows else { throw tooMuch("\(limits.rows) rows") }
                try body(row)
                guard row.count.bytes <= limits.bytes else { throw tooMuch("\(limits.bytes >> 20) MiB of text") }
            case SQLITE_DONE:
                return
            case SQLITE_NOMEM:
                throw StatementError(
                    code: .memoryLimit,
                    problem: "needs more than \(limits.memory >> 20) MiB of memory",
                    line: nil
                )
            case SQLITE_INTERRUPT:
                throw StatementError(
                    code: .timeLimit,
                    problem: Task.isCancelled ? "was cancelled" : "ran longer than \(limits.time)",
                    line: nil
                )
            default:
                throw failure()
            }
        }
    }

    private func tooMuch(_ what: String) -> StatementError {
        StatementError(code: .rowLimit, problem: "returned more than \(what)", line: nil)
    }

    private func bind(_ value: EvidenceValue, at index: Int32) {
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .real(let number): sqlite3_bind_double(handle, index, number)
        case .text(let text): sqlite3_bind_text(handle, index, text, Int32(text.utf8.count), Self.transient)
        }
    }

    private func failure() -> StatementError {
        StatementError(code: .sqlError, problem: "failed (\(String(cString: sqlite3_errmsg(connection))))", line: nil)
    }

    /// Whether only white space, semicolons and comments are left.
    private static func isBlank(_ bytes: [CChar], from start: Int) -> Bool {
        var rest = String(decoding: bytes[start...].prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)[
            ...
        ]
        while let first = rest.first {
            if first.isWhitespace || first == ";" {
                rest.removeFirst()
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                guard let end = rest.firstRange(of: "*/") else { return true }
                rest = rest[end.upperBound...]
            } else {
                return false
            }
        }
        return true
    }

    /// How much text was read.
    fileprivate final class ByteCount {
        var bytes = 0
    }

    /// The end of a statement's time, or of the task it runs in.
    private final class Deadline {
        private let end: ContinuousClock.Instant

        init(_ time: Duration) {
            end = .now + time
        }

        var isOver: Bool { Task.isCancelled || .now > end }
    }
}
