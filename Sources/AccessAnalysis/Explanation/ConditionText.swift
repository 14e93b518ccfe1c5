/// Conditions in words, with the names that people gave to what they name.
struct ConditionText {
    let inventory: AccountInventory
    let groups: GroupGraph

    init(_ configuration: AccessConfiguration) {
        inventory = configuration.inventory
        groups = configuration.groups
    }

    /// What a requester must show, such as `the country PT`.
    func describe(_ condition: AccessCondition) -> String { Phrase(of: condition, self).text }

    /// One of several conditions of the same kind; long lists are cut.
    func describe(_ set: ConditionSet) -> String {
        let shown = set.conditions.prefix(4).map { Phrase(of: $0, self) }
        let rest = set.conditions.count - shown.count
        let more = rest > 0 ? ["\(rest) more"] : []
        guard let first = shown.first, shown.allSatisfy({ $0.noun == first.noun && $0.place == first.place }) else {
            return Self.list(shown.map(\.text) + more, "or")
        }
        return Phrase(noun: first.noun, value: Self.list(shown.map(\.value) + more, "or"), place: first.place).text
    }

    /// A condition in words: what kind of thing, which one, and whose.
    fileprivate struct Phrase {
        let noun: String
        let value: String
        var place = ""

        var text: String { [noun, value, place].filter { !$0.isEmpty }.joined(separator: " ") }
    }

    fileprivate func name(_ name: String?, _ id: String) -> String {
        name.map { "\"\($0)\"" } ?? "\(id), which is in no answer of the API"
    }

    /// `a, b or c`.
    static func list(_ items: [String], _ word: String) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(word) " + last
    }
}

extension ConditionText.Phrase {
    fileprivate init(of condition: AccessCondition, _ words: ConditionText) {
        let inventory = words.inventory
        (noun, value) =
            switch condition {
            case .everyone: ("everyone", "")
            case .email(let address): ("the e-mail address", address)
            case .emailDomain(let domain): ("an e-mail address at", domain)
            case .emailList(let id): ("an e-mail address of the list", words.name(inventory.lists[id]?.name, id))
            case .group(let id): ("the Access group", words.name(words.groups[id]?.name, id))
            case .ip(let range): ("an IP address in", "\(range)")
            case .ipList(let id): ("an IP address of the list", words.name(inventory.lists[id]?.name, id))
            case .country(let code): ("the country", code)
            case .loginMethod(let id): ("a login by", words.name(inventory.providers[id]?.name, id))
            case .authMethod(let method): ("the authentication method", "\"\(method)\"")
            case .authContext(let context, _): ("the authentication context", "\"\(context)\"")
            case .anyCertificate: ("any client certificate", "")
            case .commonName(let name): ("a client certificate for", "\"\(name)\"")
            case .devicePosture(let id): ("the device posture check", words.name(inventory.postureChecks[id], id))
            case .serviceToken(let id): ("the service token", words.name(inventory.serviceTokens[id]?.name, id))
            case .anyServiceToken: ("any service token of the account", "")
            case .linkedApplication(let id): ("a token of the application", words.name(inventory.applications[id], id))
            case .externalEvaluation: ("an external evaluation that agrees", "")
            case .claim(let claim): Self.words(of: claim)
            case .riskScore(let levels):
                ("the user risk score", ConditionText.list(levels.map(\.rawValue).sorted(), "or"))
            case .accountMember(let id): ("membership of the Cloudflare account", id ?? "")
            case .notUnderstood(let what): ("something that is not understood", "(\(what))")
            }
        if case .claim(let claim) = condition, let id = claim.providerID {
            place = "at \(words.name(inventory.providers[id]?.name, id))"
        }
    }

    private static func words(of claim: Claim) -> (noun: String, value: String) {
        switch claim.kind {
        case .azureAD: ("the Entra ID group", claim.value)
        case .okta: ("the Okta group", "\"\(claim.value)\"")
        case .gsuite: ("the Google Workspace group", claim.value)
        case .github(let team?): ("the GitHub organization \"\(claim.value)\", team", "\"\(team)\"")
        case .github(nil): ("the GitHub organization", "\"\(claim.value)\"")
        case .saml(let attribute): ("the SAML attribute \(attribute) =", "\"\(claim.value)\"")
        case .oidc(let name): ("the OIDC claim \(name) =", "\"\(claim.value)\"")
        }
    }
}
