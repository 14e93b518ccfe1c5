import AuditModel

/// The rules of a run: one for each severity in which a rule's findings occur, since GitHub reads the score off the rule.
///
/// A finding of the rule's own severity has the rule's id, such as `access-policy-includes-everyone`; any other severity
/// makes a rule of its own, such as `access-policy-includes-everyone/high`.
struct SARIFRules {
    /// Most tags that GitHub keeps of a rule.
    private static let maximumTags = 10

    private let index: ResultIndex
    private let taxonomies: SARIFTaxonomies
    private var places: [String: Int] = [:]
    private(set) var descriptors: [SARIFLog.Descriptor] = []

    init(_ index: ResultIndex, _ taxonomies: SARIFTaxonomies) {
        self.index = index
        self.taxonomies = taxonomies
    }

    /// Id and place of the rule that the finding is a result of; the rule is added when it is the first.
    mutating func reference(_ finding: Finding) -> (id: String, place: Int) {
        let rule = index.outcome(finding.ruleID)?.metadata
        let isOwn = rule.map { $0.severity == finding.severity } ?? true
        let base = ShortText.line(finding.ruleID, limit: 240) ?? "unnamed"
        let id = isOwn ? base : "\(base)/\(finding.severity.rawValue)"
        if let place = places[id] { return (id, place) }
        places[id] = descriptors.count
        descriptors.append(descriptor(id, base, rule, finding.severity, isOwn: isOwn))
        return (id, descriptors.count - 1)
    }

    private func descriptor(
        _ id: String,
        _ base: String,
        _ rule: RuleMetadata?,
        _ severity: Severity,
        isOwn: Bool
    ) -> SARIFLog.Descriptor {
        let suffix = isOwn ? "" : " (\(severity.rawValue))"
        let title = ShortText.required(rule?.title ?? "", else: base, limit: SARIFText.descriptionLimit)
        let relationships = rule.map(taxonomies.relationships) ?? []
        return SARIFLog.Descriptor(
            id: id,
            name: title.cut(to: ShortText.nameLimit - suffix.utf16.count) + suffix,
            shortDescription: SARIFLog.Text(text: title),
            fullDescription: SARIFLog.Text(
                text: ShortText.required(rule?.rationale ?? "", else: title, limit: SARIFText.descriptionLimit)
            ),
            help: rule.map { SARIFHelp($0, index.result.frameworks).text } ?? SARIFLog.Text(text: title),
            helpURI: rule?.references.lazy.compactMap(SARIFText.address).first,
            defaultConfiguration: SARIFLog.Configuration(level: severity.sarifLevel),
            relationships: relationships.isEmpty ? nil : relationships,
            properties: SARIFLog.RuleProperties(
                tags: tags(rule),
                precision: "high",
                securitySeverity: severity.securityScore,
                severity: severity,
                ruleID: base,
                ruleVersion: rule?.version
            )
        )
    }

    /// `security`, the kind of resource and the frameworks, each once.
    private func tags(_ rule: RuleMetadata?) -> [String] {
        let candidates = ["security", rule?.resource] + (rule?.frameworks.keys.sorted() ?? [])
        var tags: [String] = []
        for tag in candidates.compactMap({ ShortText.line($0) }) where !tags.contains(tag) { tags.append(tag) }
        return Array(tags.prefix(Self.maximumTags))
    }
}

extension Severity {
    /// The three levels that SARIF has for what is wrong.
    var sarifLevel: SARIFLog.Level {
        switch self {
        case .critical, .high: .error
        case .medium: .warning
        case .low, .info: .note
        }
    }

    /// A score in the middle of the band that GitHub shows under the severity's name; `nil` for `info`, which has none.
    var securityScore: String? {
        switch self {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        case .info: nil
        }
    }
}
