import AuditModel
import CloudflareSimulator
import Collecting
import JSONModel
import SnapshotStore
import Synchronization
import Testing

/// Lists that change between their first page and the next.
@Suite struct ChangingListTests {
    /// What happens to the elements 1 to 25, of which 1 to 10 have been read.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable ([Int]) -> [Int]
        /// Every element that is ever handed out.
        let read: [Int]
        /// What can be told where the API reports totals.
        let withTotals: CoverageStatus
        /// What can be told where it reports none.
        let withoutTotals: CoverageStatus
    }

    static let changes = [
        Change(
            testDescription: "grows at its end",
            change: { $0 + [26, 27] },
            read: Array(1...27),
            withTotals: .complete,
            withoutTotals: .complete
        ),
        Change(
            testDescription: "grows at its end by more than a page",
            change: { $0 + Array(26...40) },
            read: Array(1...40),
            withTotals: .complete,
            withoutTotals: .complete
        ),
        Change(
            testDescription: "grows at its beginning",
            change: { [26, 27] + $0 },
            read: Array(1...25),
            withTotals: .partial,
            withoutTotals: .partial
        ),
        Change(
            testDescription: "loses elements that were read",
            change: { Array($0.dropFirst(2)) },
            read: Array(1...10) + Array(13...25),
            withTotals: .partial,
            // Cannot be told: 11 and 12 moved to the page that was read before, and nothing was handed out twice.
            withoutTotals: .complete
        ),
        Change(
            testDescription: "loses elements that were not read",
            change: { Array($0.dropLast(2)) },
            read: Array(1...23),
            // Looks the same as the change before, so it is doubted although all that is left was read.
            withTotals: .partial,
            withoutTotals: .complete
        ),
        Change(
            testDescription: "loses everything",
            change: { _ in [] },
            read: Array(1...10),
            withTotals: .partial,
            // Cannot be told from a list that was that short.
            withoutTotals: .complete
        ),
        Change(
            testDescription: "is turned around",
            change: { $0.reversed() },
            read: Array(1...15),
            withTotals: .partial,
            withoutTotals: .partial
        ),
        Change(
            testDescription: "has two elements change places",
            change: { $0.map { $0 == 5 ? 15 : $0 == 15 ? 5 : $0 } },
            read: Array(1...14) + Array(16...25),
            withTotals: .partial,
            withoutTotals: .partial
        ),
        Change(
            testDescription: "is sorted anew behind what was read",
            change: { Array($0.prefix(10) + $0.dropFirst(10).reversed()) },
            read: Array(1...25),
            withTotals: .complete,
            withoutTotals: .complete
        ),
        Change(
            testDescription: "loses as many as it gets",
            change: { Array($0.dropFirst(1)) + [26] },
            read: Array(1...10) + Array(12...26),
            // Cannot be told: 11 moved to the page that was read before, and the total is what it was.
            withTotals: .complete,
            withoutTotals: .complete
        ),
    ]

    @Test(arguments: [true, false], [0, 5])
    func storesWhatWasHandedOutOnceAndDoubtsTheRest(hasTotals: Bool, first: Int) async throws {
        // Each kind's list changes in another way, so that few collections try them all.
        let kinds = hasTotals ? ResourceKind.lists : ResourceKind.paged
        let changes = Dictionary(
            uniqueKeysWithValues: kinds.enumerated().map {
                ($0.element.name, (kind: $0.element, change: Self.changes[($0.offset + first) % Self.changes.count]))
            }
        )
        let changed = Mutex<Set<String>>([])
        let setup = CollectionSetup {
            $0.options.endpoints = SmallWorld.endpoints(
                EndpointChanges(resultInfo: hasTotals ? .full : .missing, maximumPerPage: 10)
            )
            $0.report = { event, simulator in
                guard case .stored(let name, _) = event, let (kind, change) = changes[name],
                    changed.withLock({ $0.insert(name).inserted })
                else { return }
                let list = change.change(Array(1...25)).flatMap { SmallWorld.list(kind, $0...$0).arrayValue ?? [] }
                simulator.updateWorld {
                    $0.updateAccount(SmallWorld.account) { $0.resources[kind.listing.path] = .array(list) }
                }
            }
        }
        try await setup.run { collected async throws in
            for (kind, change) in changes.values {
                let entry = try collected.entry(kind)
                let status = hasTotals ? change.withTotals : change.withoutTotals
                #expect(entry.status == status, "\(change): \(entry)")
                #expect((entry.reason == nil) == (status == .complete))
                #expect(entry.rowCount == change.read.count)
                #expect(try collected.worldIDs(kind) == change.read.map { SmallWorld.id(kind, $0) }, "\(change)")
            }
        }
    }
}
