/// The paths that the simulator knows.
///
/// To add one, add a line: the data comes from `resources` under the same path.
///
/// Pages, maxima, permissions: the API reference, and observed answers where it is silent.
struct EndpointTable: Sendable {
    /// Every endpoint, at account level and, where the API has it too, at zone level.
    let endpoints: [Endpoint]

    init() {
        let account = "accounts/{account_id}"
        endpoints = [
            Self.identity,
            Self.access(account), Self.access("zones/{zone_id}"), Self.accessAtAccountLevelOnly(account),
            Self.certificates(account), Self.certificates("zones/{zone_id}"), Self.accessSettings(account),
            Self.users(account), Self.devices(account), Self.deviceSettings(account),
            Self.tunnels(account), Self.privateNetworks(account), Self.gateway(account), Self.gatewayObjects(account),
        ].flatMap { $0 }
    }

    private static let identity = [
        Endpoint("accounts", .page(standard: 20, maximum: 50), source: .accounts, filter: .members(["name"])),
        Endpoint("accounts/{account_id}", .single, source: .account, anyOf: PermissionGroup.accountSettings),
        Endpoint(
            "accounts/{account_id}/members",
            .page(standard: 20, maximum: 50),
            anyOf: PermissionGroup.accountSettings
        ),
        Endpoint("accounts/{account_id}/alerting/v3/policies", .whole(), anyOf: PermissionGroup.notifications),
        Endpoint("accounts/{account_id}/logpush/jobs", .whole(), anyOf: PermissionGroup.logpush),
        Endpoint(
            "accounts/{account_id}/tokens",
            .page(standard: 20, maximum: 50),
            anyOf: PermissionGroup.accountTokens
        ),
        Endpoint(
            "accounts/{account_id}/tokens/{token_id}",
            .single,
            source: .accountToken,
            anyOf: PermissionGroup.accountTokens
        ),
        Endpoint("accounts/{account_id}/tokens/verify", .single, source: .accountTokenVerification),
        Endpoint("user/tokens/{token_id}", .single, source: .userToken, anyOf: PermissionGroup.userTokens),
        Endpoint("user/tokens/verify", .single, source: .userTokenVerification),
        Endpoint(
            "zones",
            .page(standard: 20, maximum: 50),
            source: .zones,
            anyOf: PermissionGroup.zones,
            filter: .members(["account.id", "account.name", "name", "status"])
        ),
        Endpoint("zones/{zone_id}", .single, source: .zone, anyOf: PermissionGroup.zones),
    ]

    /// Access paths that exist at both levels.
    private static func access(_ scope: String) -> [Endpoint] {
        let large = Endpoint.Paging.page(standard: 1000, maximum: 1000)
        return [
            Endpoint("\(scope)/access/apps", large, anyOf: PermissionGroup.accessApps),
            Endpoint("\(scope)/access/apps/{app_id}", .single, anyOf: PermissionGroup.accessApps),
            Endpoint("\(scope)/access/apps/{app_id}/policies", large, anyOf: PermissionGroup.accessApps),
            Endpoint("\(scope)/access/groups", large, anyOf: PermissionGroup.accessOrganizations),
            Endpoint(
                "\(scope)/access/identity_providers",
                .page(standard: 200, maximum: 1000),
                anyOf: PermissionGroup.accessOrganizations
            ),
            Endpoint("\(scope)/access/organizations", .single, anyOf: PermissionGroup.accessOrganizations),
            Endpoint("\(scope)/access/service_tokens", large, anyOf: PermissionGroup.accessServiceTokens),
        ]
    }

    private static func accessAtAccountLevelOnly(_ scope: String) -> [Endpoint] {
        let small = Endpoint.Paging.page(standard: 20, maximum: 100)
        return [
            Endpoint(
                "\(scope)/access/policies",
                .page(standard: 100, maximum: 1000),
                anyOf: PermissionGroup.accessApps
            ),
            Endpoint("\(scope)/access/ai-controls/mcp/portals", small, anyOf: PermissionGroup.mcpPortals),
            Endpoint("\(scope)/access/ai-controls/mcp/portals/{id}", .single, anyOf: PermissionGroup.mcpPortals),
            Endpoint("\(scope)/access/ai-controls/mcp/servers", small, anyOf: PermissionGroup.mcpPortals),
            Endpoint("\(scope)/access/ai-controls/mcp/servers/{id}", .single, anyOf: PermissionGroup.mcpPortals),
        ]
    }

    private static func devices(_ scope: String) -> [Endpoint] {
        [
            Endpoint(
                "\(scope)/devices/physical-devices",
                .cursor(standard: 50, maximum: 1000),
                anyOf: PermissionGroup.zeroTrust,
                resultInfo: .nullTotalCount,
                filter: .activeRegistrations
            ),
            Endpoint(
                "\(scope)/devices/registrations",
                .cursor(standard: 50, maximum: 1000),
                anyOf: PermissionGroup.zeroTrust,
                resultInfo: .nullTotalCount,
                filter: .registrationStatus
            ),
        ]
    }
}

/// The permission groups that endpoints ask for, in the API's spelling; each list holds the alternatives.
enum PermissionGroup {
    static let accountSettings = ["Account Settings Read"]
    static let zones = ["Zone Read"]
    static let userTokens = ["API Tokens Read"]
    static let accountTokens = ["Account API Tokens Read"]
    static let notifications = ["Notifications Read"]
    /// Reading a job takes the right to change it.
    static let logpush = ["Logs Write"]
    static let accessApps = ["Access: Apps and Policies Read"]
    static let accessOrganizations = ["Access: Organizations, Identity Providers, and Groups Read"]
    static let accessServiceTokens = ["Access: Service Tokens Read"]
    static let accessAuditLogs = ["Access: Audit Logs Read"]
    static let accessCertificates = ["Access: Mutual TLS Certificates Read", "Access: Certificates Read"]
    static let accessCustomPages = ["Access: Custom Pages Read"]
    static let accessPopulation = ["Access: Population Read"]
    static let accessSSHAuditing = ["Access: SSH Auditing Read"]
    static let mcpPortals = ["MCP Portals Read"]
    static let zeroTrust = ["Zero Trust Read"]
    static let devicePosture = ["Access: Device Posture Read", "Zero Trust Read"]
    static let digitalExperience = ["Cloudflare DEX Read", "Zero Trust Read"]
    static let tunnels = [
        "Cloudflare Tunnel Read", "Cloudflare One Connectors Read", "Cloudflare One Connector: cloudflared Read",
    ]
    static let warpConnectors = ["Cloudflare One Connectors Read", "Cloudflare One Connector: WARP Read"]
    static let privateNetworks = ["Cloudflare One Networks Read", "Cloudflare Tunnel Read"]
}
