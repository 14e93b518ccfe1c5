import CloudflareAPI
import CloudflareSimulator
import Foundation
import JSONModel
import Testing

@Suite struct RetryTests {
    static let transient: [SimulatorFault.Kind] = [
        .status(429, headers: ["retry-after": "0"]), .status(500), .status(503), .status(408), .closeConnection,
        .cutBody(afterBytes: 20), .garbage, .body(#"{"success":false,"errors":[],"result":null}"#), .hang,
        .body(#"{"success":false,"errors":[{"code":971,"message":"Please wait"}],"result":null}"#),
        .status(400, body: #"{"success":false,"errors":[{"code":10429,"message":"Rate limited."}]}"#),
        .body(#"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"result":null}"#),
        .body(#"{"success":false,"errors":[{"code":1000,"message":"Invalid API Token"}],"result":null}"#),
    ]

    @Test(arguments: transient)
    func triesAgain(after kind: SimulatorFault.Kind) async throws {
        let fault = SimulatorFault(kind, occurrence: .first(2))
        try await SimulatedAPI.run(
            faults: [fault],
            configure: { if kind == .hang { $0.timeout = .seconds(2) } }
        ) { client, simulator async throws in
            #expect(try await client.get(SimulatedAPI.apps).result.arrayValue?.count == 3)
            #expect(simulator.recordedRequests().count == 3)
        }
    }

    @Test(arguments: [
        (SimulatorFault.Kind.status(429), CloudflareError.Code.rateLimited), (.status(500), .serverFailure),
        (.status(408), .serverFailure), (.closeConnection, .unreachable), (.cutBody(afterBytes: 20), .unreachable),
        (.garbage, .unreadableAnswer), (.hang, .timedOut),
        (.body(#"{"success":false,"errors":[{"code":10000,"message":"no"}]}"#), .permissionDenied),
    ])
    func givesUpAfterTheLastTry(kind: SimulatorFault.Kind, code: CloudflareError.Code) async throws {
        let (error, requests) = try await SimulatedAPI.failure(kind, attempts: 3) {
            if kind == .hang { $0.timeout = .seconds(1) }
        }
        #expect(error.code == code)
        // A machine under load may be so slow that a try ends before the server has seen it.
        #expect(kind == .hang ? (1...3).contains(requests) : requests == 3)
    }

    @Test(arguments: [400, 401, 403, 404, 405, 302])
    func takesARefusalForAnAnswer(status: Int) async throws {
        #expect(try await SimulatedAPI.failure(.status(status), attempts: 5).requests == 1)
    }

    /// Answers that ask to wait for a second or more.
    private static let requestsToWait: [SimulatorFault.Kind] = [
        .status(429, headers: ["retry-after": "1"]), .status(503, headers: ["retry-after": "1"]),
        .status(429, headers: ["retry-after-ms": "1000.5", "retry-after": "600"]),
        .status(429, headers: ["Ratelimit": "\"default\";r=0;t=1", "Ratelimit-Policy": ""]),
        .status(429, headers: ["retry-after": "soon", "Ratelimit": "\"default\";r=0;t=1", "Ratelimit-Policy": ""]),
        .status(
            429,
            headers: ["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:38 GMT"]
        ),
        .status(
            503,
            headers: ["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sunday, 06-Nov-94 08:49:38 GMT"]
        ),
        .status(429, headers: ["Date": "Sun Nov  6 08:49:37 1994", "Retry-After": "Sun Nov  6 08:49:38 1994"]),
    ]

    @Test(arguments: requestsToWait)
    func waitsAsLongAsTheAPIAsks(kind: SimulatorFault.Kind) async throws {
        try await SimulatedAPI.run(faults: [SimulatorFault(kind, occurrence: .first(1))]) {
            client,
            simulator async throws in
            _ = try await client.get(SimulatedAPI.apps)
            let arrivals = simulator.recordedRequests().map(\.arrival)
            #expect(arrivals.count == 2)
            #expect(try #require(arrivals.last) - #require(arrivals.first) >= .seconds(1))
        }
    }

    @Test(arguments: [
        SimulatorFault.Kind.status(429), .status(429, headers: ["retry-after": "soon"]),
        .status(500, body: #"{"success":false,"errors":[{"code":971,"message":"Please wait"}]}"#),
    ])
    func holdsAllRequestsBackWhereTheAPIDoesNotSayHowLong(kind: SimulatorFault.Kind) async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(kind, target: .suffix("/limited"), occurrence: .first(2))],
            configure: {
                $0.attempts = 1
                $0.firstRetryDelay = .milliseconds(50)
            }
        ) { client, simulator async throws in
            let error = await #expect(throws: CloudflareError.self) { try await client.get("accounts/limited") }
            #expect(error?.code == .rateLimited)
            _ = try await client.get(SimulatedAPI.apps)
            let arrivals = simulator.recordedRequests().map(\.arrival)
            #expect(try #require(arrivals.last) - #require(arrivals.first) >= .milliseconds(500))
        }
    }

    @Test func waitsTwiceAsLongForEachTryWhereTheAPIDoesNotSayHowLong() async throws {
        try await SimulatedAPI.run(
            faults: [SimulatorFault(.status(429), occurrence: .first(2))],
            configure: { $0.firstRetryDelay = .milliseconds(30) }
        ) { client, simulator async throws in
            _ = try await client.get(SimulatedAPI.apps)
            let arrivals = simulator.recordedRequests().map(\.arrival)
            #expect(arrivals.count == 3)
            #expect(arrivals[1] - arrivals[0] >= .milliseconds(300))
            #expect(arrivals[2] - arrivals[1] >= .milliseconds(600))
        }
    }

    @Test func waitsUntilADateByItsOwnClock() async throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let start = Date()
        // The text has no fraction of the second.
        let date = formatter.string(from: start + 3)
        let fault = SimulatorFault(.status(429, headers: ["retry-after": date]), occurrence: .first(1))
        try await SimulatedAPI.run(faults: [fault]) { client, _ async throws in
            _ = try await client.get(SimulatedAPI.apps)
        }
        #expect(Date() >= start + 2)
    }

    @Test(arguments: ["86400", "Wed, 21 Oct 2099 07:28:00 GMT", "99999999999999999999"])
    func givesUpWhereTheAPIAsksToWaitForADay(value: String) async throws {
        let fault = SimulatorFault(.status(429, headers: ["retry-after": value]))
        try await SimulatedAPI.run(faults: [fault]) { client, simulator async throws in
            let error = await #expect(throws: CloudflareError.self) { try await client.get(SimulatedAPI.apps) }
            #expect(error?.code == .blocked)
            #expect(simulator.recordedRequests().count == 1)
        }
    }

    @Test func keepsAnAnswerWhateverItAsks() async throws {
        let body = #"{"success":true,"result":[1]}"#
        let fault = SimulatorFault(.status(200, body: body, headers: ["retry-after": "86400"]))
        try await SimulatedAPI.run(faults: [fault]) { client, _ async throws in
            #expect(try await client.get(SimulatedAPI.apps).result == [1])
        }
    }

    @Test(arguments: ["-1", "soon", "Sun, 06 Nov 1994 08:49:37 GMT", "", "1e9", "nan"])
    func doesNotWaitForWhatIsNoTime(value: String) async throws {
        let fault = SimulatorFault(.status(429, headers: ["retry-after": value]), occurrence: .first(1))
        try await SimulatedAPI.run(faults: [fault]) { client, _ async throws in
            #expect(try await client.get(SimulatedAPI.apps).result.arrayValue?.count == 3)
        }
    }

    @Test func endsAnAnswerThatComesToNoEnd() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n"
        try await TCPListener.with(answer: head, isEndless: true) { listener async throws in
            let start = ContinuousClock.now
            let error = try await SimulatedAPI.failure(at: "http://127.0.0.1:\(listener.port)/client/v4") {
                $0.timeout = .milliseconds(500)
            }
            #expect(error.code == .timedOut)
            #expect(listener.heads.count == 2)
            // Two tries of 2.5 s: the parts themselves came in time.
            #expect(ContinuousClock.now - start >= .seconds(5))
        }
    }

    @Test func endsAnAnswerThatStopsComing() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"success\":"
        try await TCPListener.with(answer: head) { listener async throws in
            let error = try await SimulatedAPI.failure(at: "http://127.0.0.1:\(listener.port)/client/v4") {
                $0.timeout = .milliseconds(500)
            }
            #expect(error.code == .timedOut)
        }
    }
}
