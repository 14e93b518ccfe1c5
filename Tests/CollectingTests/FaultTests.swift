import AuditModel
import CloudflareSimulator
import Collecting
import Foundation
import JSONModel
import SnapshotStore
import Synchronization
import TestSupport
import Testing

@Suite struct FaultTests {
    private static let zones = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]
    /// The API's words for a rate limit, which come with any status.
    private static let throttling = #"{"success":false,"errors":[{"code":971,"message":"Please wait"}],"result":null}"#
    private static let denial = #"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"#

    /// An account and two of its zones, every list in several pages; some of what a zone lists, the account lists too.
    private static func setup(_ change: (inout CollectionSetup) -> Void = { _ in }) -> CollectionSetup {
        CollectionSetup {
            $0.world = SmallWorld.world(count: 12)
            $0.world.zones = zones.enumerated().map { index, id in
                var resources = SmallWorld.resources(12)
                for kind in ResourceKind.zoned where resources[kind.listing.path]?.arrayValue != nil {
                    resources[kind.listing.path] = SmallWorld.list(kind, (9 + 4 * index)...(16 + 4 * index))
                }
                return SimulatedZone(
                    id: id,
                    name: "\(index).example",
                    accountID: SmallWorld.account,
                    resources: resources
                )
            }
            $0.options.endpoints = SmallWorld.endpoints(EndpointChanges(maximumPerPage: 5))
            $0.options.endpoints["gateway/lists/{list_id}/items"] = EndpointChanges(maximumPerPage: 1)
            $0.options.rateLimit = .none
            change(&$0)
        }
    }

    /// What is read of that world where nothing fails.
    private static let whole = Task {
        try await setup().run { collected async throws in
            for kind in ResourceKind.lists {
                let isZoned = ResourceKind.zoned.contains(kind)
                #expect(try collected.entry(kind).status == .complete)
                #expect(try collected.worldIDs(kind) == (1...(isZoned ? 20 : 12)).map { SmallWorld.id(kind, $0) })
            }
            #expect(try collected.entry(.gatewayListItems).rowCount == 24)
            #expect(try collected.entry(.tunnelConfigurations).rowCount == 12)
            #expect(collected.coverage.count == ResourceKind.standard.count + 2 * ResourceKind.zoned.count)
            return (coverage: collected.coverage, digest: collected.snapshot.info.contentDigest)
        }
    }

    /// Checks that everything is there once: the digest is over every row of every kind.
    private func expectWhole(
        _ coverage: [CoverageEntry],
        _ snapshot: Snapshot,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let whole = try await Self.whole.value
        #expect(coverage == whole.coverage, sourceLocation: sourceLocation)
        #expect(snapshot.coverage == whole.coverage, sourceLocation: sourceLocation)
        #expect(coverage.allSatisfy { $0.status == .complete }, sourceLocation: sourceLocation)
        #expect(snapshot.info.contentDigest == whole.digest, sourceLocation: sourceLocation)
        #expect(snapshot.info.status == .complete, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        SimulatorFault.Kind.status(429, headers: ["retry-after": "0"]), .status(500), .status(503), .status(408),
        .closeConnection, .cutBody(afterBytes: 60), .garbage,
        .body(#"{"success":false,"errors":[],"result":null}"#), .body(throttling), .status(500, body: throttling),
    ])
    func readsEverythingOnceAlthoughEveryRequestFailsOnce(kind: SimulatorFault.Kind) async throws {
        let setup = Self.setup { $0.options.faults = [SimulatorFault(kind, occurrence: .onceForEachRequest)] }
        try await setup.run { collected async throws in
            try await expectWhole(collected.coverage, collected.snapshot)
            #expect(Set(collected.requestCounts.values) == [2])
        }
    }

    @Test func readsEverythingOnceAlthoughEveryRequestTimesOutOnce() async throws {
        let setup = Self.setup {
            $0.options.faults = [SimulatorFault(.hang, occurrence: .onceForEachRequest)]
            $0.timeout = .milliseconds(400)
            $0.concurrency = 64
            $0.width = 64
            // On a busy machine the right answer may come too late as well.
            $0.attempts = 20
        }
        try await setup.run { collected async throws in
            try await expectWhole(collected.coverage, collected.snapshot)
            #expect(collected.requestCounts.values.allSatisfy { $0 >= 2 })
        }
    }

    @Test func readsEverythingFromASlowServer() async throws {
        let setup = Self.setup {
            $0.options.latency = .milliseconds(15)
            $0.options.faults = [
                SimulatorFault(.delay(.milliseconds(400)), target: .suffix("/access/apps")),
                SimulatorFault(.delay(.milliseconds(400)), target: .suffix("/items"), occurrence: .nth(3)),
            ]
        }
        try await setup.run { collected async throws in
            try await expectWhole(collected.coverage, collected.snapshot)
            #expect(Set(collected.requestCounts.values) == [1])
        }
    }

    @Test func readsTheOtherZonesWhereOneFails() async throws {
        let whole = try await Self.whole.value
        let setup = Self.setup {
            $0.attempts = 2
            $0.options.faults = [
                SimulatorFault(.status(500), target: .suffix("/zones/\(Self.zones[0])/access/groups")),
                SimulatorFault(.garbage, target: .suffix("/zones/\(Self.zones[1])/access/apps"), query: ["page": "2"]),
            ]
        }
        try await setup.run { collected async throws in
            let incomplete = collected.coverage.filter { $0.status != .complete }
            #expect(
                incomplete.map { "\($0.kind) \($0.zoneID ?? "-") \($0.status) \($0.rowCount)" } == [
                    "access_groups \(Self.zones[0]) failed 0", "access_applications \(Self.zones[1]) partial 5",
                ]
            )
            #expect(collected.snapshot.info.status == .partial)
            let others = whole.coverage.filter { entry in
                !incomplete.contains { $0.kind == entry.kind && $0.zoneID == entry.zoneID }
            }
            #expect(collected.coverage.filter { $0.status == .complete } == others)
            // The account's 1 to 12, and of the zones' 9 to 20 what was handed out.
            #expect(try collected.worldIDs(.accessGroups).count == 20)
            let groups = try collected.texts("SELECT zone_id FROM access_group WHERE zone_id IS NOT NULL")
            #expect(groups == Array(repeating: Self.zones[1], count: 8))
            #expect(
                try collected.worldIDs(.accessApplications) == (1...17).map { SmallWorld.id(.accessApplications, $0) }
            )
        }
    }

    @Test(arguments: [0, 1])
    func readsTheRestWhereEverySecondKindIsDenied(parity: Int) async throws {
        // Two kinds share a path; what else is denied then is the account's name, which nobody needs.
        let paths = Array(Set(ResourceKind.standard.map(\.listing.path)).subtracting([ResourceKind.zones.listing.path]))
            .sorted()
        let denied = Set(paths.indices.filter { $0 % 2 == parity }.map { paths[$0] })
        let setup = Self.setup {
            $0.accountIDs = [SmallWorld.account]
            $0.options.faults = denied.map { path in
                let end = path.replacing("{account_id}", with: SmallWorld.account)
                    .replacing(#/.*\{parent\}/#, with: "")
                let below = path.contains("{") ? end : "/\(end)"
                return SimulatorFault(.status(403, body: Self.denial), target: .suffix(below))
            }
        }
        let whole = try await Self.whole.value
        try await setup.run { collected async throws in
            #expect(collected.coverage.count == whole.coverage.count)
            for (entry, complete) in zip(collected.coverage, whole.coverage) {
                let kind = try #require(ResourceKind.standard.first { $0.name == entry.kind })
                let isBelowDenied = kind.parent.map { denied.contains($0.listing.path) } ?? false
                if denied.contains(kind.listing.path) || isBelowDenied {
                    #expect(entry.status == .denied, "\(entry)")
                    #expect(entry.rowCount == 0)
                } else {
                    #expect(entry == complete)
                }
            }
            #expect(collected.coverage.contains { $0.status == .denied && $0.zoneID != nil })
            // Asking again would not help, so this is all there is.
            #expect(collected.snapshot.info.status == .complete)
        }
    }

    @Test(arguments: [ResourceKind.accessUsers, .devices, .gatewayListItems, .tunnelConfigurations])
    func goesOnWhereATokenWasRevokedInTheMiddleOfAList(kind: ResourceKind) async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.db")
            let pages = Mutex(0)
            var setup = Self.setup {
                $0.options.endpoints[kind.listing.path] = EndpointChanges(maximumPerPage: 1)
                $0.report = { event, simulator in
                    guard case .stored(kind.name, _) = event else { return }
                    let isThird = pages.withLock { count in
                        count += 1
                        return count == 3
                    }
                    if isThird { simulator.updateWorld { $0.tokens = [] } }
                }
            }
            try await withCloudflareSimulator(world: setup.world, options: setup.options) { simulator in
                let first = try await setup.collect(from: simulator, into: path)
                let entry = try #require(first.first { $0.kind == kind.name && $0.zoneID == nil })
                #expect(entry.status == .partial)
                #expect(entry.rowCount > 0)
                #expect(try Snapshot(path: path).info.status == .partial)
                #expect(first.contains { $0.errorCode == 9109 })
                let sent = simulator.recordedRequests().count
                simulator.updateWorld { $0.tokens = [SmallWorld.token] }
                setup.report = { _, _ in }
                setup.resumes = true
                let coverage = try await setup.collect(from: simulator, into: path)
                try await expectWhole(coverage, try Snapshot(path: path))
                // What was stored is not asked for again.
                let again = Collected(
                    coverage: coverage,
                    snapshot: try Snapshot(path: path),
                    requests: Array(simulator.recordedRequests()[sent...])
                )
                #expect(
                    !again.requests(for: kind).contains {
                        ($0.queryValue("page") ?? $0.queryValue("cursor") ?? "1") == "1"
                    }
                )
                #expect(Set(again.requestCounts.values) == [1])
            }
        }
    }

    @Test func readsTheOtherAccountsWhereOneFails() async throws {
        let accounts = (10..<50).map { String(repeating: String($0), count: 16) }
        let (denied, failing) = (accounts[17], accounts[30])
        let setup = CollectionSetup {
            $0.options.rateLimit = .none
            $0.requestsPerMinute = 60_000
            $0.attempts = 2
            $0.world.accounts = accounts.map {
                SimulatedAccount(id: $0, name: "Account \($0.prefix(2))", resources: SmallWorld.resources(1))
            }
            $0.world.updateToken("reader") { $0.accountIDs = accounts }
            $0.options.faults = [
                SimulatorFault(.status(403, body: Self.denial), target: .prefix("/accounts/\(denied)")),
                SimulatorFault(.status(500), target: .prefix("/accounts/\(failing)")),
            ]
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.accounts.map(\.id) == accounts)
            for account in accounts {
                let entries = collected.coverage.filter { $0.accountID == account }
                #expect(entries.map(\.kind) == ResourceKind.standard.map(\.name).sorted())
                let status: CoverageStatus =
                    account == denied ? .denied : account == failing ? .failed : .complete
                // Which zones there are is asked elsewhere.
                for entry in entries where entry.kind != ResourceKind.zones.name {
                    #expect(entry.status == status, "\(entry)")
                    #expect(status == .complete || entry.rowCount == 0)
                }
            }
            for kind in ResourceKind.lists {
                let rows = try collected.texts("SELECT account_id FROM \(kind.table) WHERE id LIKE '\(kind.name)-%'")
                #expect(rows.sorted() == accounts.filter { $0 != denied && $0 != failing })
            }
            // An account that always fails is left alone after a while.
            #expect(collected.requests.count { $0.path.hasPrefix("/accounts/\(failing)") } < 40)
            #expect(collected.snapshot.info.status == .partial)
        }
    }
}

extension Collected {
    /// How often each different request was sent.
    fileprivate var requestCounts: [String: Int] {
        Dictionary(
            requests.map { request in
                ("\(request.path)?\(request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&"))", 1)
            },
            uniquingKeysWith: +
        )
    }
}

extension ResourceKind {
    fileprivate static let zoned = standard.filter { $0.listing.scope == .accountAndZones }

    /// The kind below whose resources it is listed.
    fileprivate var parent: ResourceKind? {
        guard case .each(let name, _) = listing.scope else { return nil }
        return ResourceKind.standard.first { $0.name == name }
    }
}
