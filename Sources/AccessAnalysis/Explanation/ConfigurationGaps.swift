package import AuditModel
package import SnapshotStore

/// What of that on which the analysis of an account's applications rests was not read.
package enum ConfigurationGaps {
    /// Kinds that policies and their selectors are made of.
    private static let kinds: [ResourceKind] = [
        .accessApplications, .accessPolicies, .accessGroups, .identityProviders, .organization, .serviceTokens,
        .devicePostureRules, .gatewayLists, .gatewayListItems,
    ]

    /// An entry for each kind that was not read to its end; a kind that was never asked for counts as failed.
    package static func entries(of snapshot: Snapshot, accountID: String) -> [CoverageEntry] {
        kinds.compactMap { kind in
            let entries = snapshot.coverage.filter { $0.accountID == accountID && $0.kind == kind.name }
            guard let entry = CoverageEntry.merged(entries) else {
                return CoverageEntry(
                    accountID: accountID,
                    kind: kind.name,
                    table: kind.table,
                    status: .failed,
                    permission: kind.permission,
                    rowCount: 0
                )
            }
            return entry.status.isReliable ? nil : entry
        }
    }
}
