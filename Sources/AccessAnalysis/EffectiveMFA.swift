import SnapshotStore

/// Whether a policy of an application demands a second factor, and which level decided.
struct EffectiveMFA: Sendable, Hashable {
    enum State: String {
        case required, unknown
        case notRequired = "not_required"
    }

    enum Source: String {
        case selector, policy, application, organization, none
    }

    let state: State
    let source: Source
    /// One sentence for evidence.
    let explanation: String

    /// Works it out with Cloudflare's precedence: policy, then application, then organization; a Require on the
    /// identity provider's own methods suffices before all of them.
    init(policy: AccessPolicy, application: AccessApplication, configuration: AccessConfiguration) {
        if let doubt = PolicyDoubt.sentence(policy.id, in: configuration) {
            self.init(.unknown, .none, doubt)
            return
        }
        guard policy.decision == "allow" else {
            self.init(.notRequired, .none, "The policy is no Allow policy, so nobody logs in for it.")
            return
        }
        let demand = configuration.secondFactor.demand(of: policy.blocks)
        if demand == .yes {
            self.init(.required, .selector, "The policy requires a second factor reported by the identity provider.")
            return
        }
        self = Self.independent(policy: policy, application: application, organization: configuration.organization)
        if state == .notRequired, demand == .unknown {
            self.init(
                .unknown,
                .selector,
                "The policy's rules may demand a second factor: what decides (an Access group, or its Include) is in no answer of "
                    + "the API."
            )
        }
    }

    /// What is known of a policy that is in no answer of the API.
    static func unseen(_ policyID: String) -> EffectiveMFA {
        EffectiveMFA(.unknown, .none, PolicyDoubt.unseen(policyID))
    }

    private init(_ state: State, _ source: Source, _ explanation: String) {
        self.state = state
        self.source = source
        self.explanation = explanation
    }

    private static func independent(
        policy: AccessPolicy,
        application: AccessApplication,
        organization: OrganizationState
    ) -> EffectiveMFA {
        if policy.mfa.isDisabled {
            return EffectiveMFA(.notRequired, .policy, "The policy switches Cloudflare's MFA off.")
        }
        if !policy.mfa.isUnderstood { return notUnderstood(.policy) }
        if policy.mfa.hasOwnSettings {
            return customised(.policy, policy.mfa, application: application, organization: organization)
        }
        if application.mfa.isDisabled {
            return EffectiveMFA(.notRequired, .application, "The application switches Cloudflare's MFA off.")
        }
        if !application.mfa.isUnderstood { return notUnderstood(.application) }
        if application.mfa.hasOwnSettings {
            return customised(.application, application.mfa, application: application, organization: organization)
        }
        return inherited(by: application, organization: organization)
    }

    private static func customised(
        _ source: Source,
        _ setting: MFASetting,
        application: AccessApplication,
        organization: OrganizationState
    ) -> EffectiveMFA {
        if application.type == "mcp" { return portalIgnoresIt }
        switch organization {
        case .unread:
            return EffectiveMFA(
                .unknown,
                source,
                "The \(source.rawValue) has MFA settings, but the organization, which may have MFA off, was not read."
            )
        case .absent:
            return EffectiveMFA(.notRequired, .organization, "The account has no organization that offers MFA.")
        case .read(let organization) where !organization.isMFAUnderstood:
            return notUnderstood(.organization)
        case .read(let organization) where organization.authenticators.isEmpty:
            return EffectiveMFA(
                .notRequired,
                .organization,
                "The organization allows no authenticator, which switches Cloudflare's MFA off everywhere."
            )
        case .read where setting.authenticators == []:
            return EffectiveMFA(
                .unknown,
                source,
                "The \(source.rawValue) has an empty list of authenticators; its effect is not documented."
            )
        case .read:
            return EffectiveMFA(.required, source, "The \(source.rawValue) has MFA settings of its own.")
        }
    }

