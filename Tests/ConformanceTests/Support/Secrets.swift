import JSONModel
import SnapshotStore

/// Which members of the reference's objects are secret.
///
/// Reviewed by hand, schema by schema, and on purpose not derived from the scrubber: it has to find what that one
/// forgets, and what it takes away without need. Everything below such a member is secret.
enum Secrets {
    private static let members: [ResourceKind: [String]] = [
        .identityProviders: ["config.client_secret", "scim_config.secret"],
        .accessApplications: [
            "saas_app.client_secret", "scim_config.authentication.client_secret",
            "scim_config.authentication.password", "scim_config.authentication.token",
        ],
        // The key of Uptycs is one half of a pair like user name and password, and sent together with the other.
        .devicePostureIntegrations: ["config.client_key", "config.client_secret"],
        // Headers that Gateway adds to requests, such as an `Authorization` for the origin.
        .gatewayRules: ["rule_settings.add_headers", "rule_settings.set_headers"],
    ]

    /// Names that sound secret and are not: public keys, identifiers, addresses, texts that people see.
    static let harmless: Set<String> = [
        "access_token_lifetime", "client_secret_version", "extended_key_usage", "has_migrated_private_apps", "key",
        "key_type", "keyboard", "keys_url", "last_key_rotation_at", "previous_client_secret_expires_at", "public_key",
        "read_service_tokens_from_header", "same_site_cookie_attribute", "ssh_key_type", "token_endpoint",
        "token_endpoint_auth_method", "token_id", "token_url",
        // Stands in public DNS.
        "verification_key",
    ]

    /// Whether the member at a path (without places in lists) is secret, or below one that is.
    static func contain(_ path: [String], of kind: ResourceKind) -> Bool {
        (members[kind] ?? []).contains { "\(path.joined(separator: ".")).".hasPrefix("\($0).") }
    }

    /// The object as the snapshot has to have it.
    static func redacted(_ value: JSONValue, of kind: ResourceKind, at path: [String] = []) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .integer, .number: contain(path, of: kind) ? "[redacted]" : value
        case .string(let text): contain(path, of: kind) && !text.isEmpty ? "[redacted]" : value
        case .array(let elements): .array(elements.map { redacted($0, of: kind, at: path) })
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.map { ($0, redacted($1, of: kind, at: path + [$0])) }))
        }
    }
}

extension JSONValue {
    /// Every text in it, with the names of the members that lead there.
    func texts(at path: [String] = []) -> [(path: [String], text: String)] {
        switch self {
        case .null, .bool, .integer, .number: []
        case .string(let text): [(path, text)]
        case .array(let elements): elements.flatMap { $0.texts(at: path) }
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap { $1.texts(at: path + [$0]) }
        }
    }

    /// Every name of a member in it.
    var names: [String] {
        switch self {
        case .null, .bool, .integer, .number, .string: []
        case .array(let elements): elements.flatMap(\.names)
        case .object(let members): members.flatMap { [$0] + $1.names }
        }
    }

    /// The value with another one at a path; members on the way are made where they are missing.
    func setting(_ path: [String], to new: JSONValue) -> JSONValue {
        guard let name = path.first else { return new }
        var members = objectValue ?? [:]
        members[name] = (members[name] ?? .null).setting(Array(path.dropFirst()), to: new)
        return .object(members)
    }
}
