extension ResourceKind {
    /// Gateway's settings (`GET …/gateway/configuration`).
    package static let gatewayConfiguration = ResourceKind(
        name: "gateway_configuration",
        table: "gateway_configuration",
        summary: "Gateway's settings; one row per account.",
        listing: Listing("gateway/configuration", .object),
        permission: "Zero Trust Read",
        columns: [
            Column(["settings", "activity_log", "enabled"], .boolean),
            Column(["settings", "tls_decrypt", "enabled"], .boolean),
            Column(["settings", "fips", "tls"], .boolean),
            Column(["settings", "inspection", "mode"]),
            Column(["settings", "protocol_detection", "enabled"], .boolean),
            Column(["settings", "body_scanning", "inspection_mode"]),
            Column(["settings", "antivirus", "enabled_download_phase"], .boolean),
            Column(["settings", "antivirus", "enabled_upload_phase"], .boolean),
            Column(["settings", "antivirus", "fail_closed"], .boolean),
            Column(["settings", "sandbox", "enabled"], .boolean),
            Column(["settings", "sandbox", "fallback_action"]),
            Column(["settings", "browser_isolation", "url_browser_isolation_enabled"], .boolean),
            Column(["settings", "browser_isolation", "non_identity_enabled"], .boolean),
            Column(["settings", "extended_email_matching", "enabled"], .boolean),
            Column(["settings", "host_selector", "enabled"], .boolean),
            Column(["settings", "block_page", "enabled"], .boolean),
            Column(["settings", "certificate", "id"]),
            Column(["settings", "custom_certificate", "enabled"], .boolean),
            Column(["settings", "custom_certificate", "id"]),
            Column(["settings", "max_ttl_secs"], .integer),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )

    /// What Gateway logs (`GET …/gateway/logging`).
    package static let gatewayLogging = ResourceKind(
        name: "gateway_logging",
        table: "gateway_logging",
        summary: "What Gateway logs; one row per account.",
        listing: Listing("gateway/logging", .object),
        permission: "Zero Trust Read",
        columns: [
            Column("redact_pii", .boolean),
            Column(["settings_by_rule_type", "dns", "log_all"], .boolean),
            Column(["settings_by_rule_type", "dns", "log_blocks"], .boolean),
            Column(["settings_by_rule_type", "http", "log_all"], .boolean),
            Column(["settings_by_rule_type", "http", "log_blocks"], .boolean),
            Column(["settings_by_rule_type", "l4", "log_all"], .boolean),
            Column(["settings_by_rule_type", "l4", "log_blocks"], .boolean),
        ]
    )

    /// Gateway rules (`GET …/gateway/rules`).
    ///
    /// `traffic`, `identity` and `device_posture` are wirefilter expressions, empty for "any".
    package static let gatewayRules = ResourceKind(
        name: "gateway_rules",
        table: "gateway_rule",
        summary: "Gateway rules (DNS, network, HTTP, egress, resolver), in order of `precedence`.",
        listing: Listing("gateway/rules", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("action"),
            Column("enabled", .boolean),
            Column("precedence", .integer),
            Column("description"),
            Column("traffic"),
            Column("identity"),
            Column("device_posture"),
            Column(["expiration", "expires_at"], .timestamp),
            Column(["expiration", "expired"], .boolean),
            Column("schedule", .json),
            Column(["rule_settings", "untrusted_cert", "action"]),
            Column(["rule_settings", "insecure_disable_dnssec_validation"], .boolean),
            Column(["rule_settings", "check_session", "enforce"], .boolean),
            Column(["rule_settings", "check_session", "duration"], .duration),
            Column(["rule_settings", "payload_log", "enabled"], .boolean),
            Column(["rule_settings", "audit_ssh", "command_logging"], .boolean),
            Column(["rule_settings", "block_page_enabled"], .boolean),
            Column("read_only", .boolean),
            Column("sharable", .boolean),
            Column("source_account"),
            Column("version", .integer),
            Column("warning_status"),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
            Column("deleted_at", .timestamp),
        ],
        children: [
            ChildTable(
                "gateway_rule_filter",
                summary: "The layer at which a rule works: http, dns, l4, egress or dns_resolver.",
                source: .elements(["filters"]),
                parentColumn: "rule_id",
                columns: [Column("filter", path: [])]
            )
        ]
    )

    /// Interception certificates (`GET …/gateway/certificates`).
    package static let gatewayCertificates = ResourceKind(
        name: "gateway_certificates",
        table: "gateway_certificate",
        summary: "Certificate authorities with which Gateway decrypts TLS.",
        listing: Listing("gateway/certificates", .single),
        permission: "Zero Trust Read",
        columns: [
            Column("type"),
            Column("binding_status"),
            Column("in_use", .boolean),
            Column("fingerprint"),
            Column("issuer_org"),
            Column("issuer_raw"),
            Column("expires_on", .timestamp),
            Column("uploaded_on", .timestamp),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ]
    )
}
