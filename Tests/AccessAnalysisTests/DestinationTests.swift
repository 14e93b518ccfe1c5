import JSONModel
import TestSupport
import Testing

// Destinations are a piece inside the analysis; what it says of an account shows too little of them.
@testable import AccessAnalysis

@Suite struct DestinationIndexTests {
    @Test(
        arguments: [
            ("app.example.com", "/", ["host"]), ("app.example.com", "/admin", ["admin"]),
            ("app.example.com", "/admin/x", ["below"]), ("app.example.com", "/administrator", ["host"]),
            ("app.example.com", "/shared/x", ["host", "second"]), ("other.example.com", "/", ["wildcard"]),
            ("x-dev.example.com", "/", ["dev"]), ("x-dev.example.com", "/admin", ["dev"]),
            ("example.com", "/", []), ("a.b.example.com", "/", []),
        ]
    )
    func mostSpecificPathWins(host: String, path: String, expected: [String]) {
        let index = DestinationIndex.of([
            "wildcard": ["*.example.com", "*.example.com/admin"], "dev": ["*-dev.example.com"],
            "host": ["app.example.com", "app.example.com/shared"], "second": ["APP.example.com/shared/"],
            "admin": ["app.example.com/admin"], "below": ["app.example.com/admin/*"],
        ])
        #expect(index.mostSpecific(host: host, path: path) == expected)
    }

    @Test func exactHostBeatsWildcardHost() {
        let index = DestinationIndex.of(["wildcard": ["*.example.com/very/long/path"], "exact": ["app.example.com"]])
        #expect(index.mostSpecific(host: "app.example.com", path: "/very/long/path") == ["exact"])
    }

    @Test func saysAllWhenNobodyKnowsTheOrder() {
        let index = DestinationIndex.of(["b": ["example.com/ab*"], "a": ["example.com/a*c"]])
        #expect(index.mostSpecific(host: "example.com", path: "/abc") == ["a", "b"])
    }

    @Test(arguments: 0..<10)
    func findsWhatASearchThroughAllFinds(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let uris = (0..<60).map { _ in random.host("ab*") + random.path("ab*") }
        let patterns = try uris.map(pattern)
        let index = DestinationIndex.of(
            Dictionary(uris.enumerated().map { ("\($0)", [$1]) }) { first, _ in first }
        )
        for _ in 0..<200 {
            let (host, path) = (random.host("ab"), random.path("ab"))
            let covering = patterns.indices.filter { patterns[$0].covers(host: host, path: path) }
            let best = covering.filter { best in
                !covering.contains { patterns[$0].isMoreSpecific(than: patterns[best]) }
            }
            #expect(index.mostSpecific(host: host, path: path) == best.map(String.init).sorted(), "\(host)\(path)")
        }
    }

    @Test(
        arguments: [
            ("admin", "app.example.com/admin", "host"), ("below", "app.example.com/admin/*", "admin"),
            ("host", "app.example.com", "wildcard"), ("dev", "*-dev.example.com", "wildcard"),
            ("host", "app.example.com/own", nil), ("wildcard", "*.example.com", nil), ("apex", "example.com", nil),
            ("second", "app.example.com/admin", "host"), ("other", "other.example.com/x", "wildcard"),
        ]
    )
    func findsTheApplicationThatAPatternCutsOutOf(application: String, uri: String, expected: String?) throws {
        let index = DestinationIndex.of([
            "wildcard": ["*.example.com"], "dev": ["*-dev.example.com"], "apex": ["example.com"],
            "host": ["app.example.com", "app.example.com/own"], "admin": ["app.example.com/admin"],
            "second": ["app.example.com/admin"], "below": ["app.example.com/admin/*"], "other": ["other.example.com/x"],
        ])
        #expect(try index.parent(of: pattern(uri), in: application) == expected)
    }

