import Foundation
import Rendering
import Testing

@Suite struct GoldenTests {
    @Test(arguments: ReportFormat.allCases)
    func rendersAsRecorded(format: ReportFormat) throws {
        try expectGolden(try document(format), "small.\(format.fileExtension)")
    }

    @Test func rendersTerminalSummaryAsRecorded() throws {
        try expectGolden(try terminalSummary(), "small.txt")
    }

    @Test(arguments: ReportFormat.allCases)
    func rendersTheSameBytesAgain(format: ReportFormat) throws {
        #expect(try document(format) == document(format))
    }

    /// Writes a large sample to the folder that `ZTAUDIT_SAMPLE_DIR` names, to be looked at.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["ZTAUDIT_SAMPLE_DIR"] != nil),
        arguments: ReportFormat.allCases
    )
    func writesSampleToLookAt(format: ReportFormat) throws {
        let folder = try #require(ProcessInfo.processInfo.environment["ZTAUDIT_SAMPLE_DIR"])
        let file = URL(filePath: folder).appending(path: "sample.\(format.fileExtension)")
        try Data(document(format, of: SampleResult.realistic).utf8).write(to: file)
    }
}
