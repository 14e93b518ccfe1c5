import AuditModel
import CloudflareAPI
import JSONModel
import SnapshotStore

/// Reads one list or object of the API, page by page, into the snapshot, and says how complete that was.
struct ListReader: Sendable {
    let client: CloudflareClient
    let writer: SnapshotWriter
    let place: ListingPlace
    /// Pages asked for at a time.
    let width: Int
    /// Bounds the answers that are asked for or being stored.
    let slots: Turnstile
    /// Called with the number of new objects whenever some are stored.
    let onStore: @Sendable (Int) -> Void

    /// Reads everything.
    ///
    /// - Returns: How complete it was; what the API refuses is said there.
    /// - Throws: `SnapshotError` when it cannot be stored, `CancellationError`.
    func read() async throws -> CoverageEntry {
        var progress = Progress()
        do {
            try await writer.begin(place)
            switch place.kind.listing.paging {
            case .object: progress.note(try await page([]))
            case .single: try await readSingle(&progress)
            case .page: try await readPages(&progress)
            case .cursor: try await readCursor(&progress)
            }
        } catch let error as CloudflareError {
            return entry(progress, refusedBy: error)
        }
        if let total = progress.reportedTotal, progress.stored < total, progress.reason == nil {
            progress.reason = "the API reported \(total) but handed out \(progress.stored)"
        }
        if progress.repeatsItself, progress.stored != progress.reportedTotal, progress.reason == nil {
            progress.reason = "the list changed while it was read: a later page held objects of an earlier one"
        }
        guard progress.reason != nil else { return entry(progress, status: .complete) }
        // Whoever goes on later has to read a list that contradicts itself from its beginning.
        try await writer.forgetPages(at: place)
        return entry(progress, status: .partial)
    }

    private struct Progress {
        var stored = 0
        /// The largest total that an answer reported: a list that shrinks meanwhile moves objects between pages, so that
        /// some may never be handed out.
        var reportedTotal: Int?
        /// Whether a page held what an earlier one had: the list moved, and nobody knows what moved the other way.
        var repeatsItself = false
        /// Why it is known to be incomplete.
        var reason: String?

        /// Whether a page held less than it said that a page holds, as only the last one does.
        var hasShortPage = false

        /// Whether all that was promised is there; a total that is exceeded was no promise.
        ///
        /// A total alone is not enough: one that counts the page instead of the list looks the same.
        var isSatisfied: Bool { stored == reportedTotal && hasShortPage }

        mutating func note(_ page: StoredPage) {
            if stored > 0, page.new < page.count { repeatsItself = true }
            stored += page.new
            if let perPage = page.perPage, page.count < perPage { hasShortPage = true }
            if let total = page.totalCount { reportedTotal = max(total, reportedTotal ?? 0) }
            if page.isMisshapen { reason = "the answer holds one object where a list was expected" }
        }
    }

    private func readPages(_ progress: inout Progress) async throws {
        let (first, size) = try await firstPage { pageQuery(1, $0) }
        progress.note(first)
        guard first.count > 0 else { return }
        // How large pages are is what the first one held; `per_page` may be no more than the wish.
        let (whole, rest) = (first.totalCount ?? 0).quotientAndRemainder(dividingBy: first.count)
        let byTotal = whole + (rest > 0 ? 1 : 0)
        let promised = max(byTotal, first.totalPages ?? 1)
        if promised > 1, try await !readPages(2...promised, size: size, &progress) { return }
        // The totals are not to be relied on: only an empty page ends the list, unless what was promised is there.
        var number = promised + 1
        while !progress.isSatisfied {
            let isAll = progress.stored == progress.reportedTotal
            let page = try await page(pageQuery(number, size))
            // Some servers hand out the whole list whatever page is asked for.
            if page.count == 0 || isAll && page.new == 0 { return }
            progress.note(page)
            if page.new == 0 {
                progress.reason = Self.repetition
                return
            }
            number += 1
        }
    }

    /// What became of one of several pages.
    private enum PageOutcome {
        case stored(StoredPage)
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

    /// The first page, in the largest size that the API takes.
    private func firstPage(_ query: (Int) -> [(String, String)]) async throws -> (page: StoredPage, size: Int) {
        let sizes = place.kind.listing.paging.pageSizes
        for size in sizes.dropLast() {
            do {
                return (try await page(query(size)), size)
            } catch let error as CloudflareError where error.code == .invalidRequest {
                // Perhaps the page is too large.
                continue
            }
        }
        let smallest = sizes.last ?? 1
        return (try await page(query(smallest)), smallest)
    }

