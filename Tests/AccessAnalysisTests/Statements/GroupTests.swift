import AccessAnalysis
import AuditModel
import JSONModel
import SnapshotStore
import Testing

@Suite struct GroupTests {
    @Test("§1.4: a required group that includes PT and US is the way to say PT or US")
    func groupIsOneOperand() async throws {
        let analysis = try await StatementAccount(
            groups: [group("west", include: [Rule.country("PT"), Rule.country("US")])]
        ).analyse(allow(Rule.everyone, require: [member(of: "west")]))
        for (country, expected) in [("PT", Decision.allow), ("US", .allow), ("ES", .deny)] {
            #expect(try analysis.decision(for: login(["country": .string(country)])).decision == expected)
        }
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.yes])
    }

    @Test("§1.4: a group has the blocks of a policy, and stands in any block of one")
    func groupHasThreeBlocks() async throws {
        let groups = [
            group("g", include: [Rule.domain("example.com")], require: [Rule.country("PT")], exclude: [Rule.ann])
        ]
        let analysis = try await StatementAccount(groups: groups).analyse(
            allow(member(of: "g"), id: "include"),
            allow(Rule.everyone, require: [member(of: "g")], id: "require"),
            allow(Rule.everyone, exclude: [member(of: "g")], id: "exclude")
        )
        func matches(_ email: String, _ country: String) throws -> [Truth] {
            try analysis.decision(for: login(email, ["country": .string(country)])).matches
        }
        #expect(try matches("bob@example.com", "PT") == [.yes, .yes, .no])
        #expect(try matches("bob@example.com", "ES") == [.no, .no, .yes])
        #expect(try matches("ann@example.com", "PT") == [.no, .no, .yes])
        #expect(try matches("eve@example.org", "PT") == [.no, .no, .yes])
    }

    @Test("§1.4: ranges in a group's include are alternatives; in its require they must all hold")
    func rangesBelongInInclude() async throws {
        let ranges = [Rule.ip("192.0.2.0/24"), Rule.ip("203.0.113.0/24")]
        let analysis = try await StatementAccount(
            groups: [group("any", include: ranges), group("all", include: [Rule.everyone], require: ranges)]
        ).analyse(
            allow(Rule.ann, require: [member(of: "any")], id: "any"),
            allow(Rule.ann, require: [member(of: "all")], id: "all")
        )
        #expect(try analysis.decision(for: login(["ip": "203.0.113.7"])).matches == [.yes, .no])
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.yes, .no])
    }

    @Test("§1.4: a risky selector counts through groups exactly like a direct one")
    func groupsNestToDepth60() async throws {
        let chain = (0..<60).map { group("g\($0)", include: [member(of: "g\($0 + 1)")]) }
        let analysis = try await StatementAccount(
            groups: chain + [group("g60", include: [Rule.login("pin")])],
            providers: ["okta", "pin"]
        ).analyse(allow(member(of: "g0")))
        #expect(try analysis.decision(for: login(by: "pin")).decision == .allow)
        #expect(try analysis.decision(for: login(by: "okta")).decision == .deny)
        let summary = try analysis.analysis()
        #expect(summary.answer(.anyMailbox) == .yes)
        #expect(summary.reach.weakest?.assurance == .anyMailbox)
        #expect(summary.defects == [])
    }

    @Test("§1.4, point 10: what comes back to an open group is unknown; its other rules count")
    func judgesCyclesByTheirOtherRules() async throws {
        let analysis = try await StatementAccount(
            groups: [
                group("a", include: [member(of: "b"), Rule.ann]), group("b", include: [member(of: "a")]),
                group("self", include: [member(of: "self")], require: [Rule.country("PT")]),
            ]
        ).analyse(allow(member(of: "b"), id: "two"), allow(member(of: "self"), id: "one"))
        #expect(try analysis.decision(for: login(["country": "ES"])).matches == [.yes, .no])
        let bob = try analysis.decision(for: login("bob@example.com", ["country": "PT"]))
        #expect(bob.matches == [.unknown, .unknown])
        let summary = try analysis.analysis()
        #expect(summary.policies.map(\.canMatch) == [.yes, .unknown])
        #expect(summary.defectKinds == ["group_cycle one", "group_cycle two"])
    }

    @Test("§1.4, point 10: a group with an empty or missing include holds nobody")
    func emptyGroupHoldsNobody() async throws {
        let analysis = try await StatementAccount(
            groups: [
                group("empty", include: [], require: [Rule.everyone]), ["id": "bare", "name": "Bare"],
                ["id": "null", "name": "Null", "include": nil],
            ]
        ).analyse(
            allow(member(of: "empty"), id: "empty"),
            allow(member(of: "bare"), id: "bare"),
            allow(member(of: "null"), id: "null"),
            allow(Rule.everyone, exclude: [member(of: "empty")], id: "without")
        )
        #expect(try analysis.decision(for: login()).matches == [.no, .no, .no, .yes])
        #expect(try analysis.analysis().policies.map(\.canMatch) == [.no, .no, .no, .yes])
    }

    @Test("§1.4: a group that does not exist leaves the answer unknown")
    func danglingGroupIsUnknown() async throws {
        for coverage in [[:], [.accessGroups: .denied]] as [[ResourceKind: CoverageStatus]] {
            let analysis = try await StatementAccount(coverage: coverage).analyse(
                allow(member(of: "gone"), id: "include"),
                allow(Rule.everyone, exclude: [member(of: "gone")], id: "exclude"),
                allow(member(of: "gone"), require: [Rule.email("bob@example.com")], id: "other")
            )
            let decision = try analysis.decision(for: login())
            #expect(decision.matches == [.unknown, .unknown, .no])
            #expect(decision.decision == .unknown)
            let dangling = try analysis.analysis().defectKinds.filter { $0.hasPrefix("dangling_reference") }
            #expect(dangling.count == (coverage.isEmpty ? 3 : 0), "what was not read may exist")
        }
    }

    @Test(
        "§1.4: is_default, as boolean or as array, changes nothing",
        arguments: [true, false, [["everyone": [:]]]] as [JSONValue]
    )
    func ignoresIsDefault(value: JSONValue) async throws {
        let staff = group("staff", include: [Rule.ann]).with(["is_default": value])
        let analysis = try await StatementAccount(groups: [staff]).analyse(allow(member(of: "staff")))
        #expect(try analysis.decision(for: login()).decision == .allow)
        #expect(try analysis.decision(for: login("bob@example.com")).decision == .deny)
    }

    @Test("§1.5: a reusable policy counts like one that is embedded, in every application that names it")
    func reusablePoliciesCountEverywhere() async throws {
        let shared = allow(Rule.ann, id: "shared", with: ["reusable": true, "app_count": 2])
        let analysis = try await StatementAccount(
            others: [application(["shared"], ["id": "a2"])],
            policies: [shared]
        ).analyse(["id": "shared", "precedence": 2], block(Rule.country("PT"), with: ["precedence": 1]))
        let reusable = try analysis.decision(for: login(["country": "PT"]))
        #expect(reusable.trace.map(\.policyID) == ["block", "shared"])
        #expect(reusable.matches == [.yes, .yes])
        #expect(try analysis.decision(for: login(["country": "PT"]), "a2").decision == .allow)
        #expect(try analysis.analysis(of: "a2").reach.weakest?.assurance == .named)
    }

    @Test("§1.5: precedence is the link's: the same policy stands elsewhere in another application")
    func precedenceBelongsToTheLink() async throws {
        let shared = [allow(Rule.ann, id: "yes"), block(Rule.ann, id: "no")]
        func link(_ id: String, _ precedence: JSONValue) -> JSONValue {
            ["id": .string(id), "precedence": precedence]
        }
        let analysis = try await StatementAccount(
            others: [application([link("yes", 2), link("no", 1)], ["id": "a2"])],
            policies: shared
        ).analyse(link("yes", 1), link("no", 2))
        #expect(try analysis.decision(for: login()).decision == .allow)
        #expect(try analysis.decision(for: login(), "a2").decision == .block)
    }
}
