extension ResourceKind {
    /// Identity providers shared with other accounts (`GET …/access/idp_federation_grants`).
    package static let idpFederationGrants = ResourceKind(
        name: "idp_federation_grants",
        table: "idp_federation_grant",
        summary: "Identity providers that this account shares with others.",
        listing: Listing("access/idp_federation_grants", .single),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [Column("idp_id")]
    )

    /// Tags (`GET …/access/tags`); the name is the id.
    package static let accessTags = ResourceKind(
        name: "access_tags",
        table: "access_tag",
        summary: "Tags that applications can have.",
        listing: Listing("access/tags", .page(maximum: nil)),
        permission: "Access: Apps and Policies Read",
        columns: [
            Column("app_count", .integer),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        identifier: ["name"]
    )

    /// Custom pages, without their HTML (`GET …/access/custom_pages`).
    package static let customPages = ResourceKind(
        name: "custom_pages",
        table: "custom_page",
        summary: "Custom block and login pages, without their HTML.",
        listing: Listing("access/custom_pages", .page(maximum: 1000)),
        permission: "Access: Custom Pages Read",
        columns: [
            Column("type"),
            Column("contract_version", .integer),
            Column("app_count", .integer),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        identifier: ["uid"]
    )

    /// Bookmarks of the older kind, which are no applications (`GET …/access/bookmarks`).
    package static let bookmarks = ResourceKind(
        name: "bookmarks",
        table: "bookmark",
        summary: "Bookmarks of the App Launcher that are no applications of type `bookmark`.",
        listing: Listing("access/bookmarks", .single),
        permission: "Access: Apps and Policies Read",
        columns: [
            Column("domain"),
            Column("app_launcher_visible", .boolean),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )

    /// Targets of infrastructure applications (`GET …/infrastructure/targets`).
    package static let infrastructureTargets = ResourceKind(
        name: "infrastructure_targets",
        table: "infrastructure_target",
        summary: "Machines that applications of type `infrastructure` reach; their name is `hostname`, and not unique.",
        listing: Listing("infrastructure/targets", .page(maximum: 1000)),
        permission: "Zero Trust Read",
        columns: [
            Column("hostname"),
            Column(["ip", "ipv4", "ip_addr"]),
            Column(["ip", "ipv4", "virtual_network_id"]),
            Column(["ip", "ipv6", "ip_addr"]),
            Column(["ip", "ipv6", "virtual_network_id"]),
            Column("tags", .json),
            Column("created_at", .timestamp),
            Column("modified_at", .timestamp),
        ]
    )

    /// Exports of user risk scores (`GET …/zt_risk_scoring/integrations`).
    package static let riskScoringIntegrations = ResourceKind(
        name: "risk_scoring_integrations",
        table: "risk_scoring_integration",
        summary: "Identity providers that are told of changes in a user's risk score.",
        listing: Listing("zt_risk_scoring/integrations", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("integration_type"),
            Column("active", .boolean),
            Column("reference_id"),
            Column("tenant_url"),
            Column("well_known_url"),
            Column("created_at", .timestamp),
        ]
    )
}
