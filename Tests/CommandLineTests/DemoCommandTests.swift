import AuditModel
import Foundation
import JSONModel
import Rendering
import SnapshotStore
import TestSupport
import Testing

@Suite struct DemoCommandTests {
    @Test func scansTheSimulatedAccountFromAnEmptyFolder() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["demo"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            // What its configuration has to say, and how a real scan would have ended.
            #expect(outcome.errorLines.map { $0.contains("waiver of") } == [true, true, false])
            #expect(outcome.errorLines.last?.hasSuffix("(2 waived not counted): exit status 1") == true)
            #expect(outcome.output.contains(" findings are open\n"))
            #expect(outcome.output.contains("Waivers: 1 in force, 1 expires soon, 1 expired."))
            #expect(outcome.output.contains("Look at ztaudit-demo/report.html"))
            #expect(outcome.output.contains("the exit status is 0; a real scan would have ended with 1."))
            let reports = ReportFormat.allCases.map { "report.\($0.fileExtension)" }
            let names = ["earlier.ztaudit", "snapshot.ztaudit", "ztaudit.yaml"] + reports
            let expected = names.map { "ztaudit-demo/\($0)" }
            #expect(folder.files.filter { $0.hasPrefix("ztaudit-demo/") } == expected.sorted())
            #expect(folder.files.count == expected.count + 1)
        }
    }

    @Test func writesWhereItIsTold() async throws {
        try await ScratchFolder.with { folder in
            let outcome = try await runZTAudit(["demo", "--output", "a/b"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let snapshot = try Snapshot(path: folder.path("a/b/snapshot.ztaudit"))
            #expect(snapshot.info.status == .complete)
            #expect(snapshot.accounts.map(\.id).first == DemoAccount.id)
            let result = try JSONValue(parsing: Data(folder.text("a/b/report.json").utf8))
            #expect(result["findings"]?.arrayValue?.isEmpty == false)
        }
    }

    @Test func refusesAFolderThatCannotBeMade() async throws {
        try await ScratchFolder.with { folder in
            try folder.write("kept", to: "taken")
            expectRefusal(try await runZTAudit(["demo", "--output", "taken/x"], in: folder), saying: "taken/x")
            #expect(try folder.text("taken") == "kept")
        }
    }
}
