extension ResourceKind {
    /// The account itself (`GET /accounts/{account_id}`).
    package static let accountSettings = ResourceKind(
        name: "account_settings",
        table: "account_settings",
        summary: "The account's own settings; one row per account.",
        listing: Listing("accounts/{account_id}", .object, scope: .itself),
        permission: "Account Settings Read",
        columns: [
            Column("type"),
            Column(["settings", "enforce_twofactor"], .boolean),
            Column(["settings", "abuse_contact_email"]),
            Column(["managed_by", "parent_org_id"]),
            Column(["managed_by", "parent_org_name"]),
            Column("created_on", .timestamp),
        ]
    )

    /// The account's members (`GET …/members`).
    ///
    /// Not in our copy of the reference; members, page size and permission as SDK and published pages have them.
    package static let accountMembers = ResourceKind(
        name: "account_members",
        table: "account_member",
        summary: "People who administer the account, invited ones too; they have no name of their own.",
        listing: Listing("members", .page(maximum: 50)),
        permission: "Account Settings Read",
        columns: [
            Column("status"),
            Column("email"),
            Column(["user", "id"]),
            Column(["user", "email"]),
            Column(["user", "first_name"]),
            Column(["user", "last_name"]),
            Column(["user", "two_factor_authentication_enabled"], .boolean),
        ],
        children: [
            ChildTable(
                "account_member_role",
                summary: "Roles of a member.",
                source: .elements(["roles"]),
                parentColumn: "member_id",
                columns: [Column("role_id", path: ["id"]), Column("name"), Column("description")]
            ),
            ChildTable(
                "account_member_policy",
                summary: "Policies of a member: permission groups, and the resources to which they apply.",
                source: .elements(["policies"]),
                parentColumn: "member_id",
                columns: [
                    Column("policy_id", path: ["id"]),
                    Column("access"),
                    Column("permission_groups", .json),
                    Column("resource_groups", .json),
                ]
            ),
            ChildTable(
                "account_member_permission_group",
                summary: "Permission groups of each policy of a member.",
                source: .nestedElements(["permission_groups"], outer: ["policies"], place: "policy_position"),
                parentColumn: "member_id",
                columns: [Column("permission_group_id", path: ["id"]), Column("name")]
            ),
        ]
    )

    /// API tokens that belong to the account (`GET …/tokens`).
    ///
    /// Not in our copy of the reference; members, page size and permission as the published page has them:
    /// https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/list/. Tokens that expired
    /// are left out unless the query asks for them. Tokens that belong to users are listed to those users alone.
    package static let accountTokens = ResourceKind(
        name: "account_tokens",
        table: "account_token",
        summary: "API tokens that belong to the account rather than to a user; never the tokens themselves.",
        listing: Listing("tokens", .page(maximum: 50)),
        permission: "Account API Tokens Read",
        columns: [
            Column("status"),
            Column("creator_email_at_creation"),
            Column("issued_on", .timestamp),
            Column("modified_on", .timestamp),
            Column("not_before", .timestamp),
            Column("expires_on", .timestamp),
            Column("last_used_on", .timestamp),
            Column(["condition", "request_ip", "in"], .json),
            Column(["condition", "request_ip", "not_in"], .json),
        ],
        children: [
            ChildTable(
                "account_token_policy",
                summary: "Policies of an API token: what it may do, and to which resources.",
                source: .elements(["policies"]),
                parentColumn: "token_id",
                columns: [
                    Column("policy_id", path: ["id"]),
                    Column("effect"),
                    Column("permission_groups", .json),
                    Column("resources", .json),
                ]
            ),
            ChildTable(
                "account_token_permission_group",
                summary: "Permission groups of each policy of an API token.",
                source: .nestedElements(["permission_groups"], outer: ["policies"], place: "policy_position"),
                parentColumn: "token_id",
                columns: [Column("permission_group_id", path: ["id"]), Column("name")]
            ),
        ]
    )
}
