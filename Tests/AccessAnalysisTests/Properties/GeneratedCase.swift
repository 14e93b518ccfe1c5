import TestSupport
// Configurations are built in memory, from the pieces into which the analysis reads a snapshot.
@testable import AccessAnalysis

/// An account with one application, by the number of its seed.
struct GeneratedCase {
    var configuration: AccessConfiguration
    var application: AccessApplication
    var rules: GeneratedRules
    var random: SeededGenerator

    var chain: PolicyChain { PolicyChain(application, in: configuration) }

    init(seed: UInt64) {
        var random = SeededGenerator(seed &* 0x2545_f491_4f6c_dd1d)
        let providers = Self.providers(&random)
        var rules = GeneratedRules(providers, &random)
        var policies: [String: AccessPolicy] = [:]
        var links: [AccessApplication.Link] = []
        for index in 0..<Int.random(in: 1...5, using: &random) {
            let id = "policy\(index)"
            let precedence = random.chance(80) ? Int.random(in: 1...9, using: &random) : nil
            links.append(AccessApplication.Link(policyID: id, precedence: precedence, position: index))
            // Now and then, a policy that is in no answer of the API.
            if !random.chance(2) { policies[id] = Self.policy(id, rules.blocks(&random), &random) }
        }
        var groups: [String: AccessGroup] = [:]
        for index in 0..<Int.random(in: 0...4, using: &random) {
            groups["g\(index)"] = AccessGroup(id: "g\(index)", name: "g\(index)", blocks: rules.blocks(&random))
        }
        let allowed = providers.map(\.id).filter { _ in random.chance(50) } + (random.chance(10) ? ["p-gone"] : [])
        application = AccessApplication(
            id: "app0",
            name: "Application",
            type: random.chance(70)
                ? "self_hosted"
                : random.pick(
                    ["infrastructure", "warp", "mcp", "saas", "app_launcher", "bookmark", "end_user"],
                    else: ""
                ),
            session: nil,
            allowsDeviceClientLogin: nil,
            allowedProviders: random.chance(25) ? Set(allowed) : [],
            mfa: random.chance(80) ? .unset : Self.mfa(&random),
            links: links
        )
        configuration = AccessConfiguration(
            accountID: "acc1",
            areApplicationsComplete: true,
            applications: [application],
            policies: policies,
            unseenPolicies: [],
            arePoliciesComplete: true,
            groups: GroupGraph(groups, isComplete: random.chance(90)),
            organization: Self.organization(&random),
            inventory: Self.inventory(providers, &random)
        )
        self.rules = rules
        self.random = random
    }

    private static func policy(_ id: String, _ blocks: RuleBlocks, _ random: inout SeededGenerator) -> AccessPolicy {
        let decisions = ["allow", "allow", "allow", "deny", "deny", "non_identity", "bypass"]
        return AccessPolicy(
            id: id,
            name: id,
            decision: random.chance(2) ? "ponder" : random.pick(decisions, else: "allow"),
            session: nil,
            mfa: random.chance(70) ? .unset : mfa(&random),
            blocks: blocks,
            isReference: false
        )
    }

    private static func mfa(_ random: inout SeededGenerator) -> MFASetting {
        MFASetting(
            isDisabled: random.chance(25),
            isUnderstood: !random.chance(5),
            sessionDuration: random.chance(50) ? "1h" : nil,
            authenticators: random.chance(60) ? authenticators(&random) : nil
        )
    }

    private static func authenticators(_ random: inout SeededGenerator) -> [String] {
        random.pick(
            [["totp"], ["security_key"], ["totp", "security_key"], ["piv_key"], ["totp", "ssh_fido2_key"], []],
            else: []
        )
    }

