import AsyncHTTPClient
package import Foundation
import JSONModel
package import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// How a client talks to the API.
package struct CloudflareClientConfiguration: Sendable {
    /// Base of every path, such as `https://api.cloudflare.com/client/v4`.
    package var baseURL: URL
    /// What is shown to the API.
    package var credentials: CloudflareCredentials
    /// Most requests at a time.
    package var concurrency = 8
    /// Most requests a minute; the API allows 1,200 in five minutes.
    package var requestsPerMinute = 240
    /// Longest wait, in one try of one request, for the head of the answer, and then for each further part of it; the
    /// whole try may take five times as long.
    package var timeout: Duration = .seconds(60)
    /// Tries of one request, the first included.
    package var attempts = 5
    /// Wait before the second try; each further wait is twice as long, at most 30 s, with jitter.
    ///
    /// Where the rate limit is used up, and the API does not say until when, all requests wait for ten times as long.
    package var firstRetryDelay: Duration = .milliseconds(500)
    /// Called when the next request has to wait for more than a second for the rate limit, with how long; once for each
    /// end of such a wait, however many requests stand in line.
    package var onWait: (@Sendable (Duration) -> Void)?
    /// Sent as `User-Agent`.
    package var userAgent: String
    /// Where `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are looked up.
    package var environment: [String: String]

    /// Creates a configuration with the API's usual limits.
    package init(
        baseURL: URL,
        credentials: CloudflareCredentials,
        userAgent: String,
        environment: [String: String] = [:]
    ) {
        self.baseURL = baseURL
        self.credentials = credentials
        self.userAgent = userAgent
        self.environment = environment
    }
}

