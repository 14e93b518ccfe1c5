/// Every resource kind that a snapshot can hold, in the order in which they are collected: parents before children.
package enum ResourceCatalogue {
    /// All kinds.
    package static let kinds: [ResourceKind] = [
        .accountSettings,
        .accountMembers,
        .accountTokens,
        .notificationPolicies,
        .logpushJobs,
        .zones,
        .organization,
        .accessKeyConfiguration,
        .identityProviders,
        .samlCertificateSets,
        .idpFederationGrants,
        .accessGroups,
        .accessApplications,
        .accessPolicies,
        .accessTags,
        .bookmarks,
        .customPages,
        .serviceTokens,
        .mtlsCertificates,
        .mtlsHostnameSettings,
        .shortLivedCertificateCAs,
        .gatewayCAs,
        .infrastructureTargets,
        .accessUsers,
        .accessUserSessions,
        .accessUserFailedLogins,
        .scimUsers,
        .scimGroups,
        .devices,
        .deviceRegistrations,
        .defaultDeviceSettingsProfile,
        .deviceSettingsProfiles,
        .browserExtensionProfiles,
        .deviceSettings,
        .devicePostureRules,
        .devicePostureIntegrations,
        .managedNetworks,
        .deviceIPProfiles,
        .warpOverride,
        .dexTests,
        .mcpServers,
        .mcpPortals,
        .tunnels,
        .tunnelConfigurations,
        .warpConnectors,
        .virtualNetworks,
        .routes,
        .hostnameRoutes,
        .subnets,
        .gatewayConfiguration,
        .gatewayLogging,
        .gatewayRules,
        .gatewayLists,
        .gatewayListItems,
        .gatewayLocations,
        .gatewayProxyEndpoints,
        .gatewayPACFiles,
        .gatewayCertificates,
        .riskScoringIntegrations,
    ]

    /// Every table of the snapshot that is filled from the API, parents before their children.
    package static let tables: [SnapshotTable] = {
        var tables: [SnapshotTable] = []
        for kind in kinds {
            if !tables.contains(where: { $0.name == kind.table }) { tables.append(SnapshotTable(of: kind)) }
            for child in kind.children where !tables.contains(where: { $0.name == child.table }) {
                tables.append(SnapshotTable(of: child))
            }
        }
        return tables
    }()

    /// The kinds whose answers fill `table`, directly or with the lists inside them.
    package static func kinds(filling table: String) -> [ResourceKind] {
        kindsByTable[table] ?? []
    }

    private static let kindsByTable: [String: [ResourceKind]] = {
        var result: [String: [ResourceKind]] = [:]
        for kind in kinds {
            var filled = [kind.table]
            for child in kind.children {
                filled.append(child.table)
                // A policy that belongs to one application comes with it, and with nothing else.
                if child.source == .policies {
                    filled += [ResourceKind.accessPolicies.table] + ResourceKind.accessPolicies.children.map(\.table)
                }
            }
            for table in filled { result[table, default: []].append(kind) }
        }
        return result
    }()
}
