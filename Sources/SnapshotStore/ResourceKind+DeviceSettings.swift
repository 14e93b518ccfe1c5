extension ResourceKind {
    /// Settings for all devices (`GET …/devices/settings`).
    package static let deviceSettings = ResourceKind(
        name: "device_settings",
        table: "device_settings",
        summary: "Settings for all devices of an account; one row per account. `disable_for_time` is in seconds.",
        listing: Listing("devices/settings", .object),
        permission: "Zero Trust Read",
        columns: [
            Column("disable_for_time", .integer),
            Column("gateway_proxy_enabled", .boolean),
            Column("gateway_udp_proxy_enabled", .boolean),
            Column("root_certificate_installation_enabled", .boolean),
            Column("use_zt_virtual_ip", .boolean),
            Column("external_emergency_signal_enabled", .boolean),
            Column("external_emergency_signal_url"),
            Column("external_emergency_signal_fingerprint"),
            Column("external_emergency_signal_interval", .duration),
        ]
    )

    /// Networks that devices recognize (`GET …/devices/networks`).
    package static let managedNetworks = ResourceKind(
        name: "managed_networks",
        table: "managed_network",
        summary: "Networks that a device recognizes by a TLS host, for profiles that match on them.",
        listing: Listing("devices/networks", .single),
        permission: "Zero Trust Read",
        columns: [Column("type"), Column(["config", "tls_sockaddr"]), Column(["config", "sha256"])],
        identifier: ["network_id"]
    )

    /// Profiles that give devices their addresses (`GET …/devices/ip-profiles`).
    package static let deviceIPProfiles = ResourceKind(
        name: "device_ip_profiles",
        table: "device_ip_profile",
        summary: "Which devices get their virtual address from which subnet, in order of `precedence`.",
        listing: Listing("devices/ip-profiles", .page(maximum: nil)),
        permission: "Zero Trust Read",
        columns: [
            Column("enabled", .boolean),
            Column("precedence", .integer),
            Column("match"),
            Column("subnet_id"),
            Column("description"),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )

    /// The switch that disconnects every device (`GET …/devices/resilience/disconnect`).
    package static let warpOverride = ResourceKind(
        name: "warp_override",
        table: "warp_override",
        summary: "Whether all devices are told to disconnect; one row per account.",
        listing: Listing("devices/resilience/disconnect", .object),
        permission: "Zero Trust Read",
        columns: [Column("disconnect", .boolean), Column("timestamp", .timestamp)]
    )

    /// Digital Experience tests (`GET …/dex/devices/dex_tests`).
    ///
    /// The reference declares a list; recorded answers have an object with the list in `dex_tests`.
    package static let dexTests = ResourceKind(
        name: "dex_tests",
        table: "dex_test",
        summary: "Tests that devices run to measure how well they reach something.",
        listing: Listing("dex/devices/dex_tests", .page(maximum: nil), member: ["dex_tests"]),
        permission: "Zero Trust Read",
        columns: [
            Column("enabled", .boolean),
            Column("description"),
            Column("interval", .duration),
            Column(["data", "kind"]),
            Column(["data", "host"]),
            Column(["data", "method"]),
            Column("targeted", .boolean),
            Column("created", .timestamp),
            Column("updated", .timestamp),
        ],
        children: [
            ChildTable(
                "dex_test_target_policy",
                summary: "DEX rules that a test is limited to.",
                source: .elements(["target_policies"]),
                parentColumn: "test_id",
                columns: [Column("policy_id", path: ["id"]), Column("name"), Column("default", .boolean)]
            )
        ],
        identifier: ["test_id"]
    )
}
