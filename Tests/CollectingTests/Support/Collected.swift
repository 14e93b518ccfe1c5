import AuditModel
import CloudflareAPI
import CloudflareSimulator
import Collecting
import Foundation
import GRDB
import JSONModel
import Logging
import SnapshotStore
import Synchronization
import TestSupport
import Testing

/// How to collect in a test.
struct CollectionSetup: Sendable {
    var world = SmallWorld.world()
    var options = SimulatorOptions()
    var credentials = CloudflareCredentials.token(SmallWorld.token.value)
    var accountIDs: [String] = []
    /// Kinds, and pages of a kind, at a time.
    var width = 4
    /// Optional kinds to collect too.
    var include: Set<String> = []
    var resumes = false
    var now = "2026-11-02T08:00:00Z"
    var attempts = 5
    var timeout: Duration = .seconds(30)
    /// Requests at a time.
    var concurrency = 8
    /// For worlds so large that the API's own limit would be reached.
    var requestsPerMinute = 240
    /// Called for every event.
    var report: @Sendable (CollectionEvent, SimulatorHandle) -> Void = { _, _ in }
    var logger = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }

    init(_ configure: (inout CollectionSetup) -> Void = { _ in }) { configure(&self) }

    /// Collects over HTTP.
    func collect(from simulator: SimulatorHandle, into path: String) async throws -> [CoverageEntry] {
        var configuration = CloudflareClientConfiguration(
            baseURL: try #require(URL(string: simulator.baseURL)),
            credentials: credentials,
            userAgent: "ztaudit/test"
        )
        configuration.firstRetryDelay = .milliseconds(1)
        configuration.attempts = attempts
        configuration.timeout = timeout
        configuration.concurrency = concurrency
        configuration.requestsPerMinute = requestsPerMinute
        var usesGlobalKey = false
        if case .globalKey = credentials { usesGlobalKey = true }
        let request = CollectionRequest(
            accountIDs: accountIDs,
            path: path,
            toolVersion: "test",
            apiBase: simulator.baseURL,
            usesGlobalKey: usesGlobalKey,
            width: width,
            include: include,
            resumes: resumes,
            now: { [now] in now }
        )
        return try await CloudflareClient.withClient(configuration, logger: logger) { client in
            try await Collector(client: client) { report($0, simulator) }.collect(request).coverage
        }
    }

    /// Collects from a simulator of its own and opens the snapshot.
    func run<R: Sendable>(_ body: (Collected) async throws -> R) async throws -> R {
        try await ScratchFolder.with { folder in
            try await withCloudflareSimulator(world: world, options: options) { simulator in
                let path = folder.path("snapshot.db")
                let coverage = try await collect(from: simulator, into: path)
                let collected = Collected(
                    coverage: coverage,
                    snapshot: try Snapshot(path: path),
                    requests: simulator.recordedRequests()
                )
                return try await body(collected)
            }
        }
    }

    /// The error of a collection that cannot be done; checks that it leaves no file.
    func failure() async throws -> (error: any Error, requests: [RecordedRequest]) {
        try await ScratchFolder.with { folder in
            try await withCloudflareSimulator(world: world, options: options) { simulator in
                let error = try await #require(throws: (any Error).self) {
                    try await collect(from: simulator, into: folder.path("snapshot.db"))
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
                return (error, simulator.recordedRequests())
            }
        }
    }

    /// The ``CollectingError`` of a collection that cannot be done.
    func refusal() async throws -> CollectingError {
        try #require(try await failure().error as? CollectingError)
    }
}

/// What a collection brought.
struct Collected: Sendable {
    let coverage: [CoverageEntry]
    let snapshot: Snapshot
    let requests: [RecordedRequest]

    /// The entry of one kind, in the ordinary account unless another is named.
    func entry(_ kind: ResourceKind, account: String = SmallWorld.account) throws -> CoverageEntry {
        try #require(coverage.first { $0.kind == kind.name && $0.accountID == account && $0.zoneID == nil })
    }

    /// The requests for one kind.
    func requests(for kind: ResourceKind, account: String = SmallWorld.account) -> [RecordedRequest] {
        let place = ListingPlace(kind, accountID: account)
        return requests.filter { request in
            // Two kinds share a path; one of them asks for its own with this parameter.
            request.path == "/\(place.path)" && place.query.allSatisfy { request.queryValue($0.name) == $0.value }
                && (place.query.isEmpty ? request.queryValue("profile_type") == nil : true)
        }
    }

    /// The ids in a kind's table, sorted.
    func ids(_ kind: ResourceKind, account: String = SmallWorld.account) throws -> [String] {
        try texts("SELECT id FROM \(kind.table) WHERE account_id = '\(account)' ORDER BY id")
    }

    /// Those of them that ``SmallWorld`` gave this kind: some kinds share a table.
    func worldIDs(_ kind: ResourceKind) throws -> [String] {
        try ids(kind).filter { $0.hasPrefix(kind.name + "-") }
    }

    /// The first column of a query's rows.
    func texts(_ sql: String) throws -> [String] {
        try snapshot.read { try String.fetchAll($0, sql: sql) }
    }
}

extension ResourceKind {
    /// Whether it is a list of numbered pages.
    var isPaged: Bool {
        guard case .page = listing.paging else { return false }
        return true
    }

    /// Whether it is a list with cursors.
    var hasCursor: Bool {
        guard case .cursor = listing.paging else { return false }
        return true
    }

    /// Those that are always collected.
    static let standard = ResourceCatalogue.kinds.filter { !$0.isOptional }
    /// Those of them that lie at account level, below no other resource.
    static let atAccount = standard.filter { $0.listing.scope == .account || $0.listing.scope == .accountAndZones }
    static let objects = atAccount.filter { $0.listing.paging == .object }
    static let singles = atAccount.filter { $0.listing.paging == .single }
    // One of two listings at one path has what the query picks; it is tested on its own.
    static let paged = atAccount.filter { $0.isPaged && $0 != .browserExtensionProfiles }
    static let cursored = atAccount.filter(\.hasCursor)
    static let lists = paged + cursored
}

extension ResourceKind: CustomTestStringConvertible {
    /// The name in coverage.
    public var testDescription: String { name }
}

/// Waits for something that has no event; how often it is looked at decides nothing.
func poll(_ isOver: () -> Bool) async {
    // A cancelled wait ends at once, and so does the test.
    while !isOver(), (try? await Task.sleep(for: .milliseconds(5))) != nil {}
}
