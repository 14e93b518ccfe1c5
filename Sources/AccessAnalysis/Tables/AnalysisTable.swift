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
    /// The SELECT of a view over tables that come before it, which then has no rows of its own; `nil` for a table.
    package var view: String?
}

/// What is known about the tables before there is a snapshot, for `ztaudit schema` and for checking rules.
package enum AnalysisCatalogue {
    /// Every table that ``AccessAnalysis/tables(of:accountID:at:)`` returns, in the same order, without rows, and the
    /// one that needs an earlier snapshot.
    package static let tables: [AnalysisTable] = [
        ApplicationPolicyTable.table(rows: []), ApplicationReachTable.table(rows: []), WayInTable.table(rows: []),
        PolicyDefectTable.table(rows: []), PolicyRuleSourceTable.table(rows: []), PolicySelectorTable.table,
        PolicyReachTable.table(rows: []), TunnelHostnameTable.table(rows: []),
        TunnelHostnameApplicationTable.table(rows: []),
        AnalysisTable(
            definition: ApplicationChangeTable.definition,
            derivedFrom: ApplicationChangeTable.derivedFrom,
            rows: []
        ),
    ]

    /// Snapshot tables without which little is known of who gets in to an application.
    ///
    /// What is missing of others, such as service tokens, leaves just those answers unknown that hang on it.
    static let sources = ["access_application", "access_group", "access_policy", "identity_provider", "organization"]
}

/// The meaning of Access policies, as tables.
package enum AccessAnalysis {
    /// Analyses one account.
    ///
    /// - Parameters:
    ///   - snapshot: A finished snapshot.
    ///   - accountID: Account to analyse.
    ///   - time: When service tokens are looked at: what has expired by then is none.
    /// - Returns: The tables of ``AnalysisCatalogue/tables``, with rows, but ``ApplicationChangeTable``.
    /// - Throws: `SnapshotError` or SQLite's error when the snapshot cannot be read.
    package static func tables(
        of snapshot: Snapshot,
        accountID: String,
        at time: UTCTimestamp
    ) throws -> [AnalysisTable] {
        let account = try AccountAnalysis(of: snapshot, accountID: accountID, at: time)
        return tables(of: account, account.analyses())
    }

    /// The tables of an account whose applications were analysed before.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - analyses: What ``AccountAnalysis/analyses()`` returned of it.
    /// - Returns: The tables of ``AnalysisCatalogue/tables``, with rows, but ``ApplicationChangeTable``.
    package static func tables(of account: AccountAnalysis, _ analyses: [ApplicationAnalysis]) -> [AnalysisTable] {
        let accountID = account.configuration.accountID
        return [
            ApplicationPolicyTable.table(rows: ApplicationPolicyTable.rows(of: analyses, accountID: accountID)),
            ApplicationReachTable.table(rows: ApplicationReachTable.rows(of: analyses, accountID: accountID)),
            WayInTable.table(rows: WayInTable.rows(of: analyses, accountID: accountID)),
            PolicyDefectTable.table(rows: PolicyDefectTable.rows(of: analyses, accountID: accountID)),
            PolicyRuleSourceTable.table(rows: PolicyRuleSourceTable.rows(of: account.configuration)),
            PolicySelectorTable.table,
            PolicyReachTable.table(rows: PolicyReachTable.rows(of: account.configuration)),
            TunnelHostnameTable.table(
                rows: TunnelHostnameTable.rows(of: account.tunnelHostnames, accountID: accountID)
            ),
            TunnelHostnameApplicationTable.table(
                rows: TunnelHostnameApplicationTable.rows(of: account.tunnelHostnames, accountID: accountID)
            ),
        ]
    }
}

extension EvidenceValue {
    /// NULL for `nil`.
    init(_ text: String?) { self = text.map(EvidenceValue.text) ?? .null }
}
