import AuditModel
import SnapshotStore

/// Whether Cloudflare's own MFA is demanded of those whom a policy admits to an application, and by which level.
///
/// Precedence is policy, application, organization (Multi-factor authentication, "Independent MFA").
struct IndependentMFA: Sendable, Hashable {
    /// The level that decided.
    enum Source: String, Sendable {
        case policy, application, organization, none
    }

    let isDemanded: Truth
    let source: Source
    /// Authenticators of which one is enough; where MFA is demanded and there are none, nobody gets past.
    let authenticators: Set<Requester.Authenticator>
    /// Whether there are authenticators of which nobody knows what they are.
    let hasUnknownAuthenticators: Bool
    /// One sentence for evidence.
    let explanation: String

    init(policy: AccessPolicy?, application: AccessApplication, organization state: OrganizationState) {
        guard let policy else {
            self.init(.unknown, .none, "The policy's MFA settings are in no answer of the API.")
            return
        }
        let answer = Self.answer(policy: policy, application: application, organization: state)
        let levels = [policy.mfa.authenticators, application.mfa.authenticators, state.organization?.authenticators]
        let methods = levels.compactMap(\.self).first { !$0.isEmpty } ?? []
        // Missing methods come from the next level that has some (explain.md, point 7).
        let own = answer.source == .organization ? state.organization?.authenticators ?? [] : methods
        let isInfrastructure = application.type == "infrastructure"
        self.init(
            answer.isDemanded,
            answer.source,
            answer.explanation,
            authenticators: Set(own.compactMap(Requester.Authenticator.init(rawValue:)))
                .filter { $0.isForInfrastructure == isInfrastructure },
            hasUnknownAuthenticators: own.contains { Requester.Authenticator(rawValue: $0) == nil }
        )
    }

    private init(
        _ isDemanded: Truth,
        _ source: Source,
        _ explanation: String,
        authenticators: Set<Requester.Authenticator> = [],
        hasUnknownAuthenticators: Bool = false
    ) {
        self.isDemanded = isDemanded
        self.source = source
        self.explanation = explanation
        self.authenticators = authenticators
        self.hasUnknownAuthenticators = hasUnknownAuthenticators
    }

    private static func answer(
        policy: AccessPolicy,
        application: AccessApplication,
        organization: OrganizationState
    ) -> IndependentMFA {
        if policy.mfa.isDisabled { return IndependentMFA(.no, .policy, "The policy switches Cloudflare's MFA off.") }
        if !policy.mfa.isUnderstood { return notUnderstood(.policy) }
        if policy.mfa.hasOwnSettings {
            return customised(.policy, policy.mfa, application: application, organization: organization)
        }
        if application.mfa.isDisabled {
            return IndependentMFA(.no, .application, "The application switches Cloudflare's MFA off.")
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
    ) -> IndependentMFA {
        if application.type == "mcp" { return portalIgnoresIt }
        switch organization {
        case .unread:
            return IndependentMFA(
                .unknown,
                source,
                "The \(source.rawValue) has MFA settings, but the organization, which may have MFA off, was not read."
            )
        case .absent:
            return IndependentMFA(.no, .organization, "The account has no organization that offers MFA.")
        case .read(let organization) where !organization.isMFAUnderstood:
            return notUnderstood(.organization)
        case .read(let organization) where organization.authenticators.isEmpty:
            return switchedOff
        case .read where setting.authenticators == []:
            return IndependentMFA(
                .unknown,
                source,
                "The \(source.rawValue) has an empty list of authenticators; its effect is not documented."
            )
        case .read:
            return IndependentMFA(.yes, source, "The \(source.rawValue) has MFA settings of its own.")
        }
    }

    private static func inherited(by application: AccessApplication, organization: OrganizationState) -> IndependentMFA
    {
        switch organization {
        // For these types it makes no difference what the organization demands.
        case .unread where application.type == "app_launcher":
            return appLauncherIsExempt
        case .unread where application.type == "mcp":
            return portalIgnoresIt
        case .unread:
            return IndependentMFA(.unknown, .organization, "The organization, which may demand MFA, was not read.")
        case .absent:
            return IndependentMFA(.no, .none, "No level demands MFA.")
        case .read(let organization) where !organization.isMFAUnderstood:
            return notUnderstood(.organization)
        case .read(let organization) where !organization.requiresMFAForAllApps:
            return IndependentMFA(.no, .none, "No level demands MFA.")
        case .read(let organization) where organization.authenticators.isEmpty:
            return switchedOff
        case .read:
            break
        }
        switch application.type {
        case "self_hosted", "ssh", "vnc", "rdp", "infrastructure":
            return IndependentMFA(.yes, .organization, "The organization demands MFA for all applications.")
        case "app_launcher":
            return appLauncherIsExempt
        case "mcp":
            return portalIgnoresIt
        default:
            return IndependentMFA(
                .unknown,
                .organization,
                "The organization demands MFA for all applications; whether that covers this type is not documented."
            )
        }
    }

    private static func notUnderstood(_ source: Source) -> IndependentMFA {
        IndependentMFA(.unknown, source, "The MFA settings of the \(source.rawValue) are not understood.")
    }

    private static let switchedOff = IndependentMFA(
        .no,
        .organization,
        "The organization allows no authenticator, which switches Cloudflare's MFA off everywhere."
    )

    private static let appLauncherIsExempt = IndependentMFA(
        .no,
        .none,
        "The App Launcher is exempt from the organization's MFA, so that users can enrol."
    )

    private static let portalIgnoresIt = IndependentMFA(
        .no,
        .none,
        "An MCP portal does not ask for Cloudflare's MFA when it authorises a user for its servers."
    )
}
