package import AuditModel
package import SnapshotStore

/// A table that the analysis fills, beside the snapshot's own, for rules and queries to join.
package struct AnalysisTable: Sendable {
    /// Name, columns and what they mean.
    package let definition: SnapshotTable
    /// Snapshot tables it was made from: gaps in their coverage are gaps in this table.
    package let derivedFrom: [String]
    /// Values in the order of the columns.
    package let rows: [[EvidenceValue]]
}

/// What is known about the tables before there is a snapshot, for `ztaudit schema` and for checking rules.
package enum AnalysisCatalogue {
    /// Every table that ``AccessAnalysis/tables(of:accountID:)`` returns, in the same order, without rows.
    package static let tables: [AnalysisTable] = [
        ApplicationPolicyTable.table(rows: []), PolicyReachTable.table(rows: []),
    ]
}

/// The meaning of Access policies (ACCESS semantics), worked out once so that no rule has to.
package enum AccessAnalysis {
    /// Analyses one account.
    ///
    /// - Throws: `SnapshotError` or SQLite's error when the snapshot cannot be read.
    package static func tables(of snapshot: Snapshot, accountID: String) throws -> [AnalysisTable] {
        let configuration = try AccessConfiguration(snapshot, accountID: accountID)
        return [
            ApplicationPolicyTable.table(rows: ApplicationPolicyTable.rows(of: configuration)),
            PolicyReachTable.table(rows: PolicyReachTable.rows(of: configuration)),
        ]
    }
}
