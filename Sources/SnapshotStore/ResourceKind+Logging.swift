extension ResourceKind {
    /// Logpush jobs of the account (`GET …/logpush/jobs`).
    ///
    /// Not in our copy of the reference; members as the published page has them:
    /// https://developers.cloudflare.com/api/resources/logpush/subresources/jobs/methods/list/. Whoever reads a job needs
    /// the right to change it, because its destination can hold credentials, and `Zero Trust: PII Read` for jobs with Zero
    /// Trust data (https://developers.cloudflare.com/logs/logpush/permissions/). An audit should not have such a right
    /// without need, so they are read only when asked for. Jobs of zones carry no Zero Trust data.
    package static let logpushJobs = ResourceKind(
        name: "logpush_jobs",
        table: "logpush_job",
        summary: "Logpush jobs of the account; of a destination only its kind, such as `s3://[redacted]`.",
        listing: Listing("logpush/jobs", .single),
        permission: "Logs Write",
        columns: [
            Column("dataset"),
            Column("enabled", .boolean),
            Column("kind"),
            Column("destination_conf"),
            Column("frequency"),
            Column("max_upload_interval_seconds", .integer),
            Column(["output_options", "field_names"], .json),
            // A number; kept as text.
            Column(["output_options", "sample_rate"]),
            Column("last_complete", .timestamp),
            Column("last_error", .timestamp),
            Column("error_message"),
        ],
        isOptional: true
    )

    /// Notification policies (`GET …/alerting/v3/policies`).
    ///
    /// Not in our copy of the reference; members as the published page has them:
    /// https://developers.cloudflare.com/api/resources/alerting/subresources/policies/methods/list/.
    package static let notificationPolicies = ResourceKind(
        name: "notification_policies",
        table: "notification_policy",
        summary: "Notification policies: which events Cloudflare reports, and to whom.",
        listing: Listing("alerting/v3/policies", .single),
        permission: "Notifications Read",
        columns: [
            Column("alert_type"),
            Column("enabled", .boolean),
            Column("alert_interval"),
            Column(["mechanisms", "email"], .json),
            Column(["mechanisms", "pagerduty"], .json),
            Column(["mechanisms", "webhooks"], .json),
            Column("filters", .json),
            Column(["filters", "tunnel_id"], .json),
            Column(["filters", "new_status"], .json),
            Column("created", .timestamp),
            Column("modified", .timestamp),
        ]
    )
}
