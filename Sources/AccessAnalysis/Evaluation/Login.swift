import AuditModel

/// The login that a requester brings to an application.
enum Login: Hashable, Sendable {
    case none
    case by(AccountInventory.IdentityProvider)
    /// By a provider of which it is not known whether the account has it; `nil` when not even its id is known.
    case unlisted(id: String?)

    /// Whether there is a login that counts.
    var counts: Truth {
        switch self {
        case .none: .no
        case .by: .yes
        case .unlisted: .unknown
        }
    }

    /// Every login that a requester may have brought: more than one where the provider is not known.
    ///
    /// A login by a provider that the application does not allow, or that the account does not list, is no login.
    static func possible(
        for requester: Requester,
        application: AccessApplication,
        inventory: AccountInventory
    ) -> [Login] {
        func isAllowed(_ id: String) -> Bool {
            application.allowedProviders.isEmpty || application.allowedProviders.contains(id)
        }
        switch requester.identityProviderID {
        case .absent:
            return [.none]
        case .known(let id) where !application.areAllowedProvidersRead:
            return [.unlisted(id: id)]
        case .unknown where !application.areAllowedProvidersRead:
            return [.unlisted(id: nil)]
        case .known(let id):
            guard isAllowed(id) else { return [.none] }
            if let provider = inventory.providers[id] { return [.by(provider)] }
            return inventory.providers.isComplete ? [.none] : [.unlisted(id: id)]
        case .unknown:
            var logins = inventory.providers.elements.values.sorted { $0.id < $1.id }
                .map { isAllowed($0.id) ? Login.by($0) : .none }
            if !inventory.providers.isComplete { logins.append(.unlisted(id: nil)) }
            return logins.isEmpty ? [.none] : logins.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
    }
}
