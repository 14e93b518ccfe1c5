import AuditModel
import CloudflareAPI
import JSONModel
import SnapshotStore

/// Reads one kind of one account, page by page, into the snapshot, and says how complete that was.
struct KindReader: Sendable {
    let client: CloudflareClient
    let writer: SnapshotWriter
    let kind: ResourceKind
    let accountID: String
    /// Pages asked for at a time.
    let width: Int

    /// Asked for where the reference names no maximum.
    private static let defaultPageSize = 100

    /// Reads everything.
    ///
    /// - Returns: How complete it was; what the API refuses is said there.
    /// - Throws: `SnapshotError` when it cannot be stored, `CancellationError`.
    func read() async throws -> CoverageEntry {
        var progress = Progress()
        do {
            switch kind.listing.paging {
            case .object: try await readObject(&progress)
            case .page(let maximum): try await readPages(of: maximum ?? Self.defaultPageSize, &progress)
            case .cursor(let size): try await readCursor(size: size, &progress)
            }
        } catch let error as CloudflareError {
            return entry(progress, refusedBy: error)
        }
        if let total = progress.reportedTotal, progress.stored < total, progress.reason == nil {
            progress.reason = "the API reported \(total) but handed out \(progress.stored)"
        }
        return entry(progress, status: progress.reason == nil ? .complete : .partial)
    }

    private struct Progress {
        var stored = 0
        var reportedTotal: Int?
        /// Why it is known to be incomplete.
        var reason: String?
    }

    private func readObject(_ progress: inout Progress) async throws {
        let result = try await get([]).result
        if !result.isNull { progress.stored += try await store([result]) }
    }

    private func readPages(of size: Int, _ progress: inout Progress) async throws {
        let first = try await get(pageQuery(1, size))
        let rows = first.result.arrayValue ?? []
        progress.reportedTotal = first.page.totalCount
        progress.stored += try await store(rows)
        guard !rows.isEmpty else { return }
        var next = 2
        let pageSize = max(1, first.page.perPage ?? rows.count)
        if let total = first.page.totalCount, total > rows.count {
            let last = max(first.page.totalPages ?? 0, (total + pageSize - 1) / pageSize)
            progress.stored += try await readPages(2...max(2, last), size: size)
            next = last + 1
        }
        // The totals are not to be relied on: only a page that brings nothing new ends the list, unless what was
        // promised is there.
        while progress.reportedTotal.map({ progress.stored < $0 }) ?? true {
            let page = try await get(pageQuery(next, size)).result.arrayValue ?? []
            guard !page.isEmpty else { return }
            let new = try await store(page)
            guard new > 0 else {
                progress.reason = "page \(next) repeated what earlier pages held"
                return
            }
            progress.stored += new
            next += 1
        }
    }

    /// Reads pages side by side; their order does not matter to the snapshot.
    private func readPages(_ pages: ClosedRange<Int>, size: Int) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var remaining = pages.makeIterator()
            func addNext() {
                guard let page = remaining.next() else { return }
                group.addTask {
                    try await store(get(pageQuery(page, size)).result.arrayValue ?? [])
                }
            }
            for _ in 0..<width { addNext() }
            var stored = 0
            for try await new in group {
                stored += new
                addNext()
            }
            return stored
        }
    }

    private func readCursor(size: Int, _ progress: inout Progress) async throws {
        var seen: Set<String> = []
        var cursor: String?
        repeat {
            var query = [("per_page", String(size))]
            if let cursor { query.append(("cursor", cursor)) }
            let answer = try await get(query)
            progress.reportedTotal = progress.reportedTotal ?? answer.page.totalCount
            progress.stored += try await store(answer.result.arrayValue ?? [])
            cursor = answer.page.cursor
            if let cursor, !seen.insert(cursor).inserted {
                progress.reason = "the API handed out the same cursor twice"
                return
            }
        } while cursor != nil
    }

    private func pageQuery(_ page: Int, _ size: Int) -> [(String, String)] {
        [("page", String(page)), ("per_page", String(size))]
    }

    private func get(_ query: [(String, String)]) async throws -> APIAnswer {
        try await client.get(
            "accounts/\(accountID)/\(kind.listing.path)",
            query: kind.listing.query.map { ($0.name, $0.value) } + query
        )
    }

    private func store(_ objects: [JSONValue]) async throws -> Int {
        objects.isEmpty ? 0 : try await writer.store(objects, of: kind, accountID: accountID)
    }

    private func entry(_ progress: Progress, refusedBy error: CloudflareError) -> CoverageEntry {
        let status: CoverageStatus =
            switch error.code {
            case _ where progress.stored > 0: .partial
            case .permissionDenied: .denied
            // The token itself was accepted before; here it is the resource that is closed to it.
            case .invalidCredentials where error.apiCode == 9109 && error.httpStatus == 403: .denied
            case .accessNotEnabled, .notAuthorizedForService: .unavailable
            default: .failed
            }
        var progress = progress
        progress.reason =
            status == .denied ? "the token lacks the permission \"\(kind.permission)\"" : error.problem
        var entry = entry(progress, status: status)
        entry.httpStatus = error.httpStatus
        entry.errorCode = error.apiCode
        return entry
    }

    private func entry(_ progress: Progress, status: CoverageStatus) -> CoverageEntry {
        CoverageEntry(
            accountID: accountID, kind: kind.name, table: kind.table, status: status, permission: kind.permission,
            reason: progress.reason, rowCount: progress.stored, reportedTotal: progress.reportedTotal
        )
    }
}
