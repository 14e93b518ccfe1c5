import AuditModel
import CloudflareSimulator
import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite struct SecrecyTests {
    @Test func writesNoSecret() async throws {
        let setup = try CompletenessTests.demo()
        let account = try #require(setup.world.accounts.first)
        let apps = try #require(account.resources["access/apps"]?.arrayValue)
        let source = JSONValue.object(account.resources).text
        #expect(source.contains("MUST-NOT-LEAK"))
        try await setup.run { collected async throws in
            let bytes = try Data(contentsOf: URL(filePath: collected.snapshot.path))
            for secret in ["MUST-NOT-LEAK", "demo-read-only-token"] {
                #expect(bytes.firstRange(of: Data(secret.utf8)) == nil)
            }
            for tag in apps.compactMap({ $0["aud"]?.stringValue }) where !tag.isEmpty {
                #expect(bytes.firstRange(of: Data(tag.utf8)) != nil)
            }
        }
    }

    @Test func writesNoTokenThatTheAPIEchoes() async throws {
        let token = SmallWorld.token.value
        let body = JSONValue.failure(4711, "token \(token) is odd").text
        let fault = SimulatorFault(.status(400, body: body), target: .suffix("/access/apps"))
        try await CollectionSetup { $0.options.faults = [fault] }.run { collected async throws in
            #expect(try collected.entry(.accessApplications).reason?.contains("token [redacted] is odd") == true)
            let bytes = try Data(contentsOf: URL(filePath: collected.snapshot.path))
            #expect(bytes.firstRange(of: Data(token.utf8)) == nil)
        }
    }
}
