import AuditModel
import CloudflareAPI
import SnapshotStore

/// Reads a kind that is listed once for each resource of another, and says how complete that was over all of them.
struct ChildReader: Sendable {
    let client: CloudflareClient
    let writer: SnapshotWriter
    let kind: ResourceKind
    /// Kind of the resources below which it is listed.
    let parent: ResourceKind
    /// How completely those were read; without them nobody knows what is missing here.
    let parentCoverage: CoverageEntry
    /// Column of the parents that must be 1; `nil` for all of them.
    let condition: String?
    /// Parents at a time.
    let width: Int
    /// Bounds the answers that are asked for or being stored.
    let slots: Turnstile
    /// Called with the number of new objects whenever some are stored.
    let onStore: @Sendable (Int) -> Void

    /// Reads the lists of all parents.
    ///
    /// - Returns: How complete they were; what the API refuses is said there.
    /// - Throws: `SnapshotError` when it cannot be stored, `CancellationError`.
    func read() async throws -> CoverageEntry {
        var sum = Sum()
        var last: String?
        while sum.goesOn {
            let ids = try await writer.ids(
                of: parent,
                accountID: parentCoverage.accountID,
                having: condition,
                after: last
            )
            guard let end = ids.last else { break }
            last = end
            try await read(ids, &sum)
        }
        return entry(sum)
    }

    /// What the lists read so far come to.
    private struct Sum {
        var parents = 0
        var rows = 0
        /// Entries of the lists that are not complete, the first one kept.
        var incomplete: (count: Int, first: CoverageEntry?) = (0, nil)
        private var denied = 0
        /// `false` once the API has refused several lists and given none: the next would be refused too.
        ///
        /// One refusal says little, because roles can be granted for single resources.
        var goesOn: Bool { denied < 3 || denied < parents }

        mutating func note(_ entry: CoverageEntry) {
            parents += 1
            rows += entry.rowCount
            if entry.status == .denied { denied += 1 }
            guard !entry.status.isReliable else { return }
            incomplete = (incomplete.count + 1, incomplete.first ?? entry)
        }
    }

    private func read(_ ids: [String], _ sum: inout Sum) async throws {
        try await withThrowingTaskGroup(of: CoverageEntry.self) { group in
            var remaining = ids.makeIterator()
            func addNext() {
                guard let id = remaining.next() else { return }
                group.addTask { try await read(below: id) }
            }
            for _ in 0..<width { addNext() }
            for try await entry in group {
                sum.note(entry)
                if sum.goesOn { addNext() }
            }
        }
    }

    private func read(below id: String) async throws -> CoverageEntry {
        let place = ListingPlace(kind, accountID: parentCoverage.accountID, parentID: id)
        guard ListingPlace.canBeSegment(id) else {
            return coverage(.failed, rows: 0, reason: "its id \"\(id)\" cannot be part of a path")
        }
        return try await ListReader(
            client: client,
            writer: writer,
            place: place,
            width: 1,
            slots: slots,
            onStore: onStore
        ).read()
    }

    private func entry(_ sum: Sum) -> CoverageEntry {
        if let first = sum.incomplete.first {
            let status = sum.rows > 0 || sum.parents > sum.incomplete.count ? .partial : first.status
            // A permission that is missing everywhere needs no count of those that were tried.
            let place = sum.goesOn ? " in \(sum.incomplete.count) of \(sum.parents) \(parent.name)" : ""
            var entry = coverage(status, rows: sum.rows, reason: (first.reason ?? "not complete") + place)
            entry.httpStatus = first.httpStatus
            entry.errorCode = first.errorCode
            return entry
        }
        switch parentCoverage.status {
        case .complete: return coverage(.complete, rows: sum.rows, reason: nil)
        case .unavailable: return coverage(.unavailable, rows: 0, reason: parentCoverage.reason)
        case .partial, .denied, .failed:
            let reason = "not all \(parent.name), below which they are listed, could be read"
            var entry = coverage(
                sum.rows > 0 ? .partial : parentCoverage.status,
                rows: sum.rows,
                reason: parentCoverage.reason.map { "\(reason): \($0)" } ?? reason
            )
            entry.permission = parentCoverage.permission
            entry.httpStatus = parentCoverage.httpStatus
            entry.errorCode = parentCoverage.errorCode
            return entry
        }
    }

    private func coverage(_ status: CoverageStatus, rows: Int, reason: String?) -> CoverageEntry {
        CoverageEntry(
            accountID: parentCoverage.accountID,
            kind: kind.name,
            table: kind.table,
            status: status,
            permission: kind.permission,
            reason: reason,
            rowCount: rows
        )
    }
}
