import JSONModel
import SnapshotStore

/// What one access rule asks of a requester, with its values ready to be compared.
enum AccessCondition: Hashable, Sendable {
    case everyone
    /// Lower case.
    case email(String)
    /// Lower case, without `@`.
    case emailDomain(String)
    case emailList(id: String)
    case group(id: String)
    case ip(AddressRange)
    case ipList(id: String)
    /// Upper case.
    case country(String)
    case loginMethod(providerID: String)
    case authMethod(String)
    case authContext(String, providerID: String?)
    case anyCertificate
    case commonName(String)
    case devicePosture(id: String)
    case serviceToken(id: String)
    case anyServiceToken
    case linkedApplication(id: String)
    /// What an endpoint answers, signed with a key of a set.
    case externalEvaluation(url: String, keysURL: String?)
    case claim(Claim)
    case riskScore(Set<Requester.RiskScore>)
    /// `nil` means the account itself.
    case accountMember(accountID: String?)
    /// Nobody knows what it asks; the text says what it is.
    case notUnderstood(String)

    init(_ rule: StoredRule) {
        guard let type = rule.type else {
            self = .notUnderstood("a rule that is no object with one key")
            return
        }
        self = rule.isUnderstood ? Self.reading(rule) ?? .notUnderstood(Self.doubt(rule, type)) : .notUnderstood(type)
    }

    private static func doubt(_ rule: StoredRule, _ type: String) -> String {
        rule.value.map { "\(type) \"\($0)\"" } ?? type
    }

    private static func reading(_ rule: StoredRule) -> AccessCondition? {
        guard let selector = rule.selector else { return nil }
        if let claim = Claim(rule) { return .claim(claim) }
        switch selector {
        case .everyone: return .everyone
        case .anyValidServiceToken: return .anyServiceToken
        case .certificate: return .anyCertificate
        case .externalEvaluation: return rule.value.map { .externalEvaluation(url: $0, keysURL: rule.qualifier) }
        case .cloudflareAccountMember: return .accountMember(accountID: rule.value)
        case .userRiskScore:
            let levels = rule.value?.split(separator: ",").map { Requester.RiskScore(rawValue: String($0)) } ?? []
            return levels.contains(nil) ? nil : .riskScore(Set(levels.compactMap(\.self)))
        case .authContext, .authMethod, .commonName, .devicePosture, .email, .emailDomain, .emailList, .geo, .group,
            .ip,
            .ipList, .linkedAppToken, .loginMethod, .serviceToken:
            return rule.value.flatMap { naming(selector, $0, rule) }
        case .azureAD, .githubOrganization, .gsuite, .oidc, .okta, .saml: return nil
        }
    }

    /// The conditions that name one thing.
    private static func naming(_ selector: AccessSelector, _ value: String, _ rule: StoredRule) -> AccessCondition? {
        switch selector {
        case .email: .email(value.lowercased())
        case .emailDomain: .emailDomain(value.lowercased())
        case .emailList: .emailList(id: value)
        case .group: .group(id: value)
        case .ip: AddressRange(value).map(AccessCondition.ip)
        case .ipList: .ipList(id: value)
        case .geo: .country(value.uppercased())
        case .loginMethod: .loginMethod(providerID: value)
        case .authMethod: .authMethod(value)
        case .authContext: .authContext(value, providerID: rule.identityProviderID)
        case .commonName: .commonName(value)
        case .devicePosture: .devicePosture(id: value)
        case .serviceToken: .serviceToken(id: value)
        case .linkedAppToken: .linkedApplication(id: value)
        case .anyValidServiceToken, .azureAD, .certificate, .cloudflareAccountMember, .everyone, .externalEvaluation,
            .githubOrganization, .gsuite, .oidc, .okta, .saml, .userRiskScore:
            nil
        }
    }
}

/// A group membership, attribute or claim that an identity provider asserts.
struct Claim: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case azureAD, okta, gsuite
        /// `nil` means any team.
        case github(team: String?)
        case saml(attribute: String)
        case oidc(claim: String)
    }

    let kind: Kind
    let value: String
    /// The provider that must assert it; `nil` means any of the right type.
    let providerID: String?

    /// `nil` for a rule that asks for no claim, or not in a way that is understood.
    init?(_ rule: StoredRule) {
        guard let value = rule.value else { return nil }
        switch rule.selector {
        case .azureAD: kind = .azureAD
        case .okta: kind = .okta
        case .gsuite: kind = .gsuite
        case .githubOrganization: kind = .github(team: rule.qualifier)
        case .saml:
            guard let attribute = rule.qualifier else { return nil }
            kind = .saml(attribute: attribute)
        case .oidc:
            guard let claim = rule.qualifier else { return nil }
            kind = .oidc(claim: claim)
        case .anyValidServiceToken, .authContext, .authMethod, .certificate, .cloudflareAccountMember, .commonName,
            .devicePosture, .email, .emailDomain, .emailList, .everyone, .externalEvaluation, .geo, .group, .ip,
            .ipList,
            .linkedAppToken, .loginMethod, .serviceToken, .userRiskScore, nil:
            return nil
        }
        self.value = value
        providerID = rule.identityProviderID
    }

    init(kind: Kind, value: String, providerID: String?) {
        self.kind = kind
        self.value = value
        self.providerID = providerID
    }

    /// The type of identity provider that asserts it; selectors are bound to their own provider's type.
    var providerType: String {
        switch kind {
        case .azureAD: "azureAD"
        case .okta: "okta"
        case .gsuite: "google-apps"
        case .github: "github"
        case .saml: "saml"
        case .oidc: "oidc"
        }
    }
}
