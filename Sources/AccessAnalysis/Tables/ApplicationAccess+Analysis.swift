package import AuditModel
import JSONModel

extension ApplicationAccess {
    /// What documents say of an application.
    package init(_ analysis: ApplicationAnalysis, accountID: String) {
        let reach = analysis.reach
        func answer(_ question: ReachQuestion) -> Answer { Answer(reach.answers[question] ?? .unknown) }
        self.init(
            accountID: accountID,
            applicationID: analysis.applicationID,
            name: analysis.applicationName,
            type: analysis.applicationType,
            reach: Reach(
                anybody: Answer(reach.anybody),
                anonymous: answer(.anonymous),
                anyMailbox: answer(.anyMailbox),
                consumerAccount: answer(.consumerAccount),
                withoutMFA: answer(.withoutMFA),
                withoutDevicePosture: answer(.withoutDevicePosture),
                fromAnywhere: answer(.fromAnywhere)
            ),
            weakest: reach.weakest.map(Way.init),
            witness: reach.witness?.document.text,
            doubts: reach.doubts
        )
    }
}

extension ApplicationAccess.Way {
    fileprivate init(_ way: WayIn) {
        self.init(
            assurance: ApplicationAccess.Assurance(way.assurance),
            policyID: way.policyID,
            policyName: way.policyName,
            conditions: way.conditions,
            mfa: ApplicationAccess.Answer(way.mfa),
            devicePosture: ApplicationAccess.Answer(way.devicePosture),
            network: ApplicationAccess.Answer(way.network)
        )
    }
}

extension ApplicationAccess.Answer {
    fileprivate init(_ truth: Truth) {
        self =
            switch truth {
            case .yes: .yes
            case .no: .no
            case .unknown: .unknown
            }
    }
}

extension ApplicationAccess.Assurance {
    fileprivate init(_ assurance: Assurance) {
        self =
            switch assurance {
            case .none: .none
            case .anyMailbox: .anyMailbox
            case .consumerAccount: .consumerAccount
            case .anyServiceToken: .anyServiceToken
            case .anyCertificate: .anyCertificate
            case .directory: .directory
            case .domain: .domain
            case .group: .group
            case .named: .named
            }
    }
}
