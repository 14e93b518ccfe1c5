package import JSONModel

/// Everything that the simulated Cloudflare knows: who may call it, and what it answers.
package struct SimulatedWorld: Sendable, Hashable {
    /// The API tokens that are accepted.
    package var tokens: [SimulatedToken]
    /// The global API keys that are accepted.
    package var globalKeys: [SimulatedGlobalKey]
    /// The accounts, in the order in which `/accounts` lists them.
    package var accounts: [SimulatedAccount]
    /// The zones, in the order in which `/zones` lists them.
    package var zones: [SimulatedZone]

    /// Creates a world from its parts.
    package init(
        tokens: [SimulatedToken] = [],
        globalKeys: [SimulatedGlobalKey] = [],
        accounts: [SimulatedAccount] = [],
        zones: [SimulatedZone] = []
    ) {
        self.tokens = tokens
        self.globalKeys = globalKeys
        self.accounts = accounts
        self.zones = zones
    }

    /// Changes the account with this id; does nothing when there is none.
    package mutating func updateAccount(_ id: String, _ change: (inout SimulatedAccount) -> Void) {
        guard let index = accounts.firstIndex(where: { $0.id == id }) else { return }
        change(&accounts[index])
    }

    /// Changes the token with this id (not value); does nothing when there is none.
    package mutating func updateToken(_ id: String, _ change: (inout SimulatedToken) -> Void) {
        guard let index = tokens.firstIndex(where: { $0.id == id }) else { return }
        change(&tokens[index])
    }
}

/// One account and what the API tells about it.
package struct SimulatedAccount: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits.
    package var id: String
    /// The name that `/accounts` gives.
    package var name: String
    /// Whether Zero Trust was ever set up.
    ///
    /// While `false`, every `/access/` path answers `access.api.error.not_enabled`.
    package var accessEnabled: Bool
    /// Whether its members must have two-factor authentication.
    package var enforcesTwoFactor: Bool
    /// Results by path below the account, such as `access/apps`: an array for a list, an object for a single result.
    ///
    /// A list that is missing here is empty. `access/apps/{id}/policies` comes from the application's own `policies`
    /// unless that very path is given.
    package var resources: [String: JSONValue]

    /// Creates an account.
    package init(
        id: String,
        name: String,
        accessEnabled: Bool = true,
        enforcesTwoFactor: Bool = false,
        resources: [String: JSONValue] = [:]
    ) {
        self.id = id
        self.name = name
        self.accessEnabled = accessEnabled
        self.enforcesTwoFactor = enforcesTwoFactor
        self.resources = resources
    }
}

/// One zone and the resources that belong to it rather than to its account.
package struct SimulatedZone: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits.
    package var id: String
    /// The domain name.
    package var name: String
    /// The account that owns the zone.
    package var accountID: String
    /// Results by path below the zone; as in ``SimulatedAccount/resources``.
    package var resources: [String: JSONValue]

    /// Creates a zone.
    package init(id: String, name: String, accountID: String, resources: [String: JSONValue] = [:]) {
        self.id = id
        self.name = name
        self.accountID = accountID
        self.resources = resources
    }
}

/// A user's global API key, sent as `X-Auth-Email` and `X-Auth-Key`; it may read everything.
package struct SimulatedGlobalKey: Sendable, Hashable {
    /// The user's address.
    package var email: String
    /// The secret: letters, digits, `-` and `_`.
    package var key: String

    /// Creates a key.
    package init(email: String, key: String) {
        self.email = email
        self.key = key
    }
}
