extension ResourceKind {
    /// Access applications with their embedded policies (`GET …/access/apps`).
    package static let accessApplications = ResourceKind(
        name: "access_applications",
        table: "access_application",
        summary: "Access applications of every type.",
        listing: Listing("access/apps", .page(maximum: 1000)),
        permission: "Access: Apps and Policies Read",
        columns: [
            Column("type"),
            Column("domain"),
            Column("aud"),
            Column("session_duration", .duration),
            Column("allow_authenticate_via_warp", .boolean),
            Column("auto_redirect_to_identity", .boolean),
            Column("mfa_config_mfa_disabled", .boolean, path: ["mfa_config", "mfa_disabled"]),
            Column("mfa_config_session_duration", .duration, path: ["mfa_config", "session_duration"]),
            Column("mfa_config_allowed_authenticators", .json, path: ["mfa_config", "allowed_authenticators"]),
            Column("app_launcher_visible", .boolean),
            Column("http_only_cookie_attribute", .boolean),
            Column("same_site_cookie_attribute"),
            Column("enable_binding_cookie", .boolean),
            Column("options_preflight_bypass", .boolean),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [
            ChildTable(
                "access_application_policy",
                summary: "Which policies an application has, with their precedence in it.",
                source: .policies,
                parentColumn: "application_id",
                columns: [Column("policy_id", path: ["id"]), Column("precedence", .integer)]
            ),
            ChildTable(
                "access_application_destination",
                summary: "What an application guards.",
                source: .elements(["destinations"]),
                parentColumn: "application_id",
                columns: [
                    Column("type"), Column("uri"), Column("hostname"), Column("cidr"), Column("port_range"),
                    Column("l4_protocol"), Column("vnet_id"), Column("mcp_server_id"), Column("worker_id"),
                ]
            ),
            ChildTable(
                "access_application_allowed_idp",
                summary: "Identity providers an application is limited to; no row means every provider.",
                source: .elements(["allowed_idps"]),
                parentColumn: "application_id",
                columns: [Column("identity_provider_id", path: [])]
            ),
            ChildTable(
                "access_application_tag",
                summary: "Tags of an application.",
                source: .elements(["tags"]),
                parentColumn: "application_id",
                columns: [Column("tag", path: [])]
            ),
        ]
    )

    /// Reusable Access policies (`GET …/access/policies`).
    ///
    /// The table also holds the policies embedded in applications.
    package static let accessPolicies = ResourceKind(
        name: "access_policies",
        table: "access_policy",
        summary: "Access policies: reusable ones, and those that belong to one application.",
        listing: Listing("access/policies", .page(maximum: 1000)),
        permission: "Access: Apps and Policies Read",
        columns: [
            Column("decision"),
            Column("reusable", .boolean),
            Column("app_count", .integer),
            Column("session_duration", .duration),
            Column("mfa_config_mfa_disabled", .boolean, path: ["mfa_config", "mfa_disabled"]),
            Column("mfa_config_session_duration", .duration, path: ["mfa_config", "session_duration"]),
            Column("mfa_config_allowed_authenticators", .json, path: ["mfa_config", "allowed_authenticators"]),
            Column("approval_required", .boolean),
            Column("isolation_required", .boolean),
            Column("purpose_justification_required", .boolean),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [.accessRules]
    )

    /// Access groups (`GET …/access/groups`).
    package static let accessGroups = ResourceKind(
        name: "access_groups",
        table: "access_group",
        summary: "Access groups (rule groups).",
        listing: Listing("access/groups", .page(maximum: nil)),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [
            // Boolean in requests; the published models say a list of rules. Whatever came is kept.
            Column("is_default", .boolean),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [.accessRules]
    )

    /// Identity providers (`GET …/access/identity_providers`).
    package static let identityProviders = ResourceKind(
        name: "identity_providers",
        table: "identity_provider",
        summary: "Identity providers, one-time PIN among them.",
        listing: Listing("access/identity_providers", .page(maximum: nil)),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [
            Column("type"),
            Column("read_only", .boolean),
            Column("scim_config_enabled", .boolean, path: ["scim_config", "enabled"]),
            Column("scim_config_user_deprovision", .boolean, path: ["scim_config", "user_deprovision"]),
            Column("scim_config_seat_deprovision", .boolean, path: ["scim_config", "seat_deprovision"]),
            Column("scim_config_identity_update_behavior", path: ["scim_config", "identity_update_behavior"]),
            Column("config_restrict_to_account_members", .boolean, path: ["config", "restrict_to_account_members"]),
        ]
    )

    /// The Zero Trust organization (`GET …/access/organizations`).
    package static let organization = ResourceKind(
        name: "organization",
        table: "organization",
        summary: "The Zero Trust organization's settings; one row per account, whose id is the account's.",
        listing: Listing("access/organizations", .object),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [
            Column("auth_domain"),
            Column("session_duration", .duration),
            Column("warp_auth_session_duration", .duration),
            Column("allow_authenticate_via_warp", .boolean),
            Column("mfa_required_for_all_apps", .boolean),
            Column("mfa_config_session_duration", .duration, path: ["mfa_config", "session_duration"]),
            Column("mfa_config_allowed_authenticators", .json, path: ["mfa_config", "allowed_authenticators"]),
            Column("strict_service_token_auth", .boolean),
            Column("deny_unmatched_requests", .boolean),
            Column("is_ui_read_only", .boolean),
            Column("auto_redirect_to_identity", .boolean),
            Column("user_seat_expiration_inactive_time", .duration),
        ]
    )

    /// Service tokens (`GET …/access/service_tokens`).
    package static let serviceTokens = ResourceKind(
        name: "service_tokens",
        table: "service_token",
        summary: "Access service tokens, without their secrets.",
        listing: Listing("access/service_tokens", .page(maximum: 1000)),
        permission: "Access: Service Tokens Read",
        columns: [
            Column("client_id"),
            Column("duration", .duration),
            Column("enabled", .boolean),
            Column("expires_at", .timestamp),
            Column("last_seen_at", .timestamp),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
            Column("client_secret_version", .integer),
            Column("previous_client_secret_expires_at", .timestamp),
        ]
    )
}

extension ChildTable {
    /// The access rules of policies and groups.
    static let accessRules = ChildTable(
        "access_rule",
        summary: "The rules in the include, require and exclude blocks of policies and groups.",
        source: .accessRules,
        parentColumn: "owner_id",
        columns: []
    )
}
