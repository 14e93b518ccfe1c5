import AuditModel
import CloudflareSimulator
import Collecting
import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct RefusalTests {
    @Test(arguments: SmallWorld.permissions.subtracting(["Zone Read"]).sorted())
    func namesTheMissingPermission(permission: String) async throws {
        let setup = CollectionSetup {
            $0.world.updateToken("reader") { $0.permissions.remove(permission) }
        }
        try await setup.run { collected async throws in
            for kind in ResourceKind.standard {
                let entry = try collected.entry(kind)
                if kind.permission == permission {
                    #expect(entry.status == .denied)
                    #expect(entry.reason?.hasSuffix("the token lacks the permission \"\(permission)\"") == true)
                    #expect(entry.permission == permission)
                    #expect(entry.httpStatus == 403)
                    #expect(entry.errorCode == 10000)
                    #expect(entry.rowCount == 0)
                } else {
                    #expect(entry.status == .complete)
                }
            }
            #expect(collected.snapshot.info.status == .complete)
        }
    }

    @Test func takesAClosedResourceForAMissingPermission() async throws {
        let body = JSONValue.failure(9109, "Unauthorized to access requested resource").text
        let fault = SimulatorFault(.status(403, body: body), target: .suffix("/access/apps"))
        try await CollectionSetup { $0.options.faults = [fault] }.run { collected async throws in
            #expect(try collected.entry(.accessApplications).status == .denied)
            #expect(try collected.entry(.accessPolicies).status == .complete)
        }
    }

    @Test func knowsAnAccountWithoutAccess() async throws {
        let setup = CollectionSetup { $0.world.updateAccount(SmallWorld.account) { $0.accessEnabled = false } }
        try await setup.run { collected async throws in
            for kind in ResourceKind.standard {
                let isAccess = kind.listing.path.hasPrefix("access/")
                #expect(try collected.entry(kind).status == (isAccess ? .unavailable : .complete))
            }
            #expect(collected.snapshot.info.status == .complete)
        }
    }

    @Test func takesAnAccountNotAuthorizedForAServiceAsDenied() async throws {
        let body = JSONValue.failure(7403, "The given account is not authorized to access this service").text
        let fault = SimulatorFault(.status(403, body: body), target: .suffix("/mcp/servers"))
        try await CollectionSetup { $0.options.faults = [fault] }.run { collected async throws in
            #expect(try collected.entry(.mcpServers).status == .denied)
        }
    }

    @Test func leavesAnEarlierSnapshotWhereOnlyPartOfTheNextWasRead() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.db")
            try await withCloudflareSimulator(world: SmallWorld.world()) { simulator in
                _ = try await CollectionSetup().collect(from: simulator, into: path)
                let earlier = try Data(contentsOf: URL(filePath: path))
                simulator.updateOptions {
                    $0.faults = [SimulatorFault(.status(500), target: .suffix("/access/apps"))]
                }
                _ = try await CollectionSetup { $0.attempts = 1 }.collect(from: simulator, into: path)
                #expect(try Data(contentsOf: URL(filePath: path)) == earlier)
                #expect(try Snapshot(path: path + ".partial").info.status == .partial)
            }
        }
    }

    @Test func endsWhereATokenIsRevoked() async throws {
        let setup = CollectionSetup {
            $0.width = 1
            $0.report = { event, simulator in
                guard case .finished = event else { return }
                simulator.updateWorld { $0.tokens = [] }
            }
        }
        try await setup.run { collected async throws in
            #expect(collected.coverage.count { $0.status == .complete } == 1)
            #expect(collected.coverage.count { $0.status == .failed } == ResourceKind.standard.count - 1)
            #expect(collected.coverage.contains { $0.errorCode == 9109 })
            #expect(collected.snapshot.info.status == .partial)
        }
    }

    @Test func countsWhatWasReadBeforeARefusal() async throws {
        let body = JSONValue.failure(9109, "Invalid access token").text
        let setup = CollectionSetup {
            $0.width = 2
            $0.options.endpoints = SmallWorld.endpoints(EndpointChanges(maximumPerPage: 4))
            $0.options.faults = [
                SimulatorFault(.status(403, body: body), target: .suffix("/access/groups"), query: ["page": "5"])
            ]
        }
        try await setup.run { collected async throws in
            let entry = try collected.entry(.accessGroups)
            #expect(entry.status == .partial)
            #expect(entry.errorCode == 9109)
            #expect(entry.reportedTotal == 25)
            #expect(entry.rowCount == (try collected.ids(.accessGroups).count))
            #expect((16...24).contains(entry.rowCount))
            #expect(collected.snapshot.info.status == .partial)
        }
    }

    @Test(arguments: [SimulatorFault.Kind.closeConnection, .status(500), .garbage, .hang])
    func goesOnWhereOneKindFails(kind: SimulatorFault.Kind) async throws {
        let setup = CollectionSetup {
            $0.attempts = 2
            if kind == .hang { $0.timeout = .seconds(3) }
            $0.options.faults = [SimulatorFault(kind, target: .suffix("/access/groups"))]
        }
        try await setup.run { collected async throws in
            let entry = try collected.entry(.accessGroups)
            #expect(entry.status == .failed)
            #expect(entry.reason?.isEmpty == false)
            #expect(collected.coverage.count { $0.status == .complete } == ResourceKind.standard.count - 1)
            #expect(collected.snapshot.info.status == .partial)
        }
    }

    @Test func saysWhenTheAPIGoesAway() async throws {
        let setup = CollectionSetup {
            $0.attempts = 1
            $0.width = 1
            $0.report = { event, simulator in
                guard case .finished = event else { return }
                simulator.updateOptions { $0.faults = [SimulatorFault(.closeConnection)] }
            }
        }
        try await setup.run { collected async throws in
            #expect(collected.coverage.count { $0.status == .complete } == 1)
            #expect(collected.coverage.count { $0.status == .failed } == ResourceKind.standard.count - 1)
            #expect(collected.snapshot.info.status == .partial)
        }
    }

    @Test func leavesNothingWhenNothingCouldBeRead() async throws {
        let setup = CollectionSetup {
            $0.attempts = 1
            $0.options.faults = ["/accounts/", "/zones"].map { SimulatorFault(.status(500), target: .prefix($0)) }
        }
        let error = try await setup.refusal()
        #expect(error.code == .nothingReadable)
        #expect(error.problem.contains("the API failed"))
    }
}

extension JSONValue {
    /// An answer that reports one error.
    static func failure(_ code: Int64, _ message: String) -> JSONValue {
        ["success": false, "errors": [["code": .integer(code), "message": .string(message)]], "result": nil]
    }
}
