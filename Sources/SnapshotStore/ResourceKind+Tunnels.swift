extension ResourceKind {
    /// Tunnels of cloudflared that are not deleted (`GET …/cfd_tunnel`).
    package static let tunnels = ResourceKind(
        name: "tunnels",
        table: "tunnel",
        summary: "Cloudflare Tunnels.",
        listing: Listing("cfd_tunnel", .page(maximum: 1000), query: .withoutDeleted),
        permission: "Cloudflare One Connectors Read",
        columns: [Column("config_src"), Column("remote_config", .boolean)] + tunnelColumns
    )

    /// Configurations of the tunnels, one each (`GET …/cfd_tunnel/{tunnel_id}/configurations`).
    ///
    /// A tunnel with `source` `local` is configured on its own machine: what stands here, if anything, need not apply.
    package static let tunnelConfigurations = ResourceKind(
        name: "tunnel_configurations",
        table: "tunnel_configuration",
        summary: "Configurations of the tunnels; the id is the tunnel's. A `local` one cannot be read here.",
        listing: Listing("cfd_tunnel/{parent}/configurations", .object, scope: .each("tunnels")),
        permission: "Cloudflare One Connectors Read",
        columns: [
            Column("source"),
            Column("version", .integer),
            Column("created_at", .timestamp),
            Column("warp_routing_enabled", .boolean, path: ["config", "warp-routing", "enabled"]),
        ] + originRequestColumns(below: ["config", "originRequest"]),
        children: [
            ChildTable(
                "tunnel_ingress_rule",
                summary: "Public hostnames of a tunnel, in order; the last one has no hostname and takes the rest.",
                source: .elements(["config", "ingress"]),
                parentColumn: "tunnel_id",
                columns: [Column("hostname"), Column("path"), Column("service")]
                    + originRequestColumns(below: ["originRequest"])
            )
        ],
        identifier: ["tunnel_id"],
        parentColumn: "tunnel_id"
    )

    /// WARP connectors that are not deleted (`GET …/warp_connector`).
    package static let warpConnectors = ResourceKind(
        name: "warp_connectors",
        table: "warp_connector",
        summary: "WARP connectors, which link whole networks.",
        listing: Listing("warp_connector", .page(maximum: 1000), query: .withoutDeleted),
        permission: "Cloudflare One Connectors Read",
        columns: tunnelColumns
    )

    private static let tunnelColumns = [
        Column("status"),
        Column("tun_type"),
        Column("conns_active_at", .timestamp),
        Column("conns_inactive_at", .timestamp),
        Column("created_at", .timestamp),
        Column("deleted_at", .timestamp),
    ]

    /// What a tunnel's configuration and each of its ingress rules may say of the origin.
    private static func originRequestColumns(below path: [String]) -> [Column] {
        [
            Column("originRequest_noTLSVerify", .boolean, path: path + ["noTLSVerify"]),
            Column("originRequest_access_required", .boolean, path: path + ["access", "required"]),
            Column("originRequest_access_teamName", path: path + ["access", "teamName"]),
            Column("originRequest_access_audTag", .json, path: path + ["access", "audTag"]),
            Column("originRequest_originServerName", path: path + ["originServerName"]),
            Column("originRequest_httpHostHeader", path: path + ["httpHostHeader"]),
            Column("originRequest_proxyType", path: path + ["proxyType"]),
            Column("originRequest_bastionMode", .boolean, path: path + ["bastionMode"]),
        ]
    }
}
