import Foundation

/// A running `Benchmarks serve`.
struct Service {
    let description: ServiceDescription
    private let process: Process
    private let input: Pipe
    private let output: Pipe

    /// Starts it and waits until it is ready.
    init(_ size: AccountSize, latency: Int, budget: Int, concurrency: Int) throws {
        process = Process()
        (input, output) = (Pipe(), Pipe())
        process.executableURL = Programs.own
        process.arguments = [
            "serve", size.name, "--latency", "\(latency)", "--budget", "\(budget)", "--concurrency",
            "\(concurrency)",
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        description = try Self.line(ServiceDescription.self, from: output)
    }

    /// Ends it.
    func stop() throws -> ServiceRecord {
        try input.fileHandleForWriting.close()
        let record = try Self.line(ServiceRecord.self, from: output)
        process.waitUntilExit()
        return record
    }

    private static func line<Value: Decodable>(_ type: Value.Type, from pipe: Pipe) throws -> Value {
        var text = Data()
        while text.last != UInt8(ascii: "\n") {
            let part = pipe.fileHandleForReading.availableData
            guard !part.isEmpty else { throw BenchmarkError(description: "the simulator ended too early") }
            text += part
        }
        return try JSONDecoder().decode(type, from: text)
    }
}
