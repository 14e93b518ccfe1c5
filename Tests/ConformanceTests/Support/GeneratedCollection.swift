import AuditModel
import CloudflareAPI
import CloudflareSimulator
import Collecting
import Foundation
import Logging
import SnapshotStore
import TestSupport
import Testing

/// A snapshot of generated answers, collected over HTTP.
struct GeneratedCollection: Sendable {
    let generated: GeneratedWorld
    let coverage: [CoverageEntry]
    let snapshot: Snapshot
    /// How many answers were read.
    let answers: Int

    /// Collects every account of a world and opens the snapshot.
    static func with(_ generated: GeneratedWorld, _ body: (GeneratedCollection) throws -> Void) async throws {
        try await ScratchFolder.with { folder in
            var options = SimulatorOptions(rateLimit: .none)
            options.faults = generated.faults
            try await withCloudflareSimulator(world: generated.world, options: options) { simulator in
                let path = folder.path("snapshot.db")
                let coverage = try await collect(generated.world, from: simulator, into: path)
                let collection = GeneratedCollection(
                    generated: generated,
                    coverage: coverage,
                    snapshot: try Snapshot(path: path),
                    answers: simulator.recordedRequests().count
                )
                try body(collection)
            }
        }
    }

    private static func collect(
        _ world: SimulatedWorld,
        from simulator: SimulatorHandle,
        into path: String
    ) async throws -> [CoverageEntry] {
        var configuration = CloudflareClientConfiguration(
            baseURL: try #require(URL(string: simulator.baseURL)),
            credentials: .token(GeneratedWorld.token.value),
            userAgent: "ztaudit/test"
        )
        configuration.firstRetryDelay = .milliseconds(1)
        let request = CollectionRequest(
            accountIDs: world.accounts.map(\.id),
            path: path,
            toolVersion: "test",
            apiBase: simulator.baseURL,
            usesGlobalKey: false,
            width: 4,
            include: Set(ResourceCatalogue.kinds.filter(\.isOptional).map(\.name)),
            now: { "2026-11-02T08:00:00Z" }
        )
        let logger = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
        return try await CloudflareClient.withClient(configuration, logger: logger) { client in
            try await Collector(client: client) { _ in }.collect(request).coverage
        }
    }
}
