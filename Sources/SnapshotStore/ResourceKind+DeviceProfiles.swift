extension ResourceKind {
    /// The default profile (`GET …/devices/policy`).
    package static let defaultDeviceSettingsProfile = deviceSettingsProfile(
        name: "default_device_settings_profile",
        Listing("devices/policy", .object)
    )

    /// The custom profiles (`GET …/devices/policies`).
    ///
    /// The SDK reads one answer only, but the Go client pages and `total_count` has exceeded the rows of an answer.
    package static let deviceSettingsProfiles = deviceSettingsProfile(
        name: "device_settings_profiles",
        Listing("devices/policies", .page(maximum: nil))
    )

    /// The profiles of the browser extension, which the list leaves out unless asked for them.
    package static let browserExtensionProfiles = deviceSettingsProfile(
        name: "browser_extension_profiles",
        Listing(
            "devices/policies",
            .page(maximum: nil),
            query: [.init(name: "profile_type", value: "browser_extension")]
        )
    )

    /// The listings that fill one table.
    private static func deviceSettingsProfile(name: String, _ listing: Listing) -> ResourceKind {
        ResourceKind(
            name: name,
            table: "device_settings_profile",
            summary: "Device settings profiles: the default one and the custom ones, in order of `precedence`.",
            listing: listing,
            permission: "Zero Trust Read",
            columns: deviceSettingsProfileColumns,
            children: [
                .splitTunnel("exclude", summary: "What a profile leaves outside the tunnel."),
                .splitTunnel("include", summary: "What a profile sends through the tunnel; the rest stays outside."),
                ChildTable(
                    "device_settings_profile_fallback_domain",
                    summary: "Domains that a device resolves without Gateway.",
                    source: .elements(["fallback_domains"]),
                    parentColumn: "profile_id",
                    columns: [Column("suffix"), Column("description"), Column("dns_server", .json)]
                ),
            ],
            identifier: ["policy_id"]
        )
    }

    private static let deviceSettingsProfileColumns = [
        Column("default", .boolean),
        Column("enabled", .boolean),
        Column("profile_type"),
        Column("precedence", .integer),
        Column("match"),
        Column("description"),
        Column("gateway_unique_id"),
        Column(["service_mode_v2", "mode"]),
        Column(["service_mode_v2", "port"], .integer),
        Column("tunnel_protocol"),
        Column("switch_locked", .boolean),
        Column("allowed_to_leave", .boolean),
        Column("allow_mode_switch", .boolean),
        Column("allow_updates", .boolean),
        Column("auto_connect", .integer),
        Column("captive_portal", .integer),
        Column("disable_auto_fallback", .boolean),
        Column("exclude_office_ips", .boolean),
        Column("lan_allow_minutes", .integer),
        Column("lan_allow_subnet_size", .integer),
        Column("doh_in_tunnel", .boolean),
        Column("register_interface_ip_with_dns", .boolean),
        Column("sccm_vpn_boundary_support", .boolean),
        Column("uninstall_protection", .boolean),
        Column("support_url"),
        Column(["virtual_networks", "default"]),
        Column(["virtual_networks", "allowed"], .json),
        Column(["browser_extension_config", "proxy_enabled"], .boolean),
        Column(["browser_extension_config", "proxy_control"]),
    ]
}

extension ChildTable {
    /// One of the two split tunnel lists; an entry has either an address or a host.
    fileprivate static func splitTunnel(_ list: String, summary: String) -> ChildTable {
        ChildTable(
            "device_settings_profile_\(list)",
            summary: summary,
            source: .elements([list]),
            parentColumn: "profile_id",
            columns: [Column("address"), Column("host"), Column("description")]
        )
    }
}
