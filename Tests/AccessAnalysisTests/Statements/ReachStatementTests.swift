import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

/// The weakest way in of one policy in an account with some identity providers.
struct WeakestCase: Sendable, CustomTestStringConvertible {
    let policy: JSONValue
    let providers: [String]
    let expected: Assurance?
    var application: [String: JSONValue] = [:]

    init(_ policy: JSONValue, _ providers: [String], _ expected: Assurance?, _ application: [String: JSONValue] = [:]) {
        self.policy = policy
        self.providers = providers
        self.expected = expected
        self.application = application
    }

    var testDescription: String { "\(policy.text), \(providers): \(expected?.rawValue ?? "nobody")" }

    static let all: [WeakestCase] = [
        // Credentials that are not people.
        WeakestCase(bypass(Rule.everyone), ["okta"], Assurance.none),
        WeakestCase(serviceAuth(Rule.country("PT")), ["okta"], Assurance.none),
        WeakestCase(bypass(Rule.posture("disk")), ["okta"], Assurance.none),
        WeakestCase(serviceAuth(Rule.anyToken), ["okta"], .anyServiceToken),
        WeakestCase(serviceAuth(Rule.token("t1")), ["okta"], .named),
        WeakestCase(serviceAuth(Rule.token("t1"), Rule.anyToken), ["okta"], .anyServiceToken),
        WeakestCase(serviceAuth(Rule.token("off")), ["okta"], nil),
        WeakestCase(serviceAuth(Rule.certificate), ["okta"], .anyCertificate),
        WeakestCase(serviceAuth(Rule.commonName("laptop")), ["okta"], .named),
        WeakestCase(serviceAuth(Rule.linked("linked")), ["okta"], .named),
        // Who can log in at all.
        WeakestCase(allow(Rule.everyone), ["okta", "pin"], .anyMailbox),
        WeakestCase(allow(Rule.everyone), ["okta", "google"], .consumerAccount),
        WeakestCase(allow(Rule.everyone), ["github"], .consumerAccount),
        WeakestCase(allow(Rule.everyone), ["cf"], .consumerAccount),
        WeakestCase(allow(Rule.everyone), ["members"], .directory),
        WeakestCase(allow(Rule.everyone), ["odd"], .directory),
        WeakestCase(allow(Rule.everyone), ["workspace"], .directory),
        WeakestCase(allow(Rule.everyone), ["okta", "pin"], .directory, ["allowed_idps": ["okta"]]),
        WeakestCase(allow(Rule.everyone), ["okta", "pin"], .anyMailbox, ["allowed_idps": []]),
        WeakestCase(allow(Rule.everyone), ["okta"], nil, ["allowed_idps": ["gone"]]),
        WeakestCase(allow(Rule.login("pin")), ["okta", "pin"], .anyMailbox),
        WeakestCase(allow(Rule.everyone, require: [Rule.login("okta")]), ["okta", "pin"], .directory),
        // Who must be somebody.
        WeakestCase(allow(Rule.domain("example.com")), ["okta", "pin"], .domain),
        WeakestCase(allow(Rule.domain("gmail.com")), ["pin"], .anyMailbox),
        WeakestCase(allow(Rule.domain("gmail.com")), ["google"], .consumerAccount),
        WeakestCase(allow(Rule.email("ann@gmail.com")), ["pin"], .named),
        WeakestCase(allow(Rule.emailList("mails")), ["pin"], .group),
        WeakestCase(allow(Rule.oktaGroup("Staff")), ["okta", "pin"], .group),
        WeakestCase(allow(["github-organization": ["name": "north"]]), ["github"], .group),
        WeakestCase(allow(["saml": ["attribute_name": "a", "attribute_value": "b"]]), ["saml"], .group),
        WeakestCase(allow(Rule.member), ["google", "okta"], .group),
        WeakestCase(allow(Rule.ann), ["okta", "pin"], .named),
        WeakestCase(allow(Rule.ann, Rule.domain("example.com")), ["okta"], .domain),
        WeakestCase(allow(Rule.domain("example.com"), require: [Rule.oktaGroup("Staff")]), ["okta"], .group),
        WeakestCase(allow(Rule.everyone, require: [Rule.certificate]), ["pin"], .anyCertificate),
        WeakestCase(allow(Rule.everyone, require: [Rule.mfa, Rule.posture("disk")]), ["okta"], .directory),
        // Point 15: what stands in exclude is named too, so that everybody else is still a stranger.
        WeakestCase(allow(Rule.everyone, exclude: [Rule.ann]), ["pin"], .anyMailbox),
        WeakestCase(allow(Rule.everyone, exclude: [Rule.domain("gmail.com")]), ["pin"], .anyMailbox),
    ]
}

