package import AuditModel
import JSONModel

extension ApplicationAccess {
    /// What documents say of an application.
    package init(_ analysis: ApplicationAnalysis, accountID: String) {
        let reach = analysis.reach
        func answer(_ question: ReachQuestion) -> Truth { reach.answers[question] ?? .unknown }
        self.init(
            accountID: accountID,
            applicationID: analysis.applicationID,
            name: analysis.applicationName,
            type: analysis.applicationType,
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
