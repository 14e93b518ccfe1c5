extension ResourceKind {
    /// MCP servers (`GET …/access/ai-controls/mcp/servers`).
    package static let mcpServers = ResourceKind(
        name: "mcp_servers",
        table: "mcp_server",
        summary: "MCP servers that portals can offer.",
        listing: Listing("access/ai-controls/mcp/servers", .page(maximum: nil)),
        permission: "MCP Portals Read",
        columns: [
            Column("hostname"),
            Column("auth_type"),
            Column("status"),
            Column("authentication_status"),
            Column("secure_web_gateway", .boolean),
            Column("is_shared_oauth_callback_enabled", .boolean),
            Column("last_synced", .timestamp),
            Column("last_successful_sync", .timestamp),
            Column("created_at", .timestamp),
            Column("modified_at", .timestamp),
            Column("description"),
            Column("error"),
            Column(["error_details", "cause"]),
            Column(["auth_config_summary", "auth_mode"]),
            Column(["auth_config_summary", "has_client_secret"], .boolean),
        ],
        children: [
            ChildTable(
                "mcp_server_tool",
                summary: "Tools that an MCP server offers.",
                source: .elements(["tools"]),
                parentColumn: "server_id",
                columns: [Column("name"), Column("description")]
            ),
            ChildTable(
                "mcp_server_prompt",
                summary: "Prompts that an MCP server offers.",
                source: .elements(["prompts"]),
                parentColumn: "server_id",
                columns: [Column("name"), Column("description")]
            ),
            ChildTable(
                "mcp_server_updated_tool",
                summary: "Tools that were switched on or off, renamed or described anew.",
                source: .elements(["updated_tools"]),
                parentColumn: "server_id",
                columns: [Column("name"), Column("enabled", .boolean), Column("alias"), Column("description")]
            ),
            ChildTable(
                "mcp_server_updated_prompt",
                summary: "Prompts that were switched on or off, renamed or described anew.",
                source: .elements(["updated_prompts"]),
                parentColumn: "server_id",
                columns: [Column("name"), Column("enabled", .boolean), Column("alias"), Column("description")]
            ),
        ]
    )

    /// MCP portals (`GET …/access/ai-controls/mcp/portals`).
    package static let mcpPortals = ResourceKind(
        name: "mcp_portals",
        table: "mcp_portal",
        summary: "MCP portals.",
        listing: Listing("access/ai-controls/mcp/portals", .page(maximum: 100)),
        permission: "MCP Portals Read",
        columns: [
            Column("hostname"),
            Column("code_mode"),
            Column("secure_web_gateway", .boolean),
            Column("created_at", .timestamp),
            Column("modified_at", .timestamp),
        ],
        children: [
            ChildTable(
                "mcp_portal_server",
                summary: "Servers that a portal offers, with the portal's settings for each.",
                source: .elements(["servers"]),
                parentColumn: "portal_id",
                columns: [
                    Column("server_id", path: ["server_id"]),
                    Column("id"),
                    Column("name"),
                    Column("hostname"),
                    Column("auth_type"),
                    Column("on_behalf", .boolean),
                    Column("default_disabled", .boolean),
                    Column("status"),
                    Column("secure_web_gateway", .boolean),
                    Column("updated_tools", .json),
                    Column("updated_prompts", .json),
                ]
            )
        ]
    )
}