@Suite struct ReachStatementTests {
    @Test(
        "Assurance, points 15 and 19: a way's class is that of its weakest requester, whose class is that of the strongest credential",
        arguments: WeakestCase.all
    )
    func classesTheWeakestWay(weakest: WeakestCase) async throws {
        let analysis = try await StatementAccount(providers: weakest.providers, application: weakest.application)
            .analyse(weakest.policy)
        let reach = try analysis.analysis().reach
        #expect(reach.weakest?.assurance == weakest.expected)
        #expect(reach.ways.isEmpty == (weakest.expected == nil))
        #expect(reach.answers[.anonymous] == Truth(matching: weakest.expected == Assurance.none))
        let witness = reach.witness.flatMap { analysis.account.decision(for: $0, applicationID: "a1") }
        #expect(witness?.decision.admits == (weakest.expected == nil ? nil : true))
        #expect(witness?.policyID == reach.weakest?.policyID)
    }

    @Test(
        "Point 18: a domain of a public mail provider is no restriction of the address",
        arguments: [
            "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com",
            "proton.me",
            "protonmail.com", "aol.com", "gmx.com", "gmx.de",
        ]
    )
    func publicMailIsAnyMailbox(domain: String) async throws {
        let analysis = try await StatementAccount(providers: ["pin"])
            .analyse(allow(Rule.domain(domain.uppercased()))).analysis()
        #expect(analysis.answer(.anyMailbox) == .yes)
        #expect(analysis.reach.weakest?.assurance == .anyMailbox)
    }

    @Test("Point 15: anonymous does not imply any_mailbox")
    func anonymousIsNotAMailbox() async throws {
        let without = try await StatementAccount(providers: ["okta"]).analyse(bypass(Rule.everyone)).analysis()
        #expect(without.answer(.anonymous) == .yes)
        #expect(without.answer(.anyMailbox) == .no)
        #expect(without.answer(.consumerAccount) == .no)
        #expect(without.answer(.withoutMFA) == .no, "it asks about Allow policies")
        let with = try await StatementAccount(providers: ["pin", "google"]).analyse(bypass(Rule.everyone)).analysis()
        #expect(with.answer(.anyMailbox) == .yes)
        #expect(with.answer(.consumerAccount) == .yes)
    }

    @Test("One-time PIN asserts nothing but the address; only the provider of the login asserts groups and claims")
    func onlyTheLoginsProviderAsserts() async throws {
        let analysis = try await StatementAccount(providers: ["okta", "pin"])
            .analyse(allow(Rule.everyone, require: [Rule.oktaGroup("Staff"), Rule.login("pin")])).analysis()
        #expect(analysis.policies.map(\.canMatch) == [.no])
    }

