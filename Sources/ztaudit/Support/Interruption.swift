import Dispatch
import Foundation

/// Turns SIGINT and SIGTERM into cancellation, so that what was begun is ended in order.
enum Interruption {
    /// Runs `work`; the first signal cancels it, a second one ends the program at once.
    ///
    /// - Throws: What `work` throws; `CancellationError` after a signal.
    static func cancelling<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value
    {
        // Awaited below; a task of its own because signals arrive outside of structured concurrency.
        let task = Task { try await work() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if task.isCancelled { exit(ExitStatus.failed) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
