import AuditModel
import GRDB
import JSONModel
import SnapshotStore
import TestSupport
import Testing

@Suite(.enabled(if: APIReference.isPresent, "needs the API reference beside the repository"))
struct CollectionTests {
    @Test(arguments: SchemaGenerator.Filling.allCases)
    func losesNothing(filling: SchemaGenerator.Filling) async throws {
        let reference = try APIReference()
        let generated = try GeneratedWorld(reference, filling, .plausible)
        try await GeneratedCollection.with(generated) { collection in
            for kind in ResourceCatalogue.kinds {
                let listings = collection.generated.listings.filter { $0.kind == kind }
                let differences = try collection.snapshot.read { database in
                    try listings.flatMap { try StoredObjects(listing: $0, database: database).differences() }
                }
                #expect(differences.isEmpty, "\(kind.name): \(differences.prefix(5).joined(separator: "\n"))")
                expectCompleteCoverage(of: kind, listings, collection.coverage)
            }
            try expectNothingElse(in: collection)
            let operations = Set(generated.listings.map { [$0.kind.name, $0.zoneID] }).count
            let objects = generated.listings.reduce(0) { $0 + $1.objects.count }
            print(
                "conformance: \(collection.answers) generated answers of \(operations) operations collected,",
                "\(objects) objects (\(filling.rawValue))"
            )
        }
    }

    /// What is generated is what the reference allows; else the test above would prove little.
    @Test(arguments: SchemaGenerator.Filling.allCases)
    func generatesWhatTheReferenceAllows(filling: SchemaGenerator.Filling) throws {
        let reference = try APIReference()
        let validator = JSONSchemaValidator(root: reference.root, dialect: .openAPI)
        var generator = SchemaGenerator(reference, filling)
        var faults: [String] = []
        for kind in ResourceCatalogue.kinds {
            guard let schema = reference.operation(of: kind, below: .account)?.object else { continue }
            faults += try generator.values(of: schema).flatMap { validator.faults(in: $0, against: schema) }
        }
        // The words that enumerations do not have are refused.
        #expect(faults.isEmpty == (filling != .unknownMembers), "\(faults.prefix(5))")
    }

    private func expectCompleteCoverage(
        of kind: ResourceKind,
        _ listings: [GeneratedWorld.Listing],
        _ coverage: [CoverageEntry]
    ) {
        for place in Set(listings.map { [$0.accountID, $0.zoneID] }) {
            let entries = coverage.filter { $0.kind == kind.name && [$0.accountID, $0.zoneID] == place }
            let count = listings.filter { [$0.accountID, $0.zoneID] == place }.reduce(0) { $0 + $1.objects.count }
            #expect(entries.map(\.status) == [.complete], "\(kind.name): \(entries.map { $0.reason ?? "" })")
            #expect(entries.map(\.rowCount) == [count], "\(kind.name)")
        }
    }

    /// As many rows as objects were given: none twice, and none that nobody gave.
    private func expectNothingElse(in collection: GeneratedCollection) throws {
        let listings = collection.generated.listings
        for table in Set(ResourceCatalogue.kinds.map(\.table)) {
            var expected = listings.filter { $0.kind.table == table }.reduce(0) { $0 + $1.objects.count }
            if table == ResourceKind.accessPolicies.table {
                expected += listings.filter { $0.kind == .accessApplications }.flatMap(\.objects)
                    .reduce(0) { $0 + ($1["policies"]?.arrayValue?.count ?? 0) }
            }
            let count = try collection.snapshot.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM \"\(table)\"") }
            #expect(count == expected, "\(table)")
        }
    }
}
