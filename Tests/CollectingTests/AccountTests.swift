import AuditModel
import CloudflareAPI
import CloudflareSimulator
import Collecting
import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct AccountTests {
    @Test(arguments: ["", "0123", "../../user/tokens/verify0000000", "0123456789ABCDEF0123456789ABCDEF", "０１２３４５６７８９"])
    func refusesWhatIsNoAccountID(id: String) async throws {
        let (error, requests) = try await CollectionSetup { $0.accountIDs = [SmallWorld.account, id] }.failure()
        #expect((error as? CollectingError)?.code == .malformedAccountID)
        #expect(requests.isEmpty)
    }

    @Test(arguments: [SmallWorld.foreign, "ffffffffffffffffffffffffffffffff"])
    func saysThatAnAccountIsNotTheTokens(id: String) async throws {
        let error = try await CollectionSetup { $0.accountIDs = [id] }.refusal()
        #expect(error.code == .unknownAccount)
        #expect(error.problem.contains(id))
        #expect(error.problem.contains("\(SmallWorld.account) (Northwind)"))
    }

    @Test func saysThatNoAccountIsVisible() async throws {
        let setup = CollectionSetup { $0.world.updateToken("reader") { $0.accountIDs = [] } }
        #expect(try await setup.refusal().code == .noAccount)
    }

    @Test func readsAnAccountWhoseNameItMayNotAsk() async throws {
        let setup = CollectionSetup {
            $0.accountIDs = [SmallWorld.account]
            $0.world.updateToken("reader") { $0.permissions.remove("Account Settings Read") }
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.accounts == [Account(id: SmallWorld.account, name: "Northwind")])
            #expect(try collected.entry(.accessApplications).status == .complete)
        }
    }

    @Test func findsAllPagesOfAccounts() async throws {
        try await manyAccounts { _ in }.run { collected async throws in
            #expect(collected.snapshot.accounts.map(\.id) == (10..<25).map { String(repeating: String($0), count: 16) })
            #expect(collected.requests.count { $0.path == "/accounts" } == 2)
        }
    }

    @Test(arguments: [EndpointChanges.Misbehaviour.ignoresPage, .totalNotReached(missing: 3), .nullResult])
    func endsWhenTheListOfAccountsIsShort(misbehaviour: EndpointChanges.Misbehaviour) async throws {
        let error = try await manyAccounts {
            $0.options.endpoints = ["accounts": EndpointChanges(misbehaviour: misbehaviour, maximumPerPage: 10)]
        }.refusal()
        #expect(error.code == .incompleteAccountList)
        #expect(error.remedy.contains("--account"))
    }

    @Test func endsWhenALaterPageOfAccountsIsRefused() async throws {
        let error = try await manyAccounts { $0.options.faults = [refusal(ofPage: "2")] }.refusal()
        #expect(error.code == .incompleteAccountList)
        #expect(error.problem.contains("page 2"))
    }

    @Test func takesARefusedListForNoAccounts() async throws {
        #expect(try await manyAccounts { $0.options.faults = [refusal(ofPage: "1")] }.refusal().code == .noAccount)
    }

    @Test func readsAnAccountThatAShortListLacks() async throws {
        let setup = manyAccounts {
            $0.accountIDs = [String(repeating: "24", count: 16)]
            $0.world.updateToken("reader") { $0.permissions.remove("Account Settings Read") }
            $0.options.faults = [refusal(ofPage: "2")]
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.accounts == [Account(id: String(repeating: "24", count: 16), name: nil)])
        }
    }

    @Test func endsWhenTheListHoldsWhatIsNoAccountID() async throws {
        let list: JSONValue = ["success": true, "result": [["id": .string(SmallWorld.account)], ["id": "../zones"]]]
        let setup = CollectionSetup {
            $0.options.faults = [SimulatorFault(.body(list.text), target: .suffix("/accounts"))]
        }
        let error = try await setup.refusal()
        #expect(error.code == .incompleteAccountList)
        #expect(error.problem.contains("../zones"))
    }

    @Test func refusesTheAnswerOfAnotherAccount() async throws {
        let answer: JSONValue = ["success": true, "result": ["id": .string(SmallWorld.second)]]
        let setup = CollectionSetup {
            $0.accountIDs = [SmallWorld.account]
            $0.options.faults = [SimulatorFault(.body(answer.text), target: .suffix("/accounts/\(SmallWorld.account)"))]
        }
        let error = try await setup.refusal()
        #expect(error.code == .wrongAccount)
        #expect(error.problem.contains(SmallWorld.account) && error.problem.contains(SmallWorld.second))
    }

    /// A token that sees 15 accounts, on two pages.
    private func manyAccounts(_ change: (inout CollectionSetup) -> Void) -> CollectionSetup {
        let ids = (10..<25).map { String(repeating: String($0), count: 16) }
        return CollectionSetup {
            $0.options.endpoints = ["accounts": EndpointChanges(maximumPerPage: 10)]
            $0.world.accounts = ids.map { SimulatedAccount(id: $0, name: "A", accessEnabled: false) }
            $0.world.updateToken("reader") { $0.accountIDs = ids }
            change(&$0)
        }
    }

    private func refusal(ofPage page: String) -> SimulatorFault {
        let body = JSONValue.failure(10000, "Authentication error").text
        return SimulatorFault(.status(403, body: body), target: .suffix("/accounts"), query: ["page": page])
    }

    @Test func keepsTheCoverageOfEveryAccountApart() async throws {
        let setup = CollectionSetup {
            $0.world.updateToken("reader") { $0.accountIDs = [SmallWorld.account, SmallWorld.second] }
            $0.world.updateAccount(SmallWorld.second) { $0.accessEnabled = false }
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.accounts.map(\.name) == ["Northwind", "Harbourline"])
            #expect(collected.coverage.count == 2 * ResourceKind.standard.count)
            #expect(try collected.entry(.accessApplications).status == .complete)
            #expect(try collected.entry(.accessApplications, account: SmallWorld.second).status == .unavailable)
            #expect(try collected.entry(.devices, account: SmallWorld.second).rowCount == 3)
            // The same ids in both accounts are different objects.
            #expect(try collected.ids(.devices).count == 25)
            #expect(try collected.ids(.devices, account: SmallWorld.second).count == 3)
        }
    }

    @Test func readsOnlyTheAccountsAskedFor() async throws {
        let setup = CollectionSetup {
            $0.accountIDs = [SmallWorld.second, SmallWorld.second]
            $0.world.updateToken("reader") { $0.accountIDs = [SmallWorld.account, SmallWorld.second] }
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.accounts.map(\.id) == [SmallWorld.second])
            #expect(collected.coverage.count == ResourceKind.standard.count)
        }
    }
}

