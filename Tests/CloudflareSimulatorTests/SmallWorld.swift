import CloudflareSimulator
import JSONModel

/// A world with one ordinary account, one without Access, and one that no token covers.
enum SmallWorld {
    static let account = "0123456789abcdef0123456789abcdef"
    static let withoutAccess = "11111111111111111111111111111111"
    static let foreign = "22222222222222222222222222222222"
    static let zone = "33333333333333333333333333333333"

    /// A user's token that may read everything in its two accounts.
    static let reader = SimulatedToken(
        value: "reader-token",
        id: "reader",
        name: "Audit",
        permissions: [
            "Account Settings Read", "Access: Apps and Policies Read", "Zone Read", "Zero Trust Read",
            "Access: Organizations, Identity Providers, and Groups Read", "Access: Service Tokens Read",
            "MCP Portals Read",
        ],
        accountIDs: [account, withoutAccess]
    )
    /// An account-owned token with one permission.
    static let appsOnly = SimulatedToken(
        value: "apps-token",
        id: "apps",
        name: "Apps only",
        owner: .account(account),
        permissions: ["Access: Apps and Policies Read"],
        accountIDs: [account]
    )
    static let key = SimulatedGlobalKey(
        email: "owner@example.com",
        key: "c2547eb745079dac9320b638f5e225cf483cc5cfdda41"
    )

    static let world = SimulatedWorld(
        tokens: [reader, appsOnly],
        globalKeys: [key],
        accounts: [
            SimulatedAccount(
                id: account,
                name: "Northwind",
                resources: [
                    "access/apps": apps,
                    "access/groups": list("group", 45),
                    "access/organizations": ["name": "Northwind", "auth_domain": "northwind.cloudflareaccess.com"],
                    "access/policies": list("policy", 120),
                    "devices/physical-devices": devices,
                    "devices/registrations": registrations,
                ]
            ),
            SimulatedAccount(id: withoutAccess, name: "Dormant", accessEnabled: false),
            SimulatedAccount(id: foreign, name: "Someone else"),
        ],
        zones: [
            SimulatedZone(
                id: zone,
                name: "example.com",
                accountID: account,
                resources: ["access/apps": [["id": "zone-app"]]]
            )
        ]
    )

    static let apps: JSONValue = [
        ["id": "app-1", "name": "Wiki", "policies": [["id": "p1"], ["id": "p2"]]],
        ["id": "app-2", "name": "Control\u{1}\"\\\u{1f}\n\u{e9}\u{1f512}"],
    ]

    /// Every fourth one has no active registration.
    static let devices = list("device", 12) { number in
        ["active_registrations": number.isMultiple(of: 4) ? 0 : 1]
    }

    /// Number 1 is revoked, number 2 deleted, the other eight are active.
    static let registrations = list("registration", 10) { number in
        [
            "revoked_at": number == 1 ? "2026-01-01T00:00:00Z" : .null,
            "deleted_at": number == 2 ? "2026-01-01T00:00:00Z" : .null,
        ]
    }

    /// Objects with the ids `prefix-1`, `prefix-2` and so on.
    static func list(_ prefix: String, _ count: Int, members: (Int) -> [String: JSONValue] = { _ in [:] }) -> JSONValue
    {
        .array(
            (1...count).map { number in
                .object(members(number).merging(["id": .string("\(prefix)-\(number)")]) { own, _ in own })
            }
        )
    }

    /// The path of a resource of the ordinary account.
    static func path(_ resource: String) -> String { "/accounts/\(account)/\(resource)" }
}
