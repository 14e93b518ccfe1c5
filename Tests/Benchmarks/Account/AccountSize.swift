import ArgumentParser

/// How large a generated account is, as a share of the large account of the design.
enum AccountSize: String, CaseIterable, ExpressibleByArgument {
    case single = "1x"
    case tenfold = "10x"
    case large

    /// What the large account has of something, cut down to this size.
    func count(ofLarge number: Int) -> Int {
        switch self {
        case .single: max(1, number / 100)
        case .tenfold: max(1, number / 10)
        case .large: number
        }
    }

    /// Elements of each list in the large account; lists that are not named here are as long as in the demo account.
    static let largeCounts = [
        "access/ai-controls/mcp/portals": 50,
        "access/ai-controls/mcp/servers": 2000,
        "access/apps": 10_000,
        "access/certificates": 100,
        "access/groups": 5000,
        "access/policies": 30_000,
        "access/service_tokens": 1000,
        "access/tags": 200,
        "access/users": 20_000,
        "cfd_tunnel": 500,
        "devices/physical-devices": 100_000,
        "devices/posture": 100,
        "devices/registrations": 200_000,
        "gateway/lists": 200,
        "gateway/locations": 200,
        "gateway/rules": 1000,
        "infrastructure/targets": 2000,
        "members": 200,
        "teamnet/routes": 2000,
        "teamnet/virtual_networks": 100,
        "warp_connector": 100,
        "zerotrust/routes/hostname": 500,
        "zerotrust/subnets": 100,
    ]

    /// Zones in the large account.
    static let largeZones = 50
}
