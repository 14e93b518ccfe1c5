import CloudflareSimulator
import Foundation
import TestSupport
import Testing

/// Serves the demo account, changed as wanted, for as long as `body` runs.
func withDemoAPI(
    options: SimulatorOptions = SimulatorOptions(),
    change: (inout SimulatedWorld) -> Void = { _ in },
    _ body: (SimulatorHandle) async throws -> Void
) async throws {
    var world = try SimulatedWorld.demoAccount()
    change(&world)
    try await withCloudflareSimulator(world: world, options: options, body)
}

extension SimulatorHandle {
    /// Environment of a program that scans this API.
    func environment(token: String? = DemoAccount.token) -> [String: String] {
        var environment = ["CLOUDFLARE_BASE_URL": baseURL]
        environment["CLOUDFLARE_API_TOKEN"] = token
        return environment
    }
}

/// Checks that a run ended with one clear message and nothing else.
///
/// - Parameters:
///   - outcome: The run.
///   - status: Exit status that it must have.
///   - words: Texts that the message must hold.
///   - sourceLocation: Where a failure is shown.
func expectRefusal(
    _ outcome: ProcessOutcome,
    status: Int32 = 2,
    saying words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(!outcome.endedBySignal, sourceLocation: sourceLocation)
    #expect(outcome.output == "", sourceLocation: sourceLocation)
    // Lines that tell how far a collection is may stand above it.
    let lines = outcome.errors.split(separator: "\n").filter {
        !$0.hasPrefix("  ") && !$0.hasPrefix("Collecting from ")
    }
    let message = status == 64 ? outcome.errors : lines.map { "\($0)\n" }.joined()
    for word in words {
        #expect(message.contains(word), "\(message) lacks \(word)", sourceLocation: sourceLocation)
    }
    if status == 64 {
        #expect(message.hasPrefix("Error: "), "\(message)", sourceLocation: sourceLocation)
    } else {
        #expect(lines.count == 1, "\(message)", sourceLocation: sourceLocation)
        #expect(
            message.hasPrefix("ztaudit: ") && message.hasSuffix(".\n"),
            "\(message)",
            sourceLocation: sourceLocation
        )
    }
    // Traces of Swift's own descriptions, of a crash or of a stack.
    for trace in ["Fatal error", "Error(", "NSError", "Optional(", "Domain=", " at 0x", ".swift:"] {
        #expect(!message.contains(trace), "\(message)", sourceLocation: sourceLocation)
    }
}

extension ScratchFolder {
    /// Names of the files in it and below, but not of the folder for temporary files itself.
    var files: [String] {
        (FileManager.default.subpaths(atPath: url.path()) ?? []).filter { $0 != "tmp" }.sorted()
    }

    /// The whole text, with the byte order mark that Foundation would leave out.
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }
}
