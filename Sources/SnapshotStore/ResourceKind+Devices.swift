extension ResourceKind {
    /// Physical devices, also those without active registrations (`GET …/devices/physical-devices`).
    package static let devices = ResourceKind(
        name: "devices",
        table: "device",
        summary: "Devices that run the Cloudflare One Client.",
        listing: Listing(
            "devices/physical-devices",
            .cursor,
            query: [.init(name: "active_registrations", value: "include")]
        ),
        permission: "Zero Trust Read",
        columns: [
            Column("device_type"),
            Column("client_version"),
            Column("os_version"),
            Column("manufacturer"),
            Column("model"),
            Column("serial_number"),
            Column("hardware_id"),
            Column("active_registrations", .integer),
            Column("last_seen_at", .timestamp),
            Column("last_seen_user_id", path: ["last_seen_user", "id"]),
            Column("last_seen_user_email", path: ["last_seen_user", "email"]),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
            Column("deleted_at", .timestamp),
        ]
    )

    /// Registrations, also revoked ones (`GET …/devices/registrations`).
    ///
    /// They have no name of their own.
    package static let deviceRegistrations = ResourceKind(
        name: "device_registrations",
        table: "device_registration",
        summary: "Registrations: one user on one device. Their name is the device's.",
        listing: Listing("devices/registrations", .cursor, query: [.init(name: "status", value: "all")]),
        permission: "Zero Trust Read",
        columns: [
            Column("device_id", path: ["device", "id"]),
            Column("device_name", path: ["device", "name"]),
            Column("device_client_version", path: ["device", "client_version"]),
            Column("user_id", path: ["user", "id"]),
            Column("user_email", path: ["user", "email"]),
            Column(["policy", "id"]),
            Column(["policy", "name"]),
            Column("registration_type"),
            Column("tunnel_type"),
            Column("key_type"),
            Column("last_seen_at", .timestamp),
            Column("revoked_at", .timestamp),
            Column("deleted_at", .timestamp),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )
}
