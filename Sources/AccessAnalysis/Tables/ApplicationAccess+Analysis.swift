package import AuditModel
import JSONModel

extension ApplicationAccess {
    /// What documents say of an application.
    ///
    /// - Parameters:
    ///   - analysis: What the analysis says of it.
    ///   - accountID: Its account.
    ///   - domain: Host and path that the API names first; `nil` when it names none.
    ///   - tier: How much it matters.
    package init(
        _ analysis: ApplicationAnalysis,
        accountID: String,
        domain: String? = nil,
        tier: ApplicationTier = .standard
    ) {
        let reach = analysis.reach
        func answer(_ question: ReachQuestion) -> Truth { reach.answers[question] ?? .unknown }
        self.init(
            accountID: accountID,
            applicationID: analysis.applicationID,
            name: analysis.applicationName,
            type: analysis.applicationType,
            domain: domain,
            tier: tier,
            policyIDs: analysis.policies.map(\.policyID),
            reach: Reach(
                anybody: reach.anybody,
                anonymous: answer(.anonymous),
                anyMailbox: answer(.anyMailbox),
                consumerAccount: answer(.consumerAccount),
                withoutMFA: answer(.withoutMFA),
                withoutDevicePosture: answer(.withoutDevicePosture),
                fromAnywhere: answer(.fromAnywhere)
            ),
            weakest: reach.weakest,
            witness: reach.witness?.document.text,
            doubts: reach.doubts
        )
    }
}
