import AuditModel
import Testing

@Suite struct CoverageTests {
    @Test func keepsWhatHasNoZones() {
        let entries = [entry("apps", .denied, reason: "No."), entry("groups", .complete, rows: 3, total: 3)]
        #expect(CoverageEntry.mergingZones(entries) == entries)
    }

    @Test func countsTheZonesInsteadOfNamingThem() {
        var denied = entry("apps", zone: "z2", .denied, reason: "The token may not.")
        denied.permission = "Zone Read"
        denied.httpStatus = 403
        let merged = CoverageEntry.mergingZones([
            entry("apps", .complete, rows: 5, total: 5), entry("apps", zone: "z1", .complete, rows: 2, total: 2),
            denied,
            entry("apps", zone: "z3", .partial, reason: "A page was lost.", rows: 1, total: 4),
            entry("apps", zone: "z4", .unavailable),
        ])
        var expected = entry("apps", .denied, reason: "In 2 of 4 zones: The token may not.", rows: 8, total: 11)
        expected.permission = "Zone Read"
        expected.httpStatus = 403
        #expect(merged == [expected])
    }

    @Test func saysWhenTheAccountIsAffectedToo() {
        let merged = CoverageEntry.mergingZones([
            entry("apps", .failed, reason: "No answer."), entry("apps", zone: "z1", .failed, reason: "Nor here."),
        ])
        #expect(merged.map(\.reason) == ["At account level and in 1 of 1 zone: No answer."])
    }

    @Test(
        arguments: [
            ([.complete, .unavailable], .complete), ([.unavailable, .unavailable], .unavailable),
            ([.complete, .partial], .partial), ([.partial, .failed, .partial], .failed),
            ([.denied, .failed], .denied), ([.unavailable, .denied, .complete], .denied),
        ] as [([CoverageStatus], CoverageStatus)]
    )
    func takesTheWorstStatus(statuses: [CoverageStatus], worst: CoverageStatus) {
        let zones = statuses.enumerated().map { entry("apps", zone: "z\($0)", $1) }
        #expect(CoverageEntry.mergingZones(zones) == [entry("apps", worst)])
    }

    @Test func keepsAccountsAndKindsApart() {
        var other = entry("apps", .failed)
        other.accountID = "acc0"
        let entries = [entry("tags", zone: "z1", .denied), entry("apps", .complete), other]
        #expect(CoverageEntry.mergingZones(entries) == [other, entry("apps", .complete), entry("tags", .denied)])
    }

    private func entry(
        _ kind: String,
        zone: String? = nil,
        _ status: CoverageStatus,
        reason: String? = nil,
        rows: Int = 0,
        total: Int? = nil
    ) -> CoverageEntry {
        CoverageEntry(
            accountID: "acc1",
            zoneID: zone,
            kind: kind,
            table: kind,
            status: status,
            permission: "Read",
            reason: reason,
            rowCount: rows,
            reportedTotal: total
        )
    }
}
