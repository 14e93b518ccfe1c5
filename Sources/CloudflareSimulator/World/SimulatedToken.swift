/// One API token.
package struct SimulatedToken: Sendable, Hashable {
    /// Who owns a token.
    package enum Owner: Sendable, Hashable {
        /// A user: verified at `/user/tokens/verify`.
        case user
        /// The account with this id: verified at `/accounts/{id}/tokens/verify` only.
        case account(String)
    }

    /// The state that the verify endpoints report.
    package enum Status: String, Sendable, Hashable, Decodable {
        case active, disabled, expired
    }

    /// The secret that the client sends: letters, digits, `-` and `_`.
    package var value: String
    /// The public identifier.
    package var id: String
    /// The name that its owner gave it.
    package var name: String
    /// Who owns it.
    package var owner: Owner
    /// A token that is not active can be verified, and nothing else.
    package var status: Status
    /// Permission group names in the API's spelling, such as `Zero Trust Read`.
    ///
    /// A `… Write` group includes its `… Read` twin.
    package var permissions: Set<String>
    /// The accounts to which the permissions apply.
    package var accountIDs: [String]
    /// The zones of these accounts to which they apply too; `nil`: all zones.
    package var zoneIDs: [String]?
    /// When it expires, as RFC 3339 text; `nil` for never.
    ///
    /// Shown by verify; ``status`` alone decides.
    package var expiresOn: String?

    /// Creates a token.
    package init(
        value: String,
        id: String,
        name: String,
        owner: Owner = .user,
        status: Status = .active,
        permissions: Set<String>,
        accountIDs: [String],
        zoneIDs: [String]? = nil,
        expiresOn: String? = nil
    ) {
        self.value = value
        self.id = id
        self.name = name
        self.owner = owner
        self.status = status
        self.permissions = permissions
        self.accountIDs = accountIDs
        self.zoneIDs = zoneIDs
        self.expiresOn = expiresOn
    }
}