    @Test(
        "without_device_posture: neither posture check nor client certificate",
        arguments: [
            (allow(Rule.ann), Truth.yes), (allow(Rule.ann, require: [Rule.posture("disk")]), .no),
            (allow(Rule.ann, require: [Rule.certificate]), .no), (bypass(Rule.everyone), .yes),
            (bypass(Rule.everyone, require: [Rule.posture("disk")]), .no),
            (allow(Rule.ann, require: [Rule.posture("gone")]), .no),
            (allow(Rule.ann, exclude: [Rule.posture("disk")]), .yes),
        ]
    )
    func asksForDevicePosture(policy: JSONValue, expected: Truth) async throws {
        let analysis = try await StatementAccount().analyse(policy).analysis()
        #expect(analysis.answer(.withoutDevicePosture) == expected)
    }

    @Test(
        "from_anywhere, point 20: a range of length 0 names nothing; an unresolved list leaves some address out",
        arguments: [
            (allow(Rule.ann), Truth.yes), (allow(Rule.ann, require: [Rule.ip("203.0.113.0/24")]), .no),
            (allow(Rule.ann, require: [Rule.ip("0.0.0.0/0")]), .yes),
            (allow(Rule.ann, require: [Rule.ip("::/0")]), .yes),
            (allow(Rule.ann, require: [Rule.country("PT")]), .no),
            (allow(Rule.ann, exclude: [Rule.country("PT")]), .yes),
            (allow(Rule.ann, exclude: [Rule.ip("203.0.113.0/24")]), .yes),
            (allow(Rule.ann, require: [Rule.ipList("nets")]), .no),
            (allow(Rule.ann, require: [Rule.ipList("gone")]), .no),
            (allow(Rule.ann, exclude: [Rule.ipList("gone")]), .yes), (bypass(Rule.ip("203.0.113.7")), .no),
        ]
    )
    func asksForTheNetwork(policy: JSONValue, expected: Truth) async throws {
        let analysis = try await StatementAccount().analyse(policy).analysis()
        #expect(analysis.answer(.fromAnywhere) == expected)
    }

    @Test("A way says whether it demands MFA, device posture and network")
    func waysSayWhatTheyDemand() async throws {
        let ways = try await StatementAccount().analyse(
            allow(Rule.ann, require: [Rule.mfa], id: "mfa"),
            allow(Rule.ann, require: [Rule.posture("disk")], id: "posture"),
            allow(Rule.ann, require: [Rule.country("PT")], id: "network"),
            allow(Rule.ann, id: "plain")
        ).analysis().reach.ways
        #expect(ways.map(\.policyID) == ["mfa", "posture", "network", "plain"])
        #expect(ways.map(\.mfa) == [.yes, .no, .no, .no])
        #expect(ways.map(\.devicePosture) == [.no, .yes, .no, .no])
        #expect(ways.map(\.network) == [.no, .no, .yes, .no])
    }

    @Test("What was not read is no protection: identity providers that may exist leave open who can log in")
    func unreadProvidersMayBeOpen() async throws {
        let unread: [ResourceKind: CoverageStatus] = [.identityProviders: .denied]
        let open = try await StatementAccount(coverage: unread).analyse(allow(Rule.everyone)).analysis()
        #expect(open.answer(.anyMailbox) == .unknown)
        #expect(open.answer(.consumerAccount) == .unknown)
        #expect(open.answer(.anonymous) == .no)
        #expect(open.reach.weakest?.assurance == .directory, "by the provider that was read")
        let bypassed = try await StatementAccount(coverage: unread).analyse(bypass(Rule.everyone)).analysis()
        #expect(bypassed.answer(.anonymous) == .yes)
        #expect(bypassed.answer(.anyMailbox) == .unknown, "nobody knows whether there is one-time PIN")
        let named = try await StatementAccount(coverage: unread).analyse(allow(Rule.ann)).analysis()
        #expect(named.answer(.anyMailbox) == .no)
        let limited = try await StatementAccount(application: ["allowed_idps": ["okta"]], coverage: unread)
            .analyse(allow(Rule.everyone)).analysis()
        #expect(limited.answer(.anyMailbox) == .no)
    }

