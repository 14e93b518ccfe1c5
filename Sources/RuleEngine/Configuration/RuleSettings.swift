package import AuditModel

/// How the rules are applied to one organization.
package struct RuleSettings: Sendable, Hashable {
    /// What the organization says of itself.
    package var context = AuditContext()
    /// Parameter values that replace defaults, by rule id.
    package var parameters: [String: ParameterSettings] = [:]
    /// Severities that replace a rule's own and those of its rows, by rule id.
    package var severities: [String: Severity] = [:]

    /// Nothing but what is built in.
    package init() {}
}

/// Values for one rule's parameters, as text by name.
package struct ParameterSettings: Sendable, Hashable {
    /// For everything that no tier says otherwise of.
    package var values: [String: String]
    /// For the applications of a tier.
    package var tiers: [ApplicationTier: [String: String]]

    /// Creates settings; none unless said.
    package init(values: [String: String] = [:], tiers: [ApplicationTier: [String: String]] = [:]) {
        self.values = values
        self.tiers = tiers
    }

    /// What is in force for a tier; `nil` asks for what is in force elsewhere.
    func values(for tier: ApplicationTier?) -> [String: String] {
        guard let tier, let own = tiers[tier] else { return values }
        return values.merging(own) { _, own in own }
    }
}
