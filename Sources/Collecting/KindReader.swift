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
            case .single: progress.note(try await page([]))
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
        /// The largest total that an answer reported: a list that shrinks meanwhile moves objects between pages, so that
        /// some may never be handed out.
        var reportedTotal: Int?
        /// Why it is known to be incomplete.
        var reason: String?

        /// Whether what was promised is there; a total that is exceeded was no promise.
        var isSatisfied: Bool { stored == reportedTotal }

        mutating func note(_ page: Page) {
            stored += page.new
            if let total = page.info.totalCount { reportedTotal = max(total, reportedTotal ?? 0) }
        }
    }

    /// One answer of a list, stored.
    private struct Page {
        /// Objects in it.
        let count: Int
        /// Those of them that no earlier answer held.
        let new: Int
        let info: PageInfo
    }

    private func readObject(_ progress: inout Progress) async throws {
        let result = try await get([]).result
        guard result.objectValue != nil else { throw unreadable("the answer holds no object") }
        progress.stored += try await store([result])
    }

    private func readPages(of size: Int, _ progress: inout Progress) async throws {
        let first = try await page(pageQuery(1, size))
        progress.note(first)
        guard first.count > 0 else { return }
        // How large pages are is what the first one held; `per_page` may be no more than the wish.
        let (whole, rest) = (first.info.totalCount ?? 0).quotientAndRemainder(dividingBy: first.count)
        let byTotal = whole + (rest > 0 ? 1 : 0)
        let promised = max(byTotal, first.info.totalPages ?? 1)
        if promised > 1, try await !readPages(2...promised, size: size, &progress) { return }
        // The totals are not to be relied on: only an empty page ends the list, unless what was promised is there.
        var number = promised + 1
        while !progress.isSatisfied {
            let page = try await page(pageQuery(number, size))
            progress.note(page)
            if page.count == 0 { return }
            if page.new == 0 {
                progress.reason = Self.repetition
                return
            }
            number += 1
        }
    }

    /// What became of one of several pages.
    private enum PageOutcome {
        case stored(Page)
        case refused(CloudflareError)
    }

    /// Reads pages side by side; their order does not matter to the snapshot.
    ///
    /// - Returns: Whether every page brought something new. No further page is asked for once one has not.
    /// - Throws: What the API refused, after the pages under way have been stored and counted.
    private func readPages(_ pages: ClosedRange<Int>, size: Int, _ progress: inout Progress) async throws -> Bool {
        var refusal: CloudflareError?
        var goesOn = true
        try await withThrowingTaskGroup(of: PageOutcome.self) { group in
            var remaining = pages.makeIterator()
            func addNext() {
                guard let number = remaining.next() else { return }
                group.addTask {
                    do {
                        return .stored(try await page(pageQuery(number, size)))
                    } catch let error as CloudflareError {
                        return .refused(error)
                    }
                }
            }
            for _ in 0..<width { addNext() }
            for try await outcome in group {
                switch outcome {
                case .stored(let page):
                    progress.note(page)
                    if page.new == 0 { goesOn = false }
                    if page.new == 0, page.count > 0 { progress.reason = Self.repetition }
                case .refused(let error):
                    refusal = refusal ?? error
                }
                if goesOn, refusal == nil { addNext() }
            }
        }
        if let refusal { throw refusal }
        if progress.isSatisfied { progress.reason = nil }
        // Where there is a total, it tells better what is missing.
        if !goesOn, progress.stored > progress.reportedTotal ?? 0 {
            progress.reason =
                progress.reason ?? "the API promised \(pages.upperBound) pages, but not all held something"
        }
        return goesOn
    }

    private static let repetition = "a page repeated what earlier pages held"

    private func readCursor(size: Int, _ progress: inout Progress) async throws {
        var seen: Set<String> = []
        var cursor: String?
        repeat {
            var query = [("per_page", String(size))]
            if let cursor { query.append(("cursor", cursor)) }
            let page = try await page(query)
            progress.note(page)
            cursor = page.info.cursor
            if page.count > 0, page.new == 0 {
                progress.reason = Self.repetition
            } else if let cursor, !seen.insert(cursor).inserted {
                progress.reason = "the API handed out the same cursor twice"
            } else if page.info.isSilent, page.count >= size {
                progress.reason = "a full page came without a word on what follows"
            }
        } while cursor != nil && progress.reason == nil
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

    private func page(_ query: [(String, String)]) async throws -> Page {
        let answer = try await get(query)
        // An empty list can be null.
        guard let objects = answer.result.isNull ? [] : answer.result.arrayValue else {
            throw unreadable("the answer holds no list")
        }
        return Page(count: objects.count, new: try await store(objects), info: answer.page)
    }

    private func store(_ objects: [JSONValue]) async throws -> Int {
        objects.isEmpty ? 0 : try await writer.store(objects, of: kind, accountID: accountID)
    }

    /// A success that cannot be one.
    private func unreadable(_ problem: String) -> CloudflareError {
        CloudflareError(
            code: .unreadableAnswer,
            request: "GET /accounts/\(accountID)/\(kind.listing.path)",
            httpStatus: 200,
            problem: problem,
            remedy: "Check --api-url and any proxy in between"
        )
    }

    private func entry(_ progress: Progress, refusedBy error: CloudflareError) -> CoverageEntry {
        let status: CoverageStatus =
            switch error.code {
            case _ where progress.stored > 0: .partial
            // 7403 speaks of "not valid or not authorized": that proves no emptiness.
            case .permissionDenied, .notAuthorizedForService: .denied
            case .accessNotEnabled: .unavailable
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
            accountID: accountID,
            kind: kind.name,
            table: kind.table,
            status: status,
            permission: kind.permission,
            reason: progress.reason,
            rowCount: progress.stored,
            reportedTotal: progress.reportedTotal
        )
    }
}
