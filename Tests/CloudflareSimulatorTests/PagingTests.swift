import CloudflareSimulator
import JSONModel
import Testing

@Suite struct PagingTests {
    @Test func numbersPages() async throws {
        try await withCaller { caller in
            let reply = try await caller.list("access/groups?page=3&per_page=20")
            #expect(reply.ids == (41...45).map { "group-\($0)" })
            #expect(
                reply.json?["result_info"] == [
                    "page": 3, "per_page": 20, "count": 5, "total_count": 45, "total_pages": 3,
                ]
            )
        }
    }

    @Test func answersAnEmptyPageBehindTheLast() async throws {
        let reply = try await withCaller { try await $0.list("access/groups?page=\(Int.max)&per_page=20") }
        #expect(reply.result == [])
        #expect(reply.info("total_count") == 45)
    }

    @Test(arguments: [
        ("/accounts", 20), (SmallWorld.path("access/apps"), 1000), (SmallWorld.path("access/policies"), 100),
        (SmallWorld.path("access/identity_providers"), 200), (SmallWorld.path("access/service_tokens"), 1000),
        (SmallWorld.path("access/ai-controls/mcp/servers"), 20), (SmallWorld.path("devices/registrations"), 50),
    ])
    func choosesAPageSizeOfItsOwn(path: String, size: Int) async throws {
        let reply = try await withCaller { try await $0.send(path) }
        #expect(reply.info("per_page") == .integer(Int64(size)))
    }

    @Test(arguments: [
        ("/accounts", 50), (SmallWorld.path("access/apps"), 1000), (SmallWorld.path("access/policies"), 1000),
        (SmallWorld.path("access/ai-controls/mcp/portals"), 100), (SmallWorld.path("devices/physical-devices"), 1000),
    ])
    func clampsThePageSize(path: String, size: Int) async throws {
        let reply = try await withCaller { try await $0.send("\(path)?per_page=5000") }
        #expect(reply.info("per_page") == .integer(Int64(size)))
    }

    @Test(arguments: [
        ("access/groups?page=0", 12130), ("access/groups?per_page=many", 12130), ("access/groups?page=-1", 12130),
        ("devices/registrations?per_page=0", 1001), ("devices/registrations?cursor=nonsense", 1001),
        ("devices/registrations?status=odd", 1001), ("devices/physical-devices?active_registrations=odd", 1001),
    ])
    func refusesOddQueries(resource: String, code: Int) async throws {
        let reply = try await withCaller { try await $0.list(resource) }
        #expect(reply.status == 400)
        #expect(reply.code == Int64(code))
    }

    @Test func followsCursorsToTheEnd() async throws {
        try await withCaller { caller in
            var pages: [[String]] = []
            var cursor = ""
            repeat {
                let reply = try await caller.list("devices/registrations?per_page=3&cursor=\(Self.escaped(cursor))")
                pages.append(reply.ids)
                #expect(reply.info("total_count") == .null)
                cursor = try #require(reply.info("cursor")?.stringValue)
            } while !cursor.isEmpty && pages.count < 10
            #expect(pages.map(\.count) == [3, 3, 2])
            #expect(pages.flatMap { $0 } == (3...10).map { "registration-\($0)" })
        }
    }

    private static func escaped(_ cursor: String) -> String {
        cursor.replacing("=", with: "%3D").replacing("+", with: "%2B")
    }

    @Test(arguments: [
        ("devices/registrations?status=active", 8), ("devices/registrations?status=revoked", 2),
        ("devices/registrations?status=all", 10), ("devices/physical-devices", 9),
        ("devices/physical-devices?active_registrations=only", 9),
        ("devices/physical-devices?active_registrations=exclude", 3),
        ("devices/physical-devices?active_registrations=include", 12),
    ])
    func leavesOutWhatWasNotAskedFor(resource: String, count: Int) async throws {
        let reply = try await withCaller { try await $0.list(resource) }
        #expect(reply.ids.count == count)
    }

    @Test(arguments: ResultInfoStyle.allCases)
    func tellsOnlyWhatTheStyleSays(style: ResultInfoStyle) async throws {
        let options = SimulatorOptions(endpoints: ["access/groups": EndpointChanges(resultInfo: style)])
        let info = try await withCaller(options: options) {
            try await $0.list("access/groups?per_page=20").json?["result_info"]
        }
        var expected: [String: JSONValue] = [
            "page": 1, "per_page": 20, "count": 20, "total_count": 45, "total_pages": 3,
        ]
        switch style {
        case .full: #expect(info == .object(expected))
        case .missing: #expect(info == nil)
        case .noTotalPages:
            expected["total_pages"] = nil
            #expect(info == .object(expected))
        case .totalPagesZero:
            expected["total_pages"] = 0
            #expect(info == .object(expected))
        case .nullTotalCount:
            expected["total_count"] = .null
            #expect(info == .object(expected))
        }
    }

    @Test func boundsPagesAsAsked() async throws {
        let options = SimulatorOptions(endpoints: ["access/groups": EndpointChanges(maximumPerPage: 7)])
        let reply = try await withCaller(options: options) { try await $0.list("access/groups?per_page=100") }
        #expect(reply.ids.count == 7)
        #expect(reply.info("per_page") == 7)
    }

    @Test func answersASingleResultWithoutPaging() async throws {
        let reply = try await withCaller { try await $0.list("access/organizations") }
        #expect(reply.result?["name"] == "Northwind")
        #expect(reply.json?["result_info"] == nil)
    }

    @Test func takesPoliciesFromTheirApplication() async throws {
        try await withCaller { caller async throws in
            #expect(try await caller.list("access/apps/app-1/policies").ids == ["p1", "p2"])
            #expect(try await caller.list("access/apps/app-2/policies").result == [])
            #expect(try await caller.list("access/apps/app-1").result?["name"] == "Wiki")
            caller.simulator.updateWorld {
                $0.updateAccount(SmallWorld.account) { $0.resources["access/apps/app-1/policies"] = [["id": "p3"]] }
            }
            #expect(try await caller.list("access/apps/app-1/policies").ids == ["p3"])
        }
    }

    @Test func servesWhatBelongsToAZone() async throws {
        try await withCaller { caller async throws in
            #expect(try await caller.send("/zones").ids == [SmallWorld.zone])
            #expect(try await caller.send("/zones/\(SmallWorld.zone)/access/apps").ids == ["zone-app"])
            #expect(try await caller.send("/zones/\(SmallWorld.zone)/access/policies").code == 7003)
        }
    }

    @Test func escapesControlCharacters() async throws {
        let reply = try await withCaller { try await $0.list("access/apps") }
        #expect(reply.result == SmallWorld.apps)
        #expect(String(decoding: reply.bytes, as: UTF8.self).contains("Control\\u0001\\\"\\\\\\u001f\\n"))
    }

    @Test func ignoresPageWhenTold() async throws {
        let options = SimulatorOptions(endpoints: ["access/groups": EndpointChanges(misbehaviour: .ignoresPage)])
        let reply = try await withCaller(options: options) { try await $0.list("access/groups?page=2&per_page=20") }
        #expect(reply.ids.first == "group-1")
        #expect(reply.info("page") == 1)
    }

    @Test func repeatsTheCursorWhenTold() async throws {
        let changes = EndpointChanges(misbehaviour: .repeatsCursor, maximumPerPage: 3)
        let options = SimulatorOptions(endpoints: ["devices/registrations": changes])
        try await withCaller(options: options) { caller in
            let first = try await caller.list("devices/registrations")
            let cursor = try #require(first.info("cursor")?.stringValue)
            let second = try await caller.list("devices/registrations?cursor=\(Self.escaped(cursor))")
            #expect(first.ids.first == "registration-3")
            #expect(second.ids.first == "registration-6")
            #expect(second.info("cursor")?.stringValue == cursor)
        }
    }

    @Test func claimsMoreThanThereIsWhenTold() async throws {
        let changes = EndpointChanges(misbehaviour: .totalNotReached(missing: 5))
        let options = SimulatorOptions(endpoints: ["access/groups": changes])
        let reply = try await withCaller(options: options) { try await $0.list("access/groups?per_page=45") }
        #expect(reply.ids.count == 45)
        #expect(reply.info("total_count") == 50)
        #expect(reply.info("total_pages") == 2)
    }

    @Test func answersNullBesideATotalWhenTold() async throws {
        let options = SimulatorOptions(endpoints: ["access/groups": EndpointChanges(misbehaviour: .nullResult)])
        let reply = try await withCaller(options: options) { try await $0.list("access/groups") }
        #expect(reply.result == .null)
        #expect(reply.info("total_count") == 45)
    }
}
