extension ResourceKind {
    /// The account's zones (`GET /zones`), in each of which there can be Access resources of its own.
    package static let zones = ResourceKind(
        name: "zones",
        table: "zone",
        summary: "Zones (domains) of the account.",
        listing: Listing(
            "zones",
            .page(maximum: 50),
            scope: .itself,
            query: [.init(name: "account.id", value: "{account_id}")]
        ),
        permission: "Zone Read",
        columns: [
            Column("status"),
            Column("type"),
            Column("paused", .boolean),
            Column(["plan", "name"]),
            Column("created_on", .timestamp),
            Column("modified_on", .timestamp),
            Column("activated_on", .timestamp),
        ]
    )
}
