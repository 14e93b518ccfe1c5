extension EndpointTable {
    /// Certificates, at both levels.
    static func certificates(_ scope: String) -> [Endpoint] {
        [
            Endpoint(
                "\(scope)/access/apps/ca",
                .page(standard: 100, maximum: 1000),
                anyOf: PermissionGroup.accessApps
            ),
            Endpoint(
                "\(scope)/access/certificates",
                .page(standard: 50, maximum: 1000),
                anyOf: PermissionGroup.accessCertificates
            ),
            Endpoint("\(scope)/access/certificates/settings", .whole(), anyOf: PermissionGroup.accessCertificates),
        ]
    }

    /// The rest of Access that is no application, policy or user.
    static func accessSettings(_ scope: String) -> [Endpoint] {
        [
            Endpoint("\(scope)/access/bookmarks", .whole(), anyOf: PermissionGroup.accessApps),
            Endpoint(
                "\(scope)/access/custom_pages",
                .page(standard: 50, maximum: 1000),
                anyOf: PermissionGroup.accessCustomPages
            ),
            Endpoint("\(scope)/access/gateway_ca", .whole(), anyOf: PermissionGroup.accessSSHAuditing),
            Endpoint("\(scope)/access/idp_federation_grants", .whole(), anyOf: PermissionGroup.accessOrganizations),
            Endpoint("\(scope)/access/keys", .single, anyOf: PermissionGroup.accessOrganizations),
            Endpoint(
                "\(scope)/access/saml_certificates",
                .page(standard: 20, maximum: 100),
                anyOf: PermissionGroup.accessOrganizations
            ),
            Endpoint("\(scope)/access/tags", .page(standard: 50, maximum: 1000), anyOf: PermissionGroup.accessApps),
            Endpoint(
                "\(scope)/infrastructure/targets",
                .page(standard: 1000, maximum: 1000),
                anyOf: PermissionGroup.zeroTrust,
                resultInfo: .noTotalPages
            ),
            Endpoint("\(scope)/zt_risk_scoring/integrations", .whole(), anyOf: PermissionGroup.zeroTrust),
        ]
    }

    /// Users and what is told of each.
    static func users(_ scope: String) -> [Endpoint] {
        let user = "\(scope)/access/users/{user_id}"
        let population = "\(scope)/access/identity_providers/{identity_provider_id}/scim"
        return [
            Endpoint(
                "\(scope)/access/users",
                .page(standard: 100, maximum: 1000),
                anyOf: PermissionGroup.accessAuditLogs
            ),
            Endpoint("\(user)/active_sessions", .whole(), anyOf: PermissionGroup.accessAuditLogs),
            Endpoint("\(user)/failed_logins", .whole(), anyOf: PermissionGroup.accessAuditLogs),
            Endpoint(
                "\(population)/groups",
                .page(standard: 50, maximum: 100),
                anyOf: PermissionGroup.accessPopulation
            ),
            Endpoint(
                "\(population)/users",
                .page(standard: 50, maximum: 100),
                anyOf: PermissionGroup.accessPopulation
            ),
        ]
    }
}
