/// Conditions in words, with the names that people gave to what they name.
struct ConditionText {
    let inventory: AccountInventory
    let groups: GroupGraph

    init(_ configuration: AccessConfiguration) {
        inventory = configuration.inventory
        groups = configuration.groups
    }

    /// What a requester must show, such as `the country PT`.
    func describe(_ condition: AccessCondition) -> String {
        switch condition {
        case .everyone: "everyone"
        case .email(let address): "the e-mail address \(address)"
        case .emailDomain(let domain): "an e-mail address at \(domain)"
        case .emailList(let id): "an e-mail address of the list \(name(inventory.lists[id]?.name, id))"
        case .group(let id): "the Access group \(name(groups[id]?.name, id))"
        case .ip(let range): "an IP address in \(range)"
        case .ipList(let id): "an IP address of the list \(name(inventory.lists[id]?.name, id))"
        case .country(let code): "the country \(code)"
        case .loginMethod(let id): "a login by \(name(inventory.providers[id]?.name, id))"
        case .authMethod(let method): "the authentication method \"\(method)\""
        case .authContext(let context, _): "the authentication context \"\(context)\""
        case .anyCertificate: "any client certificate"
        case .commonName(let name): "a client certificate for \"\(name)\""
        case .devicePosture(let id): "the device posture check \(name(inventory.postureChecks[id], id))"
        case .serviceToken(let id): "the service token \(name(inventory.serviceTokens[id]?.name, id))"
        case .anyServiceToken: "any service token of the account"
        case .linkedApplication(let id): "a token of the application \(name(inventory.applications[id], id))"
        case .externalEvaluation: "an external evaluation that agrees"
        case .claim(let claim): describe(claim)
        case .riskScore(let levels): "the user risk score \(Self.list(levels.map(\.rawValue).sorted(), "or"))"
        case .accountMember(let id):
            id.map { "membership of the Cloudflare account \($0)" } ?? "membership of the Cloudflare account"
        case .notUnderstood(let what): "something that is not understood (\(what))"
        }
    }

    /// One of several conditions of the same kind; long lists are cut.
    func describe(_ set: ConditionSet) -> String {
        let shown = set.conditions.prefix(4).map(describe)
        let rest = set.conditions.count - shown.count
        return Self.list(shown + (rest > 0 ? ["\(rest) more of the kind"] : []), "or")
    }

    private func describe(_ claim: Claim) -> String {
        let provider = claim.providerID.map { " at \(name(inventory.providers[$0]?.name, $0))" } ?? ""
        return switch claim.kind {
        case .azureAD: "the Entra ID group \(claim.value)\(provider)"
        case .okta: "the Okta group \"\(claim.value)\"\(provider)"
        case .gsuite: "the Google Workspace group \(claim.value)\(provider)"
        case .github(let team): "the GitHub organization \"\(claim.value)\"\(team.map { ", team \"\($0)\"" } ?? "")\(provider)"
        case .saml(let attribute): "the SAML attribute \(attribute) = \"\(claim.value)\"\(provider)"
        case .oidc(let name): "the OIDC claim \(name) = \"\(claim.value)\"\(provider)"
        }
    }

    private func name(_ name: String?, _ id: String) -> String {
        name.map { "\"\($0)\"" } ?? "\(id), which is in no answer of the API"
    }

    /// `a, b or c`.
    static func list(_ items: [String], _ word: String) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(word) " + last
    }
}
