extension ResourceKind {
    /// Device posture rules (`GET …/devices/posture`).
    ///
    /// `input` has other members for every type; the columns are those that several types share or rules ask for.
    package static let devicePostureRules = ResourceKind(
        name: "device_posture_rules",
        table: "device_posture_rule",
        summary: "Device posture checks. `expiration` is NULL when a result stays valid until the next one.",
        listing: Listing("devices/posture", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("type"),
            Column("description"),
            Column("enabled", .boolean),
            Column("schedule", .duration),
            Column("expiration", .duration),
            Column(["input", "operating_system"]),
            Column(["input", "id"]),
            Column(["input", "connection_id"]),
            Column(["input", "certificate_id"]),
            Column(["input", "operator"]),
            Column(["input", "version"]),
            Column(["input", "versionOperator"]),
            Column(["input", "enabled"], .boolean),
            Column(["input", "exists"], .boolean),
            Column(["input", "running"], .boolean),
            Column(["input", "path"]),
            Column(["input", "domain"]),
            Column(["input", "checkDisks"], .json),
            Column(["input", "requireAll"], .boolean),
            Column(["input", "check_private_key"], .boolean),
            Column(["input", "update_window_days"], .integer),
            Column(["input", "compliance_status"]),
        ],
        children: [
            ChildTable(
                "device_posture_rule_match",
                summary: "Platforms on which a posture check runs; no row means every platform that it fits.",
                source: .elements(["match"]),
                parentColumn: "rule_id",
                columns: [Column("platform")]
            )
        ]
    )

    /// Services that report on devices (`GET …/devices/posture/integration`).
    package static let devicePostureIntegrations = ResourceKind(
        name: "device_posture_integrations",
        table: "device_posture_integration",
        summary: "Services of others that report on devices, without their secrets.",
        listing: Listing("devices/posture/integration", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("type"),
            Column("interval", .duration),
            Column(["config", "api_url"]),
            Column(["config", "auth_url"]),
            Column(["config", "client_id"]),
            Column(["config", "customer_id"]),
            Column(["config", "access_client_id"]),
        ]
    )
}
