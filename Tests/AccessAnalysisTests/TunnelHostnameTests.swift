import AuditModel
import JSONModel
import SnapshotStore
import Testing

// Destinations are a piece inside the analysis.
@testable import AccessAnalysis

@Suite struct TunnelHostnameTests {
    private static let applications = [
        "app": ["app.example.com"], "wild": ["*.wild.example.com"], "admin": ["part.example.com/admin"],
        "below": ["below.example.com/*"], "pages": ["pages.example.com/docs*", "pages.example.com/admin/*"],
        "one": ["one.below.example.org"],
    ]

    @Test(
        arguments: [
            ("app.example.com", nil, .yes, ["app"], []), ("APP.example.com.", "", .yes, ["app"], []),
            ("below.example.com", nil, .yes, ["below"], []), ("app.example.com", "\\.(css|js)$", .yes, ["app"], []),
            ("x.wild.example.com", nil, .yes, ["wild"], []), ("x.y.wild.example.com", nil, .no, [], []),
            ("wild.example.com", nil, .no, [], []), ("example.com", nil, .no, [], []),
            ("*.wild.example.com", nil, .unknown, ["wild"], []), ("*.example.com", nil, .unknown, [], []),
            ("*.below.example.org", nil, .unknown, [], []), ("*.elsewhere.example", nil, .no, [], []),
            ("part.example.com", nil, .no, [], ["admin"]), ("part.example.com", "^/admin/", .yes, ["admin"], []),
            ("part.example.com", "^/admin$", .yes, ["admin"], []),
            // It matches /administrator and /x/admin, too.
            ("part.example.com", "^/admin", .unknown, [], ["admin"]),
            ("part.example.com", "admin", .unknown, [], ["admin"]),
            ("part.example.com", "/admin|/x", .unknown, [], ["admin"]),
            ("part.example.com", "^/other/", .no, [], ["admin"]), ("part.example.com", "other", .no, [], ["admin"]),
            ("pages.example.com", "^/docs", .yes, ["pages"], []),
            ("pages.example.com", "^/admin$", .no, [], ["pages"]),
            (nil, nil, .unknown, [], []), ("", "/x", .unknown, [], []), ("*", nil, .unknown, [], []),
            ("not a host", nil, .unknown, [], []),
        ] as [(String?, String?, Truth, [String], [String])]
    )
    func saysWhetherApplicationsGuardAnIngressRule(
        hostname: String?,
        path: String?,
        covered: Truth,
        wholly: [String],
        partly: [String]
    ) {
        let result = Self.hostnames().hostname(Self.rule(hostname, path))
        #expect(result.covered == covered, "\(result.explanation)")
        #expect(result.wholly == wholly)
        #expect(result.partly == partly)
    }

    @Test func namesTheMostSpecificApplicationFirst() {
        let hostnames = Self.hostnames(["a": ["*.example.com"], "b": ["app.example.com"], "c": ["app.example.com/x"]])
        let result = hostnames.hostname(Self.rule("app.example.com", nil))
        #expect(result.wholly == ["b", "a"])
        #expect(result.partly == ["c"])
    }

    @Test(
        arguments: [
            (.yes, [], "app.example.com", .yes), (.no, [], "app.example.com", .no),
            (.unknown, [], "app.example.com", .unknown), (.yes, ["example.com"], "app.example.com", .no),
            (.yes, ["example.com"], "EXAMPLE.com", .no), (.yes, ["example.com"], "notexample.com", .yes),
            (.yes, ["example.com"], "*.example.com", .no), (.yes, ["example.com"], nil, .unknown),
            (.yes, [], nil, .yes), (.no, ["example.com"], nil, .no),
        ] as [(Truth, Set<String>, String?, Truth)]
    )
    func saysWhetherTheOrganizationDeniesTheRest(
        isDenied: Truth,
        exempted: Set<String>,
        hostname: String?,
        expected: Truth
    ) {
        let hostnames = Self.hostnames([:], .init(isDenied: isDenied, exemptedZones: exempted))
        #expect(hostnames.hostname(Self.rule(hostname, nil)).isUnmatchedDenied == expected)
    }

