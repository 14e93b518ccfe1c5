import CloudflareAPI
import CloudflareSimulator
import JSONModel
import Testing

@Suite struct EnvelopeTests {
    private static func answer(_ body: String) async throws -> APIAnswer {
        try await SimulatedAPI.run(faults: [SimulatorFault(.body(body))]) { client, _ async throws in
            try await client.get(SimulatedAPI.apps)
        }
    }

    /// Answers, and the result in each.
    private static let answers: [(String, JSONValue)] = [
        (#"{"success":true,"result":[1]}"#, [1]),
        (#"{"success":true,"errors":null,"messages":null,"result":[1]}"#, [1]),
        (#"{"success":true,"errors":[],"messages":["text",{"code":1,"message":"m"}],"result":{"a":1}}"#, ["a": 1]),
        (#"{"success":true,"errors":[],"messages":[],"result":null}"#, .null),
        (#"{"success":true,"errors":null,"result":[1]}"#, [1]),
        (#"{"success":true,"messages":null,"result":[1]}"#, [1]),
        (#"{"success":true}"#, .null),
    ]

    @Test(arguments: answers)
    func toleratesMissingMembers(body: String, result: JSONValue) async throws {
        #expect(try await Self.answer(body).result == result)
    }

    @Test func readsResultInfo() async throws {
        let body = """
            {"success":true,"result":[],"result_info":
              {"page":2,"per_page":50,"count":7,"total_count":57,"total_pages":2,"cursor":"c+/="}}
            """
        let page = try await Self.answer(body).page
        #expect(page.page == 2)
        #expect(page.perPage == 50)
        #expect(page.count == 7)
        #expect(page.totalCount == 57)
        #expect(page.totalPages == 2)
        #expect(page.cursor == "c+/=")
        #expect(!page.isSilent)
    }

    @Test(arguments: [
        "", #","result_info":null"#, #","result_info":{}"#, #","result_info":[]"#,
        #","result_info":{"total_pages":0,"cursor":"","total_count":null}"#,
        #","result_info":{"total_pages":"3","cursor":7,"total_count":1.5}"#,
    ])
    func knowsNothingWhereNothingIsSaid(info: String) async throws {
        #expect(try await Self.answer(#"{"success":true,"result":[]\#(info)}"#).page.isSilent)
    }
}
