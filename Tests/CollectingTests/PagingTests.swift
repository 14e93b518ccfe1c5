import AuditModel
import CloudflareSimulator
import JSONModel
import SnapshotStore
import Testing

@Suite struct PagingTests {
    @Test(arguments: ResultInfoStyle.allCases)
    func readsEveryPageWhateverIsSaidOfIt(style: ResultInfoStyle) async throws {
        let changes = EndpointChanges(resultInfo: style, maximumPerPage: 10)
        try await CollectionSetup { $0.options.endpoints = changed(ResourceKind.paged, changes) }.run {
            collected async throws in
            for kind in ResourceKind.paged {
                let entry = try collected.entry(kind)
                #expect(entry.status == .complete)
                #expect(entry.rowCount == 25)
                #expect(try collected.worldIDs(kind) == (1...25).map { SmallWorld.id(kind, $0) })
            }
        }
    }

    @Test(arguments: ResourceKind.cursored, [ResultInfoStyle.full, .noTotalPages, .nullTotalCount])
    func followsEveryCursor(kind: ResourceKind, style: ResultInfoStyle) async throws {
        let changes = EndpointChanges(resultInfo: style, maximumPerPage: 10)
        try await CollectionSetup { $0.options.endpoints = changed([kind], changes) }.run { collected async throws in
            #expect(try collected.entry(kind).status == .complete)
            #expect(try collected.entry(kind).rowCount == 25)
            #expect(collected.requests(for: kind).count == 3)
        }
    }

