import AsyncHTTPClient
import CloudflareSimulator
import JSONModel
import NIOCore
import NIOHTTP1
import Testing

@Suite struct FaultTests {
    private static func options(_ faults: SimulatorFault...) -> SimulatorOptions { SimulatorOptions(faults: faults) }

    @Test func answersWithAStatus() async throws {
        let fault = SimulatorFault(.status(503, body: "busy", headers: ["Retry-After": "7"]))
        let reply = try await withCaller(options: Self.options(fault)) { try await $0.list("access/apps") }
        #expect(reply.status == 503)
        #expect(reply.header("retry-after") == "7")
        #expect(String(decoding: reply.bytes, as: UTF8.self) == "busy")
    }

    @Test(arguments: [(500, 500), (429, 971)])
    func writesAnEnvelopeForAStatusWithoutBody(status: Int, code: Int) async throws {
        let options = Self.options(SimulatorFault(.status(status)))
        let reply = try await withCaller(options: options) { try await $0.list("access/apps") }
        #expect(reply.status == status)
        #expect(reply.code == Int64(code))
        #expect(reply.json?["success"] == false)
    }

    @Test func delaysTheRightAnswer() async throws {
        let delay = Duration.milliseconds(150)
        var options = Self.options(SimulatorFault(.delay(delay)))
        options.latency = .milliseconds(50)
        try await withCaller(options: options) { caller async throws in
            let start = ContinuousClock.now
            #expect(try await caller.list("access/apps").ids == ["app-1", "app-2"])
            #expect(ContinuousClock.now - start >= delay + .milliseconds(50))
        }
    }

    @Test func cutsTheBody() async throws {
        let options = Self.options(SimulatorFault(.cutBody(afterBytes: 20), occurrence: .first(1)))
        try await withCaller(options: options) { caller in
            let response = try await caller.start(SmallWorld.path("access/groups"))
            let length = try #require(response.headers.first(name: "content-length").flatMap { Int($0) })
            var received = 0
            await #expect(throws: (any Error).self) {
                for try await part in response.body { received += part.readableBytes }
            }
            #expect(received == 20)
            #expect(try await caller.list("access/groups").bytes.count == length)
        }
    }

    @Test func closesTheConnection() async throws {
        let options = Self.options(SimulatorFault(.closeConnection, occurrence: .first(1)))
        try await withCaller(options: options) { caller async throws in
            await #expect(throws: (any Error).self) { try await caller.list("access/apps") }
            #expect(try await caller.list("access/apps").status == 200)
        }
    }

    @Test func answersGarbage() async throws {
        let options = Self.options(SimulatorFault(.garbage))
        let reply = try await withCaller(options: options) { try await $0.list("access/apps") }
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/json")
        #expect(reply.json == nil)
    }

    @Test func answersWithAGivenBody() async throws {
        let options = Self.options(SimulatorFault(.body(#"{"success":false,"errors":[],"result":null}"#)))
        let reply = try await withCaller(options: options) { try await $0.list("access/apps") }
        #expect(reply.status == 200)
        #expect(reply.json?["success"] == false)
    }

    @Test func hangsUntilTheClientGivesUp() async throws {
        let options = Self.options(SimulatorFault(.hang, target: .suffix("/access/apps")))
        try await withCaller(options: options) { caller async throws in
            await #expect(throws: (any Error).self) {
                try await caller.send(SmallWorld.path("access/apps"), timeout: .milliseconds(100))
            }
            #expect(try await caller.list("access/groups").status == 200)
        }
    }

    @Test func hitsOnlyItsTarget() async throws {
        let options = Self.options(
            SimulatorFault(.status(500), target: .suffix("/access/groups"), query: ["page": "2"]),
            SimulatorFault(.status(502), target: .prefix("/user/"))
        )
        try await withCaller(options: options) { caller async throws in
            #expect(try await caller.list("access/groups?page=1").status == 200)
            #expect(try await caller.list("access/groups?page=2").status == 500)
            #expect(try await caller.list("access/apps?page=2").status == 200)
            #expect(try await caller.send("/user/tokens/verify").status == 502)
        }
    }

    @Test(arguments: [
        (SimulatorFault.Occurrence.always, [500, 500, 500, 500]),
        (.first(2), [500, 500, 200, 200]),
        (.nth(2), [200, 500, 200, 200]),
        (.onceForEachRequest, [500, 200, 500, 200]),
    ])
    func strikesWhenItIsDue(occurrence: SimulatorFault.Occurrence, statuses: [Int]) async throws {
        let options = Self.options(SimulatorFault(.status(500), occurrence: occurrence))
        try await withCaller(options: options) { caller in
            var seen: [Int] = []
            for resource in ["access/apps", "access/apps", "access/apps?page=2", "access/apps?page=2"] {
                seen.append(try await caller.list(resource).status)
            }
            #expect(seen == statuses)
        }
    }

    @Test func takesFaultsWhileItRuns() async throws {
        try await withCaller { caller async throws in
            #expect(try await caller.list("access/apps").status == 200)
            caller.simulator.updateOptions { $0.faults = [SimulatorFault(.status(500))] }
            #expect(try await caller.list("access/apps").status == 500)
            caller.simulator.updateOptions { $0.faults = [] }
            #expect(try await caller.list("access/apps").status == 200)
        }
    }
}