@Suite struct TokenTests {
    @Test func recordsAUsersToken() async throws {
        try await CollectionSetup().run { collected async throws in
            #expect(collected.snapshot.info.tokenID == "reader")
            #expect(collected.snapshot.info.tokenScope == "user token")
            #expect(collected.requests.first?.path == "/user/tokens/verify")
        }
    }

    @Test(arguments: [400, 403, 500])
    func collectsWithoutTheTokensDetails(status: Int) async throws {
        let setup = CollectionSetup {
            $0.attempts = 2
            $0.world.updateToken("reader") { $0.permissions.insert("API Tokens Read") }
            $0.options.faults = [SimulatorFault(.status(status), target: .suffix("/tokens/reader"))]
        }
        try await setup.run { collected async throws in
            #expect(collected.requests.contains { $0.path == "/user/tokens/reader" })
            #expect(collected.snapshot.info.tokenID == "reader")
            #expect(collected.snapshot.info.tokenPolicies == nil)
            #expect(collected.snapshot.info.status == .complete)
        }
    }

    @Test(arguments: [[SmallWorld.account], []])
    func verifiesAnAccountsTokenAtItsAccount(accountIDs: [String]) async throws {
        let setup = CollectionSetup {
            $0.accountIDs = accountIDs
            $0.world.updateToken("reader") { $0.owner = .account(SmallWorld.account) }
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.info.tokenID == "reader")
            #expect(collected.snapshot.info.tokenScope == "account token")
            #expect(collected.requests.contains { $0.path == "/accounts/\(SmallWorld.account)/tokens/verify" })
            #expect(collected.coverage.allSatisfy { $0.status == .complete })
        }
    }

    @Test(arguments: [SimulatedToken.Status.disabled, .expired])
    func refusesATokenThatIsNotActive(status: SimulatedToken.Status) async throws {
        let setup = CollectionSetup { $0.world.updateToken("reader") { $0.status = status } }
        let error = try await setup.refusal()
        #expect(error.code == .inactiveToken)
        #expect(error.problem == "the API token is \(status.rawValue)")
    }

    @Test(arguments: [[], [SmallWorld.account]])
    func refusesATokenThatTheAPIDoesNotKnow(accountIDs: [String]) async throws {
        let setup = CollectionSetup {
            $0.credentials = .token("no-such-token")
            $0.accountIDs = accountIDs
        }
        let error = try #require(try await setup.failure().error as? CloudflareError)
        #expect(error.code == .invalidCredentials)
        #expect(error.apiCode == 1000)
    }

    @Test func blamesTheAPIForItsOwnFailure() async throws {
        let setup = CollectionSetup {
            $0.attempts = 2
            $0.accountIDs = [SmallWorld.account]
            $0.world.updateToken("reader") { $0.owner = .account(SmallWorld.account) }
            $0.options.faults = [SimulatorFault(.status(503), target: .prefix("/accounts/"))]
        }
        #expect((try await setup.failure().error as? CloudflareError)?.code == .serverFailure)
    }

    @Test func namesThePermissionsOfATokenThatHasNone() async throws {
        let setup = CollectionSetup {
            $0.accountIDs = [SmallWorld.account]
            $0.world.updateToken("reader") { $0.permissions = [] }
        }
        let error = try await setup.refusal()
        #expect(error.code == .nothingReadable)
        for permission in Set(ResourceKind.standard.map(\.permission)) {
            #expect(error.remedy.contains("\"\(permission)\""))
        }
    }

    @Test func keepsThePreviousSnapshotWhenNothingCouldBeRead() async throws {
        try await ScratchFolder.with { folder async throws in
            let path = folder.path("snapshot.db")
            try await withCloudflareSimulator(world: SmallWorld.world()) { simulator async throws in
                _ = try await CollectionSetup().collect(from: simulator, into: path)
                let before = try Data(contentsOf: folder.url.appending(path: "snapshot.db"))
                simulator.updateWorld { $0.updateToken("reader") { $0.permissions = [] } }
                await #expect(throws: CollectingError.self) {
                    try await CollectionSetup().collect(from: simulator, into: path)
                }
                #expect(try Data(contentsOf: folder.url.appending(path: "snapshot.db")) == before)
                #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
            }
        }
    }
}
