import AuditModel
import AccessAnalysis

/// What would close the weakest way in to an application, and its logins without a second factor.
struct WeakestWayAdvice {
    /// A few sentences; empty when nobody surely gets in, or nothing weak is left.
    let sentences: [String]

    init(_ analysis: ApplicationAnalysis) {
        guard let way = analysis.reach.weakest else {
            sentences = []
            return
        }
        let decision = analysis.policies.first { $0.policyID == way.policyID }?.decision
        let credential = Self.credential(way, decision)
        // A Bypass has no MFA to demand, and whom it lets in without a credential no demand makes known.
        let demand = decision == "allow" ? Self.demand(way) : nil
        sentences = [credential, demand, Self.otherLogins(analysis, beside: way)].compactMap(\.self)
    }

    /// What to do about other policies that let people in without a second factor.
    private static func otherLogins(_ analysis: ApplicationAnalysis, beside weakest: WayIn) -> String? {
        let logins = Set(analysis.policies.filter { $0.decision == "allow" }.map(\.policyID))
        let others = analysis.reach.ways.filter {
            $0.mfa == .no && logins.contains($0.policyID) && $0.policyID != weakest.policyID
        }
        guard let first = others.first else { return nil }
        return "Demand MFA in \"\(first.policyName)\" too: it lets people in without a second factor."
    }

    private static func credential(_ way: WayIn, _ decision: String?) -> String? {
        let policy = "\"\(way.policyName)\""
        switch way.assurance {
        case .none:
            guard decision == "bypass" else {
                return "Demand a service token or a client certificate in \(policy): its rules match without any "
                    + "credential."
            }
            return way.network > .no
                ? "Replace Bypass in \(policy) by Allow or Service Auth, and keep the network as a Require beside it: an "
                    + "address says nothing of who comes."
                : "Replace Bypass in \(policy) by Service Auth (for programs) or Allow (for people), or limit the "
                    + "application to the paths that have to be public."
        case .anyMailbox:
            return "Name the domains or people in \(policy) (a public mail provider's domain is none), or take "
                + "one-time PIN out of the application's identity providers."
        case .consumerAccount:
            return "Name the domains, groups or people in \(policy), or take public identity providers out of the "
                + "application's identity providers."
        case .anyServiceToken:
            return "Name the service tokens in \(policy) that need the application, instead of any of the account."
        case .anyCertificate:
            return "Require the common names of the client certificates in \(policy) that need the application."
        case .directory:
            return "Name groups or people in \(policy): everybody whom the identity provider knows gets in."
        case .domain:
            return "Name a group of the identity provider in \(policy), unless everybody at the domain needs the "
                + "application."
        case .group, .named:
            return nil
        }
    }

    private static func demand(_ way: WayIn) -> String? {
        let policy = "\"\(way.policyName)\""
        if way.mfa == .no { return "Demand MFA, in the settings of \(policy) or of the application." }
        if way.devicePosture == .no { return "Require a device posture check in \(policy)." }
        return nil
    }
}
