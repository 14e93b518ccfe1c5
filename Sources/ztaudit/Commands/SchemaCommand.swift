import AccessAnalysis
import ArgumentParser
import BuiltInFiles
import RuleEngine
import SnapshotStore

/// `ztaudit schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Show the tables that rules and queries can read, or the form of a requester's document."
    )

    @Argument(help: "Table to describe; without it, all tables are listed.")
    var table: String?

    @Flag(name: .customLong("requester"), help: "Print the JSON Schema of the document that describes a requester.")
    var wantsRequesterSchema = false

    func validate() throws {
        guard wantsRequesterSchema, table != nil else { return }
        throw ValidationError("Give either a table or --requester.")
    }

    mutating func run() throws {
        guard !wantsRequesterSchema else {
            try Console.output(BuiltInFiles.requesterSchema)
            return
        }
        guard let table else {
            try Console.output(list())
            return
        }
        let analysis = AnalysisCatalogue.tables.first { $0.definition.name == table }
        guard
            let definition = analysis?.definition
                ?? (Snapshot.tables + ContextTables.all).first(where: { $0.name == table })
        else {
            throw ValidationError("There is no table '\(table)'. 'ztaudit schema' lists all.")
        }
        var text = "\(definition.name): \(definition.summary)\n"
        if let analysis {
            text += "Worked out from \(analysis.derivedFrom.joined(separator: ", ")).\n"
        }
        let permissions = Set(ResourceCatalogue.kinds(filling: table).map(\.permission)).sorted()
        if !permissions.isEmpty { text += "Needs the permission \(permissions.joined(separator: ", ")).\n" }
        text +=
            "\n"
            + TextTable.render(
                columns: ["column", "type", "holds"],
                rows: definition.columns.map { [$0.name, $0.sqlType, $0.help] }
            )
        try Console.output(text)
    }

    private func list() -> String {
        let groups: [(title: String, tables: [SnapshotTable])] = [
            ("Collected from the API, with the rest in each row's body:", ResourceCatalogue.tables),
            ("Worked out by the analysis:", AnalysisCatalogue.tables.map(\.definition)),
            ("Filled from the configuration:", ContextTables.all),
            (
                "About the collection:",
                Snapshot.tables.filter { table in !ResourceCatalogue.tables.contains { $0.name == table.name } }
            ),
        ]
        return groups.map { group in
            "\(group.title)\n"
                + TextTable.render(columns: nil, rows: group.tables.map { ["  \($0.name)", $0.summary] })
        }.joined(separator: "\n")
    }
}
