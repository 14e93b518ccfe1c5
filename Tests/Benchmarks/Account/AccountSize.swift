import ArgumentParser

/// How large a generated account is: `large` as the design has it, or `<n>x`, where `100x` is the large one.
struct AccountSize: ExpressibleByArgument {
    /// As it was asked for.
    let name: String
    private let hundredths: Int

    static let standard = "1x,10x,large"

    init?(argument: String) {
        guard let hundredths = argument == "large" ? 100 : Int(argument.prefix { $0 != "x" }), hundredths > 0,
            argument == "large" || argument == "\(hundredths)x"
        else { return nil }
        (name, self.hundredths) = (argument, hundredths)
    }

    /// What the large account has of something, brought to this size.
    func count(ofLarge number: Int) -> Int { max(1, number * hundredths / 100) }

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
