extension ResourceKind {
    /// Root certificates for mutual TLS (`GET …/access/certificates`).
    package static let mtlsCertificates = ResourceKind(
        name: "mtls_certificates",
        table: "mtls_certificate",
        summary: "Root certificates against which Access checks client certificates.",
        listing: Listing("access/certificates", .page(maximum: nil), scope: .accountAndZones),
        permission: "Access: Mutual TLS Certificates Read",
        columns: [
            Column("fingerprint"),
            Column("expires_on", .timestamp),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        children: [
            ChildTable(
                "mtls_certificate_hostname",
                summary: "Hostnames for which a root certificate is used; a certificate without any is inert.",
                source: .elements(["associated_hostnames"]),
                parentColumn: "certificate_id",
                columns: [Column("hostname", path: [])]
            )
        ]
    )

    /// Settings for hostnames that ask for client certificates (`GET …/access/certificates/settings`).
    package static let mtlsHostnameSettings = ResourceKind(
        name: "mtls_hostname_settings",
        table: "mtls_hostname_setting",
        summary: "How client certificates are treated, per hostname.",
        listing: Listing("access/certificates/settings", .single, scope: .accountAndZones),
        permission: "Access: Mutual TLS Certificates Read",
        columns: [
            Column("hostname"),
            Column("client_certificate_forwarding", .boolean),
            Column("china_network", .boolean),
        ],
        identifier: ["hostname"]
    )

    /// Short-lived certificate CAs, one per application that has one (`GET …/access/apps/ca`).
    package static let shortLivedCertificateCAs = ResourceKind(
        name: "short_lived_certificate_cas",
        table: "short_lived_certificate_ca",
        summary: "Certificate authorities for SSH with short-lived certificates; `aud` names the application.",
        listing: Listing("access/apps/ca", .page(maximum: nil), scope: .accountAndZones),
        permission: "Access: Apps and Policies Read",
        columns: [Column("aud"), Column("public_key")]
    )

    /// SSH certificate authorities of Access for Infrastructure (`GET …/access/gateway_ca`).
    package static let gatewayCAs = ResourceKind(
        name: "gateway_cas",
        table: "gateway_ca",
        summary: "SSH certificate authorities of Access for Infrastructure.",
        listing: Listing("access/gateway_ca", .single),
        permission: "Access: SSH Auditing Read",
        columns: [Column("public_key")]
    )

    /// SAML encryption certificates (`GET …/access/saml_certificates`).
    package static let samlCertificateSets = ResourceKind(
        name: "saml_certificate_sets",
        table: "saml_certificate_set",
        summary: "Certificates for identity providers to encrypt SAML assertions with: current and previous.",
        listing: Listing("access/saml_certificates", .page(maximum: nil)),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [
            Column(["current_certificate", "uid"]),
            Column(["current_certificate", "is_current"], .boolean),
            Column(["current_certificate", "not_after"], .timestamp),
            Column(["previous_certificate", "uid"]),
            Column(["previous_certificate", "is_current"], .boolean),
            Column(["previous_certificate", "not_after"], .timestamp),
            Column("created_at", .timestamp),
            Column("updated_at", .timestamp),
        ],
        identifier: ["uid"]
    )

    /// Rotation of the keys that sign Access tokens (`GET …/access/keys`).
    package static let accessKeyConfiguration = ResourceKind(
        name: "access_key_configuration",
        table: "access_key_configuration",
        summary: "Rotation of the keys with which Access signs its tokens; one row per account.",
        listing: Listing("access/keys", .object),
        permission: "Access: Organizations, Identity Providers, and Groups Read",
        columns: [
            Column("key_rotation_interval_days", .integer),
            Column("days_until_next_rotation", .integer),
            Column("last_key_rotation_at", .timestamp),
        ]
    )
}
