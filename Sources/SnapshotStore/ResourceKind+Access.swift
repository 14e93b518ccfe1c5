extension ResourceKind {
    /// Access applications with their embedded policies (`GET …/access/apps`).
    package static let accessApplications = ResourceKind(
        name: "access_applications",
        table: "access_application",
        summary: "Access applications of every type.",
        listing: Listing("access/apps", .page(maximum: 1000), scope: .accountAndZones),
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
            Column("path_cookie_attribute", .boolean),
            Column("eager_redirect_cookie_setting", .boolean),
            Column("skip_interstitial", .boolean),
            Column("allow_iframe", .boolean),
            Column("service_auth_401_redirect", .boolean),
            Column("read_service_tokens_from_header"),
            Column("custom_deny_url"),
            Column("custom_non_identity_deny_url"),
            Column(["cors_headers", "allow_all_origins"], .boolean),
            Column(["cors_headers", "allow_credentials"], .boolean),
            Column(["cors_headers", "allow_all_methods"], .boolean),
            Column(["cors_headers", "allow_all_headers"], .boolean),
            Column(["cors_headers", "allowed_origins"], .json),
            Column(["saas_app", "auth_type"]),
            Column(["saas_app", "allow_pkce_without_client_secret"], .boolean),
            Column(["saas_app", "access_token_lifetime"], .duration),
            Column(["saas_app", "refresh_token_options", "lifetime"], .duration),
            Column(["saas_app", "group_filter_regex"]),
            Column(["saas_app", "consumer_service_url"]),
            Column(["saas_app", "name_id_transform_jsonata"]),
            Column(["saas_app", "saml_attribute_transform_jsonata"]),
            Column(["oauth_configuration", "enabled"], .boolean),
            Column(["oauth_configuration", "dynamic_client_registration", "enabled"], .boolean),
            Column(["oauth_configuration", "dynamic_client_registration", "allow_any_on_localhost"], .boolean),
            Column(["oauth_configuration", "dynamic_client_registration", "allow_any_on_loopback"], .boolean),
            Column(["oauth_configuration", "dynamic_client_registration", "allowed_uris"], .json),
            Column(["oauth_configuration", "grant", "session_duration"], .duration),
            Column(["oauth_configuration", "grant", "access_token_lifetime"], .duration),
            Column(["scim_config", "enabled"], .boolean),
            Column(["scim_config", "remote_uri"]),
            Column(["scim_config", "idp_uid"]),
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
                "access_application_grant_type",
                summary: "OAuth grants that a SaaS application may use.",
                source: .elements(["saas_app", "grant_types"]),
                parentColumn: "application_id",
                columns: [Column("grant_type", path: [])]
            ),
            ChildTable(
                "access_application_redirect_uri",
                summary: "Addresses to which Access sends a SaaS application's users back.",
                source: .elements(["saas_app", "redirect_uris"]),
                parentColumn: "application_id",
                columns: [Column("redirect_uri", path: [])]
            ),
            ChildTable(
                "access_application_target_criterion",
                summary: "Which infrastructure targets an application reaches, by port and protocol.",
                source: .elements(["target_criteria"]),
                parentColumn: "application_id",
                columns: [
                    Column("port", .integer), Column("protocol"), Column("target_attributes", .json),
                    Column("include", .json), Column("exclude", .json),
                ]
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
            Column("purpose_justification_prompt"),
            Column(["connection_rules", "ssh", "allow_email_alias"], .boolean),
            Column(["connection_rules", "rdp", "allowed_clipboard_local_to_remote_formats"], .json),
            Column(["connection_rules", "rdp", "allowed_clipboard_remote_to_local_formats"], .json),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [
            .accessRules,
            ChildTable(
                "access_policy_approval_group",
                summary: "Who may approve access, and how many of them it takes.",
                source: .elements(["approval_groups"]),
                parentColumn: "policy_id",
                columns: [
                    Column("approvals_needed", .integer), Column("email_addresses", .json), Column("email_list_uuid"),
                ]
            ),
            ChildTable(
                "access_policy_ssh_username",
                summary: "Names under which people may log in to a target over SSH.",
                source: .elements(["connection_rules", "ssh", "usernames"]),
                parentColumn: "policy_id",
                columns: [Column("username", path: [])]
            ),
        ]
    )

    /// Access groups (`GET …/access/groups`).
    package static let accessGroups = ResourceKind(
        name: "access_groups",
        table: "access_group",
        summary: "Access groups (rule groups).",
        listing: Listing("access/groups", .page(maximum: nil), scope: .accountAndZones),
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
        listing: Listing("access/identity_providers", .page(maximum: nil), scope: .accountAndZones),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [
            Column("type"),
            Column("read_only", .boolean),
            Column("scim_config_enabled", .boolean, path: ["scim_config", "enabled"]),
            Column("scim_config_user_deprovision", .boolean, path: ["scim_config", "user_deprovision"]),
            Column("scim_config_seat_deprovision", .boolean, path: ["scim_config", "seat_deprovision"]),
            Column("scim_config_identity_update_behavior", path: ["scim_config", "identity_update_behavior"]),
            Column("config_restrict_to_account_members", .boolean, path: ["config", "restrict_to_account_members"]),
            Column(["scim_config", "group_member_deprovision"], .boolean),
            Column(["config", "client_id"]),
            Column(["config", "sign_request"], .boolean),
            Column(["config", "enable_encryption"], .boolean),
            Column(["config", "force_authn"], .boolean),
            Column(["config", "pkce_enabled"], .boolean),
            Column(["config", "conditional_access_enabled"], .boolean),
            Column(["config", "support_groups"], .boolean),
            Column(["config", "email_claim_name"]),
            Column(["config", "apps_domain"]),
            Column(["config", "idp_public_certs"], .json),
            Column("saml_certificate_set_id"),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
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
            Column("warp_auth_non_browser_401", .boolean),
            Column(["mfa_config", "amr_matching_session_duration"], .duration),
            Column(["mfa_config", "required_aaguids"]),
            Column(["mfa_piv_key_requirements", "pin_policy"]),
            Column(["mfa_piv_key_requirements", "touch_policy"]),
            Column(["mfa_piv_key_requirements", "require_fips_device"], .boolean),
            Column(["service_token_inactivity", "enabled"], .boolean),
            Column(["service_token_inactivity", "action"]),
            Column(["service_token_inactivity", "inactivity_threshold_days"], .integer),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [
            ChildTable(
                "organization_exempted_zone",
                summary: "Zones in which requests without an application are let through all the same.",
                source: .elements(["deny_unmatched_requests_exempted_zone_names"]),
                parentColumn: "organization_id",
                columns: [Column("zone_name", path: [])]
            )
        ]
    )

    /// Service tokens (`GET …/access/service_tokens`).
    package static let serviceTokens = ResourceKind(
        name: "service_tokens",
        table: "service_token",
        summary: "Access service tokens, without their secrets.",
        listing: Listing("access/service_tokens", .page(maximum: 1000), scope: .accountAndZones),
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