    @Test func namesDestinationsThatSeveralApplicationsClaim() throws {
        func application(_ destinations: JSONValue...) -> [Destination] {
            ApplicationDestinations(["destinations": .array(destinations)]).destinations
        }
        let index = DestinationIndex([
            (
                "b",
                application(
                    ["type": "public", "uri": "app.example.com/"],
                    ["type": "public", "uri": "app.example.com"],
                    ["type": "private", "cidr": "10.0.0.1", "port_range": "22", "l4_protocol": "TCP"],
                    ["type": "private", "hostname": "db.internal"],
                    ["type": "worker", "worker_id": "w"],
                    ["type": "via_mcp_server_portal", "mcp_server_id": "m"],
                    ["type": "preview_worker"],
                )
            ),
            (
                "a",
                application(
                    ["type": "public", "uri": "https://APP.example.com"],
                    ["type": "private", "cidr": "10.0.0.1/32", "port_range": "22", "l4_protocol": "tcp"],
                    ["type": "private", "hostname": "DB.internal", "vnet_id": "v"],
                    ["type": "worker", "worker_id": "w"],
                    ["type": "via_mcp_server_portal", "mcp_server_id": "m"],
                    ["type": "all_preview_workers"],
                )
            ),
            ("c", application(["type": "preview_worker", "worker_id": "w"], ["type": "all_workers"])),
        ])
        #expect(index.duplicates.allSatisfy { $0.applicationIDs == ["a", "b"] })
        let texts = index.duplicates.map { "\($0.destination)" }
        #expect(
            texts == [
                "10.0.0.1/32, port 22, tcp", "MCP server m", "Worker w", "app.example.com", "previews of all Workers",
            ]
        )
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["app%.example.com", "example.com/app%/*", "app%-*.example.com/x"])
    func copesWithThousandsOfApplicationsBelowOneDomain(form: String) throws {
        let uris = (0..<10_000).map { number in
            form.split(separator: "%").joined(separator: "\(number)")
        }
        let applications = uris.enumerated().map { index, uri in ("\(index)", [uri]) }
        let index = DestinationIndex.of(
            Dictionary(applications) { first, _ in first }.merging(["root": ["example.com", "*.example.com"]]) { $1 }
        )
        let parents = try uris.enumerated().map { try index.parent(of: pattern($1), in: "\($0)") }
        #expect(Set(parents) == ["root"])
    }
}

@Suite struct ApplicationDestinationsTests {
    @Test(
        arguments: [
            (
                [
                    "destinations": [["type": "public", "uri": "a.example.com"]],
                    "self_hosted_domains": ["b.example.com"],
                ],
                ["a.example.com"]
            ),
            (
                ["self_hosted_domains": ["b.example.com", "c.example.com"], "domain": "d.example.com"],
                ["b.example.com", "c.example.com"]
            ),
            (["destinations": [], "self_hosted_domains": nil, "domain": "d.example.com/x"], ["d.example.com/x"]),
            (["type": "self_hosted", "domain": "d.example.com"], ["d.example.com"]),
            (["type": "bookmark", "domain": "d.example.com"], []),
            (["type": "warp", "domain": "t.cloudflareaccess.com/warp"], []),
            (["domain": ""], []), ([:], []),
        ] as [(JSONValue, [String])]
    )
    func destinationsReplaceTheOlderDomains(application: JSONValue, expected: [String]) {
        let read = ApplicationDestinations(application)
        #expect(read.patterns.map(\.description) == expected)
        #expect(read.notUnderstood == [])
    }

    @Test(
        arguments: [
            ["type": "public"], ["type": "public", "uri": ".."], ["type": "private"],
            ["type": "private", "cidr": "10/8"],
            ["type": "private", "cidr": "10.0.0.0/8", "port_range": 22], ["type": "worker"], ["type": "tunnel"], [:],
            "app.example.com", 7, ["type": "preview_worker", "worker_id": 7], ["type": "via_mcp_server_portal"],
        ] as [JSONValue]
    )
    func keepsWhatItDoesNotUnderstand(destination: JSONValue) {
        let read = ApplicationDestinations(["destinations": [destination], "domain": "app.example.com"])
        #expect(read.destinations == [])
        #expect(read.notUnderstood == [destination.text])
    }

    @Test(arguments: [("hostname", "cidr", true), ("cidr", "hostname", false), ("hostname", "hostname", false)])
    func hostnameBeatsAddress(first: String, second: String, expected: Bool) throws {
        func destination(_ key: String) throws -> PrivateDestination {
            let value: JSONValue = ["type": "private", key: key == "cidr" ? "10.0.0.0/8" : "db.internal"]
            let read = try #require(Destination(value))
            guard case .private(let destination) = read else { throw NoPrivateDestination() }
            return destination
        }
        #expect(try destination(first).isMoreSpecific(than: destination(second)) == expected)
    }

    private struct NoPrivateDestination: Error {}
}
