import SnapshotStore

/// What a policy does to those whom it matches.
enum PolicyAction: String, Sendable, Hashable {
    case allow, bypass
    case block = "deny"
    case serviceAuth = "non_identity"

    /// How the action makes rules be read.
    var context: RuleContext {
        switch self {
        case .allow, .block: .login
        case .bypass: .bypass
        case .serviceAuth: .serviceAuth
        }
    }
}

/// How rules are read: only Allow and Block policies look at who logged in (Policies, "Actions").
enum RuleContext: Hashable, Sendable, CaseIterable {
    case bypass, serviceAuth, login
}

/// A policy at its place in the order in which Access runs those of an application.
struct ChainedPolicy: Sendable, Hashable {
    let id: String
    /// `nil` for a policy that is in no answer of the API.
    let policy: AccessPolicy?
    let link: AccessApplication.Link
    /// `nil` when nobody knows what the policy does: it may do anything, and may run first.
    let action: PolicyAction?
    let mfa: IndependentMFA

    var name: String { policy?.name ?? id }
    var blocks: RuleBlocks { policy?.blocks ?? .unseen(id) }
}

extension RuleBlocks {
    /// The blocks of a policy that is in no answer of the API.
    static func unseen(_ id: String) -> RuleBlocks {
        let doubt = AccessCondition.notUnderstood("the policy \"\(id)\", which was in no answer of the API")
        return RuleBlocks(include: [ConditionSet(notUnderstood: doubt)])
    }
}

/// An application's policies in the order in which Access runs them, with all that they need.
struct PolicyChain: Sendable {
    let configuration: AccessConfiguration
    let application: AccessApplication
    let policies: [ChainedPolicy]
    /// The groups that the policies name, directly or through groups; what a component needs comes before it.
    let groups: [[AccessGroup]]

    /// Whether it is known what policies mean for this type of application.
    ///
    /// End-user applications take no policies of their own.
    var isTypeUnderstood: Bool {
        [
            "app_launcher", "biso", "bookmark", "dash_sso", "infrastructure", "mcp", "mcp_portal", "proxy_endpoint",
            "rdp",
            "saas", "self_hosted", "ssh", "vnc", "warp",
        ].contains(application.type)
    }

    init(_ application: AccessApplication, in configuration: AccessConfiguration) {
        self.configuration = configuration
        self.application = application
        policies = Self.runOrder(of: application, policies: configuration.policies).map { link, policy in
            ChainedPolicy(
                id: link.policyID,
                policy: policy,
                link: link,
                action: policy?.decision.flatMap(PolicyAction.init(rawValue:)),
                mfa: IndependentMFA(policy: policy, application: application, organization: configuration.organization)
            )
        }
        groups = configuration.groups.needed(by: policies.map(\.blocks))
    }

    /// Bypass and Service Auth in list order, then Allow and Block; an action that is not known may run first.
    private static func runOrder(
        of application: AccessApplication,
        policies: [String: AccessPolicy]
    ) -> [(link: AccessApplication.Link, policy: AccessPolicy?)] {
        func phase(_ policy: AccessPolicy?) -> Int {
            switch policy?.decision.flatMap(PolicyAction.init(rawValue:)) {
            case nil: 0
            case .bypass, .serviceAuth: 1
            case .allow, .block: 2
            }
        }
        var seen: Set<String> = []
        return application.links
            .sorted { $0.position < $1.position }
            .filter { seen.insert($0.policyID).inserted }
            .map { ($0, policies[$0.policyID]) }
            .sorted { left, right in
                (phase(left.1), left.0.precedence ?? left.0.position, left.0.position)
                    < (phase(right.1), right.0.precedence ?? right.0.position, right.0.position)
            }
    }
}
