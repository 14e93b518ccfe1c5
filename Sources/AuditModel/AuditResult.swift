/// Everything that an audit found out: the one value that every document and the exit status are made from.
///
/// Its JSON form is described by `report-templates/json/audit-result.schema.json`.
package struct AuditResult: Codable, Sendable, Hashable {
    /// Version of the JSON form; raised when a reader of the old form would misread the new one.
    package static let currentSchemaVersion = 1

    /// Version of the JSON form of this value.
    package var schemaVersion: Int
    /// The tool that made it.
    package var tool: Tool
    /// The evidence it was made from.
    package var snapshot: SnapshotSummary
    /// Audited accounts, sorted by id.
    package var accounts: [Account]
    /// What was read and what not, sorted by account and kind; the zones of an account are one entry.
    package var coverage: [CoverageEntry]
    /// Counts, computed once.
    package var summary: Summary
    /// Every selected rule, sorted by severity, then id.
    package var rules: [RuleOutcome]
    /// Fails and unknowns, sorted by severity, verdict (fail first), rule, account and resource.
    package var findings: [Finding]
    /// Who can get in to each application, weakest way first.
    package var applications: [ApplicationAccess]
    /// What became of each waiver, in the order of the configuration.
    package var waivers: [WaiverOutcome]
    /// How it compares with an earlier result; `nil` when it was compared with none.
    package var baseline: BaselineComparison?
    /// The frameworks that selected rules name and that are known, with the controls they name, sorted by id.
    package var frameworks: [Framework]
    /// What was replaced before the result was shared; `nil` when nothing was.
    package var redaction: Redaction?

    /// Creates a result from its members.
    package init(
        tool: Tool,
        snapshot: SnapshotSummary,
        accounts: [Account],
        coverage: [CoverageEntry],
        summary: Summary,
        rules: [RuleOutcome],
        findings: [Finding],
        applications: [ApplicationAccess] = [],
        waivers: [WaiverOutcome] = [],
        baseline: BaselineComparison? = nil,
        frameworks: [Framework] = [],
        redaction: Redaction? = nil
    ) {
        schemaVersion = Self.currentSchemaVersion
        self.tool = tool
        self.snapshot = snapshot
        self.accounts = accounts
        self.coverage = coverage
        self.summary = summary
        self.rules = rules
        self.findings = findings
        self.applications = applications
        self.waivers = waivers
        self.baseline = baseline
        self.frameworks = frameworks
        self.redaction = redaction
    }

    private enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case tool, snapshot, accounts, coverage, summary, rules, findings, applications, waivers, baseline, frameworks
        case redaction
    }
}

extension AuditResult {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        schemaVersion = try container.decode(Int.self, forKey: .schemaVersion)
        tool = try container.decode(Tool.self, forKey: .tool)
        snapshot = try container.decode(SnapshotSummary.self, forKey: .snapshot)
        accounts = try container.decode([Account].self, forKey: .accounts)
        coverage = try container.decode([CoverageEntry].self, forKey: .coverage)
        summary = try container.decode(Summary.self, forKey: .summary)
        rules = try container.decode([RuleOutcome].self, forKey: .rules)
        findings = try container.decode([Finding].self, forKey: .findings)
        // Results that were saved before there were such lists are read all the same.
        applications = try container.decodeIfPresent([ApplicationAccess].self, forKey: .applications) ?? []
        waivers = try container.decodeIfPresent([WaiverOutcome].self, forKey: .waivers) ?? []
        baseline = try container.decodeIfPresent(BaselineComparison.self, forKey: .baseline)
        frameworks = try container.decodeIfPresent([Framework].self, forKey: .frameworks) ?? []
        redaction = try container.decodeIfPresent(Redaction.self, forKey: .redaction)
    }
}

/// The program that made a result.
package struct Tool: Codable, Sendable, Hashable {
    package var name: String
    package var version: String
    /// Digest over the text of all selected rules.
    package var rulesDigest: String

    /// Creates a tool from its members.
    package init(name: String, version: String, rulesDigest: String) {
        self.name = name
        self.version = version
        self.rulesDigest = rulesDigest
    }

    private enum CodingKeys: String, CodingKey {
        case name, version
        case rulesDigest = "rules_digest"
    }
}

/// An audited account.
package struct Account: Codable, Sendable, Hashable {
    package var id: String
    /// `nil` when the token may not read it.
    package var name: String?

    /// Creates an account from its members.
    package init(id: String, name: String?) {
        self.id = id
        self.name = name
    }

    /// Name, or the id where there is none.
    package var label: String {
        guard let name, !name.allSatisfy(\.isWhitespace) else { return id }
        return name
    }
}

/// Where the audited data came from.
package struct SnapshotSummary: Codable, Sendable, Hashable {
    /// Whether the collection ran to its end.
    package var status: Status
    /// Version of the tool that collected it.
    package var toolVersion: String
    /// Version of the snapshot's tables.
    package var schemaVersion: Int
    /// RFC 3339, UTC.
    package var startedAt: String
    /// When a collection that had been interrupted went on, RFC 3339, UTC; `nil` when it was made in one go.
    package var resumedAt: String?
    /// RFC 3339, UTC; `nil` when the collection did not end.
    package var finishedAt: String?
    /// Time at which the rules were evaluated (`--as-of`), RFC 3339, UTC.
    package var evaluatedAt: String
    /// Base URL of the API.
    package var apiBase: String
    /// SHA-256 over the collected objects, hexadecimal; `nil` when the collection did not end.
    package var contentDigest: String?

    /// Whether a collection ran to its end; what could not be read on the way is in the coverage.
    package enum Status: String, Codable, Sendable {
        case complete, partial
    }

    /// Creates a summary from its members.
    package init(
        status: Status,
        toolVersion: String,
        schemaVersion: Int,
        startedAt: String,
        resumedAt: String? = nil,
        finishedAt: String?,
        evaluatedAt: String,
        apiBase: String,
        contentDigest: String?
    ) {
        self.status = status
        self.toolVersion = toolVersion
        self.schemaVersion = schemaVersion
        self.startedAt = startedAt
        self.resumedAt = resumedAt
        self.finishedAt = finishedAt
        self.evaluatedAt = evaluatedAt
        self.apiBase = apiBase
        self.contentDigest = contentDigest
    }

    private enum CodingKeys: String, CodingKey {
        case status
        case toolVersion = "tool_version"
        case schemaVersion = "schema_version"
        case startedAt = "started_at"
        case resumedAt = "resumed_at"
        case finishedAt = "finished_at"
        case evaluatedAt = "evaluated_at"
        case apiBase = "api_base"
        case contentDigest = "content_digest"
    }
}
