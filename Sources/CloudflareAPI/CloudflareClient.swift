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
    /// Longest wait, in one try of one request, for the head of the answer, and then for each further part of it.
    package var timeout: Duration = .seconds(60)
    /// Tries of one request, the first included.
    package var attempts = 5
    /// Wait before the second try; each further wait is twice as long, at most 30 s, with jitter.
    package var firstRetryDelay: Duration = .milliseconds(500)
    /// Called when requests have to wait for the rate limit, with how long; from any thread.
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
package struct CloudflareClient: Sendable {
    private let http: HTTPClient
    private let configuration: CloudflareClientConfiguration
    private let budget: RequestBudget
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
                requestsPerMinute: configuration.requestsPerMinute
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

    /// Reads one document.
    ///
    /// - Parameters:
    ///   - path: Path below the base URL, without a leading slash; its segments are percent-encoded already.
    ///   - query: Query parameters, in order.
    /// - Returns: The answer, which reports success.
    /// - Throws: ``CloudflareError`` after all tries, `CancellationError` when the task is cancelled.
    package func get(_ path: String, query: [(name: String, value: String)] = []) async throws -> APIAnswer {
        // Joined as text: Foundation would encode the percent signs of the path again.
        let base = configuration.baseURL.absoluteString
        let url = base + (base.hasSuffix("/") ? "" : "/") + path + Self.queryText(query)
        let name = "GET /\(path)"
        var delay = configuration.firstRetryDelay
        for attempt in 1... {
            do {
                return try await budget.run { try await send(url, name: name) }
            } catch let error as CloudflareError {
                // What a cancelled request fails with is of no interest.
                try Task.checkCancellation()
                guard error.isTransient, attempt < configuration.attempts else { throw error }
                logger.debug(
                    "retrying",
                    metadata: ["request": "\(name)", "attempt": "\(attempt)", "reason": "\(error.code)"]
                )
                // Full jitter keeps many clients of one budget from coming back at the same moment.
                try await Task.sleep(for: delay * Double.random(in: 0.5...1))
                delay = min(delay * 2, .seconds(30))
            }
        }
        preconditionFailure("the loop above ends by returning or throwing")
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

    private func send(_ url: String, name: String) async throws -> APIAnswer {
        var request = HTTPClientRequest(url: url)
        for header in configuration.credentials.headers { request.headers.add(name: header.name, value: header.value) }
        request.headers.add(name: "User-Agent", value: configuration.userAgent)
        request.headers.add(name: "Accept", value: "application/json")
        do {
            let response = try await http.execute(request, timeout: TimeAmount(configuration.timeout), logger: logger)
            let limits = RateLimitHeaders(response.headers)
            let body = try await response.body.collect(upTo: Self.maximumBody)
            try await heed(limits, request: name)
            return try AnswerReading.read(
                status: Int(response.status.code),
                body: Data(body.readableBytesView),
                request: name
            )
        } catch {
            let error = Self.translate(error, request: name)
            throw (error as? CloudflareError)?.masking(configuration.credentials) ?? error
        }
    }

    /// The API blocks for five minutes; what asks for more than three times that is no rate limit that passes.
    private static let longestPause = 900

    private func heed(_ limits: RateLimitHeaders, request: String) async throws {
        if let seconds = limits.retryAfterSeconds {
            guard seconds <= Self.longestPause else {
                throw CloudflareError(
                    code: .blocked,
                    request: request,
                    problem: "the API asks to wait \(seconds) seconds before the next request",
                    remedy: "Try again after that time"
                )
            }
            if seconds > 5 { logger.warning("waiting for the API's rate limit", metadata: ["seconds": "\(seconds)"]) }
            await budget.pause(for: .seconds(seconds))
        }
        if let remaining = limits.remaining, let reset = limits.resetSeconds, let quota = limits.quota {
            await budget.observe(remaining: remaining, quota: quota, reset: .seconds(reset))
        }
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
