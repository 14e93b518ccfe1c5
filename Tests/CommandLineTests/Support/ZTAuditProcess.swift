import Foundation
import TestSupport
import Testing

/// How a run of the program ended.
struct ProcessOutcome: Sendable {
    /// Exit status, or the signal's number when a signal ended it.
    let status: Int32
    let endedBySignal: Bool
    let output: String
    let errors: String

    /// What was said on standard error, a line each.
    var errorLines: [Substring] { errors.split(separator: "\n", omittingEmptySubsequences: true) }
}

/// A run of the program while it lasts.
struct RunningProcess: Sendable {
    let identifier: Int32

    func send(_ signal: Int32) { kill(identifier, signal) }
}

/// Runs the built `ztaudit` to its end.
///
/// - Parameters:
///   - arguments: As typed behind the program's name.
///   - environment: Added to `PATH`, `HOME` and `TMPDIR`; nothing of the tests' own environment arrives.
///   - folder: Working directory and, below it, `HOME` and `TMPDIR`.
///   - input: Text for standard input.
///   - shell: A script that gets the program and its arguments as `"$@"`; `nil` starts it directly.
///   - limit: Time after which it is killed and the test fails.
///   - meanwhile: Runs beside the program.
/// - Returns: How it ended.
/// - Throws: What `meanwhile` throws, or why the program cannot be started.
func runZTAudit(
    _ arguments: [String],
    environment: [String: String] = [:],
    in folder: ScratchFolder,
    input: String = "",
    shell: String? = nil,
    limit: Duration = .seconds(60),
    meanwhile: @escaping @Sendable (RunningProcess) async throws -> Void = { _ in }
) async throws -> ProcessOutcome {
    try await ProcessSlots.shared.run {
        let temporary = folder.path("tmp")
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "ztaudit").path()
        let process = Process()
        process.executableURL = URL(filePath: shell == nil ? program : "/bin/sh")
        process.arguments = (shell.map { ["-c", $0, "sh", program] } ?? []) + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.url.path(), "TMPDIR": temporary]
            .merging(environment) { $1 }
        process.currentDirectoryURL = folder.url
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        let (endings, ending) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ending.finish() }
        try process.run()
        async let outputText = drain(output)
        async let errorText = drain(errors)
        // The program may have ended without reading.
        try? standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? standardInput.fileHandleForWriting.close()
        let running = RunningProcess(identifier: process.processIdentifier)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await meanwhile(running) }
            group.addTask {
                try await Task.sleep(for: limit)
                Issue.record("ztaudit \(arguments.joined(separator: " ")) took longer than \(limit)")
                running.send(SIGKILL)
            }
            for await _ in endings {}
            group.cancelAll()
            do {
                while let _ = try await group.next() {}
            } catch is CancellationError {}
        }
        return ProcessOutcome(
            status: process.terminationStatus,
            endedBySignal: process.terminationReason == .uncaughtSignal,
            output: await outputText,
            errors: await errorText
        )
    }
}

/// Reads a pipe to its end on a thread of its own, because reading blocks.
private func drain(_ pipe: Pipe) async -> String {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
            continuation.resume(returning: String(decoding: data ?? Data(), as: UTF8.self))
        }
    }
}

/// Lets only a few programs run at a time, so that each has the processor that its time limit supposes.
private actor ProcessSlots {
    static let shared = ProcessSlots()

    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    nonisolated func run<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        await take()
        do {
            let value = try await body()
            await release()
            return value
        } catch {
            await release()
            throw error
        }
    }

    private func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func release() {
        guard waiting.isEmpty else {
            waiting.removeFirst().resume()
            return
        }
        free += 1
    }
}
