import JSONModel
import SnapshotStore
import Testing

@Suite struct AccessRuleTests {
    private static let rules: [(JSONValue, AccessSelector, String?, String?)] = [
        (["any_valid_service_token": [:]], .anyValidServiceToken, nil, nil),
        (["auth_context": ["id": "x", "ac_id": "c1", "identity_provider_id": "i1"]], .authContext, "c1", "i1"),
        (["auth_method": ["auth_method": "mfa"]], .authMethod, "mfa", nil),
        (["azureAD": ["id": "g1", "identity_provider_id": "i1"]], .azureAD, "g1", "i1"),
        (["certificate": [:]], .certificate, nil, nil),
        (["cloudflare_account_member": ["account_id": "a1"]], .cloudflareAccountMember, "a1", nil),
        (["cloudflare_account_member": [:]], .cloudflareAccountMember, nil, nil),
        (["common_name": ["common_name": "host"]], .commonName, "host", nil),
        (["device_posture": ["integration_uid": "d1"]], .devicePosture, "d1", nil),
        (["email": ["email": "Ann@Example.com"]], .email, "ann@example.com", nil),
        (["email_domain": ["domain": "@Example.com"]], .emailDomain, "example.com", nil),
        (["email_list": ["id": "l1"]], .emailList, "l1", nil), (["everyone": [:]], .everyone, nil, nil),
        (
            ["external_evaluation": ["evaluate_url": "https://e.example", "keys_url": "https://k.example"]],
            .externalEvaluation, "https://e.example", nil
        ),
        (["geo": ["country_code": "PT"]], .geo, "PT", nil),
        (
            ["github-organization": ["name": "org", "team": "t", "identity_provider_id": "i1"]], .githubOrganization,
            "org",
            "i1"
        ),
        (["group": ["id": "g1"]], .group, "g1", nil),
        (["gsuite": ["email": "g@x", "identity_provider_id": "i1"]], .gsuite, "g@x", "i1"),
        (["ip": ["ip": "192.0.2.0/24"]], .ip, "192.0.2.0/24", nil), (["ip_list": ["id": "l1"]], .ipList, "l1", nil),
        (["linked_app_token": ["app_uid": "a1"]], .linkedAppToken, "a1", nil),
        (["login_method": ["id": "i1"]], .loginMethod, "i1", nil),
        (
            ["oidc": ["claim_name": "dept", "claim_value": "it", "identity_provider_id": "i1"]], .oidc, "it", "i1"
        ), (["okta": ["name": "staff", "identity_provider_id": "i1"]], .okta, "staff", "i1"),
        (
            ["saml": ["attribute_name": "dept", "attribute_value": "it", "identity_provider_id": "i1"]], .saml, "it",
            "i1"
        ), (["service_token": ["token_id": "t1"]], .serviceToken, "t1", nil),
        (["user_risk_score": ["user_risk_score": ["low", "medium"]]], .userRiskScore, "low,medium", nil),
    ]

    @Test(arguments: rules)
    func takesApartEverySelector(body: JSONValue, selector: AccessSelector, value: String?, provider: String?) {
        let rule = AccessRule(body)
        #expect(rule.type == selector.rawValue)
        #expect(rule.value == value)
        #expect(rule.identityProviderID == provider)
        #expect(rule.isUnderstood)
    }

    @Test func knowsTwentySixSelectors() {
        #expect(AccessSelector.allCases.count == 26)
        #expect(Set(Self.rules.map(\.1)) == Set(AccessSelector.allCases))
    }

    @Test(
        arguments: [
            (["quantum_key": ["id": "x"]], "quantum_key"), (["everyone": [:], "email": ["email": "a@x"]], nil),
            ([:], nil),
            ("everyone", nil), (nil, nil), ([["everyone": [:]]], nil), (["email": [:]], "email"),
            (["email": ["email": ""]], "email"), (["email": ["email": 7]], "email"), (["ip": "192.0.2.0/24"], "ip"),
            (["group": nil], "group"), (["user_risk_score": ["user_risk_score": "low"]], "user_risk_score"),
            (["user_risk_score": ["user_risk_score": []]], "user_risk_score"),
            (["saml": ["attribute_value": "it"]], "saml"),
            (["oidc": ["claim_value": "it"]], "oidc"), (["EVERYONE": [:]], "EVERYONE"),
        ] as [(JSONValue, String?)]
    )
    func doesNotUnderstandOtherRules(body: JSONValue, type: String?) {
        let rule = AccessRule(body)
        #expect(rule.type == type)
        #expect(!rule.isUnderstood)
    }
}
