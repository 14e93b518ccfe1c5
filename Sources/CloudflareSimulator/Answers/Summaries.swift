import JSONModel

extension SimulatedAccount {
    /// What `/accounts` tells.
    var summary: JSONValue {
        [
            "id": .string(id), "name": .string(name), "type": "enterprise", "created_on": "2021-06-14T09:12:44.310278Z",
            "settings": ["enforce_twofactor": .bool(enforcesTwoFactor), "abuse_contact_email": .null],
            "managed_by": [:],
        ]
    }
}

extension SimulatedZone {
    /// What `/zones` tells.
    func summary(in world: SimulatedWorld) -> JSONValue {
        let account = world.accounts.first { $0.id == accountID }
        var owner: [String: JSONValue] = ["id": .string(accountID), "type": "organization"]
        owner["name"] = account.map { .string($0.name) }
        var tenant: [String: JSONValue] = ["id": .string(accountID)]
        tenant["name"] = account.map { .string($0.name) }
        return [
            "id": .string(id), "name": .string(name), "status": "active", "type": "full", "paused": false,
            "account": .object(tenant), "owner": .object(owner), "plan": Self.plan, "meta": Self.meta,
            "name_servers": ["ada.ns.cloudflare.com", "hugo.ns.cloudflare.com"], "development_mode": 0,
            "original_name_servers": ["ns1.example.net", "ns2.example.net"], "original_registrar": .null,
            "original_dnshost": .null, "tenant": ["id": .null, "name": .null], "tenant_unit": ["id": .null],
            "created_on": "2021-06-14T09:20:07.118264Z", "modified_on": "2026-08-25T08:57:19.402557Z",
            "activated_on": "2021-06-14T11:02:31.964105Z",
        ]
    }

    private static let plan: JSONValue = [
        "id": "94f3b7b768b0458b56d2cac4fe5ec0f9", "name": "Enterprise Website", "price": 0, "currency": "USD",
        "frequency": "monthly", "is_subscribed": true, "can_subscribe": true, "legacy_id": "enterprise",
        "legacy_discount": false, "externally_managed": true,
    ]

    private static let meta: JSONValue = [
        "step": 4, "custom_certificate_quota": 1, "page_rule_quota": 125, "phishing_detected": false,
        "cdn_only": false, "dns_only": false, "foundation_dns": false,
    ]
}

extension SimulatedToken {
    /// What the token endpoints tell, without the secret.
    var details: JSONValue {
        [
            "id": .string(id), "name": .string(name), "status": .string(status.rawValue),
            "issued_on": "2026-01-07T08:30:12Z", "modified_on": "2026-01-07T08:30:12Z",
            "last_used_on": "2026-10-02T00:00:00Z", "expires_on": expiresOn.map(JSONValue.string) ?? .null,
            "not_before": .null, "policies": .array(policies), "condition": [:],
        ]
    }

    /// One policy for each of the places where groups can be granted: the user, the accounts, their zones.
    private var policies: [JSONValue] {
        let user = permissions.filter { Self.userGroups.contains($0) }
        let zone = permissions.filter { name in Self.zoneProducts.contains { name.hasPrefix($0) } }
        let account = permissions.filter { name in
            !user.contains(name) && !Self.zoneOnlyProducts.contains { name.hasPrefix($0) }
        }
        let zones = zoneIDs.map { ids in ids.map { ("com.cloudflare.api.account.zone.\($0)", JSONValue.string("*")) } }
        let allZones: [(String, JSONValue)] = accountIDs.map {
            ("com.cloudflare.api.account.\($0)", ["com.cloudflare.api.account.zone.*": "*"])
        }
        return [
            policy("user", user, [("com.cloudflare.api.user.5f0e3a9c7d1b48e2a6c4905b7e3d182f", "*")]),
            policy("account", account, accountIDs.map { ("com.cloudflare.api.account.\($0)", "*") }),
            policy("zone", zone, zones ?? allZones),
        ].compactMap { $0 }
    }

    private func policy(_ place: String, _ groups: Set<String>, _ resources: [(String, JSONValue)]) -> JSONValue? {
        guard !groups.isEmpty, !resources.isEmpty else { return nil }
        return [
            "id": .string(Self.identifier(of: "\(id) \(place)")), "effect": "allow",
            "permission_groups": .array(
                groups.sorted().map { ["id": .string(Self.identifier(of: $0)), "name": .string($0)] }
            ),
            "resources": .object(Dictionary(resources) { first, _ in first }),
        ]
    }

    private static let userGroups: Set<String> = ["API Tokens Read", "API Tokens Write"]
    /// Groups that zones have; those of Access exist at both levels.
    private static let zoneProducts = zoneOnlyProducts + ["Access: "]
    private static let zoneOnlyProducts = ["Zone ", "DNS ", "SSL and Certificates "]

    /// 32 hexadecimal digits that are always the same for a text (FNV-1a).
    private static func identifier(of text: String) -> String {
        let hash = text.utf8.reduce(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d as UInt128) { hash, byte in
            (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
