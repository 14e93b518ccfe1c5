import AuditModel

/// Whether a requester meets conditions that are no groups.
struct ConditionEvaluation {
    let requester: Requester
    let login: Login
    let accountID: String
    let applicationType: String
    let inventory: AccountInventory

    /// Whether the requester meets a condition, as policies of an action read it.
    ///
    /// Only Allow and Block look at who logged in. A service token counts for whatever asks for a login too, but Bypass
    /// knows none (Policies, "Selectors").
    func meets(_ condition: AccessCondition, _ context: RuleContext) -> Truth {
        switch condition {
        case .everyone: .yes
        case .notUnderstood, .group: .unknown
        case .ip(let range): requester.ip.truth { IPAddress($0).map { Truth(range.contains($0)) } ?? .unknown }
        case .ipList(let id): requester.ip.truth { isAddress($0, inList: id) }
        case .country(let code): requester.country.truth { Truth($0.uppercased() == code) }
        case .anyCertificate: requester.certificate.truth { _ in .yes }
        case .commonName(let name): requester.certificate.truth { Truth($0.commonName == name) }
        case .devicePosture(let id): passes(id)
        case .anyServiceToken: context == .bypass ? .no : serviceToken?.isToken ?? .no
        case .serviceToken(let id): context == .bypass ? .no : shows(serviceTokenID: id)
        case .linkedApplication(let id):
            requester.linkedAppUID.truth { shown in
                guard shown == id else { return .no }
                // The documentation and the API's description disagree about Bypass.
                return context == .bypass || inventory.applications[id] == nil ? .unknown : .yes
            }
        case .email(let address): identity(context) { requester.email.truth { Truth($0.lowercased() == address) } }
        case .emailDomain(let domain):
            identity(context) { requester.email.truth { Truth(EmailAddress.domain(of: $0) == domain) } }
        case .emailList(let id): identity(context) { requester.email.truth { isEmail($0, inList: id) } }
        case .loginMethod(let id): identity(context) { isLogin(by: id) }
        case .authMethod(let method):
            identity(context) {
                asserted(requester.authMethods.truth { Truth($0.contains(method)) }, by: \.reportsMethods)
            }
        case .authContext(let name, let providerID):
            identity(context) {
                asserted(requester.authContexts.truth { Truth($0.contains(name)) }) {
                    $0.type == "azureAD" && (providerID == nil || providerID == $0.id)
                }
            }
        case .claim(let claim):
            identity(context) {
                asserted(has(claim)) {
                    $0.type == claim.providerType && (claim.providerID == nil || claim.providerID == $0.id)
                }
            }
        case .externalEvaluation:
            identity(context) {
                requester.externalEvaluation == .absent ? .unknown : requester.externalEvaluation.truth(Truth.init)
            }
        case .riskScore(let levels):
            identity(context) { requester.userRiskScore.truth { Truth(levels.contains($0)) } }
        case .accountMember(let id):
            identity(context) {
                asserted(id == nil || id == accountID ? requester.accountMember.truth(Truth.init) : .unknown) {
                    $0.type != "onetimepin"
                }
            }
        }
    }

    /// The service token that the requester shows, if it is one: what is disabled, expired or not listed is none.
    var serviceToken: (id: String, isToken: Truth)? {
        switch requester.serviceTokenID {
        case .absent: return nil
        case .unknown: return ("", .unknown)
        case .known(let id):
            if let token = inventory.serviceTokens[id] { return token.isUsable ? (id, .yes) : nil }
            return inventory.serviceTokens.isComplete ? nil : (id, .unknown)
        }
    }

    /// Only a login that counts has an identity, and only Allow and Block look at it.
    private func identity(_ context: RuleContext, _ judge: () -> Truth) -> Truth {
        guard context == .login, login != .none else { return .no }
        return min(login.counts, judge())
    }

