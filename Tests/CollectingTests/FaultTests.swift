import AuditModel
import CloudflareSimulator
import SnapshotStore
import Testing

@Suite struct FaultTests {
    @Test(arguments: [
        SimulatorFault.Kind.status(429, headers: ["retry-after": "0"]), .status(500), .status(503), .closeConnection,
        .cutBody(afterBytes: 60), .garbage, .body(#"{"success":false,"errors":[],"result":null}"#),
    ])
    func readsEverythingOnceAlthoughEveryRequestFailsOnce(kind: SimulatorFault.Kind) async throws {
        let setup = CollectionSetup {
            $0.options.faults = [SimulatorFault(kind, occurrence: .onceForEachRequest)]
            $0.options.endpoints = SmallWorld.endpoints(EndpointChanges(maximumPerPage: 10))
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.info.status == .complete)
            for kind in ResourceKind.standard { #expect(try collected.entry(kind).status == .complete) }
            for kind in ResourceKind.lists {
                #expect(try collected.entry(kind).rowCount == 25)
                #expect(try collected.worldIDs(kind) == (1...25).map { SmallWorld.id(kind, $0) })
                #expect(collected.requests(for: kind).count == 6)
            }
        }
    }
}
