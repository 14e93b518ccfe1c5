extension ResourceKind {
    /// Private routes that are not deleted (`GET …/teamnet/routes`).
    package static let routes = ResourceKind(
        name: "routes",
        table: "route",
        summary: "Private networks that a tunnel or WARP connector leads to.",
        listing: Listing("teamnet/routes", .page(maximum: 1000), query: .withoutDeleted),
        permission: "Cloudflare One Networks Read",
        columns: [
            Column("network"),
            Column("comment"),
            Column("tun_type"),
            Column("tunnel_id"),
            Column("tunnel_name"),
            Column("virtual_network_id"),
            Column("virtual_network_name"),
            Column("created_at", .timestamp),
            Column("deleted_at", .timestamp),
        ]
    )

    /// Private hostname routes that are not deleted (`GET …/zerotrust/routes/hostname`).
    package static let hostnameRoutes = ResourceKind(
        name: "hostname_routes",
        table: "hostname_route",
        summary: "Private hostnames that a tunnel leads to.",
        listing: Listing("zerotrust/routes/hostname", .page(maximum: nil), query: .withoutDeleted),
        permission: "Cloudflare One Networks Read",
        columns: [
            Column("hostname"),
            Column("comment"),
            Column("tun_type"),
            Column("tunnel_id"),
            Column("tunnel_name"),
            Column("created_at", .timestamp),
            Column("deleted_at", .timestamp),
        ]
    )

    /// Subnets that are not deleted (`GET …/zerotrust/subnets`).
    package static let subnets = ResourceKind(
        name: "subnets",
        table: "subnet",
        summary: "Ranges from which Cloudflare gives devices and hostnames their private addresses.",
        listing: Listing("zerotrust/subnets", .page(maximum: nil), query: .withoutDeleted),
        permission: "Cloudflare One Networks Read",
        columns: [
            Column("network"),
            Column("subnet_type"),
            Column("is_default_network", .boolean),
            Column("comment"),
            Column(["capacity", "total"], .integer),
            Column(["capacity", "used"], .integer),
            Column("created_at", .timestamp),
            Column("deleted_at", .timestamp),
        ]
    )

    /// Virtual networks that are not deleted (`GET …/teamnet/virtual_networks`).
    package static let virtualNetworks = ResourceKind(
        name: "virtual_networks",
        table: "virtual_network",
        summary: "Virtual networks, which keep private networks with the same addresses apart.",
        listing: Listing("teamnet/virtual_networks", .single, query: .withoutDeleted),
        permission: "Cloudflare One Networks Read",
        columns: [
            Column("is_default_network", .boolean),
            Column("comment"),
            Column("created_at", .timestamp),
            Column("deleted_at", .timestamp),
        ]
    )
}

extension [Listing.QueryItem] {
    /// Leaves out what was deleted; the API lists it too unless told not to.
    static let withoutDeleted = [Listing.QueryItem(name: "is_deleted", value: "false")]
}
