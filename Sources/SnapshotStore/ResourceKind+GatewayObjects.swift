extension ResourceKind {
    /// Lists that Gateway rules and Access policies name (`GET …/gateway/lists`).
    package static let gatewayLists = ResourceKind(
        name: "gateway_lists",
        table: "gateway_list",
        summary: "Lists of addresses, domains, e-mail addresses, serial numbers … that rules name by id.",
        listing: Listing("gateway/lists", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("type"),
            Column("description"),
            Column("count", .integer),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )

    /// Items of the lists (`GET …/gateway/lists/{list_id}/items`).
    package static let gatewayListItems = ResourceKind(
        name: "gateway_list_items",
        table: "gateway_list_item",
        summary: "Items of the lists; the id is the value, which is unique in its list only.",
        listing: Listing("gateway/lists/{parent}/items", .page(maximum: nil), scope: .each("gateway_lists")),
        permission: "Zero Trust Read",
        columns: [Column("value"), Column("description"), Column("created_at", .timestamp)],
        identifier: ["value"],
        parentColumn: "list_id"
    )

    /// DNS locations (`GET …/gateway/locations`).
    package static let gatewayLocations = ResourceKind(
        name: "gateway_locations",
        table: "gateway_location",
        summary: "Places from which DNS queries come, with the endpoints that answer them.",
        listing: Listing("gateway/locations", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("client_default", .boolean),
            Column("ecs_support", .boolean),
            Column("doh_subdomain"),
            Column("ip"),
            Column("ipv4_destination"),
            Column("ipv4_destination_backup"),
            Column(["endpoints", "doh", "enabled"], .boolean),
            Column(["endpoints", "doh", "require_token"], .boolean),
            Column(["endpoints", "doh", "networks"], .json),
            Column(["endpoints", "dot", "enabled"], .boolean),
            Column(["endpoints", "dot", "networks"], .json),
            Column(["endpoints", "ipv4", "enabled"], .boolean),
            Column(["endpoints", "ipv6", "enabled"], .boolean),
            Column(["endpoints", "ipv6", "networks"], .json),
            Column(["max_ttl", "mode"]),
            Column(["max_ttl", "ttl_secs"], .integer),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [
            ChildTable(
                "gateway_location_network",
                summary: "Source networks of a location.",
                source: .elements(["networks"]),
                parentColumn: "location_id",
                columns: [Column("network")]
            )
        ]
    )

    /// Proxy endpoints (`GET …/gateway/proxy_endpoints`).
    package static let gatewayProxyEndpoints = ResourceKind(
        name: "gateway_proxy_endpoints",
        table: "gateway_proxy_endpoint",
        summary: "Proxy endpoints; one of kind `identity` asks who is there, one of kind `ip` trusts addresses.",
        listing: Listing("gateway/proxy_endpoints", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("kind"),
            Column("subdomain"),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [
            ChildTable(
                "gateway_proxy_endpoint_ip",
                summary: "Source networks that may use a proxy endpoint.",
                source: .elements(["ips"]),
                parentColumn: "proxy_endpoint_id",
                columns: [Column("ip", path: [])]
            )
        ]
    )

    /// PAC files, without their content (`GET …/gateway/pacfiles`).
    package static let gatewayPACFiles = ResourceKind(
        name: "gateway_pac_files",
        table: "gateway_pac_file",
        summary: "PAC files, without their content.",
        listing: Listing("gateway/pacfiles", .page(maximum: nil)),
        permission: "Zero Trust Read",
        columns: [
            Column("slug"),
            Column("description"),
            Column("url"),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )
}
