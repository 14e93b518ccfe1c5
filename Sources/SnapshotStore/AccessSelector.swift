package import JSONModel

/// The rule types (selectors) of Access policies and groups, as the API spells them.
///
/// Source: API reference, "Access rules"; what each means is the analysis' business, not the snapshot's.
package enum AccessSelector: String, CaseIterable, Sendable {
    case anyValidServiceToken = "any_valid_service_token"
    case authContext = "auth_context"
    case authMethod = "auth_method"
    case azureAD
    case certificate
    case cloudflareAccountMember = "cloudflare_account_member"
    case commonName = "common_name"
    case devicePosture = "device_posture"
    case email
    case emailDomain = "email_domain"
    case emailList = "email_list"
    case everyone
    case externalEvaluation = "external_evaluation"
    case geo
    case githubOrganization = "github-organization"
    case group
    case gsuite
    case ip
    case ipList = "ip_list"
    case linkedAppToken = "linked_app_token"
    case loginMethod = "login_method"
    case oidc
    case okta
    case saml
    case serviceToken = "service_token"
    case userRiskScore = "user_risk_score"

    /// The member that says what the rule names; `nil` for a rule that names nothing.
    var valueMember: String? {
        switch self {
        case .anyValidServiceToken, .certificate, .everyone: nil
        case .authContext: "ac_id"
        case .authMethod: "auth_method"
        case .azureAD, .emailList, .group, .ipList, .loginMethod: "id"
        case .cloudflareAccountMember: "account_id"
        case .commonName: "common_name"
        case .devicePosture: "integration_uid"
        case .email, .gsuite: "email"
        case .emailDomain: "domain"
        case .externalEvaluation: "evaluate_url"
        case .geo: "country_code"
        case .githubOrganization, .okta: "name"
        case .ip: "ip"
        case .linkedAppToken: "app_uid"
        case .oidc: "claim_value"
        case .saml: "attribute_value"
        case .serviceToken: "token_id"
        case .userRiskScore: "user_risk_score"
        }
    }
}

extension AccessSelector {
    /// The member that says which attribute or claim must have the value; `nil` for a rule that needs none.
    fileprivate var nameMember: String? {
        switch self {
        case .oidc: "claim_name"
        case .saml: "attribute_name"
        default: nil
        }
    }
}

/// One access rule taken apart: a member of an `include`, `require` or `exclude` block.
package struct AccessRule: Sendable, Hashable {
    /// The rule's key; `nil` when the rule is not an object with exactly one key.
    package let type: String?
    /// What the rule names; `nil` when it names nothing.
    package let value: String?
    /// Identity provider that the rule is bound to.
    package let identityProviderID: String?
    /// Whether the type is known and has the members it needs.
    package let isUnderstood: Bool

    /// Takes a rule apart.
    package init(_ rule: JSONValue) {
        guard let members = rule.objectValue, members.count == 1, let (key, content) = members.first else {
            self.init(type: nil, value: nil, identityProviderID: nil, isUnderstood: false)
            return
        }
        let provider = content["identity_provider_id"]?.stringValue
        guard let selector = AccessSelector(rawValue: key) else {
            self.init(type: key, value: nil, identityProviderID: provider, isUnderstood: false)
            return
        }
        guard let member = selector.valueMember else {
            self.init(type: key, value: nil, identityProviderID: nil, isUnderstood: true)
            return
        }
        var value = content[member]?.stringValue
        switch selector {
        case .userRiskScore:
            value = content[member]?.arrayValue.map { $0.compactMap(\.stringValue).joined(separator: ",") }
        case .emailDomain:
            // The documentation writes a leading @ now and then; comparison is without regard to case.
            value = value.map { ($0.hasPrefix("@") ? String($0.dropFirst()) : $0).lowercased() }
        case .email:
            value = value?.lowercased()
        default:
            break
        }
        let isOptional = selector == .cloudflareAccountMember
        let isComplete = selector.nameMember.map { content[$0]?.stringValue?.isEmpty == false } ?? true
        self.init(
            type: key,
            value: value,
            identityProviderID: provider,
            isUnderstood: isOptional || isComplete && value?.isEmpty == false
        )
    }

    private init(type: String?, value: String?, identityProviderID: String?, isUnderstood: Bool) {
        self.type = type
        self.value = value
        self.identityProviderID = identityProviderID
        self.isUnderstood = isUnderstood
    }
}
