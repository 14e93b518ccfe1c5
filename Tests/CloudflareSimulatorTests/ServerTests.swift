import AsyncHTTPClient
import CloudflareSimulator
import JSONModel
import Testing

@Suite struct ServerTests {
    @Test func recordsRequestsWithoutSecrets() async throws {
        try await withCaller { caller in
            _ = try await caller.list("access/groups?page=2&name=a%20b")
            _ = try await caller.send("/accounts", headers: [:])
            let requests = caller.simulator.recordedRequests()
            #expect(requests.map(\.path) == [SmallWorld.path("access/groups"), "/accounts"])
            #expect(requests.map(\.method) == ["GET", "GET"])
            #expect(requests.map(\.authentication) == [.token, .none])
            #expect(requests[0].query == [.init(name: "page", value: "2"), .init(name: "name", value: "a b")])
            #expect(requests[0].queryValue("page") == "2")
            #expect(requests[0].arrival <= requests[1].arrival)
            #expect(!"\(requests)".contains(SmallWorld.reader.value))
        }
    }

    @Test func servesManyRequestsAtOnce() async throws {
        let options = SimulatorOptions(latency: .milliseconds(100))
        try await withCaller(options: options) { caller in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await caller.list("access/apps").status } }
                for try await status in group { #expect(status == 200) }
            }
            #expect(caller.simulator.recordedRequests().count == 6)
            #expect(caller.simulator.mostConcurrentRequests > 1)
        }
    }

    @Test func stopsWhileAClientHoldsConnections() async throws {
        try await HTTPClient.withHTTPClient(configuration: .withoutRetries) { client in
            let stopped = try await callerOfAStoppedServer(client)
            await #expect(throws: (any Error).self) { _ = try await stopped.send("/accounts") }
        }
    }

    /// A connection that is accepted while the port closes once ended the process.
    @Test func stopsWhileClientsConnect() async throws {
        for _ in 0..<50 {
            try await HTTPClient.withHTTPClient(configuration: .withoutRetries) { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    try await withCloudflareSimulator(world: SmallWorld.world) { simulator in
                        let caller = Caller(client: client, simulator: simulator)
                        let (answers, answered) = AsyncStream<Void>.makeStream()
                        for _ in 0..<8 {
                            group.addTask {
                                while let reply = try? await caller.send("/accounts"), reply.status == 200 {
                                    answered.yield()
                                }
                            }
                        }
                        _ = await answers.first { _ in true }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    private func callerOfAStoppedServer(_ client: HTTPClient) async throws -> Caller {
        try await withCloudflareSimulator(world: SmallWorld.world) { simulator async throws in
            let caller = Caller(client: client, simulator: simulator)
            #expect(try await caller.send("/accounts").status == 200)
            return caller
        }
    }

    @Test func passesErrorsOn() async throws {
        await #expect(throws: CancellationError.self) {
            try await withCloudflareSimulator(world: SmallWorld.world) { _ in throw CancellationError() }
        }
    }

    @Test func stopsWhenItsTaskIsCancelled() async throws {
        let options = SimulatorOptions(faults: [SimulatorFault(.hang)])
        await withThrowingTaskGroup(of: Void.self) { group in
            let (starts, started) = AsyncStream<Void>.makeStream()
            group.addTask {
                try await withCaller(options: options) { caller in
                    started.yield()
                    _ = try await caller.list("access/apps")
                }
            }
            _ = await starts.first { _ in true }
            group.cancelAll()
            await #expect(throws: (any Error).self) { try await group.waitForAll() }
        }
    }

    @Test func readsAWorldFromFiles() throws {
        let world = try SimulatedWorld(files: [
            (
                "demo/world.json",
                """
                {"tokens":[{"value":"t","id":"1","name":"T","kind":"account","account_id":"\(SmallWorld.account)",
                "permissions":["Zero Trust Read"],"account_ids":["\(SmallWorld.account)"]}],
                "global_keys":[{"email":"a@example.com","key":"k"}],
                "accounts":[{"id":"\(SmallWorld.account)","name":"Northwind","access_enabled":false,
                "folder":"northwind"}],"zones":[]}
                """
            ),
            ("demo/northwind/access.apps.json", #"[{"id":"a"}]"#),
            ("demo/\(SmallWorld.account)/devices.physical-devices.json", "[]"),
        ])
        #expect(world.tokens.map(\.owner) == [.account(SmallWorld.account)])
        #expect(world.tokens.map(\.status) == [.active])
        #expect(world.globalKeys == [SimulatedGlobalKey(email: "a@example.com", key: "k")])
        #expect(world.accounts.map(\.accessEnabled) == [false])
        #expect(world.accounts[0].resources == ["access/apps": [["id": "a"]], "devices/physical-devices": []])
    }

    @Test(arguments: [
        ([("a.json", "{}")], SimulatedWorldError.Code.missingWorldFile),
        ([("world.json", "[]")], .unknownShape),
        ([("world.json", "{}"), ("x/access.apps.json", "[]")], .unknownFolder),
        ([("world.json", "{}"), ("x/access.apps.json", "[")], .notJSON),
    ])
    func rejectsFilesThatAreNoWorld(files: [(String, String)], code: SimulatedWorldError.Code) {
        let error = #expect(throws: SimulatedWorldError.self) {
            try SimulatedWorld(files: files.map { (path: $0.0, text: $0.1) })
        }
        #expect(error?.code == code)
    }
}
