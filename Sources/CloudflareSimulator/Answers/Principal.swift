/// A sender whose credential is known.
enum Principal: Sendable {
    case token(SimulatedToken)
    /// The owner of a global key, who may read everything.
    case user

    /// - Throws: `Refusal` for a credential that is absent, malformed or unknown.
    init(_ credential: Credential, in world: SimulatedWorld) throws(Refusal) {
        switch credential {
        case .none: throw .missingCredential
        case .malformedAuthorization: throw .malformedAuthorization
        case .malformedKey: throw .malformedKey
        case .token(let value):
            guard let token = world.tokens.first(where: { $0.value == value }) else { throw .invalidAccessToken }
            self = .token(token)
        case .globalKey(let email, let key):
            guard world.globalKeys.contains(SimulatedGlobalKey(email: email, key: key)) else { throw .unknownKey }
            self = .user
        }
    }

    /// Whether the account belongs to what this sender may see.
    func covers(account id: String) -> Bool {
        switch self {
        case .token(let token): token.accountIDs.contains(id)
        case .user: true
        }
    }

    /// Whether the zone belongs to what this sender may see.
    func covers(_ zone: SimulatedZone) -> Bool {
        switch self {
        case .token(let token):
            token.accountIDs.contains(zone.accountID) && token.zoneIDs.map { $0.contains(zone.id) } ?? true
        case .user: true
        }
    }

    /// Whether one of the permission groups, or its `Write` twin, was granted; an empty list asks for none.
    func holds(anyOf groups: [String]) -> Bool {
        guard case .token(let token) = self, !groups.isEmpty else { return true }
        return groups.contains { group in
            token.permissions.contains(group)
                || group.hasSuffix(" Read") && token.permissions.contains(group.dropLast("Read".count) + "Write")
        }
    }

    /// Whether anything at all was granted.
    var holdsSomething: Bool {
        switch self {
        case .token(let token): !token.permissions.isEmpty
        case .user: true
        }
    }
}
