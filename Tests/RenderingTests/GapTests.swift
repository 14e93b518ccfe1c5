import AuditModel
import Rendering
import Testing

@Suite struct GapTests {
    private static let formats: [ReportFormat] = [.html, .junit, .junitExtended, .markdown, .markdownSummary, .github]

    @Test(arguments: formats)
    func saysHowToCollectWhatIsOptional(format: ReportFormat) throws {
        let gap = DataGap(
            accountID: SampleResult.account,
            table: "access_user_session",
            status: .failed,
            permission: "Access: Users Read",
            optionalKind: "access_user_sessions"
        )
        let text = try render(gap, as: format)
        #expect(text.contains("--include access_user_sessions"))
        #expect(!text.contains("Access: Users Read"))
    }

    @Test(arguments: formats)
    func namesThePermissionOfAZone(format: ReportFormat) throws {
        let gap = DataGap(
            accountID: SampleResult.account,
            table: "mtls_certificate",
            status: .denied,
            permission: "Zone Read",
            zoneCount: 2
        )
        let text = try render(gap, as: format)
        #expect(text.contains("Zone Read"))
        // Markdown has no room for it in a cell.
        if format != .markdown && format != .markdownSummary { #expect(text.contains("permission missing in 2 zones")) }
    }

    /// A sample report in which one rule lacks nothing but `gap`.
    private func render(_ gap: DataGap, as format: ReportFormat) throws -> String {
        var result = SampleResult.small
        for index in result.rules.indices where !result.rules[index].gaps.isEmpty { result.rules[index].gaps = [gap] }
        return try document(format, of: result)
    }
}
