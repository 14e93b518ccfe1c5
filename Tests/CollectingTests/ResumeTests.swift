import AuditModel
import CloudflareAPI
import CloudflareSimulator
import Foundation
import GRDB
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct ResumeTests {
    /// Collects from a world whose pages are small until a request to `target` is under way, then cancels.
    private func interrupted(
        at target: SimulatorFault.Target,
        query: [String: String] = [:],
        _ change: (inout CollectionSetup) -> Void = { _ in },
        _ body: (SimulatorHandle, String, CollectionSetup) async throws -> Void
    ) async throws {
        var setup = CollectionSetup { $0.options.endpoints = SmallWorld.endpoints(EndpointChanges(maximumPerPage: 4)) }
        change(&setup)
        let hang = SimulatorFault(.hang, target: target, query: query)
        var options = setup.options
        options.faults = [hang]
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.db")
            try await withCloudflareSimulator(world: setup.world, options: options) { simulator in
                await withThrowingTaskGroup(of: Void.self) { group in
                    let setup = setup
                    group.addTask { _ = try await setup.collect(from: simulator, into: path) }
                    await poll { simulator.recordedRequests().contains(where: hang.matches) }
                    group.cancelAll()
                    await #expect(throws: CancellationError.self) { try await group.next() }
                }
                simulator.updateOptions { $0.faults = [] }
                setup.resumes = true
                try await body(simulator, path, setup)
            }
        }
    }

    @Test(arguments: [
        (SimulatorFault.Target.suffix("/access/groups"), ["page": "4"]),
        (.suffix("/devices/registrations"), ["cursor": "8"]), (.suffix("/tunnels-013/configurations"), [:]),
        (.suffix("/access/organizations"), [:]),
    ])
    func goesOnWhereItStopped(target: SimulatorFault.Target, query: [String: String]) async throws {
        let isCursor = query["cursor"] != nil
        // Cursors are the simulator's own; the third page is as good as a certain one.
        try await interrupted(at: target, query: isCursor ? [:] : query) { simulator, path, setup in
            let before = simulator.recordedRequests()
            var later = setup
            later.now = "2026-11-02T09:30:00Z"
            let coverage = try await later.collect(from: simulator, into: path)
            #expect(coverage.allSatisfy { $0.status == .complete })
            let snapshot = try Snapshot(path: path)
            #expect(snapshot.info.status == .complete)
            #expect(snapshot.info.startedAt == "2026-11-02T08:00:00Z")
            #expect(snapshot.info.resumedAt == "2026-11-02T09:30:00Z")
            #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
            let whole = Collected(coverage: coverage, snapshot: snapshot, requests: simulator.recordedRequests())
            for kind in ResourceKind.lists {
                #expect(try whole.worldIDs(kind) == (1...25).map { SmallWorld.id(kind, $0) })
                #expect(try whole.entry(kind).rowCount == 25)
            }
            // Only what was under way at the end is asked for twice, at most eight at a time, and who the token is.
            let repeated = simulator.recordedRequests().count - Set(simulator.recordedRequests().map(text)).count
            #expect(repeated <= 8 + 8)
            #expect(simulator.recordedRequests().count > before.count)
        }
    }

    @Test func makesTheSameSnapshotAsOneThatWasNotInterrupted() async throws {
        try await interrupted(at: .suffix("/access/apps"), query: ["page": "3"]) { simulator, path, setup in
            _ = try await setup.collect(from: simulator, into: path)
            var anew = setup
            anew.resumes = false
            _ = try await anew.collect(from: simulator, into: path + ".whole")
            #expect(try Snapshot(path: path).info.contentDigest == Snapshot(path: path + ".whole").info.contentDigest)
        }
    }

    @Test func readsAgainWhatFailed() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.db")
            let options = SimulatorOptions(faults: [SimulatorFault(.status(500), target: .suffix("/access/apps"))])
            try await withCloudflareSimulator(world: SmallWorld.world(), options: options) { simulator in
                var setup = CollectionSetup { $0.attempts = 1 }
                _ = try await setup.collect(from: simulator, into: path)
                #expect(try Snapshot(path: path).info.status == .partial)
                simulator.updateOptions { $0.faults = [] }
                let count = simulator.recordedRequests().count
                setup.resumes = true
                let coverage = try await setup.collect(from: simulator, into: path)
                #expect(coverage.allSatisfy { $0.status == .complete })
                #expect(try Snapshot(path: path).info.status == .complete)
                let asked = simulator.recordedRequests()[count...].map(\.path).filter { $0.contains("/access/") }
                #expect(asked == ["/accounts/\(SmallWorld.account)/access/apps"])
            }
        }
    }

    @Test func readsAListThatContradictedItselfFromItsBeginning() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.db")
            let changes = EndpointChanges(misbehaviour: .ignoresPage, maximumPerPage: 10)
            let options = SimulatorOptions(endpoints: ["access/groups": changes])
            try await withCloudflareSimulator(world: SmallWorld.world(), options: options) { simulator in
                var setup = CollectionSetup()
                _ = try await setup.collect(from: simulator, into: path)
                simulator.updateOptions { $0.endpoints = [:] }
                setup.resumes = true
                let coverage = try await setup.collect(from: simulator, into: path)
                #expect(coverage.allSatisfy { $0.status == .complete })
                #expect(coverage.first { $0.kind == "access_groups" }?.rowCount == 25)
            }
        }
    }

    @Test func forgetsWhatIsGoneFromAListThatIsReadAgain() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.db")
            let changes = EndpointChanges(misbehaviour: .totalNotReached(missing: 1))
            let options = SimulatorOptions(endpoints: ["access/groups": changes, "access/apps": changes])
            var world = SmallWorld.world(count: 10)
            func app(_ include: JSONValue) -> JSONValue {
                let policy: JSONValue = ["id": "own", "decision": "allow", "include": [include]]
                return [["id": "app", "policies": [policy]]]
            }
            world.updateAccount(SmallWorld.account) { account in
                account.resources["access/apps"] = app(["email": ["email": "one@example.com"]])
            }
            try await withCloudflareSimulator(world: world, options: options) { simulator in
                var setup = CollectionSetup()
                _ = try await setup.collect(from: simulator, into: path)
                simulator.updateOptions { $0.endpoints = [:] }
                simulator.updateWorld { world in
                    world.updateAccount(SmallWorld.account) {
                        $0.resources["access/groups"] = SmallWorld.list(.accessGroups, 4...10)
                        $0.resources["access/apps"] = app(["everyone": [:]])
                    }
                }
                setup.resumes = true
                let coverage = try await setup.collect(from: simulator, into: path)
                #expect(coverage.allSatisfy { $0.status == .complete })
                let whole = Collected(coverage: coverage, snapshot: try Snapshot(path: path), requests: [])
                #expect(try whole.ids(.accessGroups) == (4...10).map { SmallWorld.id(.accessGroups, $0) })
                // The application's own policy means what it means now.
                #expect(try whole.texts("SELECT type FROM access_rule WHERE owner_id = 'own'") == ["everyone"])
            }
        }
    }

    @Test func asksForTheOptionalKindsOfBefore() async throws {
        try await interrupted(at: .suffix("/access/groups"), { $0.include = ["access_user_sessions"] }) {
            simulator,
            path,
            setup in
            _ = simulator
            var later = setup
            later.include = []
            // Interrupted before or after the first session was read: without any there is nothing to miss.
            let begun = try await begunKinds(path)
            guard begun.contains("access_user_sessions") else { return }
            let error = try await #require(throws: SnapshotError.self) {
                try await later.collect(from: simulator, into: path)
            }
            #expect(error.code == .notResumable && error.remedy.contains("--include access_user_sessions"))
        }
    }

    private func begunKinds(_ path: String) async throws -> [String] {
        try await DatabaseQueue(path: path + ".partial").read {
            try String.fetchAll($0, sql: "SELECT DISTINCT kind FROM collected_page")
        }
    }

    @Test func beginsAnewWhereNothingWasInterrupted() async throws {
        try await CollectionSetup { $0.resumes = true }.run { collected async throws in
            #expect(collected.snapshot.info.status == .complete)
            #expect(collected.snapshot.info.resumedAt == nil)
        }
    }

    enum Change: CaseIterable { case time, clock, accounts, token, damage }

    @Test(arguments: Change.allCases)
    func doesNotMixWhatDoesNotBelongTogether(change: Change) async throws {
        let other = SimulatedToken(
            value: "another-token",
            id: "other",
            name: "Other",
            permissions: SmallWorld.permissions,
            accountIDs: [SmallWorld.account, SmallWorld.second]
        )
        try await interrupted(at: .suffix("/access/groups"), { $0.world.tokens.append(other) }) {
            simulator,
            path,
            setup in
            let before = try Data(contentsOf: URL(filePath: path + ".partial"))
            var later = setup
            switch change {
            case .time: later.now = "2026-11-02T14:00:01Z"
            case .clock: later.now = "2026-11-01T08:00:00Z"
            case .accounts:
                simulator.updateWorld { $0.updateToken("reader") { $0.accountIDs.append(SmallWorld.second) } }
            case .token: (later.credentials, later.accountIDs) = (.token(other.value), [SmallWorld.account])
            case .damage:
                var bytes = before
                bytes.replaceSubrange(4096..<12288, with: Data(repeating: 0x5A, count: 8192))
                try bytes.write(to: URL(filePath: path + ".partial"))
            }
            let held = try Data(contentsOf: URL(filePath: path + ".partial"))
            let error = try await #require(throws: SnapshotError.self) {
                try await later.collect(from: simulator, into: path)
            }
            #expect(error.code == .notResumable)
            #expect(try Data(contentsOf: URL(filePath: path + ".partial")) == held)
        }
    }

    private func text(_ request: RecordedRequest) -> String {
        "\(request.path)?\(request.query.map { "\($0.name)=\($0.value)" })"
    }
}
