import AsyncHTTPClient
import CloudflareSimulator
import Foundation
import JSONModel
import NIOCore
import NIOHTTP1

/// Sends requests to a simulator.
struct Caller {
    /// The headers of the small world's reader.
    static let readerHeaders = ["Authorization": "Bearer \(SmallWorld.reader.value)"]

    /// An answer.
    struct Reply {
        let status: Int
        let headers: HTTPHeaders
        let bytes: [UInt8]

        /// The body, when it is JSON.
        var json: JSONValue? { try? JSONValue(parsing: Data(bytes)) }
        var result: JSONValue? { json?["result"] }
        var ids: [String] { (result?.arrayValue ?? []).compactMap { $0["id"]?.stringValue } }
        /// The code of the first error.
        var code: Int64? { json?["errors"]?.arrayValue?.first?["code"]?.integerValue }
        var message: String? { json?["errors"]?.arrayValue?.first?["message"]?.stringValue }
        func header(_ name: String) -> String? { headers.first(name: name) }
        func info(_ member: String) -> JSONValue? { json?["result_info"]?[member] }
    }

    let client: HTTPClient
    let simulator: SimulatorHandle

    /// Sends a request with the reader's token unless other headers are given.
    func send(
        _ path: String,
        headers: [String: String] = readerHeaders,
        method: String = "GET",
        timeout: Duration = .seconds(10)
    ) async throws -> Reply {
        let response = try await start(path, headers: headers, method: method, timeout: timeout)
        let body = try await response.body.collect(upTo: 100_000_000)
        return Reply(status: Int(response.status.code), headers: response.headers, bytes: Array(body.readableBytesView))
    }

    /// Sends a request and waits for the head of the answer only.
    func start(
        _ path: String,
        headers: [String: String] = readerHeaders,
        method: String = "GET",
        timeout: Duration = .seconds(10)
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: simulator.baseURL + path)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        return try await client.execute(request, timeout: TimeAmount(timeout))
    }

    /// Sends a request with this token.
    func send(_ path: String, token: String) async throws -> Reply {
        try await send(path, headers: ["Authorization": "Bearer \(token)"])
    }

    /// Reads a list of the ordinary account.
    func list(_ resource: String) async throws -> Reply {
        try await send(SmallWorld.path(resource))
    }
}

extension HTTPClient.Configuration {
    /// A retry by the client would hide a closed connection.
    static var withoutRetries: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}

/// Runs a simulator, by default over the small world, and a client for it.
func withCaller<R: Sendable>(
    world: SimulatedWorld = SmallWorld.world,
    options: SimulatorOptions = SimulatorOptions(),
    _ body: (Caller) async throws -> R
) async throws -> R {
    try await withCloudflareSimulator(world: world, options: options) { simulator in
        try await HTTPClient.withHTTPClient(configuration: .withoutRetries) { client in
            try await body(Caller(client: client, simulator: simulator))
        }
    }
}