    @Test(arguments: ResourceKind.cursored)
    func doubtsAFullPageWithoutACursor(kind: ResourceKind) async throws {
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) {
                $0.resources[kind.listing.path] = SmallWorld.list(kind, 1...1200)
            }
            $0.options.endpoints = changed([kind], EndpointChanges(resultInfo: .missing))
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(kind).status == .partial)
            #expect(try collected.entry(kind).rowCount == 1000)
        }
    }

    @Test(arguments: [EndpointChanges.Misbehaviour.ignoresPage, .totalNotReached(missing: 40), .nullResult])
    func knowsThatAListIsIncomplete(misbehaviour: EndpointChanges.Misbehaviour) async throws {
        let changes = EndpointChanges(misbehaviour: misbehaviour, maximumPerPage: 10)
        try await CollectionSetup { $0.options.endpoints = changed(ResourceKind.paged, changes) }.run {
            collected async throws in
            for kind in ResourceKind.paged {
                let entry = try collected.entry(kind)
                #expect(entry.status == .partial)
                #expect(entry.reason?.isEmpty == false)
                #expect(entry.reportedTotal == (misbehaviour == .totalNotReached(missing: 40) ? 65 : 25))
                let ids = try collected.worldIDs(kind)
                // Policies come with their applications too.
                #expect(kind == .accessPolicies || entry.rowCount == ids.count)
                #expect(collected.requests(for: kind).count <= 8)
            }
            #expect(collected.snapshot.info.status == .partial)
        }
    }

    @Test func knowsThatAListRepeatsItselfWithoutATotal() async throws {
        let changes = EndpointChanges(misbehaviour: .ignoresPage, resultInfo: .missing, maximumPerPage: 10)
        try await CollectionSetup { $0.options.endpoints = changed(ResourceKind.paged, changes) }.run {
            collected async throws in
            for kind in ResourceKind.paged {
                #expect(try collected.entry(kind).status == .partial)
                #expect(try collected.entry(kind).rowCount == 10)
                #expect(collected.requests(for: kind).count == 2)
            }
        }
    }

    @Test(
        arguments: ResourceKind.cursored,
        [EndpointChanges.Misbehaviour.repeatsCursor, .totalNotReached(missing: 5), .nullResult]
    )
    func knowsThatCursorsEndTooSoon(kind: ResourceKind, misbehaviour: EndpointChanges.Misbehaviour) async throws {
        let changes = EndpointChanges(misbehaviour: misbehaviour, resultInfo: .full, maximumPerPage: 10)
        try await CollectionSetup { $0.options.endpoints = changed([kind], changes) }.run { collected async throws in
            #expect(try collected.entry(kind).status == .partial)
            #expect(try collected.entry(kind).reason?.isEmpty == false)
            #expect(collected.requests(for: kind).count <= 3)
        }
    }

    @Test func asksForSmallerPagesWhereLargeOnesAreRefused() async throws {
        let refusal = JSONValue.failure(12130, "access.api.error.invalid_request: per_page is too large").text
        let setup = CollectionSetup {
            $0.world = SmallWorld.world(count: 150)
            $0.options.faults = [SimulatorFault(.status(400, body: refusal), query: ["per_page": "1000"])]
        }
        try await setup.run { collected async throws in
            for kind in ResourceKind.lists {
                #expect(try collected.entry(kind).status == .complete)
                #expect(try collected.entry(kind).rowCount == 150)
            }
        }
    }

    private func changed(_ kinds: [ResourceKind], _ changes: EndpointChanges) -> [String: EndpointChanges] {
        Dictionary(kinds.map { ($0.listing.path, changes) }) { $1 }
    }

    /// Answers to the pages of one list, and what is to be made of them.
    struct Script: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// One for each page, from the first; behind them the list is empty.
        let answers: [JSONValue]
        let status: CoverageStatus
        let rows: Int
    }

    static let scripts = [
        Script(
            testDescription: "per_page larger than what is served",
            answers: [
                page(1...10, ["per_page": 1000, "total_count": 25, "total_pages": 1]),
                page(11...20, ["per_page": 1000, "total_count": 25, "total_pages": 1]),
                page(21...25, ["per_page": 1000, "total_count": 25, "total_pages": 1]),
            ],
            status: .complete,
            rows: 25
        ),
        Script(
            testDescription: "per_page smaller than what is served",
            answers: [page(1...10, ["per_page": 1, "count": 1, "total_count": 12]), page(11...12, [:])],
            status: .complete,
            rows: 12
        ),
        Script(
            testDescription: "total of the page instead of the list",
            answers: [
                page(1...10, ["total_count": 10, "total_pages": 2]),
                page(11...15, ["total_count": 5, "total_pages": 2]),
            ],
            status: .complete,
            rows: 15
        ),
        Script(
            testDescription: "total 0 beside rows",
            answers: [page(1...10, ["total_count": 0, "total_pages": 0]), page(11...15, ["total_count": 0])],
            status: .complete,
            rows: 15
        ),
        Script(
            testDescription: "total_count missing, total_pages given",
            answers: [page(1...10, ["total_pages": 2]), page(11...15, ["total_pages": 2])],
            status: .complete,
            rows: 15
        ),
        Script(
            testDescription: "total_count missing, total_pages not reached",
            answers: [page(1...10, ["total_pages": 9])],
            status: .partial,
            rows: 10
        ),
        Script(
            testDescription: "a total that shrinks",
            answers: [page(1...10, ["total_count": 21]), page(11...20, ["total_count": 20])],
            status: .partial,
            rows: 20
        ),
        Script(
            testDescription: "a total that grows",
            answers: [
                page(1...10, ["total_count": 20]), page(11...20, ["total_count": 21]),
                page(21...21, ["total_count": 21]),
            ],
            status: .complete,
            rows: 21
        ),
        Script(
            testDescription: "an absurd total",
            answers: [page(1...10, ["total_count": .integer(.max), "total_pages": .integer(.max)])],
            status: .partial,
            rows: 10
        ),
        Script(
            testDescription: "a negative total",
            answers: [page(1...10, ["total_count": -1])],
            status: .complete,
            rows: 10
        ),
        Script(
            testDescription: "an empty first page of a list that is not",
            answers: [["success": true, "result": [], "result_info": ["total_count": 5]]],
            status: .partial,
            rows: 0
        ),
        Script(
            testDescription: "null instead of a list that is not empty",
            answers: [["success": true, "result": nil, "result_info": ["total_count": 5]]],
            status: .partial,
            rows: 0
        ),
        Script(
            testDescription: "null instead of an empty list",
            answers: [["success": true, "result": nil]],
            status: .complete,
            rows: 0
        ),
        Script(
            testDescription: "an object instead of a list",
            answers: [["success": true, "result": ["items": []]]],
            status: .partial,
            rows: 1
        ),
        Script(
            testDescription: "text instead of a list",
            answers: [["success": true, "result": "none"]],
            status: .failed,
            rows: 0
        ),
        Script(
            testDescription: "an object instead of the second page",
            answers: [page(1...10, ["total_count": 20]), ["success": true, "result": ["items": []]]],
            status: .partial,
            rows: 11
        ),
        Script(
            testDescription: "a page that repeats the one before",
            answers: [page(1...10, [:]), page(1...10, [:])],
            status: .partial,
            rows: 10
        ),
        Script(
            testDescription: "pages that overlap",
            answers: [page(1...10, ["total_count": 15]), page(9...15, ["total_count": 15])],
            status: .complete,
            rows: 15
        ),
    ]

    private static func page(_ numbers: ClosedRange<Int>, _ info: [String: JSONValue]) -> JSONValue {
        ["success": true, "result": SmallWorld.list(.accessGroups, numbers), "result_info": .object(info)]
    }

    @Test(arguments: scripts)
    func judgesWhatTheCountersSay(script: Script) async throws {
        var faults: [SimulatorFault] = []
        for (index, answer) in script.answers.enumerated() {
            let body = SimulatorFault.Kind.body(answer.text)
            faults.append(SimulatorFault(body, target: .suffix("/access/groups"), query: ["page": String(index + 1)]))
        }
        let setup = CollectionSetup {
            $0.attempts = 1
            $0.options.faults = faults
            $0.world.updateAccount(SmallWorld.account) { $0.resources["access/groups"] = [] }
        }
        try await setup.run { collected async throws in
            let entry = try collected.entry(.accessGroups)
            #expect(entry.status == script.status)
            #expect((entry.reason == nil) == (script.status == .complete))
            #expect(entry.rowCount == script.rows)
            #expect(try collected.ids(.accessGroups).count == script.rows)
            #expect(collected.requests(for: .accessGroups).count <= script.answers.count + setup.width + 1)
        }
    }

    @Test(arguments: [JSONValue.null, [], "text"])
    func doubtsAnOrganizationThatIsNoObject(result: JSONValue) async throws {
        let body = (["success": true, "result": result] as JSONValue).text
        let fault = SimulatorFault(.body(body), target: .suffix("/access/organizations"))
        try await CollectionSetup { $0.options.faults = [fault] }.run { collected async throws in
            #expect(try collected.entry(.organization).status == .failed)
            #expect(try collected.ids(.organization).isEmpty)
        }
    }

    @Test func endsWhereEmptyPagesSpeakOfFurtherOnes() async throws {
        let kind = ResourceKind.devices
        let faults = (1...9).reversed().map { number in
            let answer: JSONValue = ["success": true, "result": [], "result_info": ["cursor": .string("c\(number)")]]
            let query = number == 1 ? [:] : ["cursor": "c\(number - 1)"]
            return SimulatorFault(.body(answer.text), target: .suffix("/\(kind.listing.path)"), query: query)
        }
        try await CollectionSetup { $0.options.faults = faults }.run { collected async throws in
            #expect(try collected.entry(kind).status == .partial)
            #expect(collected.requests(for: kind).count == 3)
        }
    }

    @Test(
        arguments: [
            ["total_pages": 3], ["total_count": 50], ["cursor": "more"], ["total_count": 25, "total_pages": 2],
        ] as [JSONValue]
    )
    func doubtsAListInOneAnswerThatSpeaksOfMore(info: JSONValue) async throws {
        let kind = ResourceKind.gatewayRules
        let answer: JSONValue = ["success": true, "result": SmallWorld.list(kind, 1...25), "result_info": info]
        let fault = SimulatorFault(.body(answer.text), target: .suffix("/gateway/rules"))
        try await CollectionSetup { $0.options.faults = [fault] }.run { collected async throws in
            #expect(try collected.entry(kind).status == .partial)
            #expect(try collected.entry(kind).rowCount == 25)
        }
    }

    @Test func asksOnWhereATotalCountsOnlyAFullPage() async throws {
        var faults: [SimulatorFault] = []
        for (page, numbers) in [(1, 1...50), (2, 51...100), (3, 101...120)] {
            let count = JSONValue.integer(Int64(numbers.count))
            let answer: JSONValue = [
                "success": true, "result": SmallWorld.list(.accessGroups, numbers),
                "result_info": ["per_page": 50, "count": count, "total_count": count],
            ]
            faults.append(
                SimulatorFault(.body(answer.text), target: .suffix("/access/groups"), query: ["page": String(page)])
            )
        }
        let setup = CollectionSetup {
            $0.options.faults = faults
            $0.world.updateAccount(SmallWorld.account) { $0.resources["access/groups"] = [] }
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.accessGroups).rowCount == 120)
            #expect(try collected.entry(.accessGroups).status == .complete)
        }
    }

    @Test func endsWhereFreshCursorsBringNothingNew() async throws {
        let kind = ResourceKind.devices
        var faults: [SimulatorFault] = []
        for number in 1...9 {
            let answer: JSONValue = [
                "success": true, "result": SmallWorld.list(kind, 1...3),
                "result_info": ["cursor": .string("c\(number)")],
            ]
            let query = number == 1 ? [:] : ["cursor": "c\(number - 1)"]
            faults.insert(
                SimulatorFault(.body(answer.text), target: .suffix("/\(kind.listing.path)"), query: query),
                at: 0
            )
        }
        try await CollectionSetup { $0.options.faults = faults }.run { collected async throws in
            #expect(try collected.entry(kind).status == .partial)
            #expect(collected.requests(for: kind).count == 2)
        }
    }
}
