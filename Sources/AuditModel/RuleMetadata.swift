/// What a rule file says about the rule, apart from its query.
package struct RuleMetadata: Codable, Sendable, Hashable {
    /// Permanent id: the file's name without its ending.
    package var id: String
    /// Raised when the meaning changes, not the wording.
    package var version: Int
    /// What a failing resource is, in one line.
    package var title: String
    /// Severity of a failing resource unless a row says otherwise.
    package var severity: Severity
    /// Table that the verdicts are about.
    package var resource: String
    /// Why it matters.
    package var rationale: String
    /// How to mend a failing resource.
    package var remediation: Remediation
    /// Pages to read on; `https` only.
    package var references: [String]
    /// Control ids that a verdict is evidence for, by framework id.
    package var frameworks: [String: [String]]
    /// Values that were in force, as text, by parameter name.
    package var parameters: [String: String]

    /// Creates metadata from its members.
    package init(
        id: String,
        version: Int,
        title: String,
        severity: Severity,
        resource: String,
        rationale: String,
        remediation: Remediation,
        references: [String],
        frameworks: [String: [String]],
        parameters: [String: String]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.severity = severity
        self.resource = resource
        self.rationale = rationale
        self.remediation = remediation
        self.references = references
        self.frameworks = frameworks
        self.parameters = parameters
    }
}

/// How to mend what a rule found.
package struct Remediation: Codable, Sendable, Hashable {
    /// What to do, in a sentence or two.
    package var summary: String
    /// Where in the Cloudflare dashboard.
    package var dashboard: String?
    /// Snippet for Cloudflare's Terraform provider v5.
    package var terraform: String?
    /// API call that does it.
    package var api: String?

    /// Creates a remediation from its members.
    package init(summary: String, dashboard: String? = nil, terraform: String? = nil, api: String? = nil) {
        self.summary = summary
        self.dashboard = dashboard
        self.terraform = terraform
        self.api = api
    }
}
