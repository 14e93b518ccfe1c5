import AuditModel
package import SnapshotStore

/// Tables that configuration fills, beside the snapshot's and the analysis', for rules and queries to join.
package enum ContextTables {
    /// All, for `ztaudit schema` and for checking rules before there is a snapshot.
    package static let all = [
        applicationTier, policyTier, tierParameter, ownDomain, breakGlassAccount, publicMailDomain,
    ]

    static let applicationTier = SnapshotTable(
        name: "application_tier",
        summary: "How much each application matters: by its tags, its name or its id.",
        columns: [
            .init("application_id", "TEXT", "Application."),
            .init("tier", "TEXT", "privileged, sensitive or standard."),
            .init("rank", "INTEGER", "1 for privileged, 2 for sensitive, 3 for standard."),
        ]
    )

    static let policyTier = SnapshotTable(
        name: "policy_tier",
        summary:
            "The tier that matters most among the applications that have a policy; one attached nowhere has no row.",
        columns: [
            .init("policy_id", "TEXT", "Policy."),
            .init("tier", "TEXT", "privileged, sensitive or standard."),
            .init("rank", "INTEGER", "1 for privileged, 2 for sensitive, 3 for standard."),
        ]
    )

    /// The SELECT of ``policyTier``: SQLite takes the other columns from the row that has the minimum.
    static let policyTierSelect = """
        SELECT link.policy_id, application_tier.tier, MIN(application_tier.rank) AS rank
        FROM application_policy AS link
        JOIN application_tier ON application_tier.application_id = link.application_id
        GROUP BY link.policy_id
        """

    /// Other for each rule.
    package static let tierParameter = SnapshotTable(
        name: "tier_parameter",
        summary: "The parameters of the rule that runs, as they are in force for each tier.",
        columns: [
            .init("tier", "TEXT", "privileged, sensitive or standard."),
            .init("name", "TEXT", "Name of the parameter."),
            .init("value", "", "Its value, as the query gets it under the parameter's name."),
        ]
    )

    static let ownDomain = SnapshotTable(
        name: "own_domain",
        summary: "The organization's own domains; no row means that configuration does not name them.",
        columns: [.init("domain", "TEXT", "Lower case.")]
    )

    static let breakGlassAccount = SnapshotTable(
        name: "break_glass_account",
        summary: "The organization's accounts for emergencies; no row means that configuration does not name them.",
        columns: [.init("email", "TEXT", "E-mail address, lower case.")]
    )

    static let publicMailDomain = SnapshotTable(
        name: "public_mail_domain",
        summary: "Domains in which anybody can have a mailbox.",
        columns: [.init("domain", "TEXT", "Lower case.")]
    )

    /// Snapshot tables from which a table was made, so that gaps in them are gaps in it.
    static let derivedFrom = [applicationTier.name: ["access_application"]]
}
