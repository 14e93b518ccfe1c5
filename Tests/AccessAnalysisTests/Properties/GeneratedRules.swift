import TestSupport
import SnapshotStore

// Configurations are built in memory, from the pieces into which the analysis reads a snapshot.
@testable import AccessAnalysis

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick<Element>(_ elements: [Element], else other: Element) -> Element {
        elements.randomElement(using: &self) ?? other
    }
}

/// Makes access rules that name few values, so that they meet each other.
struct GeneratedRules {
    /// Selectors that one configuration uses; few, so that everybody whom it tells apart can be asked.
    let selectors: [AccessSelector]
    /// Providers by id, as the account lists them.
    let providers: [AccountInventory.IdentityProvider]
    private var nextSet = 0

    init(_ providers: [AccountInventory.IdentityProvider], _ random: inout SeededGenerator) {
        self.providers = providers
        var chosen: Set<AccessSelector> = []
        for _ in 0..<Int.random(in: 2...4, using: &random) {
            chosen.formUnion(random.pick(Self.families, else: []))
        }
        selectors = chosen.sorted { $0.rawValue < $1.rawValue } + [.everyone, .group]
    }

    /// Selectors that look at the same thing.
    private static let families: [[AccessSelector]] = [
        [.email, .emailDomain, .emailList], [.email, .emailDomain], [.ip, .ipList], [.ip], [.geo], [.loginMethod],
        [.authMethod], [.authContext, .azureAD], [.certificate, .commonName], [.devicePosture],
        [.serviceToken, .anyValidServiceToken], [.linkedAppToken], [.externalEvaluation],
        [.githubOrganization, .gsuite], [.okta, .oidc], [.saml, .oidc], [.userRiskScore], [.cloudflareAccountMember],
    ]

    mutating func blocks(_ random: inout SeededGenerator) -> RuleBlocks {
        let include = rules(random.chance(4) ? 0 : Int.random(in: 1...3, using: &random), &random)
        let require = rules(random.pick([0, 0, 0, 1, 1, 2], else: 0), &random)
        let exclude = rules(random.pick([0, 0, 0, 1, 1, 2, 3], else: 0), &random)
        return RuleBlocks(
            include: ConditionSet.gathering(include, &nextSet),
            require: require.flatMap { ConditionSet.gathering([$0], &nextSet) },
            exclude: ConditionSet.gathering(exclude, &nextSet)
        )
    }

    /// The same blocks with one more rule in Exclude.
    mutating func excludingMore(_ blocks: RuleBlocks, _ random: inout SeededGenerator) -> RuleBlocks {
        var blocks = blocks
        blocks.exclude += ConditionSet.gathering(rules(1, &random), &nextSet)
        return blocks
    }

    private func rules(_ count: Int, _ random: inout SeededGenerator) -> [StoredRule] {
        (0..<count).map { _ in rule(&random) }
    }

    private func rule(_ random: inout SeededGenerator) -> StoredRule {
        let selector = random.pick(selectors, else: .everyone)
        if random.chance(1) {
            return StoredRule(
                type: "shoe_size",
                value: "44",
                identityProviderID: nil,
                isUnderstood: false,
                qualifier: nil
            )
        }
        return StoredRule(
            type: selector.rawValue,
            value: values(of: selector).isEmpty ? nil : random.pick(values(of: selector), else: ""),
            identityProviderID: providerID(for: selector, &random),
            isUnderstood: true,
            qualifier: qualifier(of: selector, &random)
        )
    }

    private func values(of selector: AccessSelector) -> [String] {
        switch selector {
        case .anyValidServiceToken, .certificate, .everyone, .externalEvaluation: []
        case .authContext: ["c1"]
        case .authMethod: ["mfa", "hwk", "pwd"]
        case .azureAD: ["00-aa"]
        case .cloudflareAccountMember: ["acc1", "acc1", "acc2"]
        case .commonName: ["host-a", "host-b"]
        case .devicePosture: ["d1", "d1", "d2", "d-gone"]
        case .email: ["ana@corp.com", "bob@corp.com", "Eve@gmail.com"]
        case .emailDomain: ["corp.com", "gmail.com"]
        case .emailList: ["mail-1", "mail-1", "mail-part", "mail-gone"]
        case .geo: ["PT", "us"]
        case .githubOrganization: ["acme"]
        case .group: ["g0", "g0", "g1", "g1", "g2", "g3", "g-gone"]
        case .gsuite: ["all@corp.com"]
        case .ip: ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "2001:db8::/32", "0.0.0.0/0", "::/0", "10.0.0.0/99"]
        case .ipList: ["net-1", "net-1", "net-part", "net-gone"]
        case .linkedAppToken: ["app1", "app-gone"]
        case .loginMethod: providers.map(\.id) + ["p-gone"]
        case .oidc: ["admin", "dev"]
        case .okta: ["staff", "ops"]
        case .saml: ["it"]
        case .serviceToken: ["t1", "t1", "t2", "t-expired", "t-gone"]
        case .userRiskScore: ["low", "low,medium", "unscored", "extreme"]
        }
    }

    private func providerID(for selector: AccessSelector, _ random: inout SeededGenerator) -> String? {
        let claims: [AccessSelector] = [.authContext, .azureAD, .githubOrganization, .gsuite, .oidc, .okta, .saml]
        guard claims.contains(selector), random.chance(60) else { return nil }
        return random.pick(providers.map(\.id) + (random.chance(10) ? ["p-gone"] : []), else: "p-gone")
    }

    private func qualifier(of selector: AccessSelector, _ random: inout SeededGenerator) -> String? {
        switch selector {
        case .saml: "department"
        case .oidc: "role"
        case .githubOrganization: random.chance(50) ? "core" : nil
        default: nil
        }
    }
}
