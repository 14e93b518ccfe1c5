import AuditModel
import BuiltInFiles
import CloudflareAPI
import CloudflareSimulator
import Collecting
import Foundation
import Logging
import RuleEngine
import SnapshotStore
import TestSupport

/// The simulated company that the demo shows, and what is made from it.
enum DemoAccount {
    static let id = "0ac664733e82a981accb3ea4fd0f0e72"
    static let token = "demo-read-only-token"
    static let tokenID = "d0ba441f9bf8d12fcb4aa36cc2c49cc9"
    /// A token that lacks "MCP Portals Read" and nothing else.
    static let tokenWithoutMCP = "demo-token-without-mcp"
    /// The time that the account's dates are made for.
    static let asOf = "2026-11-15T09:00:00Z"

    /// Bytes of snapshots, collected once for all tests that only read them.
    static let snapshot = Task { try await collected(token) }
    /// As it was some weeks before.
    static let earlierSnapshot = Task { try await collected(token, asItWas: true) }
    static let snapshotWithoutMCP = Task { try await collected(tokenWithoutMCP) }

    /// Puts a snapshot into a test's folder.
    static func write(_ snapshot: Task<Data, any Error>, to path: String) async throws {
        try await snapshot.value.write(to: URL(filePath: path))
    }

    /// Evaluates every built-in rule over the account.
    static func audit() async throws -> AuditResult {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.ztaudit")
            try await write(snapshot, to: path)
            let earlier = folder.path("earlier.ztaudit")
            try await write(earlierSnapshot, to: earlier)
            let sources = BuiltInFiles.files(below: "rules").filter { !$0.path.hasSuffix(".test.yaml") }
            let pack = try RulePack(sources.map { RuleSource(file: $0.path, text: $0.text) })
            guard let now = UTCTimestamp(asOf) else { throw CancellationError() }
            let file = try ConfigurationFile(file: "ztaudit.yaml", text: BuiltInFiles.demoConfiguration)
            return try RuleEngine(pack).evaluate(
                try Snapshot(path: path),
                now: now,
                toolVersion: "0.0.0-test",
                since: try Snapshot(path: earlier),
                settings: try file.settings(for: pack)
            ).applying(file.waivers, at: now)
        }
    }

    private static func collected(_ token: String, asItWas isEarlier: Bool = false) async throws -> Data {
        try await ScratchFolder.with { folder in
            let path = folder.path("snapshot.ztaudit")
            let request = CollectionRequest(
                accountIDs: [],
                path: path,
                toolVersion: "0.0.0-test",
                apiBase: "http://127.0.0.1/client/v4",
                usesGlobalKey: false,
                width: 8,
                include: ["logpush_jobs"],
                now: { "2026-11-15T08:58:00Z" }
            )
            _ = try await withCloudflareSimulator(world: .demoAccount(asItWas: isEarlier)) { simulator in
                guard let url = URL(string: simulator.baseURL) else { throw CancellationError() }
                let configuration = CloudflareClientConfiguration(
                    baseURL: url,
                    credentials: .token(token),
                    userAgent: "ztaudit-tests"
                )
                let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
                return try await CloudflareClient.withClient(configuration, logger: logger) { client in
                    try await Collector(client: client) { _ in }.collect(request)
                }
            }
            return try Data(contentsOf: URL(filePath: path))
        }
    }
}
