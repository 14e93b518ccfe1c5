import ArgumentParser
import CloudflareSimulator
import Foundation

/// `Benchmarks serve`: the simulator in a process of its own, so that what it costs is not the collector's.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a generated account until standard input ends.",
        discussion: "Prints a line of JSON when it is ready, and another at the end."
    )

    @Argument var size: AccountSize

    @Option(help: "Milliseconds that each answer takes.")
    var latency = 0

    @Option(help: "Requests that the API allows in 300 s.")
    var budget = 1200

    @Option(help: "Requests at a time, for measuring the simulator alone.")
    var concurrency = 8

    mutating func run() async throws {
        let account = try GeneratedAccount(size)
        let (description, reading) = try await describe(account)
        let options = SimulatorOptions(
            latency: .milliseconds(latency),
            rateLimit: SimulatedRateLimit(quota: budget)
        )
        try await withCloudflareSimulator(world: account.world, options: options) { simulator in
            var description = description
            description.baseURL = simulator.baseURL
            try Self.print(description)
            await Self.waitForEndOfInput()
            let requests = simulator.recordedRequests()
            let arrivals = requests.map(\.arrival)
            let pauses = zip(arrivals.dropFirst(), arrivals).map { $0 - $1 }
            try Self.print(
                ServiceRecord(
                    requests: arrivals.count,
                    mostConcurrent: simulator.mostConcurrentRequests,
                    longestPause: (pauses.max() ?? .zero) / .seconds(1),
                    surplus: Self.surplus(requests, reading)
                )
            )
        }
    }

    /// Reads the account once from a simulator without latency or limit.
    private func describe(
        _ account: GeneratedAccount
    ) async throws -> (ServiceDescription, reading: MinimalReading) {
        let options = SimulatorOptions(rateLimit: SimulatedRateLimit(quota: .max))
        return try await withCloudflareSimulator(world: account.world, options: options) { simulator in
            let reader = APIReader(baseURL: simulator.baseURL, token: account.token)
            let reading = try await MinimalReading(account.world, with: reader)
            let start = ContinuousClock.now
            let bytes = try await reader.drain(reading.targets, concurrency: concurrency)
            let description = ServiceDescription(
                baseURL: simulator.baseURL,
                token: account.token,
                minimalRequests: reading.targets.count,
                longestChain: reading.longestChain,
                objects: reading.objects,
                bytes: bytes,
                secondsAlone: (ContinuousClock.now - start) / .seconds(1)
            )
            return (description, reading)
        }
    }

    /// How many more requests there were than needed, by path.
    private static func surplus(_ requests: [RecordedRequest], _ reading: MinimalReading) -> [String: Int] {
        let needed = reading.requestsByPath.mapValues { -$0 }
        return requests.reduce(into: needed) { $0[String($1.path.dropFirst()), default: 0] += 1 }
            .filter { $0.value != 0 }
    }

    private static func print(_ value: some Encodable) throws {
        let data = try JSONEncoder().encode(value) + Data("\n".utf8)
        try FileHandle.standardOutput.write(contentsOf: data)
    }

    /// Blocks a thread of its own.
    private static func waitForEndOfInput() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                // Input that cannot be read has ended too.
                _ = try? FileHandle.standardInput.readToEnd()
                continuation.resume()
            }
        }
    }
}

/// What is served, and what reading it takes at least.
struct ServiceDescription: Codable {
    var baseURL: String
    let token: String
    let minimalRequests: Int
    let longestChain: Int
    let objects: Int
    let bytes: Int
    /// How long the simulator takes to answer the minimal requests without latency, to a client that does nothing else.
    let secondsAlone: Double
}

/// What happened to the service.
struct ServiceRecord: Codable {
    let requests: Int
    let mostConcurrent: Int
    /// Seconds between two requests.
    let longestPause: Double
    /// Requests beyond the fewest, by path; negative where fewer were sent.
    let surplus: [String: Int]
}
