import CloudflareAPI
import CloudflareSimulator
import Foundation
import JSONModel
import Logging
import Testing

/// One account behind a simulator, and a client that may read it.
enum SimulatedAPI {
    static let account = "0123456789abcdef0123456789abcdef"
    static let token = "Kq3vX9_fRzP0aJm-7LwYt2"
    static let key = SimulatedGlobalKey(email: "owner@example.com", key: "c2547eb745079dac9320b638f5e225cf483cc5cfd")

    /// Path of a list with three elements.
    static let apps = "accounts/\(account)/access/apps"

    static let world = SimulatedWorld(
        tokens: [
            SimulatedToken(
                value: token,
                id: "reader",
                name: "Audit",
                permissions: ["Access: Apps and Policies Read", "Zero Trust Read"],
                accountIDs: [account]
            )
        ],
        globalKeys: [key],
        accounts: [
            SimulatedAccount(
                id: account,
                name: "Northwind",
                resources: ["access/apps": [["id": "app-1"], ["id": "app-2"], ["id": "app-3"]]]
            )
        ]
    )

    /// A configuration whose retries take milliseconds.
    static func configuration(_ baseURL: String) throws -> CloudflareClientConfiguration {
        var configuration = CloudflareClientConfiguration(
            baseURL: try #require(URL(string: baseURL)),
            credentials: .token(token),
            userAgent: "ztaudit/test"
        )
        configuration.firstRetryDelay = .milliseconds(1)
        configuration.timeout = .seconds(30)
        return configuration
    }

    /// Runs a simulator and a client for it.
    ///
    /// Faults are added to those of `options`; `configure` changes the client's configuration.
    static func run<R: Sendable>(
        faults: [SimulatorFault] = [],
        options: SimulatorOptions = SimulatorOptions(),
        logger: Logger = .silent,
        configure: (inout CloudflareClientConfiguration) -> Void = { _ in },
        _ body: (CloudflareClient, SimulatorHandle) async throws -> R
    ) async throws -> R {
        var options = options
        options.faults += faults
        return try await withCloudflareSimulator(world: world, options: options) { simulator in
            var configuration = try configuration(simulator.baseURL)
            configure(&configuration)
            return try await CloudflareClient.withClient(configuration, logger: logger) { client in
                try await body(client, simulator)
            }
        }
    }

    /// The error of one request, and how many requests the server saw.
    static func failure(
        _ kind: SimulatorFault.Kind,
        attempts: Int = 1,
        logger: Logger = .silent,
        configure: (inout CloudflareClientConfiguration) -> Void = { _ in }
    ) async throws -> (error: CloudflareError, requests: Int) {
        try await run(
            faults: [SimulatorFault(kind)],
            logger: logger,
            configure: {
                $0.attempts = attempts
                configure(&$0)
            }
        ) { client, simulator in
            let error = try await #require(throws: CloudflareError.self) { try await client.get(apps) }
            return (error, simulator.recordedRequests().count)
        }
    }

    /// The error of a client that cannot reach or trust what is at this URL.
    static func failure(
        at baseURL: String,
        logger: Logger = .silent,
        configure: (inout CloudflareClientConfiguration) -> Void = { _ in }
    ) async throws -> CloudflareError {
        var configuration = try configuration(baseURL)
        configuration.attempts = 2
        configure(&configuration)
        return try await #require(throws: CloudflareError.self) {
            try await CloudflareClient.withClient(configuration, logger: logger) { try await $0.get(apps) }
        }
    }
}

extension Logger {
    /// Keeps nothing.
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}

extension JSONValue {
    /// An answer that reports one error.
    static func failure(_ code: Int64, _ message: String, chain: Int64? = nil) -> JSONValue {
        var error: [String: JSONValue] = ["code": .integer(code), "message": .string(message)]
        error["error_chain"] = chain.map { [["code": .integer($0), "message": "detail"]] }
        return ["success": false, "errors": [.object(error)], "messages": [], "result": nil]
    }
}

/// Waits for something that has no event; how often it is looked at decides nothing.
func poll(_ isOver: () -> Bool) async {
    // A cancelled wait ends at once, and so does the test.
    while !isOver(), (try? await Task.sleep(for: .milliseconds(5))) != nil {}
}
