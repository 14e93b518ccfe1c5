import JSONModel
import SnapshotStore
import Testing

@Suite struct StoringTests {
    @Test func keepsUnknownFields() async throws {
        let object: JSONValue = [
            "id": "a1", "name": "Wiki", "type": "hologram", "brand_new": ["deep": [1, 2.5, nil]], "destinations": "odd",
        ]
        try await withSnapshot([Page(.accessApplications, [object])]) { snapshot in
            let row = try #require(try snapshot.texts("SELECT type, body FROM access_application").first)
            #expect(row[0] == "hologram")
            #expect(try JSONValue(parsing: .init((row[1] ?? "").utf8)) == object)
            try snapshot.expect("SELECT * FROM access_application_destination", [])
        }
    }

    @Test(
        arguments: [
            ("24h", "24h", "86400"), ("300ms", "300ms", "0.3"), ("30d", "30d", "2592000"), ("0s", "0s", "0"),
            ("forever", "forever", "9223372036854775807"), ("no-expiry", "no-expiry", "9223372036854775807"),
            ("99999999999999999999h", "99999999999999999999h", "9223372036854775807"),
            ("a fortnight", "a fortnight", nil), ("", nil, nil), (nil, nil, nil), (24, "24", nil), (true, "1", nil),
            (["24h"], "[\"24h\"]", nil),
        ] as [(JSONValue, String?, String?)]
    )
    func keepsDurationsWithTheirSeconds(value: JSONValue, text: String?, seconds: String?) async throws {
        let object: JSONValue = .object(["id": "a1", "session_duration": value])
        try await withSnapshot([Page(.accessApplications, [object])]) { snapshot in
            let sql = "SELECT session_duration, session_duration_seconds FROM access_application"
            try snapshot.expect(sql, [[text, seconds]])
        }
    }

    @Test(
        arguments: [
            ("2025-03-04T12:48:01+02:00", "2025-03-04T10:48:01.000000Z"), ("2025-03-04", "2025-03-04T00:00:00.000000Z"),
            ("2025-03-04T12:48:01.5Z", "2025-03-04T12:48:01.500000Z"), ("yesterday", "yesterday"), ("", nil),
            (nil, nil),
            (1_741_092_481, "1741092481"),
        ] as [(JSONValue, String?)]
    )
    func normalisesTimes(value: JSONValue, text: String?) async throws {
        let object: JSONValue = .object(["id": "a1", "created_at": value])
        try await withSnapshot([Page(.accessApplications, [object])]) { snapshot in
            try snapshot.expect("SELECT created_at FROM access_application", [[text]])
        }
    }

    @Test(
        arguments: [
            (true, "1"), (false, "0"), (nil, nil), ("yes", "yes"), ([["everyone": [:]]], "[{\"everyone\":{}}]"),
            (7, "7"),
        ] as [(JSONValue, String?)]
    )
    func keepsValuesOfOtherTypes(value: JSONValue, text: String?) async throws {
        let object: JSONValue = .object(["id": "g1", "is_default": value])
        try await withSnapshot([Page(.accessGroups, [object])]) { snapshot in
            try snapshot.expect("SELECT is_default FROM access_group", [[text]])
        }
    }