    private func isAddress(_ text: String, inList id: String) -> Truth {
        guard let list = ListContent(addresses: id, inventory), let address = IPAddress(text) else { return .unknown }
        return list.ranges.contains { $0.contains(address) } ? .yes : list.isComplete ? .no : .unknown
    }

    private func isEmail(_ email: String, inList id: String) -> Truth {
        guard let list = ListContent(emails: id, inventory) else { return .unknown }
        return list.addresses.contains(email.lowercased()) ? .yes : list.isComplete ? .no : .unknown
    }

    private func passes(_ checkID: String) -> Truth {
        // Nothing is known of a device before it is enrolled (Device enrollment permissions).
        guard applicationType != "warp" else { return .no }
        return requester.devicePosture.truth { passing in
            guard passing.contains(checkID) else { return .no }
            return inventory.postureChecks[checkID] == nil ? .unknown : .yes
        }
    }

    private func shows(serviceTokenID id: String) -> Truth {
        guard let token = serviceToken else { return .no }
        return requester.serviceTokenID == .unknown || token.id == id ? token.isToken : .no
    }

    private func isLogin(by id: String) -> Truth {
        switch login {
        case .none: .no
        case .by(let provider): Truth(provider.id == id)
        case .unlisted(let shown): shown == nil || shown == id ? .unknown : .no
        }
    }

    /// What the login shows counts only with a provider that can assert it.
    private func asserted(_ truth: Truth, by isAble: (AccountInventory.IdentityProvider) -> Bool) -> Truth {
        switch login {
        case .none: .no
        case .by(let provider): isAble(provider) ? truth : .no
        case .unlisted: min(truth, .unknown)
        }
    }

    private func has(_ claim: Claim) -> Truth {
        switch claim.kind {
        case .azureAD: requester.groups.truth { Truth($0.azureAD.contains(claim.value)) }
        case .okta: requester.groups.truth { Truth($0.okta.contains(claim.value)) }
        case .gsuite: requester.groups.truth { Truth($0.gsuite.contains(claim.value)) }
        case .github(let team):
            requester.groups.truth { groups in
                Truth(groups.github.contains { $0.name == claim.value && (team.map($0.teams.contains) ?? true) })
            }
        case .saml(let attribute): requester.saml.truth { Truth($0[attribute]?.contains(claim.value) ?? false) }
        case .oidc(let name): requester.oidc.truth { Truth($0[name]?.contains(claim.value) ?? false) }
        }
    }
}

extension Asserted {
    /// What follows: nothing from what the requester does not have, and nothing certain from what is not known.
    func truth(_ judge: (Value) -> Truth) -> Truth {
        switch self {
        case .absent: .no
        case .unknown: .unknown
        case .known(let value): judge(value)
        }
    }
}

/// What a Gateway list that a rule names holds.
///
/// There is none where the list was not read, or is of a type other than the rule's: what Access makes of such a rule is
/// not documented.
struct ListContent {
    /// Lower case.
    let addresses: Set<String>
    let ranges: [AddressRange]
    /// Whether what is not here is not in the list.
    let isComplete: Bool

    /// Of a list that an `ip_list` rule names.
    init?(addresses id: String, _ inventory: AccountInventory) {
        guard let list = inventory.lists[id], list.type == "IP" else { return nil }
        addresses = []
        ranges = list.items.compactMap(AddressRange.init)
        isComplete = list.isComplete && ranges.count == list.items.count
    }

    /// Of a list that an `email_list` rule names.
    init?(emails id: String, _ inventory: AccountInventory) {
        guard let list = inventory.lists[id], list.type == "EMAIL" else { return nil }
        addresses = Set(list.items.map { $0.lowercased() })
        ranges = []
        isComplete = list.isComplete
    }
}

/// Parts of e-mail addresses.
enum EmailAddress {
    /// Lower case; empty when there is none.
    static func domain(of address: String) -> String {
        address.lastIndex(of: "@").map { address[address.index(after: $0)...].lowercased() } ?? ""
    }
}
