import AuditModel
import AccessAnalysis
import JSONModel
import Testing

@Suite struct EvaluationOrderTests {
    private static let four = [
        allow(Rule.everyone, id: "allow1"), block(Rule.everyone, id: "block2"),
        serviceAuth(Rule.everyone, id: "service3"), bypass(Rule.everyone, id: "bypass4"),
    ]

    @Test("§1.2: Bypass and Service Auth run first, in list order, then Allow and Block in list order")
    func runsInTwoPhases() async throws {
        let analysis = try await StatementAccount().analyse(list: Self.four)
        let decision = try analysis.decision(for: login())
        #expect(decision.trace.map(\.policyID) == ["service3", "bypass4", "allow1", "block2"])
        #expect(decision.decision == .serviceAuth)
        #expect(try analysis.analysis().policies.map(\.order) == [1, 2, 3, 4])
    }

    @Test("§1.2: a Bypass at precedence 99 still beats a Block at precedence 1")
    func bypassBeatsBlock() async throws {
        let analysis = try await StatementAccount().analyse(
            block(Rule.everyone, with: ["precedence": 1]),
            bypass(Rule.everyone, with: ["precedence": 99])
        )
        let decision = try analysis.decision(for: login())
        #expect(decision.decision == .bypass)
        #expect(decision.policyID == "bypass")
    }

    @Test(
        "§1.1, §1.2: the first policy that matches decides",
        arguments: [
            ([0, 1], Decision.allow, "allow1"), ([1, 0], .block, "block2"), ([2, 3], .serviceAuth, "service3"),
            ([3, 2], .bypass, "bypass4"), ([0, 1, 2], .serviceAuth, "service3"), ([1, 0, 3], .bypass, "bypass4"),
        ]
    )
    func endsAtTheFirstMatch(order: [Int], expected: Decision, policyID: String) async throws {
        let decision = try await StatementAccount().analyse(list: order.map { Self.four[$0] }).decision(for: login())
        #expect(decision.decision == expected)
        #expect(decision.policyID == policyID)
    }

    @Test("§1.2: no match at all is denied, and so is an application without policies")
    func deniesByDefault() async throws {
        for policies in [[], [allow(Rule.email("bob@example.com"))]] {
            let analysis = try await StatementAccount().analyse(list: policies)
            let decision = try analysis.decision(for: login())
            #expect(decision.decision == .deny)
            #expect(decision.policyID == nil)
        }
        let nobody = try await StatementAccount().analyse(list: []).analysis()
        #expect(ReachQuestion.allCases.allSatisfy { nobody.answer($0) == .no })
        #expect(nobody.reach.weakest == nil)
        #expect(nobody.reach.witness == nil)
    }

    @Test("§1.2: a Block behind an Allow of the same people is dead, and so is an Allow behind a Block of everyone")
    func nothingDecidesBehindAMatch() async throws {
        let domain = Rule.domain("example.com")
        let behindAllow = try await StatementAccount().analyse(allow(domain), block(Rule.ann)).analysis()
        #expect(behindAllow.policies.map(\.shadowedBy) == [nil, "allow"])
        #expect(behindAllow.defectKinds == ["block_without_effect block", "shadowed block"])
        let behindBlock = try await StatementAccount().analyse(block(Rule.everyone), allow(domain)).analysis()
        #expect(behindBlock.policies.map(\.shadowedBy) == [nil, "block"])
        #expect(behindBlock.reach.weakest == nil)
    }

    @Test("Point 1: an Allow that matches ends evaluation even when its MFA is not met")
    func unmetMFAEndsEvaluation() async throws {
        let analysis = try await StatementAccount(
            organization: ["mfa_config": ["allowed_authenticators": ["totp"]]]
        ).analyse(
            allow(Rule.ann, id: "strong", with: ["mfa_config": ["allowed_authenticators": ["totp"]]]),
            allow(Rule.domain("example.com"), id: "weak")
        )
        let decision = try analysis.decision(for: login())
        #expect(decision.decision == .deny)
        #expect(decision.policyID == "strong")
        #expect(try analysis.decision(for: login("bob@example.com")).policyID == "weak")
        let strong = try analysis.decision(for: login(["independent_mfa": ["totp"]]))
        #expect(strong.decision == .allow)
    }

    @Test("Point 2: Service Auth admits whoever its rules match; it demands a credential only if a rule does")
    func serviceAuthDemandsNothingOfItsOwn() async throws {
        let open = try await StatementAccount().analyse(serviceAuth(Rule.country("PT")))
        #expect(try open.decision(for: ["country": "PT"]).decision == .serviceAuth)
        #expect(try open.analysis().answer(.anonymous) == .yes)
        let closed = try await StatementAccount().analyse(serviceAuth(Rule.token("t1")))
        #expect(try closed.decision(for: ["country": "PT"]).decision == .deny)
        #expect(try closed.analysis().answer(.anonymous) == .no)
    }

    @Test("Point 3: an Allow matches nobody without a login; a Block is judged on its rules alone")
    func onlyAllowNeedsALogin() async throws {
        let analysis = try await StatementAccount().analyse(allow(Rule.everyone), block(Rule.country("PT")))
        let decision = try analysis.decision(for: ["country": "PT"])
        #expect(decision.matches == [.no, .yes])
        #expect(decision.decision == .block)
    }