    private static func organization(_ random: inout SeededGenerator) -> OrganizationState {
        if random.chance(10) { return random.chance(50) ? .unread : .absent }
        return .read(
            OrganizationState.Organization(
                requiresMFAForAllApps: random.chance(30),
                authenticators: authenticators(&random),
                isMFAUnderstood: !random.chance(3),
                allowsDeviceClientLogin: nil,
                deviceClientSession: nil,
                isStrictAboutTokens: random.chance(35),
                methodMatching: random.chance(70) ? .off : random.chance(50) ? .byMethod : .uncertain
            )
        )
    }

    private static func providers(_ random: inout SeededGenerator) -> [AccountInventory.IdentityProvider] {
        let types = [
            "onetimepin", "onetimepin", "google", "github", "cloudflare", "okta", "azureAD", "saml", "oidc",
            "google-apps", "centrify",
        ]
        return (0..<Int.random(in: 0...3, using: &random)).map { index in
            let type = random.pick(types, else: "")
            return AccountInventory.IdentityProvider(
                id: "p\(index)",
                name: "p\(index)",
                type: type,
                isRestrictedToMembers: type == "cloudflare" && random.chance(50)
            )
        }
    }

    private static func inventory(
        _ providers: [AccountInventory.IdentityProvider],
        _ random: inout SeededGenerator
    ) -> AccountInventory {
        func list(_ type: String, _ items: [String], _ isComplete: Bool) -> AccountInventory.GatewayList {
            AccountInventory.GatewayList(name: type, type: type, items: items, isComplete: isComplete)
        }
        var tokens = ["t-expired": AccountInventory.ServiceToken(name: "t-expired", isUsable: false)]
        for id in ["t1", "t2"] { tokens[id] = AccountInventory.ServiceToken(name: id, isUsable: random.chance(80)) }
        if random.chance(50) { tokens["t3"] = AccountInventory.ServiceToken(name: "t3", isUsable: true) }
        return AccountInventory(
            providers: AccountInventory.Listing(
                elements: Dictionary(uniqueKeysWithValues: providers.map { ($0.id, $0) }),
                isComplete: random.chance(92)
            ),
            serviceTokens: AccountInventory.Listing(elements: tokens, isComplete: random.chance(92)),
            postureChecks: AccountInventory.Listing(elements: ["d1": "d1", "d2": "d2"], isComplete: random.chance(92)),
            applications: AccountInventory.Listing(elements: ["app1": "app1"], isComplete: true),
            lists: AccountInventory.Listing(
                elements: [
                    "mail-1": list("EMAIL", ["Ana@corp.com", "dan@other.org"], true),
                    "mail-part": list("EMAIL", ["bob@corp.com"], false),
                    "net-1": list("IP", ["10.1.0.0/16", "192.0.2.0/24"], true),
                    "net-part": list("IP", ["10.1.2.0/24"], false),
                ],
                isComplete: random.chance(92)
            )
        )
    }
}

extension GeneratedCase {
    /// The same application with a policy more, at the end of its list.
    func appending(_ decision: String) -> GeneratedCase {
        var changed = self
        let blocks = changed.rules.blocks(&changed.random)
        changed.configuration.policies["last"] = AccessPolicy(
            id: "last",
            name: "last",
            decision: decision,
            session: nil,
            mfa: .unset,
            blocks: blocks,
            isReference: false
        )
        changed.application.links.append(AccessApplication.Link(policyID: "last", precedence: 99, position: 99))
        return changed
    }

    /// The same application with a rule more in Exclude of the last Allow policy; `nil` when it has none.
    func excludingMore() -> GeneratedCase? {
        guard let last = chain.policies.last(where: { $0.action == .allow }), let policy = last.policy else {
            return nil
        }
        var changed = self
        changed.configuration.policies[policy.id] = AccessPolicy(
            id: policy.id,
            name: policy.name,
            decision: policy.decision,
            session: policy.session,
            mfa: policy.mfa,
            blocks: changed.rules.excludingMore(policy.blocks, &changed.random),
            isReference: false
        )
        return changed
    }
}
