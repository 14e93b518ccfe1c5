package import AuditModel
package import CloudflareAPI
import SnapshotStore

/// What to collect, and where to put it.
package struct CollectionRequest: Sendable {
    /// Account ids; empty for every account that the token sees.
    package var accountIDs: [String]
    /// Path of the snapshot.
    package var path: String
    /// Recorded in the snapshot.
    package var toolVersion: String
    /// Recorded in the snapshot.
    package var apiBase: String
    /// Whether the credentials are a Global API Key.
    package var usesGlobalKey: Bool
    /// Kinds, and pages of a kind, asked for at a time; the client bounds the sum of requests.
    package var width: Int
    /// The time, RFC 3339, UTC.
    package var now: @Sendable () -> String

    /// Creates a request from its members.
    package init(
        accountIDs: [String],
        path: String,
        toolVersion: String,
        apiBase: String,
        usesGlobalKey: Bool,
        width: Int,
        now: @escaping @Sendable () -> String
    ) {
        self.accountIDs = accountIDs
        self.path = path
        self.toolVersion = toolVersion
        self.apiBase = apiBase
        self.usesGlobalKey = usesGlobalKey
        self.width = width
        self.now = now
    }
}

/// Something to tell the user while collecting.
package enum CollectionEvent: Sendable {
    /// These accounts will be read.
    case accounts([Account])
    /// One kind of one account is done.
    case finished(CoverageEntry)
}

/// Walks the resource catalogue with the client into the store.
package struct Collector: Sendable {
    private let client: CloudflareClient
    private let report: @Sendable (CollectionEvent) -> Void

    /// - Parameters:
    ///   - client: Client for the API.
    ///   - report: Called for every event, from any thread.
    package init(client: CloudflareClient, report: @escaping @Sendable (CollectionEvent) -> Void) {
        self.client = client
        self.report = report
    }

    /// Collects a snapshot.
    ///
    /// An interruption leaves the working file, marked partial; so does a kind that was not read to its end, but then at
    /// the snapshot's own path. What the token may not read leaves no mark but its coverage: trying again does not help.
    /// When nothing at all could be read, no file is left.
    ///
    /// - Returns: What was read, sorted by account and kind.
    /// - Throws: `CloudflareError`, ``CollectingError``, `SnapshotError`, `CancellationError`.
    package func collect(_ request: CollectionRequest) async throws -> [CoverageEntry] {
        try AccountDirectory.check(request.accountIDs)
        let identity = try await TokenIdentity.verify(
            client,
            isGlobalKey: request.usesGlobalKey,
            accountIDs: request.accountIDs
        )
        let accounts = try await AccountDirectory(client: client).accounts(request.accountIDs)
        report(.accounts(accounts))
        let info = SnapshotInfo(
            toolVersion: request.toolVersion,
            startedAt: request.now(),
            apiBase: request.apiBase,
            tokenID: identity.id,
            tokenScope: identity.scope
        )
        let writer = try SnapshotWriter(path: request.path, info: info, accounts: accounts)
        do {
            return try await collect(request, from: accounts, into: writer)
        } catch let error as SnapshotError {
            // On a full disk the unfinished file would only be in the way.
            writer.discard()
            throw error
        } catch {
            // What a cancelled collection fails with is of no interest.
            try Task.checkCancellation()
            throw error
        }
    }

    private func collect(
        _ request: CollectionRequest,
        from accounts: [Account],
        into writer: SnapshotWriter
    ) async throws -> [CoverageEntry] {
        let coverage = try await read(accounts, into: writer, width: request.width)
        if let error = nothingReadable(coverage, accounts: accounts) {
            writer.discard()
            throw error
        }
        let isCutShort = coverage.contains { $0.status == .failed || $0.status == .partial }
        try await writer.finish(at: request.now(), status: isCutShort ? .partial : .complete)
        return coverage
    }

    private func read(_ accounts: [Account], into writer: SnapshotWriter, width: Int) async throws -> [CoverageEntry] {
        let readers = accounts.flatMap { account in
            ResourceCatalogue.kinds.map { kind in
                KindReader(client: client, writer: writer, kind: kind, accountID: account.id, width: width)
            }
        }
        var coverage: [CoverageEntry] = []
        try await withThrowingTaskGroup(of: CoverageEntry.self) { group in
            var remaining = readers.makeIterator()
            func addNext() {
                guard let reader = remaining.next() else { return }
                group.addTask { try await reader.read() }
            }
            for _ in 0..<width { addNext() }
            for try await entry in group {
                try await writer.record(entry)
                report(.finished(entry))
                coverage.append(entry)
                addNext()
            }
        }
        return coverage.sorted { ($0.accountID, $0.kind) < ($1.accountID, $1.kind) }
    }

    /// The error to report when no kind of any account could be read.
    private func nothingReadable(_ coverage: [CoverageEntry], accounts: [Account]) -> CollectingError? {
        guard coverage.allSatisfy({ $0.status == .denied || $0.status == .failed }) else { return nil }
        let names = accounts.map(\.label).joined(separator: ", ")
        if let failure = coverage.first(where: { $0.status == .failed }) {
            return CollectingError(
                code: .nothingReadable,
                problem: "nothing could be read from \(names): \(failure.reason ?? "the API failed")",
                remedy: "Check the network and the API token, then try again"
            )
        }
        let permissions = Set(coverage.map(\.permission)).sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        return CollectingError(
            code: .nothingReadable,
            problem: "the API token may read nothing in \(names)",
            remedy: "Give it these permissions on the account: \(permissions)"
        )
    }
}