    @Test("Point 16: a login may have any risk score")
    func anybodyMayHaveAnyScore() async throws {
        let analysis = try await StatementAccount(providers: ["pin"])
            .analyse(allow(Rule.everyone, require: [Rule.risk("low")])).analysis()
        #expect(analysis.answer(.anyMailbox) == .yes)
    }

    @Test("Point 16: nobody is surely admitted by, or surely past, an external evaluation")
    func externalEvaluationsSettleNothing() async throws {
        for policies in [
            [allow(Rule.everyone, require: [Rule.external])], [block(Rule.external), allow(Rule.everyone)],
            [allow(Rule.everyone, exclude: [Rule.external])],
        ] {
            let analysis = try await StatementAccount(providers: ["pin"]).analyse(list: policies).analysis()
            #expect(analysis.answer(.anyMailbox) == .unknown)
            #expect(analysis.answer(.anonymous) == .no)
            #expect(analysis.reach.weakest == nil)
            #expect(!analysis.reach.doubts.isEmpty)
        }
    }

    @Test("Point 21: any service token exists where the account has a usable one; a CA is not asked for")
    func tokensMustBeUsable() async throws {
        for (hasUsable, expected) in [(true, Truth.yes), (false, .no)] {
            let analysis = try await StatementAccount(hasUsableTokens: hasUsable)
                .analyse(serviceAuth(Rule.anyToken)).analysis()
            #expect(analysis.policies.map(\.canMatch) == [expected])
            #expect(analysis.answer(.fromAnywhere) == expected)
        }
        let unread = try await StatementAccount(hasUsableTokens: false, coverage: [.serviceTokens: .denied])
            .analyse(serviceAuth(Rule.anyToken)).analysis()
        #expect(unread.policies.map(\.canMatch) == [.unknown])
        let certificate = try await StatementAccount().analyse(serviceAuth(Rule.certificate)).analysis()
        #expect(certificate.policies.map(\.canMatch) == [.yes])
    }

    @Test("Point 22: ways_in lists only ways that surely let somebody in, at least one for each policy that does")
    func listsSureWays() async throws {
        let deep = [
            group("outer", include: [member(of: "inner"), Rule.oktaGroup("Staff")]),
            group("inner", include: [Rule.ann, Rule.country("PT")]),
        ]
        let reach = try await StatementAccount(groups: deep).analyse(
            bypass(Rule.notUnderstood),
            serviceAuth(Rule.token("t1")),
            allow(member(of: "outer"), id: "groups"),
            allow(Rule.notUnderstood, id: "unknown"),
            allow(Rule.domain("example.com"), Rule.notUnderstood, id: "some"),
            allow(id: "never")
        ).analysis().reach
        #expect(reach.ways == [], "the Bypass may admit everybody")
        let sure = try await StatementAccount(groups: deep).analyse(
            serviceAuth(Rule.token("t1")),
            allow(member(of: "outer"), id: "groups"),
            allow(Rule.notUnderstood, id: "unknown"),
            allow(Rule.domain("example.com"), Rule.notUnderstood, id: "some"),
            allow(id: "never")
        ).analysis().reach
        #expect(Set(sure.ways.map(\.policyID)) == ["service", "groups", "some"])
        #expect(sure.weakest?.policyID == "groups")
        #expect(sure.weakest?.assurance == .directory)
    }

    @Test("Point 22: with only unknown ways weakest and witness are null, and reach says unknown")
    func staysUnknownWithUnknownWays() async throws {
        let reach = try await StatementAccount().analyse(allow(Rule.notUnderstood)).analysis().reach
        #expect(reach.ways == [])
        #expect(reach.weakest == nil)
        #expect(reach.witness == nil)
        #expect(reach.answers[.fromAnywhere] == .unknown)
        #expect(reach.answers[.anonymous] == .no, "an Allow needs a login whatever it includes")
    }
}

extension Truth {
    /// Yes or no.
    init(matching isSo: Bool) { self = isSo ? .yes : .no }
}
