import AccessAnalysis
import JSONModel
import SnapshotStore
import Testing

@Suite struct GroupExpansionTests {
    private static let everyone: JSONValue = ["everyone": [:]]
    private static let ann: JSONValue = ["email": ["email": "ann@x"]]
    private static let posture: JSONValue = ["device_posture": ["integration_uid": "d1"]]

    @Test func keepsDirectRules() async throws {
        let rules: [JSONValue] = [
            Self.ann, ["okta": ["name": "staff", "identity_provider_id": "i1"]], ["odd": [:]], "odd",
        ]
        let analysis = try await expand(["include": .array(rules), "require": [Self.posture], "exclude": [Self.ann]])
        #expect(
            analysis.selectors("block", "position", "type", "value", "identity_provider_id", "via", "understood") == [
                ["include", "0", "email", "ann@x", "null", "null", "1"],
                ["include", "1", "okta", "staff", "i1", "null", "1"],
                ["include", "2", "odd", "null", "null", "null", "0"],
                ["include", "3", "null", "null", "null", "null", "0"],
                ["require", "0", "device_posture", "d1", "null", "null", "1"],
                ["exclude", "0", "email", "ann@x", "null", "null", "1"],
            ]
        )
    }

    @Test func replacesGroupsByWhatTheyInclude() async throws {
        let analysis = try await expand(
            ["include": [member(of: "g1")]],
            [
                group("g1", include: [Self.ann, member(of: "g2")]),
                group("g2", include: [["geo": ["country_code": "PT"]]]),
            ]
        )
        #expect(
            analysis.selectors("type", "value", "via", "narrowed", "resolved") == [
                ["email", "ann@x", "Group g1", "0", "1"], ["geo", "PT", "Group g1 > Group g2", "0", "1"],
            ]
        )
    }

    @Test func marksWhatLeadsNowhere() async throws {
        let analysis = try await expand(["include": [member(of: "gone"), ["group": [:]]]])
        #expect(
            analysis.selectors("type", "value", "resolved", "understood") == [
                ["group", "gone", "0", "1"], ["group", "null", "0", "0"],
            ]
        )
    }

    @Test func marksCycles() async throws {
        let analysis = try await expand(
            ["include": [member(of: "g1")]],
            [group("g1", include: [member(of: "g2"), Self.ann]), group("g2", include: [member(of: "g1")])]
        )
        #expect(
            analysis.selectors("type", "value", "via", "resolved") == [
                ["group", "g1", "Group g1 > Group g2", "0"], ["email", "ann@x", "Group g1", "1"],
            ]
        )
    }

    @Test func keepsAnEmptyGroup() async throws {
        let analysis = try await expand(["require": [member(of: "g1")]], [group("g1", include: [])])
        #expect(analysis.selectors("type", "value", "resolved") == [["group", "g1", "1"]])
    }

    @Test(arguments: [
        (group("g1", include: [everyone]), "0"), (group("g1", include: [everyone], require: [posture]), "1"),
        (group("g1", include: [everyone], require: [everyone]), "0"),
        (group("g1", include: [everyone], require: [["ip": ["ip": "0.0.0.0/0"]]]), "0"),
        (group("g1", include: [everyone], require: [["ip": ["ip": "192.0.2.0/24"]]]), "1"),
        (group("g1", include: [everyone], require: [member(of: "all")]), "0"),
        (group("g1", include: [everyone], require: [member(of: "narrow")]), "1"),
        (group("g1", include: [everyone], require: [member(of: "gone")]), "1"),
        (group("g1", include: [everyone], exclude: [everyone]), "1"),
        (group("g1", include: [everyone], exclude: [["ip": ["ip": "::/0"]]]), "1"),
        (group("g1", include: [everyone], exclude: [ann]), "0"),
        (group("g1", include: [everyone], exclude: [member(of: "all")]), "1"),
        (group("g1", include: [everyone], exclude: [member(of: "narrow")]), "0"),
        (group("g1", include: [member(of: "narrow")]), "1"), (group("g1", include: [member(of: "all")]), "0"),
    ])
    func saysWhereAGroupNarrows(outer: JSONValue, narrowed: String) async throws {
        let analysis = try await expand(
            ["include": [member(of: "g1")]],
            [
                outer, group("all", include: [Self.ann, Self.everyone]),
                group("narrow", include: [Self.everyone], require: [Self.posture]),
            ]
        )
        #expect(analysis.selectors("narrowed").last == [narrowed])
    }

    @Test(arguments: [
        ("require", ["everyone"]), ("include", ["email", "everyone"]), ("exclude", ["email", "everyone"]),
    ])
    func collapsesARequiredGroupThatLetsEveryoneThrough(block: String, types: [String]) async throws {
        let analysis = try await expand(
            [block: [member(of: "g1")]],
            [group("g1", include: [Self.ann, Self.everyone])]
        )
        #expect(analysis.selectors("type") == types.map { [$0] })
    }

    @Test func doesNotCollapseANarrowedGroup() async throws {
        let analysis = try await expand(
            ["require": [member(of: "g1")]],
            [group("g1", include: [Self.ann, Self.everyone], require: [Self.posture])]
        )
        #expect(analysis.selectors("type", "narrowed") == [["email", "1"], ["everyone", "1"]])
    }

    @Test func endsOnBranchingNesting() async throws {
        let groups = (0..<60).map { index in
            let next = [member(of: "g\(index + 1)"), member(of: "g\(index + 1)")]
            return group("g\(index)", include: next, require: next, exclude: next)
        }
        let start = ContinuousClock.now
        let analysis = try await expand(
            ["include": [member(of: "g0"), member(of: "g30")]],
            groups + [group("g60", include: [Self.everyone, member(of: "g0")])]
        )
        #expect(start.duration(to: .now) < .seconds(20))
        #expect(analysis.selectors("resolved").contains(["0"]))
    }

    @Test func doesNotConfuseAPolicyWithAGroupOfTheSameID() async throws {
        let analysis = try await Analysis.of([
            .accessApplications: [application([policy("same", "allow", ["include": [member(of: "same")]])])],
            .accessGroups: [group("same", include: [Self.ann])],
        ])
        #expect(analysis.selectors("type", "via") == [["email", "Group same"]])
    }

    @Test func namesItsSources() {
        for table in AnalysisCatalogue.tables {
            for source in table.derivedFrom {
                #expect(!ResourceCatalogue.kinds(filling: source).isEmpty, "\(table.definition.name): \(source)")
            }
        }
    }

    private func expand(_ blocks: [String: JSONValue], _ groups: [JSONValue] = []) async throws -> Analysis {
        let policy = policy("p1", "allow", ["include": []].merging(blocks) { _, new in new })
        return try await Analysis.of([.accessApplications: [application([policy])], .accessGroups: groups])
    }
}
