import SnapshotStore

/// A class of requesters, and what the access rules say to it.
///
/// Whoever is in the class chooses freely what needs no credential, such as the country to ask from.
struct RequesterClass {
    /// One-time PIN identity providers by which the class logs in.
    let oneTimePINProviders: Set<String>
    /// Whether the class has a mailbox at a public mail provider.
    let hasPublicMailbox: Bool
    /// Whether limits on country and risk score are taken as met.
    let meetsCircumstances: Bool

    /// Domains in which anybody can have a mailbox.
    static let publicMailDomains: Set<String> = [
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "proton.me",
        "protonmail.com", "aol.com", "gmx.com", "gmx.de",
    ]

    /// Whether every requester of the class matches a rule that is no group.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - isExcluding: Whether a match keeps the requester out, so that what can be avoided is avoided.
    /// - Returns: `unknown` where the configuration does not say.
    func matches(_ rule: StoredRule, isExcluding: Bool) -> Truth {
        // A rule that nobody understands hardly keeps everybody out.
        guard rule.isUnderstood, let selector = rule.selector else { return isExcluding ? .no : .unknown }
        switch selector {
        case .everyone:
            return .yes
        case .ip:
            // The range of all IPv4 addresses leaves IPv6 to ask from.
            return !isExcluding && rule.value?.hasSuffix("/0") == true ? .yes : .no
        case .geo, .userRiskScore:
            return meetsCircumstances && !isExcluding ? .yes : .no
        case .loginMethod:
            return rule.value.map(oneTimePINProviders.contains) == true ? .yes : .no
        case .emailDomain:
            let isPublic = rule.value.map(Self.publicMailDomains.contains) == true
            return isPublic && hasPublicMailbox && !isExcluding ? .yes : .no
        case .externalEvaluation:
            return isExcluding ? .no : .unknown
        case .anyValidServiceToken, .authContext, .authMethod, .azureAD, .certificate, .cloudflareAccountMember,
            .commonName, .devicePosture, .email, .emailList, .githubOrganization, .group, .gsuite, .ipList,
            .linkedAppToken, .oidc, .okta, .saml, .serviceToken:
            return .no
        }
    }
}
