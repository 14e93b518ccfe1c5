extension AccountAnalysis {
    /// What a requester shows, in words, a phrase for each thing; empty for one that shows nothing.
    package func describe(_ requester: Requester) -> [String] {
        RequesterText(ConditionText(configuration), configuration.inventory).phrases(for: requester)
    }
}

/// A requester in words, with the names that people gave to what it names.
private struct RequesterText {
    let words: ConditionText
    let inventory: AccountInventory

    init(_ words: ConditionText, _ inventory: AccountInventory) {
        self.words = words
        self.inventory = inventory
    }

    func phrases(for requester: Requester) -> [String] {
        var phrases: [String] = []
        func add<Value>(_ asserted: Asserted<Value>, unknown: String, _ describe: (Value) -> String?) {
            switch asserted {
            case .absent: break
            case .unknown: phrases.append(unknown)
            case .known(let value): if let text = describe(value) { phrases.append(text) }
            }
        }
        add(requester.identityProviderID, unknown: "a login by an identity provider that is not given") { id in
            let provider = inventory.providers[id]
            return "a login by " + (provider.map { "\"\($0.name)\" (\($0.type))" } ?? id)
        }
        add(requester.email, unknown: "an e-mail address that is not given") { "the e-mail address \($0)" }
        add(requester.authMethods, unknown: "authentication methods that are not given") {
            Self.list("the authentication method", $0)
        }
        add(requester.authContexts, unknown: "authentication contexts that are not given") {
            Self.list("the authentication context", $0)
        }
        add(requester.groups, unknown: "memberships that are not given", describe)
        add(requester.saml, unknown: "SAML attributes that are not given") { Self.pairs("SAML", $0) }
        add(requester.oidc, unknown: "OIDC claims that are not given") { Self.pairs("OIDC", $0) }
        add(requester.accountMember, unknown: "perhaps membership of the Cloudflare account") {
            $0 ? "membership of the Cloudflare account" : nil
        }
        add(requester.ip, unknown: "an IP address that is not given") { "the IP address \($0)" }
        add(requester.country, unknown: "a country that is not given") { "the country \($0)" }
        add(requester.devicePosture, unknown: "posture checks that are not given") { ids in
            Self.list("the device posture check", ids.map { inventory.postureChecks[$0].map { "\"\($0)\"" } ?? $0 })
        }
        add(requester.certificate, unknown: "perhaps a client certificate") { certificate in
            "a client certificate" + (certificate.commonName.map { " for \"\($0)\"" } ?? "")
        }
        add(requester.serviceTokenID, unknown: "a service token that is not given") {
            words.describe(.serviceToken(id: $0))
        }
        add(requester.linkedAppUID, unknown: "a linked application's token that is not given") {
            words.describe(.linkedApplication(id: $0))
        }
        add(requester.userRiskScore, unknown: "a risk score that is not given") { "the user risk score \($0.rawValue)" }
        add(requester.externalEvaluation, unknown: "an external evaluation whose answer is not given") {
            $0 ? "an external evaluation that agrees" : "an external evaluation that refuses"
        }
        add(requester.independentMFA, unknown: "authenticators for Cloudflare's MFA that are not given") {
            guard !$0.isEmpty else { return nil }
            return "Cloudflare's MFA with \(ConditionText.list($0.map(\.rawValue).sorted(), "or"))"
        }
        return phrases
    }

    private func describe(_ groups: Requester.Groups) -> String? {
        let organizations = groups.github.map { organization in
            let teams = organization.teams.sorted().joined(separator: ", ")
            return "\"\(organization.name)\"" + (teams.isEmpty ? "" : " (teams \(teams))")
        }
        let kinds = [
            Self.list("the Entra ID group", groups.azureAD), Self.list("the Okta group", groups.okta),
            Self.list("the Google Workspace group", groups.gsuite),
            Self.list("the GitHub organization", organizations),
        ].compactMap(\.self)
        return kinds.isEmpty ? nil : kinds.joined(separator: ", ")
    }

    /// `nil` without items.
    private static func list(_ what: String, _ items: some Collection<String>) -> String? {
        guard !items.isEmpty else { return nil }
        return "\(what)\(items.count == 1 ? "" : "s") \(ConditionText.list(items.sorted(), "and"))"
    }

    private static func pairs(_ what: String, _ values: [String: Set<String>]) -> String? {
        let pairs = values.sorted { $0.key < $1.key }.flatMap { name, values in
            values.sorted().map { "\(name) = \"\($0)\"" }
        }
        return list("the \(what) value", pairs)
    }
}
