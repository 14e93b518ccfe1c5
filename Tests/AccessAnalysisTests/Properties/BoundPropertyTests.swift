import AuditModel
import Testing

// Configurations are built in memory, and single policies are asked about requesters.
@testable import AccessAnalysis

/// Configurations that are made to be hard.
@Suite struct BoundPropertyTests {
    @Test func analysesGroupsNestedFiftyDeepWithTwoReferencesEach() {
        var maker = HardCase()
        for depth in 0..<50 {
            maker.group("g\(depth)", include: [("group", "g\(depth + 1)"), ("group", "g\(depth + 1)")])
        }
        maker.group("g50", include: [("email", "ana@corp.com")])
        maker.policy("allow", include: [("group", "g0")])
        let reach = ApplicationAnalysis(maker.chain).reach
        #expect(reach.weakest?.assurance == .named)
        #expect(reach.answers[.anyMailbox] == .no)
    }

    @Test func analysesAPolicyOfFiveHundredRules() {
        var maker = HardCase()
        maker.policy(
            "allow",
            include: (0..<400).map { ("email", "user\($0)@corp.com") } + [("email_domain", "corp.com")],
            require: (0..<50).map { ("device_posture", "d\($0)") },
            exclude: (0..<50).map { ("ip", "10.0.\($0).0/24") }
        )
        let reach = ApplicationAnalysis(maker.chain).reach
        #expect(reach.weakest?.assurance == .domain)
        #expect(reach.answers[.withoutDevicePosture] == .no)
        #expect(reach.answers[.fromAnywhere] == .yes)
    }

    @Test func analysesSixtyGroupsThatAllNameEachOther() {
        var maker = HardCase()
        for group in 0..<60 {
            let others = (0..<60).filter { $0 != group }.map { ("group", "g\($0)") }
            maker.group("g\(group)", include: others + [("email", "user\(group)@corp.com")])
        }
        maker.policy("allow", include: [("group", "g7")])
        let reach = ApplicationAnalysis(maker.chain).reach
        #expect(reach.weakest?.assurance == .named)
        #expect(reach.answers[.anonymous] == .no)
    }

    /// Eight claims to be shown, of which each needs one of seven others that no two may share: nobody can, and a
    /// search by cases is long.
    @Test(arguments: [0, 50, 1_000, 20_000, ReachSearch.budget])
    func saysUnknownOrNoOfPigeonholesWhateverTheBudget(_ budget: Int) {
        var maker = HardCase()
        func claim(_ pigeon: Int, _ hole: Int) -> (String, String) { ("okta", "\(pigeon) in \(hole)") }
        for pigeon in 0..<8 { maker.group("some\(pigeon)", include: (0..<7).map { claim(pigeon, $0) }) }
        for hole in 0..<7 {
            for first in 0..<8 {
                for second in 0..<first {
                    maker.group(
                        "two\(hole)-\(first)-\(second)",
                        include: [("everyone", "")],
                        require: [claim(first, hole), claim(second, hole)]
                    )
                }
            }
        }
        let twos = (0..<7).flatMap { hole in
            (0..<8).flatMap { first in (0..<first).map { ("group", "two\(hole)-\(first)-\($0)") } }
        }
        maker.policy(
            "allow",
            include: [("everyone", "")],
            require: (0..<8).map { ("group", "some\($0)") },
            exclude: twos
        )
        let analysis = ApplicationAnalysis(maker.chain, budget: budget)
        #expect(analysis.policies.allSatisfy { $0.canMatch < .yes })
        #expect(analysis.reach.answers.values.allSatisfy { $0 < .yes })
        #expect(analysis.reach.witness == nil)
    }

    @Test func isNeverWrongWithALittleBudget() {
        PropertyCases.forEach(150, from: 10) { generated, people in
            [0, 20, 100, 500].flatMap { budget -> [String] in
                let analysis = ApplicationAnalysis(generated.chain, budget: budget)
                let answers = ReachQuestion.allCases.filter { question in
                    let answer = analysis.reach.answers[question] ?? .unknown
                    return answer != .unknown && answer != people.answer(question)
                }
                let policies = analysis.policies.indices.filter { index in
                    let canMatch = analysis.policies[index].canMatch
                    return canMatch != .unknown && canMatch != people.canMatch(index)
                }
                var wrong = answers.map { "\($0) is wrong with a budget of \(budget)" }
                wrong += policies.map { "policy \($0) is judged wrongly with a budget of \(budget)" }
                if let witness = analysis.reach.witness,
                    !RequesterDecision(witness, for: generated.chain).decision.admits
                {
                    wrong.append("the witness does not get in with a budget of \(budget)")
                }
                return wrong
            }
        }
    }
}

/// Puts together an account by hand, in which people log in by Okta.
private struct HardCase {
    private var policies: [String: AccessPolicy] = [:]
    private var groups: [String: AccessGroup] = [:]
    private var links: [AccessApplication.Link] = []
    private var nextSet = 0

    mutating func group(_ id: String, include: [(String, String)], require: [(String, String)] = []) {
        groups[id] = AccessGroup(id: id, name: id, blocks: blocks(include, require, []))
    }

    mutating func policy(
        _ decision: String,
        include: [(String, String)],
        require: [(String, String)] = [],
        exclude: [(String, String)] = []
    ) {
        let id = "policy\(links.count)"
        links.append(AccessApplication.Link(policyID: id, precedence: nil, position: links.count))
        policies[id] = AccessPolicy(
            id: id,
            name: id,
            decision: decision,
            session: nil,
            mfa: .unset,
            blocks: blocks(include, require, exclude),
            isReference: false
        )
    }

    var chain: PolicyChain {
        let application = AccessApplication(
            id: "app0",
            name: "app0",
            type: "self_hosted",
            session: nil,
            allowsDeviceClientLogin: nil,
            allowedProviders: [],
            mfa: .unset,
            links: links
        )
        let okta = AccountInventory.IdentityProvider(id: "p0", name: "Okta", type: "okta", isRestrictedToMembers: false)
        let configuration = AccessConfiguration(
            accountID: "acc1",
            areApplicationsComplete: true,
            applications: [application],
            policies: policies,
            unseenPolicies: [],
            arePoliciesComplete: true,
            groups: GroupGraph(groups, isComplete: true),
            organization: .absent,
            inventory: AccountInventory(
                providers: AccountInventory.Listing(elements: ["p0": okta], isComplete: true),
                serviceTokens: AccountInventory.Listing(elements: [:], isComplete: true),
                postureChecks: AccountInventory.Listing(
                    elements: Dictionary(uniqueKeysWithValues: (0..<50).map { ("d\($0)", "d\($0)") }),
                    isComplete: true
                ),
                applications: AccountInventory.Listing(elements: [:], isComplete: true),
                lists: AccountInventory.Listing(elements: [:], isComplete: true)
            )
        )
        return PolicyChain(application, in: configuration)
    }

    private mutating func blocks(
        _ include: [(String, String)],
        _ require: [(String, String)],
        _ exclude: [(String, String)]
    ) -> RuleBlocks {
        func rules(_ named: [(String, String)]) -> [StoredRule] {
            named.map { type, value in
                StoredRule(type: type, value: value, identityProviderID: nil, isUnderstood: true, qualifier: nil)
            }
        }
        return RuleBlocks(
            include: ConditionSet.gathering(rules(include), &nextSet),
            require: rules(require).flatMap { ConditionSet.gathering([$0], &nextSet) },
            exclude: ConditionSet.gathering(rules(exclude), &nextSet)
        )
    }
}