    private func readSingle(_ progress: inout Progress) async throws {
        let page = try await page([])
        progress.note(page)
        if page.cursor != nil || page.totalPages ?? 1 > 1 {
            progress.reason = progress.reason ?? "the API speaks of more pages of a list that has one"
        }
    }

    /// So many pages in a row without anything end a list of cursors.
    private static let patience = 3

    private func readCursor(_ progress: inout Progress) async throws {
        var seen: Set<String> = []
        var emptyPages = 0
        var (next, size) = try await firstPage { [("per_page", String($0))] }
        while true {
            progress.note(next)
            emptyPages = next.count == 0 ? emptyPages + 1 : 0
            if next.count > 0, next.new == 0 {
                progress.reason = Self.repetition
            } else if next.cursor != nil, emptyPages == Self.patience {
                progress.reason = "\(emptyPages) empty pages in a row spoke of another one"
            } else if let cursor = next.cursor, !seen.insert(cursor).inserted {
                progress.reason = "the API handed out the same cursor twice"
            } else if next.isSilent, next.count >= place.kind.listing.paging.pageSizes.last ?? 1 {
                progress.reason = "a page that may be full came without a word on what follows"
            } else if next.cursor == nil, next.totalPages ?? 1 > 1 {
                progress.reason = "the API speaks of \(next.totalPages ?? 0) pages but names no cursor"
            }
            guard let cursor = next.cursor, progress.reason == nil else { return }
            do {
                next = try await page([("per_page", String(size)), ("cursor", cursor)])
            } catch let error as CloudflareError
                where [.invalidRequest, .unknownObject, .unroutable].contains(error.code) && writer.isResumed
            {
                // A cursor of the interrupted collection may not be known any more.
                try await writer.forgetPages(at: place)
                throw error
            }
        }
    }

    private func pageQuery(_ page: Int, _ size: Int) -> [(String, String)] {
        [("page", String(page)), ("per_page", String(size))]
    }

    /// An answer, from the API or, when an interrupted collection goes on, as it was stored.
    private func page(_ query: [(String, String)]) async throws -> StoredPage {
        let request = query.map { "\($0)=\($1)" }.joined(separator: "&")
        if let page = try await writer.page(at: place, request: request) { return page }
        try await slots.enter()
        defer { slots.leave() }
        let answer: APIAnswer
        do {
            answer = try await client.get(place.path, query: place.query + query)
        } catch let error as CloudflareError
            where error.code == .unknownObject && place.parentID != nil && place.kind.listing.paging == .object
        {
            // Its parent is there, or was when that was read: it has no such object.
            return StoredPage(count: 0)
        }
        let (objects, isMisshapen) = try objects(in: answer.result)
        let page = StoredPage(
            count: objects.count,
            totalCount: answer.page.totalCount,
            totalPages: answer.page.totalPages,
            cursor: answer.page.cursor,
            perPage: answer.page.perPage,
            isSilent: answer.page.isSilent,
            isMisshapen: isMisshapen
        )
        let stored = try await writer.store(objects, at: place, request: request, page: page)
        onStore(stored.new)
        return stored
    }

    /// The objects that an answer hands out.
    ///
    /// - Throws: `CloudflareError` for a success that cannot be one.
    private func objects(in result: JSONValue) throws -> (objects: [JSONValue], isMisshapen: Bool) {
        let listing = place.kind.listing
        if listing.paging == .object {
            if result.objectValue != nil { return ([result], false) }
            if result.isNull, place.parentID != nil { return ([], false) }
            throw unreadable("the answer holds no object")
        }
        // Some lists are wrapped, by some versions of the API.
        let list = listing.member.isEmpty ? result : result[path: listing.member] ?? result
        // An empty list can be null.
        if list.isNull { return ([], false) }
        if let elements = list.arrayValue { return (elements, false) }
        // Kept, because nothing that the API gives is dropped; but it is not the list.
        if list.objectValue != nil { return ([list], true) }
        throw unreadable("the answer holds no list")
    }

    private func unreadable(_ problem: String) -> CloudflareError {
        CloudflareError(
            code: .unreadableAnswer,
            request: "GET /\(place.path)",
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
            status == .denied
            ? "the token lacks the permission \"\(place.kind.permission)\"" : SecretScrubber.scrub(error.problem)
        var entry = entry(progress, status: status)
        entry.httpStatus = error.httpStatus
        entry.errorCode = error.apiCode
        return entry
    }

    private func entry(_ progress: Progress, status: CoverageStatus) -> CoverageEntry {
        CoverageEntry(
            accountID: place.accountID,
            zoneID: place.zoneID,
            kind: place.kind.name,
            table: place.kind.table,
            status: status,
            permission: place.kind.permission,
            reason: progress.reason,
            rowCount: progress.stored,
            reportedTotal: progress.reportedTotal
        )
    }
}
