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

    @Test func writesNoDestinationOfALogpushJob() async throws {
        var setup = try CompletenessTests.demo()
        setup.include = ["logpush_jobs"]
        let account = try #require(setup.world.accounts.first)
        let jobs = try #require(account.resources["logpush/jobs"])
        #expect(jobs.text.contains("MUST-NOT-LEAK") && jobs.text.contains("northwind-security-logs"))
        try await setup.run { collected async throws in
            let entry = try collected.entry(.logpushJobs, account: CompletenessTests.demoAccount)
            #expect(entry.rowCount == jobs.arrayValue?.count)
            let bytes = try Data(contentsOf: URL(filePath: collected.snapshot.path))
            for secret in ["MUST-NOT-LEAK", "northwind-security-logs", "splunk.northwind.example"] {
                #expect(bytes.firstRange(of: Data(secret.utf8)) == nil)
            }
            let kept = try collected.texts("SELECT DISTINCT destination_conf FROM logpush_job ORDER BY 1")
            #expect(kept == ["r2://[redacted]", "s3://[redacted]", "splunk://[redacted]"])
        }
    }

    @Test func writesNoSecretThatComesBesideTheObjects() async throws {
        let secret = "cfast_0123456789abcdefghijklmnopqrstuvwxyzABCD"
        let failure = JSONValue.failure(4711, "odd: \(secret)").text
        let page: JSONValue = [
            "success": true, "result": SmallWorld.list(.devices, 1...3), "result_info": ["cursor": .string(secret)],
        ]
        let details: JSONValue = ["success": true, "result": ["policies": [["id": .string(secret)]]]]
        let setup = CollectionSetup {
            $0.options.faults = [
                SimulatorFault(.status(400, body: failure), target: .suffix("/access/groups")),
                SimulatorFault(.status(400, body: failure), target: .all, query: ["cursor": secret]),
                SimulatorFault(.body(page.text), target: .suffix("/physical-devices")),
                SimulatorFault(.body(details.text), target: .suffix("/tokens/reader")),
            ]
        }
        try await setup.run { collected async throws in
            #expect(collected.snapshot.info.status == .partial)
            #expect(collected.snapshot.info.tokenPolicies == #"[{"id":"[redacted]"}]"#)
            #expect(try collected.entry(.accessGroups).reason?.contains("[redacted]") == true)
            let bytes = try Data(contentsOf: URL(filePath: collected.snapshot.path))
            #expect(bytes.firstRange(of: Data(secret.utf8)) == nil)
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
