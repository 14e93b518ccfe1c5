import AuditModel
import CloudflareAPI
import SnapshotStore

/// The walk over the catalogue in all accounts: which lists are read, and what has to be read before.
struct CatalogueWalk: Sendable {
    let client: CloudflareClient
    let writer: SnapshotWriter
    let accounts: [Account]
    let kinds: [ResourceKind]
    /// Lists, and pages of a list, at a time.
    let width: Int
    /// One for each answer that is asked for or being stored, so that memory does not grow with the account.
    let slots: Turnstile
    let report: @Sendable (CollectionEvent) -> Void

    /// One thing to read.
    private enum Job: Sendable {
        case list(ListingPlace)
        /// A kind that is listed once for each resource of another, or for those in which a column is 1; with what was
        /// read of the other.
        case children(ResourceKind, of: ResourceKind, having: String?, CoverageEntry)

        var accountID: String {
            switch self {
            case .list(let place): place.accountID
            case .children(_, _, _, let parentCoverage): parentCoverage.accountID
            }
        }
    }

    /// Reads everything.
    ///
    /// - Returns: What was read, sorted by account, zone and kind.
    /// - Throws: `SnapshotError` when it cannot be stored, `CancellationError`.
    func run() async throws -> [CoverageEntry] {
        var coverage: [CoverageEntry] = []
        var refusals = ZoneRefusals()
        let clients = Dictionary(accounts.map { ($0.id, client.forOneAccount()) }) { first, _ in first }
        try await withThrowingTaskGroup(of: CoverageEntry.self) { group in
            var waiting = firstJobs()
            var running = 0
            func addNext() {
                guard running < width, let job = waiting.popLast() else { return }
                running += 1
                if case .list(let place) = job, let entry = refusals.entry(for: place) {
                    group.addTask { entry }
                } else {
                    group.addTask { try await run(job, clients[job.accountID] ?? client) }
                }
            }
            for _ in 0..<width { addNext() }
            for try await entry in group {
                running -= 1
                refusals.note(entry)
                try await writer.record(entry)
                report(.finished(entry))
                coverage.append(entry)
                waiting += try await jobs(after: entry)
                for _ in 0..<width { addNext() }
            }
        }
        try await markMissingZones(&coverage)
        return coverage.sorted {
            ($0.accountID, $0.zoneID ?? "", $0.kind) < ($1.accountID, $1.zoneID ?? "", $1.kind)
        }
    }

    /// What waits for nothing, the last one first: lists with cursors take longest, since they are read page by page, and
    /// others wait for zones.
    private func firstJobs() -> [Job] {
        func rank(_ kind: ResourceKind) -> Int {
            if kind.listing.paging == .cursor { return 2 }
            return kind == .zones ? 1 : 0
        }
        let independent = kinds.filter { $0.parentKind == nil }.sorted { rank($0) < rank($1) }
        return accounts.reversed().flatMap { account in
            independent.map { Job.list(ListingPlace($0, accountID: account.id)) }
        }
    }

    /// What can be read now that `entry` has been.
    private func jobs(after entry: CoverageEntry) async throws -> [Job] {
        guard entry.zoneID == nil else { return [] }
        var jobs = kinds.compactMap { kind -> Job? in
            guard case .each(entry.kind, let condition) = kind.listing.scope,
                let parent = ResourceCatalogue.kinds.first(where: { $0.name == entry.kind })
            else { return nil }
            return Job.children(kind, of: parent, having: condition, entry)
        }
        if entry.kind == ResourceKind.zones.name {
            let zoned = kinds.filter { $0.listing.scope == .accountAndZones }
            var last: String?
            while true {
                let ids = try await writer.ids(of: .zones, accountID: entry.accountID, having: nil, after: last)
                guard let end = ids.last else { break }
                last = end
                for id in ids where ListingPlace.canBeSegment(id) {
                    jobs += zoned.map { .list(ListingPlace($0, accountID: entry.accountID, zoneID: id)) }
                }
            }
        }
        return jobs
    }

    private func run(_ job: Job, _ client: CloudflareClient) async throws -> CoverageEntry {
        switch job {
        case .list(let place):
            return try await ListReader(
                client: client,
                writer: writer,
                place: place,
                width: width,
                slots: slots,
                onStore: onStore(place.kind)
            ).read()
        case .children(let kind, let parent, let condition, let parentCoverage):
            return try await ChildReader(
                client: client,
                writer: writer,
                kind: kind,
                parent: parent,
                parentCoverage: parentCoverage,
                condition: condition,
                width: width,
                slots: slots,
                onStore: onStore(kind)
            ).read()
        }
    }

    private func onStore(_ kind: ResourceKind) -> @Sendable (Int) -> Void {
        { [report] count in report(.stored(kind: kind.name, count: count)) }
    }

    /// Without all zones nobody knows what is defined in them, so no kind that zones have too is complete.
    private func markMissingZones(_ coverage: inout [CoverageEntry]) async throws {
        let incomplete = coverage.filter { $0.kind == ResourceKind.zones.name && !$0.status.isReliable }
        let zoned = Set(kinds.filter { $0.listing.scope == .accountAndZones }.map(\.name))
        for zones in incomplete {
            for index in coverage.indices
            where coverage[index].accountID == zones.accountID && zoned.contains(coverage[index].kind)
                && coverage[index].zoneID == nil && coverage[index].status == .complete
            {
                coverage[index].status = .partial
                coverage[index].permission = zones.permission
                coverage[index].reason =
                    "not all zones, in which there can be more of them, could be listed: \(zones.reason ?? "no reason given")"
                try await writer.record(coverage[index])
            }
        }
    }
}

/// Which kinds the token may not read in zones: once several zones have refused one and none has given it, the others
/// are not asked.
private struct ZoneRefusals {
    private var refused: [[String]: Int] = [:]
    private static let patience = 3

    mutating func note(_ entry: CoverageEntry) {
        guard entry.zoneID != nil else { return }
        let key = [entry.accountID, entry.kind]
        // One that was given keeps the count below the limit for ever.
        if entry.status == .denied { refused[key, default: 0] += 1 } else { refused[key] = .min }
    }

    /// What is to be recorded of a list that need not be asked for; `nil` for one that must be.
    func entry(for place: ListingPlace) -> CoverageEntry? {
        guard place.zoneID != nil, refused[[place.accountID, place.kind.name], default: 0] >= Self.patience else {
            return nil
        }
        return CoverageEntry(
            accountID: place.accountID,
            zoneID: place.zoneID,
            kind: place.kind.name,
            table: place.kind.table,
            status: .denied,
            permission: place.kind.permission,
            reason:
                "the token lacks the permission \"\(place.kind.permission)\": not asked, \(Self.patience) zones refused it",
            rowCount: 0
        )
    }
}

extension ResourceKind {
    /// Name of the kind for each resource of which it is listed; `nil` for the rest.
    fileprivate var parentKind: String? {
        guard case .each(let name, _) = listing.scope else { return nil }
        return name
    }
}