    @Test func keepsListsInsideLists() async throws {
        let groups: [JSONValue] = [["id": "g1", "name": "Zone Read"], ["id": "g2", "name": "Zero Trust Write"]]
        let token: JSONValue = [
            "id": "t1", "name": "Terraform", "condition": ["request_ip": ["in": ["192.0.2.1/32"]]],
            "policies": [
                ["id": "p1", "effect": "allow", "permission_groups": .array(groups)], ["id": "p2", "effect": "deny"],
                ["id": "p3", "effect": "allow", "permission_groups": ["odd"]],
            ],
        ]
        try await withSnapshot([Page(.accountTokens, [token]), Page(.accountTokens, [token])]) { snapshot in
            try snapshot.expect(
                "SELECT policy_position, position, permission_group_id, name FROM account_token_permission_group",
                [["0", "0", "g1", "Zone Read"], ["0", "1", "g2", "Zero Trust Write"], ["2", "0", nil, nil]]
            )
            try snapshot.expect(
                "SELECT position, effect FROM account_token_policy",
                [
                    ["0", "allow"], ["1", "deny"], ["2", "allow"],
                ]
            )
            try snapshot.expect("SELECT condition_request_ip_in FROM account_token", [[#"["192.0.2.1/32"]"#]])
        }
    }

    @Test func tellsEmptyTextFromNull() async throws {
        let objects: [JSONValue] = [["id": "a1", "domain": ""], ["id": "a2", "domain": nil], ["id": "a3"]]
        try await withSnapshot([Page(.accessApplications, objects)]) { snapshot in
            try snapshot.expect("SELECT domain FROM access_application ORDER BY id", [[""], [nil], [nil]])
        }
    }

    @Test(arguments: [[0, 1], [1, 0], [0, 1, 0], [1, 0, 1]])
    func prefersThePolicysOwnList(order: [Int]) async throws {
        let embedded: JSONValue = [
            "id": "p1", "name": "Embedded", "decision": "allow", "precedence": 3, "include": [["everyone": [:]]],
        ]
        let listed: JSONValue = [
            "id": "p1", "name": "Listed", "decision": "allow", "app_count": 1,
            "include": [["email": ["email": "a@x"]], ["geo": ["country_code": "PT"]]],
        ]
        let pages = [
            Page(.accessApplications, [["id": "a1", "policies": [embedded]]]), Page(.accessPolicies, [listed]),
        ]
        try await withSnapshot(order.map { pages[$0] }) { snapshot in
            try snapshot.expect("SELECT id, name, app_count FROM access_policy", [["p1", "Listed", "1"]])
            try snapshot.expect("SELECT type FROM access_rule ORDER BY position", [["email"], ["geo"]])
            let links = try snapshot.texts(
                "SELECT application_id, policy_id, precedence FROM access_application_policy"
            )
            #expect(links == [["a1", "p1", "3"]])
        }
    }

    @Test func storesPoliciesThatOnlyAnApplicationHas() async throws {
        let application: JSONValue = [
            "id": "a1",
            "policies": [
                ["id": "p1", "decision": "bypass", "precedence": 1, "exclude": [["ip": ["ip": "192.0.2.1"]]]], "p2", 7,
            ],
        ]
        try await withSnapshot([Page(.accessApplications, [application])]) { snapshot in
            try snapshot.expect("SELECT id, decision FROM access_policy", [["p1", "bypass"]])
            try snapshot.expect("SELECT owner_id, block FROM access_rule", [["p1", "exclude"]])
            let links = try snapshot.texts(
                "SELECT policy_id, position FROM access_application_policy ORDER BY position"
            )
            #expect(links == [["p1", "0"], ["p2", "1"], ["7", "2"]])
        }
    }

    @Test func keepsObjectsWithoutId() async throws {
        let objects: [JSONValue] = [
            ["name": "one"], ["name": "two"], ["id": "", "name": "three"], ["id": "", "name": "four"],
            ["id": nil, "uid": "u5", "name": "five"], ["id": 6, "name": "six"], ["name": "one"],
        ]
        try await withSnapshot([Page(.accessGroups, objects)]) { snapshot in
            let rows = try snapshot.texts("SELECT id, name FROM access_group ORDER BY name")
            #expect(rows.map { $0[1] } == ["five", "four", "one", "six", "three", "two"])
            #expect(rows[0][0] == "u5" && rows[3][0] == "6")
            #expect(rows[2][0]?.hasPrefix("no-id-") == true)
        }
    }

    @Test func givesTheOrganizationTheAccountsId() async throws {
        try await withSnapshot([Page(.organization, [["name": "Example", "auth_domain": "x.example"]])]) { snapshot in
            try snapshot.expect("SELECT id, account_id, name FROM organization", [["acc1", "acc1", "Example"]])
        }
    }

    @Test func replacesRowsWithTheirLists() async throws {
        func application(_ hosts: [String]) -> JSONValue {
            [
                "id": "a1", "destinations": .array(hosts.map { ["uri": .string($0)] }), "tags": ["x"],
                "policies": [["id": "p1", "include": [["everyone": [:]]]]],
            ]
        }
        let pages = [
            Page(.accessApplications, [application(["a", "b"])]), Page(.accessApplications, [application(["c"])]),
        ]
        try await withSnapshot(pages) { snapshot in
            try snapshot.expect("SELECT COUNT(*) FROM access_application", [["1"]])
            try snapshot.expect("SELECT uri FROM access_application_destination", [["c"]])
            try snapshot.expect("SELECT tag FROM access_application_tag", [["x"]])
            try snapshot.expect("SELECT COUNT(*) FROM access_rule", [["1"]])
            try snapshot.expect("SELECT COUNT(*) FROM access_application_policy", [["1"]])
        }
    }

    @Test func keepsAccountsApart() async throws {
        let first: JSONValue = ["id": "g1", "name": "One", "include": [["everyone": [:]]]]
        let second: JSONValue = ["id": "g1", "name": "Two", "include": []]
        let pages = [Page(.accessGroups, [first]), Page(.accessGroups, [second], account: "acc2")]
        try await withSnapshot(pages) { snapshot in
            let rows = try snapshot.texts("SELECT account_id, name FROM access_group ORDER BY account_id")
            #expect(rows == [["acc1", "One"], ["acc2", "Two"]])
            try snapshot.expect("SELECT account_id FROM access_rule", [["acc1"]])
        }
    }

    @Test func keepsRulesThatItDoesNotUnderstand() async throws {
        let group: JSONValue = ["id": "g1", "include": [["quantum": ["id": "q"]], "odd", ["a": 1, "b": 2]]]
        try await withSnapshot([Page(.accessGroups, [group])]) { snapshot in
            let rows = try snapshot.texts("SELECT type, understood, body FROM access_rule ORDER BY position")
            #expect(rows[0] == ["quantum", "0", "{\"quantum\":{\"id\":\"q\"}}"])
            #expect(rows[1] == [nil, "0", "\"odd\""])
            #expect(rows[2] == [nil, "0", "{\"a\":1,\"b\":2}"])
        }
    }
}
