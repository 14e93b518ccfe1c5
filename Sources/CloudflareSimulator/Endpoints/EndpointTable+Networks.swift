extension EndpointTable {
    /// Tunnels and WARP connectors; deleted ones too unless the query leaves them out.
    static func tunnels(_ scope: String) -> [Endpoint] {
        let large = Endpoint.Paging.page(standard: 1000, maximum: 1000)
        return [
            Endpoint(
                "\(scope)/cfd_tunnel",
                large,
                anyOf: PermissionGroup.tunnels,
                resultInfo: .noTotalPages,
                filter: .isDeleted
            ),
            Endpoint("\(scope)/cfd_tunnel/{tunnel_id}/configurations", .single, anyOf: PermissionGroup.tunnels),
            Endpoint(
                "\(scope)/warp_connector",
                large,
                anyOf: PermissionGroup.warpConnectors,
                resultInfo: .noTotalPages,
                filter: .isDeleted
            ),
        ]
    }

    /// Routes, subnets and virtual networks; deleted ones too unless the query leaves them out.
    static func privateNetworks(_ scope: String) -> [Endpoint] {
        [
            Endpoint(
                "\(scope)/teamnet/routes",
                .page(standard: 1000, maximum: 1000),
                anyOf: PermissionGroup.privateNetworks,
                resultInfo: .noTotalPages,
                filter: .isDeleted
            ),
            Endpoint(
                "\(scope)/teamnet/virtual_networks",
                .whole(perPage: 1000),
                anyOf: PermissionGroup.privateNetworks,
                resultInfo: .noTotalPages,
                filter: .isDeleted
            ),
            Endpoint(
                "\(scope)/zerotrust/routes/hostname",
                .page(standard: 20, maximum: 100),
                anyOf: PermissionGroup.privateNetworks,
                filter: .isDeleted
            ),
            Endpoint(
                "\(scope)/zerotrust/subnets",
                .page(standard: 20, maximum: 100),
                anyOf: PermissionGroup.privateNetworks,
                filter: .isDeleted
            ),
        ]
    }
}
