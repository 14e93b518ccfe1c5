import AccessAnalysis
import SnapshotStore

/// The tables that a query reads, and what they stand for.
package struct TablesRead: Sendable, Hashable {
    /// As the query names them, sorted.
    package let named: [String]
    /// The tables of collected resources among them or behind them, sorted.
    package let collected: [String]
    /// API token permissions without which some of it cannot be read, in Cloudflare's words, sorted.
    package let permissions: [String]

    init(_ tables: Set<String>) {
        let sources = Set(tables.flatMap { Self.derivedFrom[$0] ?? [$0] })
        let kinds = sources.map { (table: $0, kinds: ResourceCatalogue.kinds(filling: $0)) }
            .filter { !$0.kinds.isEmpty }
        named = tables.sorted()
        collected = kinds.map(\.table).sorted()
        permissions = Set(kinds.flatMap(\.kinds).map(\.permission)).sorted()
    }

    /// Snapshot tables behind each table of the analysis or the configuration.
    static let derivedFrom = Dictionary(
        uniqueKeysWithValues: AnalysisCatalogue.tables.map { ($0.definition.name, $0.derivedFrom) }
    ).merging(ContextTables.derivedFrom) { own, _ in own }
}

/// Says which tables rules read.
package struct TableReader {
    private let checker: RuleChecker

    /// - Throws: ``StatementError`` when SQLite cannot make the empty tables.
    package init() throws {
        checker = try RuleChecker()
    }

    /// The tables that a rule's query reads.
    ///
    /// - Throws: ``RuleFileError`` when the query is wrong.
    package func tables(of rule: Rule) throws(RuleFileError) -> TablesRead {
        TablesRead(try checker.result(of: rule.placedQuery, parameters: rule.parameters).tables)
    }
}
