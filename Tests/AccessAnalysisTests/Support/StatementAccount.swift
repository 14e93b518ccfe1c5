import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore

/// An account in which everything exists that the rules of a statement name, with one application, `a1`.
struct StatementAccount {
    var groups: [JSONValue] = []
    /// Ids of the identity providers that the account has, of those of ``allProviders``.
    var providers = ["okta"]
    var organization: [String: JSONValue] = [:]
    /// Further members of the application.
    var application: [String: JSONValue] = [:]
    /// Applications beside `a1` and `linked`.
    var others: [JSONValue] = []
    /// Reusable policies.
    var policies: [JSONValue] = []
    /// Only tokens that nobody can use.
    var hasUsableTokens = true
    var coverage: [ResourceKind: CoverageStatus] = [:]

    static let allProviders: [String: String] = [
        "cf": "cloudflare", "entra": "azureAD", "github": "github", "google": "google", "members": "cloudflare",
        "odd": "brand_new", "oidc": "oidc", "okta": "okta", "pin": "onetimepin", "saml": "saml",
        "workspace": "google-apps",
    ]

    private static let tokens: [JSONValue] = [
        ["id": "off", "name": "Disabled", "enabled": false],
        ["id": "old", "name": "Expired just now", "expires_at": "2026-11-15T09:00:00Z"],
        ["id": "t1", "name": "First", "expires_at": "2026-11-15T09:00:01Z"],
        ["id": "t2", "name": "Second", "enabled": true],
    ]

    /// Analyses the account with these policies at `a1`.
    func analyse(_ policies: JSONValue...) async throws -> Analysis {
        try await analyse(list: policies)
    }

    func analyse(list policies: [JSONValue]) async throws -> Analysis {
        let linked: JSONValue = ["id": "linked", "name": "Linked", "type": "self_hosted"]
        return try await Analysis.of(
            [
                .accessApplications: [AccessAnalysisTests.application(policies, application), linked] + others,
                .accessGroups: groups,
                .accessPolicies: self.policies,
                .identityProviders: providers.map(Self.provider),
                .organization: [.object(organization)],
                .serviceTokens: hasUsableTokens ? Self.tokens : Array(Self.tokens.prefix(2)),
                .devicePostureRules: [["id": "disk", "name": "Disk"]],
                .gatewayLists: [
                    ["id": "mails", "name": "Mails", "type": "EMAIL", "count": 1],
                    ["id": "nets", "name": "Nets", "type": "IP", "count": 1],
                    ["id": "part", "name": "Part", "type": "EMAIL", "count": 2],
                    ["id": "odd", "name": "Odd", "type": "IP", "count": 2],
                    ["id": "hosts", "name": "Hosts", "type": "DOMAIN", "count": 1],
                ],
            ],
            items: [
                "mails": ["Ann@Example.com"], "nets": ["203.0.113.0/24"], "part": ["ann@example.com"],
                "odd": ["203.0.113.0/24", "203.0.113.0/99"], "hosts": ["example.com"],
            ],
            coverage: coverage
        )
    }

    private static func provider(_ id: String) -> JSONValue {
        let config: JSONValue = id == "members" ? ["restrict_to_account_members": true] : [:]
        return ["id": .string(id), "name": .string(id), "type": .string(allProviders[id] ?? ""), "config": config]
    }
}

/// Rules as the API spells them.
enum Rule {
    static let everyone: JSONValue = ["everyone": [:]]
    static let ann = email("ann@example.com")
    static let mfa = method("mfa")
    static let anyToken: JSONValue = ["any_valid_service_token": [:]]
    static let certificate: JSONValue = ["certificate": [:]]
    static let member: JSONValue = ["cloudflare_account_member": [:]]
    static let external: JSONValue = ["external_evaluation": ["evaluate_url": "https://x", "keys_url": "https://y"]]
    static let notUnderstood: JSONValue = ["brand_new": [:]]

    static func email(_ address: String) -> JSONValue { one("email", "email", address) }
    static func domain(_ name: String) -> JSONValue { one("email_domain", "domain", name) }
    static func emailList(_ id: String) -> JSONValue { one("email_list", "id", id) }
    static func ip(_ range: String) -> JSONValue { one("ip", "ip", range) }
    static func ipList(_ id: String) -> JSONValue { one("ip_list", "id", id) }
    static func country(_ code: String) -> JSONValue { one("geo", "country_code", code) }
    static func login(_ id: String) -> JSONValue { one("login_method", "id", id) }
    static func method(_ name: String) -> JSONValue { one("auth_method", "auth_method", name) }
    static func commonName(_ name: String) -> JSONValue { one("common_name", "common_name", name) }
    static func posture(_ id: String) -> JSONValue { one("device_posture", "integration_uid", id) }
    static func token(_ id: String) -> JSONValue { one("service_token", "token_id", id) }
    static func linked(_ id: String) -> JSONValue { one("linked_app_token", "app_uid", id) }
    static func oktaGroup(_ name: String) -> JSONValue { one("okta", "name", name) }

    static func risk(_ levels: String...) -> JSONValue {
        ["user_risk_score": ["user_risk_score": .array(levels.map(JSONValue.string))]]
    }

    private static func one(_ type: String, _ member: String, _ value: String) -> JSONValue {
        .object([type: .object([member: .string(value)])])
    }
}

/// A policy with the blocks that are given.
func access(
    _ id: String,
    _ decision: String,
    _ include: [JSONValue],
    require: [JSONValue] = [],
    exclude: [JSONValue] = [],
    _ members: [String: JSONValue] = [:]
) -> JSONValue {
    policy(id, decision, ["include": .array(include), "require": .array(require), "exclude": .array(exclude)])
        .with(members)
}

/// An Allow policy.
func allow(
    _ include: JSONValue...,
    require: [JSONValue] = [],
    exclude: [JSONValue] = [],
    id: String = "allow",
    with members: [String: JSONValue] = [:]
) -> JSONValue {
    access(id, "allow", include, require: require, exclude: exclude, members)
}

/// A Block policy.
func block(_ include: JSONValue..., id: String = "block", with members: [String: JSONValue] = [:]) -> JSONValue {
    access(id, "deny", include, members)
}

/// A Bypass policy.
func bypass(
    _ include: JSONValue...,
    require: [JSONValue] = [],
    id: String = "bypass",
    with members: [String: JSONValue] = [:]
) -> JSONValue {
    access(id, "bypass", include, require: require, members)
}

/// A Service Auth policy.
func serviceAuth(
    _ include: JSONValue...,
    require: [JSONValue] = [],
    id: String = "service",
    with members: [String: JSONValue] = [:]
) -> JSONValue {
    access(id, "non_identity", include, require: require, members)
}

/// A requester's document: somebody logged in.
func login(
    _ email: String = "ann@example.com",
    by provider: String = "okta",
    _ members: [String: JSONValue] = [:]
) -> JSONValue {
    JSONValue.object(["email": .string(email), "identity_provider_id": .string(provider)]).with(members)
}

/// The same for Ann, who logs in by Okta.
func login(_ members: [String: JSONValue]) -> JSONValue { login("ann@example.com", members) }

extension RequesterDecision {
    /// What each policy makes of the requester, in run order.
    var matches: [Truth] { trace.map(\.match) }
}

extension ApplicationAnalysis {
    /// The answer to a question.
    func answer(_ question: ReachQuestion) -> Truth? { reach.answers[question] }

    /// Defects as `kind policy`, sorted.
    var defectKinds: [String] {
        defects.map { "\($0.kind.rawValue) \($0.policyID ?? "-")" }.sorted()
    }
}