    @Test(.timeLimit(.minutes(1)))
    func copesWithThousandsOfHostnamesAndApplications() {
        let names = (0..<10_000).map { "h\($0).example.com" }
        let hostnames = Self.hostnames(Dictionary(uniqueKeysWithValues: names.map { ($0, [$0]) }))
        #expect(names.allSatisfy { hostnames.hostname(Self.rule($0, nil)).wholly == [$0] })
        #expect(names.allSatisfy { hostnames.hostname(Self.rule("*.\($0)", nil)).covered == .no })
    }

    @Test(
        arguments: [
            ([:], "no", "no"), (["deny_unmatched_requests": true], "no", "yes"),
            (["deny_unmatched_requests": nil], "no", "no"), (["deny_unmatched_requests": "on"], "no", "unknown"),
            (
                [
                    "deny_unmatched_requests": true,
                    "deny_unmatched_requests_exempted_zone_names": ["x.example", "Example.com."],
                ], "no", "no"
            ),
        ] as [(JSONValue, String, String)]
    )
    func readsTunnelsAndOrganization(organization: JSONValue, covered: String, denied: String) async throws {
        let rows = try await Self.rows([
            .organization: [organization.with(["name": "Example"])],
            .accessApplications: [application([], ["domain": "app.example.com"])],
        ])
        #expect(rows == [["0", "app.example.com", "yes", denied], ["1", "open.example.com", covered, denied]])
    }

    @Test func leavesOpenWhatAnApplicationThatIsNotUnderstoodMightGuard() async throws {
        let strange: JSONValue = ["type": "tunnel", "tunnel_id": "t1"]
        let rows = try await Self.rows([
            .organization: [],
            .accessApplications: [
                application([], ["domain": "app.example.com"]),
                application([], ["id": "a2", "destinations": [strange]]),
            ],
        ])
        #expect(rows.map { $0[2] } == ["yes", "unknown"])
        #expect(rows.map { $0[3] } == ["unknown", "unknown"])
    }

    @Test func leavesOpenAHostnameThatIsNoText() {
        let rule = TunnelHostname.IngressRule(
            tunnelID: "t1",
            position: 0,
            hostname: nil,
            path: nil,
            isUnderstood: false
        )
        #expect(Self.hostnames().hostname(rule).explanation.contains("no text"))
    }

    private static func hostnames(
        _ applications: [String: [String]] = applications,
        _ unmatched: TunnelHostnames.Unmatched = .init(isDenied: .no)
    ) -> TunnelHostnames {
        let destinations = applications.mapValues { uris in
            ApplicationDestinations([
                "destinations": .array(uris.map { ["type": "public", "uri": .string($0)] })
            ])
        }
        let index = DestinationIndex(destinations.map { ($0.key, $0.value.destinations) })
        return TunnelHostnames(index, destinations, unmatched)
    }

    private static func rule(_ hostname: String?, _ path: String?) -> TunnelHostname.IngressRule {
        TunnelHostname.IngressRule(tunnelID: "t1", position: 0, hostname: hostname, path: path, isUnderstood: true)
    }

    /// Position, hostname, covered and unmatched_denied of a tunnel with two hostnames.
    private static func rows(_ objects: [ResourceKind: [JSONValue]]) async throws -> [[String]] {
        let configuration: JSONValue = [
            "tunnel_id": "t1",
            "config": ["ingress": [["hostname": "app.example.com"], ["hostname": "open.example.com"]]],
        ]
        let analysis = try await Analysis.of(objects.merging([.tunnelConfigurations: [configuration]]) { $1 })
        return (analysis.tables["tunnel_hostname"] ?? []).map { row in
            ["position", "hostname", "covered", "unmatched_denied"].map { row[$0]?.displayText ?? "no column" }
        }
    }
}
