import AuditModel

/// How the requesters whom one version of an application admits compare with those of another.
package struct SemanticDifference: Sendable, Hashable {
    /// The set of the newer version, compared with the older one's.
    package enum Relation: String, Sendable, CaseIterable {
        /// The same requesters get in.
        case equal
        /// Somebody more gets in, and nobody less.
        case larger
        /// Somebody no longer gets in, and nobody more.
        case smaller
        /// Somebody more gets in, and somebody else no longer does.
        case incomparable
        /// The configuration does not tell, or the bound on the work was met.
        case unknown
    }

    package let relation: Relation
    /// A requester whom only the newer version admits; `nil` when there surely is none, or none was found.
    package let admittedOnlyByNew: Requester?
    /// A requester whom only the older version admits; `nil` when there surely is none, or none was found.
    package let admittedOnlyByOld: Requester?
}

extension AccountAnalysis {
    /// Compares whom two versions of an application's configuration admit.
    ///
    /// Each version may stand in an account of its own: its groups, lists, providers and tokens count as they are there.
    ///
    /// - Parameters:
    ///   - applicationID: The application in this account, the newer version.
    ///   - older: The account with the older version.
    ///   - olderID: The application's id there.
    /// - Returns: `nil` when one of the accounts has no such application.
    package func difference(
        of applicationID: String,
        since older: AccountAnalysis,
        _ olderID: String
    ) -> SemanticDifference? {
        guard let new = chain(of: applicationID), let old = older.chain(of: olderID) else { return nil }
        return SemanticDifference(from: old, to: new)
    }
}

extension SemanticDifference {
    private static let unknown = SemanticDifference(relation: .unknown, admittedOnlyByNew: nil, admittedOnlyByOld: nil)

    init(from old: PolicyChain, to new: PolicyChain, budget: Int = ReachSearch.budget) {
        guard old.isTypeUnderstood, new.isTypeUnderstood, var space = RequesterSpace([old, new]) else {
            self = .unknown
            return
        }
        var budget = budget
        var (gained, lost) = Self.changes(&space, &budget)
        if gained.exists == .unknown || lost.exists == .unknown,
            var worlds = RequesterSpace([old, new], choosingOpenQuestions: true)
        {
            // Whatever the open questions' answers, they are the same for both versions.
            let (possiblyGained, possiblyLost) = Self.changes(&worlds, &budget)
            if possiblyGained.exists == .no { gained.exists = .no }
            if possiblyLost.exists == .no { lost.exists = .no }
        }
        let relation: Relation =
            switch (gained.exists, lost.exists) {
            case (.no, .no): .equal
            case (.yes, .no): .larger
            case (.no, .yes): .smaller
            case (.yes, .yes): .incomparable
            default: .unknown
            }
        self.init(relation: relation, admittedOnlyByNew: gained.witness, admittedOnlyByOld: lost.witness)
    }

    private static func changes(
        _ space: inout RequesterSpace,
        _ budget: inout Int
    ) -> (gained: (exists: Truth, witness: Requester?), lost: (exists: Truth, witness: Requester?)) {
        let before = ChainFormula(side: 0, in: &space).admission(&space.solver)
        let after = ChainFormula(side: 1, in: &space).admission(&space.solver)
        return (
            somebody(in: after, notIn: before, &space, &budget), somebody(in: before, notIn: after, &space, &budget)
        )
    }

    /// A requester whom one version surely admits and the other surely does not.
    private static func somebody(
        in here: Node,
        notIn there: Node,
        _ space: inout RequesterSpace,
        _ budget: inout Int
    ) -> (exists: Truth, witness: Requester?) {
        if space.solver.solve(assuming: [here.isYes, there.isNo], budget: &budget) == .satisfiable {
            return (.yes, space.requester())
        }
        let possible = space.solver.solve(assuming: [!here.isNo, !there.isYes], budget: &budget)
        return (possible == .unsatisfiable ? .no : .unknown, nil)
    }
}
