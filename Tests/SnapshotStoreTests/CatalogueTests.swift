import SnapshotStore
import Testing

@Suite struct CatalogueTests {
    @Test func namesKindsAndTablesOnce() {
        let kinds = ResourceCatalogue.kinds.map(\.name)
        #expect(Set(kinds).count == kinds.count)
        let tables = Snapshot.tables.map(\.name)
        #expect(Set(tables).count == tables.count)
    }

    @Test(arguments: Snapshot.tables)
    func describesEveryColumnOnce(table: SnapshotTable) {
        let names = table.columns.map { $0.name.lowercased() }
        #expect(Set(names).count == names.count)
        #expect(table.columns.allSatisfy { !$0.help.isEmpty && !$0.sqlType.isEmpty })
        #expect(table.summary.hasSuffix("."))
        #expect(table.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "_") })
    }

    @Test(arguments: ResourceCatalogue.kinds)
    func describesEveryKind(kind: ResourceKind) throws {
        #expect(!kind.permission.isEmpty)
        #expect(!kind.listing.path.hasPrefix("/"))
        let table = try #require(ResourceCatalogue.tables.first { $0.name == kind.table })
        #expect(table.columns.prefix(4).map(\.name) == ["account_id", "zone_id", "id", "name"])
        #expect(table.columns.last?.name == "body")
        #expect(ResourceCatalogue.kinds(filling: kind.table).contains(kind))
        for child in kind.children { #expect(ResourceCatalogue.kinds(filling: child.table).contains(kind)) }
    }

    @Test(arguments: [
        ("access_policy", ["access_applications", "access_policies"]),
        ("access_rule", ["access_applications", "access_groups", "access_policies"]),
        ("access_application_policy", ["access_applications"]), ("mcp_portal_server", ["mcp_portals"]),
        ("organization", ["organization"]), ("coverage", []), ("application_policy", []), ("no_table", []),
    ])
    func knowsWhichKindsFillATable(table: String, kinds: [String]) {
        #expect(ResourceCatalogue.kinds(filling: table).map(\.name).sorted() == kinds)
    }
}
