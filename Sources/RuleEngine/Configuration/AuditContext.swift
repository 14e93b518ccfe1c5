import AccessAnalysis
package import AuditModel

/// What an organization says of itself, which Cloudflare's API does not tell: every rule sees it as tables.
package struct AuditContext: Sendable, Hashable {
    /// Domains of its own hosts and addresses, lower case; empty when it does not say.
    package var ownDomains: Set<String> = []
    /// E-mail addresses of the accounts for emergencies, lower case; empty when it does not say.
    package var breakGlassAccounts: Set<String> = []
    /// Domains in which anybody can have a mailbox, lower case.
    package var publicMailDomains = PublicMailDomains.builtIn
    /// Which applications belong to a tier; an application of which nothing is said is `standard`.
    package var tiers: [ApplicationTier: TierMembers] = [
        .privileged: TierMembers(tags: [ApplicationTier.privileged.rawValue]),
        .sensitive: TierMembers(tags: [ApplicationTier.sensitive.rawValue]),
    ]

    /// Nothing but what is built in: the tags `privileged` and `sensitive` name the tier.
    package init() {}

    /// The tier of an application: of those that name it, the one that matters most.
    func tier(id: String, name: String, tags: [String]) -> ApplicationTier {
        tiers.sorted { $0.key < $1.key }.first { $0.value.contain(id: id, name: name, tags: tags) }?.key ?? .standard
    }
}

/// What makes an application belong to a tier; any one of the three is enough.
package struct TierMembers: Sendable, Hashable {
    /// Tags of the application, compared without regard to case.
    package var tags: [String]
    /// Patterns of its name with `*` for any text, compared without regard to case.
    package var names: [String]
    /// Ids.
    package var applications: [String]

    /// Creates the members; nobody unless said.
    package init(tags: [String] = [], names: [String] = [], applications: [String] = []) {
        self.tags = tags.map { $0.lowercased() }
        self.names = names.map { $0.lowercased() }
        self.applications = applications
    }

    func contain(id: String, name: String, tags: [String]) -> Bool {
        applications.contains(id) || tags.contains { self.tags.contains($0.lowercased()) }
            || names.contains { Glob.matches(name.lowercased(), $0) }
    }
}
