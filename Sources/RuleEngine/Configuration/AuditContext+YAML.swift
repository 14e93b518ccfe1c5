import AuditModel
import Yams

extension AuditContext {
    /// The keys of a configuration that describe the organization.
    static let keys = ["own_domains", "break_glass_accounts", "public_mail_domains", "tiers"]

    /// Reads what a mapping says of the organization; other keys are left alone.
    ///
    /// - Throws: ``RuleFileError``.
    init(in mapping: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) {
        self.init()
        ownDomains = Set(try Self.domains("own_domains", in: mapping, reader))
        publicMailDomains.formUnion(try Self.domains("public_mail_domains", in: mapping, reader))
        for address in try reader.texts("break_glass_accounts", in: mapping) {
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, Self.isDomain(parts[1]) else {
                throw reader.failure(
                    .badValue,
                    mapping["break_glass_accounts"],
                    "has '\(address)' under 'break_glass_accounts', which is no e-mail address",
                    "Name each account by its address"
                )
            }
            breakGlassAccounts.insert(address.lowercased())
        }
        guard let tiers = try reader.mapping("tiers", in: mapping) else { return }
        let known = ApplicationTier.allCases.filter { $0 != .standard }
        try reader.checkKeys(of: tiers, allowed: known.map(\.rawValue))
        for tier in known {
            guard let members = try reader.mapping(tier.rawValue, in: tiers) else { continue }
            try reader.checkKeys(of: members, allowed: ["tags", "names", "applications"])
            let tags = members["tags"] == nil ? [tier.rawValue] : try reader.texts("tags", in: members)
            self.tiers[tier] = TierMembers(
                tags: tags,
                names: try reader.texts("names", in: members),
                applications: try reader.texts("applications", in: members)
            )
        }
    }

    private static func domains(
        _ key: String,
        in mapping: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [String] {
        let domains = try reader.texts(key, in: mapping)
        if let bad = domains.first(where: { !isDomain($0) }) {
            throw reader.failure(
                .badValue,
                mapping[key],
                "has '\(bad)' under '\(key)', which is no domain",
                "Write domains such as example.com"
            )
        }
        return domains.map { $0.lowercased() }
    }

    /// At least two labels: what is written otherwise would silently match nothing.
    private static func isDomain(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && !labels.contains(where: \.isEmpty)
            && !text.contains { "@/*:".contains($0) || $0.isWhitespace }
    }
}

extension ParameterSettings {
    /// Reads values by parameter name, and those of tiers.
    static func values(_ node: Node?, _ key: String, _ reader: YAMLReader) throws(RuleFileError) -> [String: String] {
        guard let node else { return [:] }
        guard let mapping = node.mapping else {
            throw reader.failure(.badValue, node, "has no mapping under '\(key)'", "Write 'name: value' lines there")
        }
        var values: [String: String] = [:]
        for (name, value) in mapping {
            values[name.string ?? ""] = try reader.parameterText(of: value, name.string ?? "")
        }
        return values
    }

    static func tierValues(
        _ key: String,
        in mapping: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [ApplicationTier: [String: String]] {
        guard let tiers = try reader.mapping(key, in: mapping) else { return [:] }
        try reader.checkKeys(of: tiers, allowed: ApplicationTier.allCases.map(\.rawValue))
        var values: [ApplicationTier: [String: String]] = [:]
        for tier in ApplicationTier.allCases {
            values[tier] = try Self.values(tiers[tier.rawValue], tier.rawValue, reader)
        }
        return values.filter { !$0.value.isEmpty }
    }
}
