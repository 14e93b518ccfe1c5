extension ResourceKind {
    /// Users with their seats and last login (`GET …/access/users`).
    package static let accessUsers = ResourceKind(
        name: "access_users",
        table: "access_user",
        summary: "People who have logged in to Access or the Cloudflare One Client, with their seats.",
        listing: Listing("access/users", .page(maximum: 1000)),
        permission: "Access: Audit Logs Read",
        columns: [
            Column("uid"),
            Column("email"),
            Column("access_seat", .boolean),
            Column("gateway_seat", .boolean),
            Column("seat_uid"),
            Column("active_device_count", .integer),
            Column("last_successful_login", .timestamp),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )

    /// Sessions of each user (`GET …/access/users/{user_id}/active_sessions`).
    package static let accessUserSessions = ResourceKind(
        name: "access_user_sessions",
        table: "access_user_session",
        summary: "Sessions that are valid now; times are seconds since 1970.",
        listing: Listing("access/users/{parent}/active_sessions", .single, scope: .each("access_users")),
        permission: "Access: Audit Logs Read",
        columns: [
            Column("expiration", .integer),
            Column(["metadata", "iat"], .integer),
            Column(["metadata", "expires"], .integer),
            Column(["metadata", "ttl"], .integer),
            Column(["metadata", "apps"], .json),
        ],
        identifier: ["metadata", "nonce"],
        parentColumn: "user_id",
        isOptional: true
    )

    /// Logins of each user that failed (`GET …/access/users/{user_id}/failed_logins`).
    package static let accessUserFailedLogins = ResourceKind(
        name: "access_user_failed_logins",
        table: "access_user_failed_login",
        summary: "Logins that failed; `expiration` is in seconds since 1970.",
        listing: Listing("access/users/{parent}/failed_logins", .single, scope: .each("access_users")),
        permission: "Access: Audit Logs Read",
        columns: [
            Column("expiration", .integer),
            Column(["metadata", "app_name"]),
            Column(["metadata", "aud"]),
            Column(["metadata", "datetime"], .timestamp),
            Column(["metadata", "ray_id"]),
            Column(["metadata", "user_email"]),
        ],
        identifier: ["metadata", "ray_id"],
        parentColumn: "user_id",
        isOptional: true
    )

    /// Users that each identity provider has sent over SCIM (`GET …/identity_providers/{id}/scim/users`).
    package static let scimUsers = ResourceKind(
        name: "scim_users",
        table: "scim_user",
        summary: "Users that an identity provider keeps up to date over SCIM.",
        listing: Listing(
            "access/identity_providers/{parent}/scim/users",
            .page(maximum: nil),
            scope: .each("identity_providers", having: "scim_config_enabled")
        ),
        permission: "Access: Population Read",
        columns: [
            Column("displayName"),
            Column("externalId"),
            Column("active", .boolean),
            Column(["meta", "created"], .timestamp),
            Column(["meta", "lastModified"], .timestamp),
        ],
        children: [
            ChildTable(
                "scim_user_email",
                summary: "E-mail addresses of a user sent over SCIM.",
                source: .elements(["emails"]),
                parentColumn: "scim_user_id",
                columns: [Column("value"), Column("type"), Column("primary", .boolean)]
            )
        ],
        parentColumn: "identity_provider_id",
        isOptional: true
    )

    /// Groups that each identity provider has sent over SCIM (`GET …/identity_providers/{id}/scim/groups`).
    package static let scimGroups = ResourceKind(
        name: "scim_groups",
        table: "scim_group",
        summary: "Groups that an identity provider keeps up to date over SCIM.",
        listing: Listing(
            "access/identity_providers/{parent}/scim/groups",
            .page(maximum: nil),
            scope: .each("identity_providers", having: "scim_config_enabled")
        ),
        permission: "Access: Population Read",
        columns: [
            Column("displayName"),
            Column("externalId"),
            Column(["meta", "created"], .timestamp),
            Column(["meta", "lastModified"], .timestamp),
        ],
        parentColumn: "identity_provider_id",
        isOptional: true
    )
}
