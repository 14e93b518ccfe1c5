package import AuditModel
import Yams

/// A value of the configuration file, with its place.
package struct Configured<Value: Sendable & Hashable>: Sendable, Hashable {
    /// What the file says.
    package let value: Value
    /// 1-based line of the file; `nil` when YAML does not say.
    package let line: Int?

    /// Creates a value from its members.
    package init(_ value: Value, line: Int?) {
        self.value = value
        self.line = line
    }
}

/// What `ztaudit.yaml` says; described for editors by `ztaudit.schema.json`.
///
/// What it does not say is `nil` or empty. Paths are as the file has them: relative ones start at its folder.
package struct ConfigurationFile: Sendable, Hashable {
    /// Path of the file, for messages.
    package let file: String
    /// Ids of the accounts to collect.
    package let accounts: Configured<[String]>?
    /// Optional resource kinds to collect.
    package let include: Configured<[String]>?
    /// Requests at a time.
    package let concurrency: Configured<Int>?
    /// Most requests a minute.
    package let requestsPerMinute: Configured<Int>?
    /// Folders with further rules.
    package let ruleFolders: Configured<[String]>?
    /// Patterns of the rules to evaluate.
    package let includedRules: Configured<[String]>?
    /// Patterns of the rules to leave out.
    package let excludedRules: Configured<[String]>?
    /// Severities by rule id.
    package let severities: [String: Configured<Severity>]
    /// Parameter values by rule id, then by name.
    package let parameters: [String: [String: Configured<String>]]
    /// The same for the applications of a tier.
    package let tierParameters: [ApplicationTier: [String: [String: Configured<String>]]]
    /// What the organization says of itself.
    package let context: AuditContext
    /// Lines of the keys that make up the context, by path of keys: `own_domains`, `tiers.privileged.names`.
    package let contextLines: [String: Int]
    /// Findings that the organization lives with for a time.
    package let waivers: WaiverSet
    /// Title of the documents.
    package let title: Configured<String>?
    /// Path of a folder with templates of one's own.
    package let templates: Configured<String>?
    /// For whom the documents are redacted.
    package let redact: Configured<String>?
    /// Path of the key of the pseudonyms.
    package let redactKey: Configured<String>?
    /// File of the repository in which code scanning and Code Quality show the findings.
    package let location: Configured<String>?
    /// Documents to write: `FORMAT=PATH`.
    package let reports: Configured<[String]>?
    /// Whether GitHub Actions gets annotations and a job summary.
    package let annotatesGitHub: Configured<Bool>?
    /// Path of the private key that signs the documents.
    package let attest: Configured<String>?
    /// Least severity that fails the gate, or `none`.
    package let failOn: Configured<String>?
    /// Whether missing data is acceptable.
    package let allowIncomplete: Configured<Bool>?
    /// Path of an earlier result.
    package let baseline: Configured<String>?

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - file: Path, for messages.
    ///   - text: The whole file; one without any key is an empty configuration.
    /// - Throws: ``RuleFileError`` with the line of what is wrong.
    package init(file: String, text: String) throws(RuleFileError) {
        let reader = YAMLReader(file: file, guide: "'ztaudit config schema' describes the form")
        let root = try reader.rootOrNothing(of: text)
        try reader.checkKeys(of: root, allowed: Self.keys)
        self.file = file
        accounts = try reader.configuredTexts("accounts", in: root)
        let collection = try reader.section("collection", in: root, allowed: Self.collectionKeys)
        include = try reader.configuredTexts("include", in: collection)
        concurrency = try reader.number("concurrency", in: 1...64, of: collection)
        requestsPerMinute = try reader.number("requests_per_minute", in: 1...60_000, of: collection)
        let rules = try reader.section("rules", in: root, allowed: Self.rulesKeys)
        ruleFolders = try reader.configuredTexts("folders", in: rules)
        includedRules = try reader.configuredTexts("include", in: rules)
        excludedRules = try reader.configuredTexts("exclude", in: rules)
        severities = try Self.severities(in: rules, reader)
        parameters = try Self.parameters(rules["parameters"], "parameters", reader)
        let tiers = try reader.section(
            "tier_parameters",
            in: rules,
            allowed: ApplicationTier.allCases.map(\.rawValue)
        )
        var tierParameters: [ApplicationTier: [String: [String: Configured<String>]]] = [:]
        for tier in ApplicationTier.allCases {
            tierParameters[tier] = try Self.parameters(tiers[tier.rawValue], tier.rawValue, reader)
        }
        self.tierParameters = tierParameters.filter { !$0.value.isEmpty }
        context = try AuditContext(in: root, reader)
        contextLines = Self.contextLines(in: root)
        waivers = try WaiverSet(in: root, reader)
        let reports = try reader.section("reports", in: root, allowed: Self.reportsKeys)
        title = try reader.configuredText("title", in: reports)
        templates = try reader.configuredText("templates", in: reports)
        redact = try reader.word("redact", of: RedactionLevel.allCases.map(\.rawValue), in: reports)
        redactKey = try reader.configuredText("redact_key", in: reports)
        location = try reader.configuredText("location", in: reports)
        self.reports = try Self.documents(in: reports, reader)
        annotatesGitHub = try reader.flag("github", in: reports)
        attest = try reader.configuredText("attest", in: reports)
        let gate = try reader.section("gate", in: root, allowed: Self.gateKeys)
        failOn = try reader.word("fail_on", of: Severity.allCases.map(\.rawValue) + ["none"], in: gate)
        allowIncomplete = try reader.flag("allow_incomplete", in: gate)
        baseline = try reader.configuredText("baseline", in: gate)
    }

    /// The keys of the file, as `ztaudit.schema.json` has them.
    package static let keys =
        ["accounts", "collection", "rules"] + AuditContext.keys + WaiverSet.keys + ["reports", "gate"]
    package static let collectionKeys = ["include", "concurrency", "requests_per_minute"]
    package static let rulesKeys = ["folders", "include", "exclude", "severities", "parameters", "tier_parameters"]
    package static let reportsKeys = [
        "title", "templates", "redact", "redact_key", "location", "documents", "github", "attest",
    ]
    package static let gateKeys = ["fail_on", "allow_incomplete", "baseline"]

    private static func contextLines(in root: Node.Mapping) -> [String: Int] {
        var lines: [String: Int] = [:]
        for key in AuditContext.keys { lines[key] = root[key]?.mark?.line }
        for (tier, members) in root["tiers"]?.mapping ?? [:] {
            for (key, node) in members.mapping ?? [:] {
                lines["tiers.\(tier.string ?? "").\(key.string ?? "")"] = node.mark?.line
            }
        }
        return lines
    }

    private static func severities(
        in rules: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [String: Configured<Severity>] {
        var severities: [String: Configured<Severity>] = [:]
        for (key, node) in try reader.mapping("severities", in: rules) ?? [:] {
            guard let severity = Severity(rawValue: node.string ?? "") else {
                throw reader.failure(
                    .badValue,
                    node,
                    "gives the rule '\(key.string ?? "")' an unknown severity",
                    "Use one of \(Severity.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            severities[key.string ?? ""] = Configured(severity, line: key.mark?.line)
        }
        return severities
    }

    private static func parameters(
        _ node: Node?,
        _ key: String,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [String: [String: Configured<String>]] {
        guard let node else { return [:] }
        guard let rules = node.mapping else {
            throw reader.failure(
                .badValue,
                node,
                "has no mapping under '\(key)'",
                "Write 'rule: { name: value }' there"
            )
        }
        var parameters: [String: [String: Configured<String>]] = [:]
        for (rule, values) in rules {
            let id = rule.string ?? ""
            guard let values = values.mapping else {
                throw reader.failure(
                    .badValue,
                    values,
                    "has no mapping for the rule '\(id)'",
                    "Write '\(id): { name: value }'"
                )
            }
            for (name, value) in values {
                let text = try reader.parameterText(of: value, name.string ?? "")
                parameters[id, default: [:]][name.string ?? ""] = Configured(text, line: name.mark?.line)
            }
        }
        return parameters
    }

    private static func documents(
        in reports: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> Configured<[String]>? {
        guard let documents = try reader.mapping("documents", in: reports) else { return nil }
        var targets: [String] = []
        for (format, path) in documents {
            let path = try reader.text(format.string ?? "", in: documents, node: path)
            targets.append("\(format.string ?? "")=\(path)")
        }
        return Configured(targets, line: reports["documents"]?.mark?.line)
    }
}
