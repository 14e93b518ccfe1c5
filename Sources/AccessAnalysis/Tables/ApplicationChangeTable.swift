package import AuditModel
import Dispatch
import JSONModel
package import SnapshotStore
import Synchronization

/// `application_change`: who gets in to each application now and did not in an earlier snapshot.
package enum ApplicationChangeTable {
    /// The table without rows, for `ztaudit schema` and for checking rules: without an earlier snapshot it stays so.
    package static let definition = SnapshotTable(
        name: "application_change",
        summary: "Who gets in to each application now and did not in the earlier snapshot; empty when none was given.",
        columns: [
            .init("account_id", "TEXT", "Account."),
            .init("application_id", "TEXT", "Application."),
            .init("application_name", "TEXT", "Its name."),
            .init("application_type", "TEXT", "Its type."),
            .init("previous_at", "TEXT", "When the earlier snapshot was begun."),
            .init(
                "relation",
                "TEXT",
                "Those who get in now, compared with those who did: equal, larger, smaller, incomparable (somebody more and "
                    + "somebody less) or unknown; new for an application that was not there."
            ),
            .init("gained", "TEXT", "Somebody who gets in now and did not, in words; NULL when there is nobody."),
            .init("gained_requester", "TEXT", "The same as JSON (requester.schema.json)."),
            .init("lost", "TEXT", "Somebody who got in and does not now, in words; NULL when there is nobody."),
        ]
    )

    /// Snapshot tables from which it is made.
    package static let derivedFrom = AnalysisCatalogue.sources

    /// Compares every application with its earlier version.
    ///
    /// - Parameters:
    ///   - account: The account as it is.
    ///   - previous: The account as it was.
    ///   - time: When the earlier snapshot was begun.
    /// - Returns: A row for each application, in the order of the columns.
    package static func rows(
        of account: AccountAnalysis,
        since previous: AccountAnalysis,
        at time: String
    ) -> [[EvidenceValue]] {
        let applications = account.applications
        let rows = Mutex([[EvidenceValue]](repeating: [], count: applications.count))
        DispatchQueue.concurrentPerform(iterations: applications.count) { place in
            let row = row(of: applications[place], account, previous, time)
            rows.withLock { $0[place] = row }
        }
        return rows.withLock { $0 }
    }

    private static func row(
        of application: AccountAnalysis.Application,
        _ account: AccountAnalysis,
        _ previous: AccountAnalysis,
        _ time: String
    ) -> [EvidenceValue] {
        let difference = account.difference(of: application.id, since: previous, application.id)
        let relation =
            difference?.relation.rawValue
            // What was not read may have been there.
            ?? (previous.areApplicationsComplete ? "new" : SemanticDifference.Relation.unknown.rawValue)
        func words(_ requester: Requester?, _ account: AccountAnalysis) -> EvidenceValue {
            guard let requester else { return .null }
            let phrases = account.describe(requester)
            return .text(phrases.isEmpty ? "somebody who shows nothing" : phrases.joined(separator: ", "))
        }
        return [
            .text(account.configuration.accountID), .text(application.id), .text(application.name),
            .text(application.type), .text(time), .text(relation),
            words(difference?.admittedOnlyByNew, account),
            EvidenceValue(difference?.admittedOnlyByNew?.document.text),
            words(difference?.admittedOnlyByOld, previous),
        ]
    }
}