/// Reads from Cloudflare's API: one authenticated GET at a time per slot, retried while that can help.
///
/// Once the API is found dead (``CircuitBreaker``), a client sends nothing any more.
package struct CloudflareClient: Sendable {
    private let http: HTTPClient
    private let configuration: CloudflareClientConfiguration
    private let budget: RequestBudget
    private var circuit = CircuitBreaker()
    private let logger: Logger

    /// Largest answer that is read, in bytes.
    private static let maximumBody = 64 << 20

    /// Opens a client for as long as `body` runs.
    ///
    /// - Throws: What `body` throws, or ``CloudflareError`` when the configuration cannot be used.
    package static func withClient<Value: Sendable>(
        _ configuration: CloudflareClientConfiguration,
        logger: Logger,
        _ body: (CloudflareClient) async throws -> Value
    ) async throws -> Value {
        let http = HTTPClient(configuration: try httpConfiguration(configuration))
        let client = CloudflareClient(
            http: http,
            configuration: configuration,
            budget: RequestBudget(
                concurrency: configuration.concurrency,
                requestsPerMinute: configuration.requestsPerMinute,
                onWait: { wait in
                    if wait > .seconds(5) {
                        let seconds = wait.components.seconds
                        logger.warning("waiting for the API's rate limit", metadata: ["seconds": "\(seconds)"])
                    }
                    configuration.onWait?(wait)
                }
            ),
            logger: logger
        )
        do {
            let value = try await body(client)
            try await http.shutdown()
            return value
        } catch {
            // The first error is the one to report.
            try? await http.shutdown()
            throw error
        }
    }

    /// A client that shares everything with this one, but gives up on its own where the API's server fails: so one account
    /// for which it does leaves the others readable.
    package func forOneAccount() -> CloudflareClient {
        var client = self
        client.circuit = CircuitBreaker(partOf: circuit)
        return client
    }

    /// Reads one document.
    ///
    /// - Parameters:
    ///   - path: Path below the base URL, without a leading slash; its segments are percent-encoded already.
    ///   - query: Query parameters, in order.
    /// - Returns: The answer, which reports success.
    /// - Throws: ``CloudflareError`` after all tries, or as soon as the client has given up on the API;
    ///   `CancellationError` when the task is cancelled.
    package func get(_ path: String, query: [(name: String, value: String)] = []) async throws -> APIAnswer {
        // Joined as text: Foundation would encode the percent signs of the path again.
        let base = configuration.baseURL.absoluteString
        let url = base + (base.hasSuffix("/") ? "" : "/") + path + Self.queryText(query)
        let name = "GET /\(path)"
        return try await circuit.run(request: name) { try await get(url, name: name) }
    }

    private func get(_ url: String, name: String) async throws -> APIAnswer {
        var delay = configuration.firstRetryDelay
        var attempt = 1
        while true {
            do {
                let isLastTry = attempt >= configuration.attempts
                return try await budget.run { [delay] start in
                    try await send(url, name: name, start: start, delay: delay, isLastTry: isLastTry)
                }
            } catch let error as CloudflareError {
                guard error.isTransient, attempt < configuration.attempts else { throw error }
                logger.debug(
                    "retrying",
                    metadata: ["request": "\(name)", "attempt": "\(attempt)", "reason": "\(error.code)"]
                )
                // Full jitter keeps many clients of one budget from coming back at the same moment.
                try await Task.sleep(for: delay * Double.random(in: 0.5...1))
                delay = min(delay * 2, .seconds(30))
                attempt += 1
            }
        }
    }

    /// Everything but unreserved characters (RFC 3986) is encoded: Foundation leaves `+`, which cursors hold, and which
    /// servers read as a space.
    private static func queryText(_ query: [(name: String, value: String)]) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        let pairs = query.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")"
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// Sends a request, and tells the circuit what became of it: before the next one takes its slot.
    private func send(
        _ url: String,
        name: String,
        start: RequestPace.Start,
        delay: Duration,
        isLastTry: Bool
    ) async throws -> APIAnswer {
        try circuit.check(request: name)
        do {
            let answer = try await Self.limited(to: configuration.timeout * 5) {
                try await exchange(url, name: name, start: start, delay: delay)
            }
            circuit.noteSuccess()
            return answer
        } catch {
            let error = Self.translate(error, request: name)
            guard let error = (error as? CloudflareError)?.masking(configuration.credentials) else { throw error }
            // What a cancelled request fails with is of no interest.
            try Task.checkCancellation()
            // This may end every other request, but not change what this one fails with.
            if isLastTry || !error.isTransient { circuit.note(error) }
            throw error
        }
    }

    /// Runs an operation that is cancelled, and fails as one that got no answer in time, after `limit`.
    private static func limited<Value: Sendable>(
        to limit: Duration,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    private func exchange(
        _ url: String,
        name: String,
        start: RequestPace.Start,
        delay: Duration
    ) async throws -> APIAnswer {
        var request = HTTPClientRequest(url: url)
        for header in configuration.credentials.headers { request.headers.add(name: header.name, value: header.value) }
        request.headers.add(name: "User-Agent", value: configuration.userAgent)
        request.headers.add(name: "Accept", value: "application/json")
        let response = try await http.execute(request, timeout: TimeAmount(configuration.timeout), logger: logger)
        let status = Int(response.status.code)
        let limits = RateLimitHeaders(response.headers, status: status)
        await budget.observe(limits, of: start)
        if let wait = limits.retryAfter { try await heed(wait, status: status, request: name) }
        let body = try await response.body.collect(upTo: Self.maximumBody)
        do {
            return try AnswerReading.read(status: status, body: Data(body.readableBytesView), request: name)
        } catch {
            // The limit is one for all requests, and the API blocks for minutes: the usual wait would hardly help.
            if error.code == .rateLimited, limits.retryAfter == nil { await budget.pause(for: delay * 10) }
            throw error
        }
    }

    private func heed(_ wait: Duration, status: Int, request: String) async throws {
        // The API blocks for five minutes; what asks for far more is no rate limit that passes. An answer is one, though.
        if wait > RequestPace.longestPause, !(200..<300).contains(status) {
            throw CloudflareError(
                code: .blocked,
                request: request,
                httpStatus: status,
                problem: "the API asks to wait \(wait.components.seconds) seconds before the next request",
                remedy: "Try again after that time"
            )
        }
        await budget.pause(for: min(wait, RequestPace.longestPause))
    }

    private static func httpConfiguration(
        _ configuration: CloudflareClientConfiguration
    ) throws(CloudflareError) -> HTTPClient.Configuration {
        let url = configuration.baseURL
        let host = url.host() ?? ""
        let isLoopback = ["127.0.0.1", "localhost", "::1"].contains(host)
        guard !host.isEmpty, url.scheme == "https" || (url.scheme == "http" && isLoopback) else {
            throw CloudflareError(
                code: .badConfiguration,
                request: url.absoluteString,
                problem: "the API's URL must begin with https:// (plain http is for loopback addresses only)",
                remedy: "Correct --api-url or CLOUDFLARE_BASE_URL"
            )
        }
        guard configuration.credentials.isSendable else {
            throw CloudflareError(
                code: .malformedCredentials,
                request: "credentials",
                problem: "they are empty, or hold a line break or another character that no token has",
                remedy: "Copy the API token again"
            )
        }
        var http = HTTPClient.Configuration(redirectConfiguration: .disallow)
        http.timeout.connect = .seconds(15)
        // The time limit of a request ends with the head of its answer; a body that stops coming is another matter.
        http.timeout.read = TimeAmount(configuration.timeout)
        // Ours are the retries: the pool's would go on until its deadline whatever the reason.
        http.connectionPool.retryConnectionEstablishment = false
        http.decompression = .enabled(limit: .size(maximumBody))
        http.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.concurrency
        if url.scheme == "https", let proxy = try ProxySettings(forHost: host, environment: configuration.environment) {
            http.proxy = .server(
                host: proxy.host,
                port: proxy.port,
                authorization: proxy.userInfo.map { .basic(username: $0.user, password: $0.password) }
            )
        }
        return http
    }
}