    private static func inherited(by application: AccessApplication, organization: OrganizationState) -> EffectiveMFA {
        switch organization {
        case .unread:
            return EffectiveMFA(.unknown, .organization, "The organization, which may demand MFA, was not read.")
        case .absent:
            return EffectiveMFA(.notRequired, .none, "No level demands MFA.")
        case .read(let organization) where !organization.isMFAUnderstood:
            return notUnderstood(.organization)
        case .read(let organization):
            guard organization.requiresMFAForAllApps, !organization.authenticators.isEmpty else {
                return EffectiveMFA(.notRequired, .none, "No level demands MFA.")
            }
        }
        switch application.type {
        case "self_hosted", "ssh", "vnc", "rdp", "infrastructure":
            return EffectiveMFA(.required, .organization, "The organization demands MFA for all applications.")
        case "app_launcher":
            return EffectiveMFA(
                .notRequired,
                .none,
                "The App Launcher is exempt from the organization's MFA, so that users can enrol."
            )
        case "mcp":
            return portalIgnoresIt
        default:
            return EffectiveMFA(
                .unknown,
                .organization,
                "The organization demands MFA for all applications; whether that covers this type is not documented."
            )
        }
    }

    private static func notUnderstood(_ source: Source) -> EffectiveMFA {
        EffectiveMFA(.unknown, source, "The MFA settings of the \(source.rawValue) are not understood.")
    }

    private static let portalIgnoresIt = EffectiveMFA(
        .notRequired,
        .none,
        "An MCP portal does not ask for Cloudflare's MFA when it authorises a user for its servers."
    )
}

/// Whether rules demand a second factor that the identity provider reports (`auth_method`).
struct SecondFactorDemand {
    private let certain: Reading
    private let possible: Reading

    init(groups: [String: AccessGroup]) {
        certain = Reading(groups, unseenDemands: false)
        possible = Reading(groups, unseenDemands: true)
    }

    /// Whether rules demand one; `unknown` where that hangs on rules or groups that are in no answer of the API.
    func demand(of blocks: RuleBlocks) -> Truth {
        if certain.isDemanded(by: blocks) { return .yes }
        return possible.isDemanded(by: blocks) ? .unknown : .no
    }

    /// The groups that demand one, by one view of what is in no answer.
    ///
    /// Taken as the least set that agrees with itself: a group counts only when that follows without the group itself,
    /// so a cycle never hides a missing demand, and branching costs nothing.
    private struct Reading {
        private let groups: [String: AccessGroup]
        private let unseenDemands: Bool
        private var demanding: Set<String> = []

        /// Methods of RFC 8176 that a login without a second factor can report.
        private static let singleFactorMethods: Set<String> = ["pwd", "pin", "kba", "geo", "rba", "user", "wia"]

        init(_ groups: [String: AccessGroup], unseenDemands: Bool) {
            self.groups = groups
            self.unseenDemands = unseenDemands
            var open = groups.values.filter { group in
                !group.blocks.isRead
                    || [group.blocks.require, group.blocks.include].joined().contains {
                        $0.selector == .authMethod || $0.selector == .group
                    }
            }
            while true {
                let found = open.filter { isDemanded(by: $0.blocks) }.map(\.id)
                guard !found.isEmpty else { return }
                demanding.formUnion(found)
                open.removeAll { demanding.contains($0.id) }
            }
        }

        func isDemanded(by blocks: RuleBlocks) -> Bool {
            if blocks.require.contains(where: isDemanded) { return true }
            guard blocks.isRead else { return unseenDemands }
            return !blocks.include.isEmpty && blocks.include.allSatisfy(isDemanded)
        }

        private func isDemanded(by rule: StoredRule) -> Bool {
            switch rule.selector {
            case .authMethod: rule.value.map { !Self.singleFactorMethods.contains($0) } ?? false
            case .group: rule.value.map { groups[$0] == nil ? unseenDemands : demanding.contains($0) } ?? false
            default: false
            }
        }
    }
}
