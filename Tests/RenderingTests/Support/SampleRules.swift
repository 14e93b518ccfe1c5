import AuditModel

extension SampleResult {
    static let account = "0123456789abcdef0123456789abcdef"

    static let everyone = RuleMetadata(
        id: "access-policy-includes-everyone",
        version: 1,
        title: "Allow policy admits everyone",
        severity: .critical,
        resource: "access_policy",
        rationale: "An Allow policy that includes everyone and demands nothing\nlets in anybody who can log in.",
        remediation: Remediation(
            summary: "Name the groups or domains that need access in Include, and remove Everyone.",
            dashboard: "Zero Trust > Access > Policies > (policy) > Include",
            terraform: """
                resource "cloudflare_zero_trust_access_policy" "example" {
                  include = [{ group = { id = "…" } }]
                }

                """,
            api: "PUT /accounts/{account_id}/access/policies/{policy_id}"
        ),
        references: [
            "https://developers.cloudflare.com/cloudflare-one/policies/access/?a=1&b=2", "javascript:alert(1)",
            "https://user@evil.example/", "https://evil.example/\"><script>",
        ],
        frameworks: ["cis-controls-8.1": ["3.3", "6.3"], "nist-800-53-r5": ["AC-3", "AC-14"]],
        parameters: ["maximum_session": "24h"]
    )

    /// What is known of the frameworks: not every control, nor every framework.
    static let frameworks = [
        Framework(
            id: "cis-controls-8.1",
            title: "CIS Controls v8.1",
            version: "8.1",
            source: "https://www.cisecurity.org/controls/v8-1",
            controls: [.init(id: "3.3", title: "Access to data is <b>limited</b>\u{202E}")]
        )
    ]

    static let tokens = rule("service-token-unused", "Service token is not used by any policy", .high, "service_token")
    static let session = rule(
        "application-session-too-long",
        "Application session is too long",
        .medium,
        "access_application"
    )
    static let certificates = rule("certificate-expired", "Certificate has expired", .low, "access_certificate")
    static let portals = rule("mcp-portal-open", "MCP portal is open", .high, "mcp_portal")
    static let broken = rule("broken-rule", "Rule that breaks", .info, "device")

    static let gap = DataGap(
        accountID: account,
        table: "service_token",
        status: .denied,
        permission: "Access: Service Tokens Read"
    )

    static let coverage = [
        CoverageEntry(
            accountID: account,
            kind: "access_applications",
            table: "access_application",
            status: .complete,
            permission: "Access: Apps and Policies Read",
            rowCount: 12,
            reportedTotal: 12
        ),
        CoverageEntry(
            accountID: account,
            zoneID: "z1",
            kind: "access_applications",
            table: "access_application",
            status: .partial,
            httpStatus: 500,
            permission: "Access: Apps and Policies Read",
            reason: "Page 3 could not be read.",
            rowCount: 100,
            reportedTotal: 180
        ),
        CoverageEntry(
            accountID: account,
            kind: "mcp_servers",
            table: "mcp_server",
            status: .unavailable,
            permission: "MCP Portals Read",
            rowCount: 0
        ),
        CoverageEntry(
            accountID: account,
            kind: "service_tokens",
            table: "service_token",
            status: .denied,
            httpStatus: 403,
            errorCode: 10000,
            permission: "Access: Service Tokens Read",
            reason: "The token lacks the permission | <b>.",
            rowCount: 0
        ),
    ]

    private static func rule(_ id: String, _ title: String, _ severity: Severity, _ resource: String) -> RuleMetadata {
        RuleMetadata(
            id: id,
            version: 1,
            title: title,
            severity: severity,
            resource: resource,
            rationale: "Why \(title.lowercased()) matters.",
            remediation: Remediation(summary: "Put it right."),
            references: [],
            frameworks: ["nist-800-53-r5": ["AC-2"]],
            parameters: [:]
        )
    }
}
