extension EndpointTable {
    /// Gateway's settings and rules.
    static func gateway(_ scope: String) -> [Endpoint] {
        [
            Endpoint("\(scope)/gateway/certificates", .whole(), anyOf: PermissionGroup.zeroTrust),
            Endpoint("\(scope)/gateway/configuration", .single, anyOf: PermissionGroup.zeroTrust),
            Endpoint("\(scope)/gateway/logging", .single, anyOf: PermissionGroup.zeroTrust),
            Endpoint("\(scope)/gateway/rules", .whole(), anyOf: PermissionGroup.zeroTrust),
        ]
    }

    /// What Gateway rules name, and where their traffic comes from.
    static func gatewayObjects(_ scope: String) -> [Endpoint] {
        [
            Endpoint("\(scope)/gateway/lists", .whole(), anyOf: PermissionGroup.zeroTrust),
            Endpoint(
                "\(scope)/gateway/lists/{list_id}/items",
                .page(standard: 50, maximum: 1000),
                anyOf: PermissionGroup.zeroTrust
            ),
            Endpoint("\(scope)/gateway/locations", .whole(), anyOf: PermissionGroup.zeroTrust),
            Endpoint(
                "\(scope)/gateway/pacfiles",
                .page(standard: 20, maximum: 100),
                anyOf: PermissionGroup.zeroTrust
            ),
            Endpoint("\(scope)/gateway/proxy_endpoints", .whole(), anyOf: PermissionGroup.zeroTrust),
        ]
    }
}
