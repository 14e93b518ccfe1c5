package import AuditModel
package import CloudflareAPI
import JSONModel
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
    /// Names of optional kinds to collect too.
    package var include: Set<String>
    /// Whether to go on with an interrupted or partial collection of the same accounts, where there is one.
    package var resumes: Bool
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
        include: Set<String> = [],
        resumes: Bool = false,
        now: @escaping @Sendable () -> String
    ) {
        self.accountIDs = accountIDs
        self.path = path
        self.toolVersion = toolVersion
        self.apiBase = apiBase
        self.usesGlobalKey = usesGlobalKey
        self.width = width
        self.include = include
        self.resumes = resumes
        self.now = now
    }
}

/// A collection that came to its end.
package struct CollectionOutcome: Sendable, Hashable {
    /// What was read, sorted by account and kind.
    package let coverage: [CoverageEntry]
    /// Where the snapshot is: beside the path asked for, with `.partial` behind it, when it is partial and an earlier
    /// snapshot stands there.
    package let path: String
}

/// Something to tell the user while collecting.
package enum CollectionEvent: Sendable {
    /// These accounts will be read.
    case accounts([Account])
    /// So many objects of a kind were stored that were not there before.
    case stored(kind: String, count: Int)
    /// One kind of one account, or of one zone, is done.
    case finished(CoverageEntry)
}

/// Walks the resource catalogue with the client into the store.
package struct Collector: Sendable {
    let client: CloudflareClient
    let report: @Sendable (CollectionEvent) -> Void

    /// - Parameters:
    ///   - client: Client for the API.
    ///   - report: Called for every event, from any thread.
    package init(client: CloudflareClient, report: @escaping @Sendable (CollectionEvent) -> Void) {
        self.client = client
        self.report = report
    }

    /// Longest time from the beginning of a collection to going on with it, in seconds.
    ///
    /// Within a working day the mixture still describes one state of the account, and the snapshot tells both times.
    package static let longestInterruption: Int64 = 6 * 3600

    /// Collects a snapshot.
    ///
    /// An interruption leaves the working file, marked partial, and so does a full disk; a kind that was not read to its
    /// end does too, but at the snapshot's own path where no earlier one stands. What the token may not read leaves no
    /// mark but its coverage: trying again does not help. When nothing at all could be read, no file is left.
    ///
    /// - Returns: What was read, and where it is.
    /// - Throws: `CloudflareError`, ``CollectingError``, `SnapshotError`, `CancellationError`.
    package func collect(_ request: CollectionRequest) async throws -> CollectionOutcome {
        try AccountDirectory.check(request.accountIDs)
        let kinds = try Self.kinds(including: request.include)
        let identity = try await TokenIdentity.verify(
            client,
            isGlobalKey: request.usesGlobalKey,
            accountIDs: request.accountIDs
        )
        let accounts = try await AccountDirectory(client: client).accounts(request.accountIDs)
        report(.accounts(accounts))
        let writer = try writer(request, kinds: kinds, identity: identity, accounts: accounts)
        let walk = CatalogueWalk(
            client: client,
            writer: writer,
            accounts: accounts,
            kinds: kinds,
            width: request.width,
            slots: Turnstile(places: request.width),
            report: report
        )
        do {
            let coverage = try await walk.run()
            if !writer.isResumed, let error = nothingReadable(coverage, accounts: accounts) {
                writer.discard()
                throw error
            }
            let isCutShort = coverage.contains { $0.status == .failed || $0.status == .partial }
            let path = try await writer.finish(at: request.now(), status: isCutShort ? .partial : .complete)
            return CollectionOutcome(coverage: coverage, path: path)
        } catch {
            // What a cancelled collection fails with is of no interest.
            try Task.checkCancellation()
            throw error
        }
    }

    private func writer(
        _ request: CollectionRequest,
        kinds: [ResourceKind],
        identity: TokenIdentity,
        accounts: [Account]
    ) throws -> SnapshotWriter {
        var info = SnapshotInfo(
            toolVersion: request.toolVersion,
            startedAt: request.now(),
            apiBase: request.apiBase,
            tokenID: identity.id,
            tokenScope: identity.scope
        )
        info.tokenExpiresAt = identity.expiresAt
        info.tokenPolicies = identity.policies?.text
        guard request.resumes, try SnapshotWriter.hasUnfinished(path: request.path) else {
            return try SnapshotWriter(path: request.path, info: info, accounts: accounts)
        }
        return try SnapshotWriter.resuming(
            path: request.path,
            info: info,
            accounts: accounts,
            kinds: Set(kinds.map(\.name)),
            maximumAge: Self.longestInterruption
        )
    }

    /// The kinds to collect: all that are not optional, and the optional ones asked for.
    ///
    /// - Throws: ``CollectingError`` for a name that no optional kind has.
    static func kinds(including names: Set<String>) throws(CollectingError) -> [ResourceKind] {
        let optional = ResourceCatalogue.kinds.filter(\.isOptional).map(\.name)
        if let unknown = names.subtracting(optional).sorted().first {
            throw CollectingError(
                code: .unknownKind,
                problem: "there is no optional kind '\(unknown)'",
                remedy: "Name one of \(optional.joined(separator: ", ")); all others are always collected"
            )
        }
        return ResourceCatalogue.kinds.filter { !$0.isOptional || names.contains($0.name) }
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