    @Test("Point 3: the trace lists and judges every policy, also those behind the deciding one")
    func judgesEveryPolicy() async throws {
        let decision = try await StatementAccount().analyse(
            allow(Rule.email("bob@example.com"), id: "later"),
            bypass(Rule.everyone),
            allow(Rule.ann, id: "last"),
            serviceAuth(Rule.notUnderstood)
        ).decision(for: login())
        #expect(decision.trace.map(\.policyID) == ["bypass", "service", "later", "last"])
        #expect(decision.matches == [.yes, .unknown, .no, .yes])
        #expect(decision.decision == .bypass)
        #expect(decision.trace.allSatisfy { !$0.because.isEmpty })
    }

    @Test("Point 3: in Bypass and Service Auth every identity selector is false, in exclude too")
    func ignoresIdentityOutsideAllowAndBlock() async throws {
        for (decision, admitted) in [("bypass", Decision.bypass), ("non_identity", .serviceAuth)] {
            let analysis = try await StatementAccount(
                groups: [group("staff", include: [Rule.ann])]
            ).analyse(
                access("named", decision, [Rule.ann]),
                access("grouped", decision, [member(of: "staff")]),
                access("open", decision, [Rule.everyone], exclude: [Rule.ann, member(of: "staff")])
            )
            let answer = try analysis.decision(for: login())
            #expect(answer.matches == [.no, .no, .yes])
            #expect(answer.decision == admitted)
            #expect(try analysis.analysis().policies.map(\.canMatch) == [.no, .no, .yes])
        }
    }

    @Test(
        "Point 4: undecided policies give what every possible outcome has in common",
        arguments: [
            ([allow(Rule.notUnderstood, id: "p1"), allow(Rule.everyone, id: "p2")], Decision.allow, nil),
            ([allow(Rule.notUnderstood, id: "p1")], .unknown, nil),
            ([bypass(Rule.notUnderstood), allow(Rule.everyone)], .unknown, nil),
            ([block(Rule.notUnderstood), block(Rule.everyone, id: "p2")], .block, nil),
            ([allow(Rule.everyone, id: "p1"), block(Rule.notUnderstood)], .allow, "p1"),
            ([allow(Rule.notUnderstood, exclude: [Rule.ann]), allow(Rule.everyone, id: "p2")], .allow, "p2"),
            ([serviceAuth(Rule.notUnderstood, require: [Rule.token("t1")])], .deny, nil),
        ] as [([JSONValue], Decision, String?)]
    )
    func takesTheCommonAnswer(policies: [JSONValue], expected: Decision, policyID: String?) async throws {
        let decision = try await StatementAccount().analyse(list: policies).decision(for: login())
        #expect(decision.decision == expected)
        #expect(decision.policyID == policyID)
    }

    @Test("Point 13: an unknown decision may do anything and may run first")
    func unknownDecisionMayDoAnything() async throws {
        let analysis = try await StatementAccount().analyse(
            block(Rule.everyone),
            access("new", "teleport", [Rule.country("PT")])
        )
        let hit = try analysis.decision(for: login(["country": "PT"]))
        #expect(hit.trace.map(\.policyID) == ["new", "block"])
        #expect(hit.decision == .unknown)
        #expect(hit.policyID == nil, "the Block may run before it")
        #expect(try analysis.decision(for: login(["country": "ES"])).decision == .block)
        let summary = try analysis.analysis()
        #expect(summary.answer(.anonymous) == .unknown)
        #expect(summary.policies.map(\.mfa.state) == [.unknown, .notRequired])
        #expect(summary.defectKinds == ["not_understood new"])
    }

    @Test("Point 13: what may run first shadows nothing, for it may run last")
    func unknownDecisionShadowsNothing() async throws {
        let analysis = try await StatementAccount().analyse(
            allow(Rule.ann),
            access("new", "teleport", [Rule.everyone])
        ).analysis()
        #expect(analysis.policies.map(\.policyID) == ["new", "allow"])
        #expect(analysis.policies.map(\.shadowedBy) == [nil, nil])
        #expect(analysis.defectKinds == ["not_understood new"])
    }

    @Test("Point 13: what may run anywhere keeps others from being redundant or without effect")
    func unknownDecisionMayStandBetween() async throws {
        let new = access("new", "teleport", [Rule.country("PT")])
        let narrow = allow(Rule.ann, id: "narrow")
        let wide = allow(Rule.domain("example.com"), id: "wide")
        #expect(try await StatementAccount().analyse(narrow, wide).analysis().defectKinds == ["redundant narrow"])
        let between = try await StatementAccount().analyse(narrow, new, wide).analysis()
        #expect(between.defectKinds == ["not_understood new"])
        let behind = try await StatementAccount().analyse(block(Rule.country("PT")), new).analysis()
        #expect(behind.defectKinds == ["not_understood new"])
    }

    @Test("Point 14: approval, justification and isolation are no part of the decision")
    func ignoresWhatComesAfterTheDecision() async throws {
        let decision = try await StatementAccount().analyse(
            allow(
                Rule.ann,
                with: [
                    "approval_required": true, "approval_groups": [["approvals_needed": 1]],
                    "purpose_justification_required": true, "isolation_required": true,
                ]
            )
        ).decision(for: login())
        #expect(decision.decision == .allow)
    }
}
