extension EndpointTable {
    /// Profiles, settings and posture of devices.
    static func deviceSettings(_ scope: String) -> [Endpoint] {
        [
            Endpoint(
                "\(scope)/devices/ip-profiles",
                .page(standard: 20, maximum: 100),
                anyOf: PermissionGroup.zeroTrust
            ),
            Endpoint("\(scope)/devices/networks", .whole(), anyOf: PermissionGroup.zeroTrust),
            Endpoint(
                "\(scope)/devices/policies",
                .page(standard: 50, maximum: 50),
                anyOf: PermissionGroup.zeroTrust,
                filter: .profileType
            ),
            Endpoint("\(scope)/devices/policy", .single, anyOf: PermissionGroup.zeroTrust),
            Endpoint(
                "\(scope)/devices/posture",
                .whole(),
                anyOf: PermissionGroup.devicePosture,
                envelope: .bare
            ),
            Endpoint("\(scope)/devices/posture/integration", .whole(), anyOf: PermissionGroup.devicePosture),
            Endpoint("\(scope)/devices/resilience/disconnect", .single, anyOf: PermissionGroup.zeroTrust),
            Endpoint("\(scope)/devices/settings", .single, anyOf: PermissionGroup.zeroTrust),
            Endpoint(
                "\(scope)/dex/devices/dex_tests",
                .page(standard: 10, maximum: 50),
                anyOf: PermissionGroup.digitalExperience
            ),
        ]
    }
}
