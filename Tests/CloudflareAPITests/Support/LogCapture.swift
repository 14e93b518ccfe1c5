import Logging
import Synchronization

/// Keeps every log line, metadata included.
final class LogCapture: Sendable {
    private let kept = Mutex<[String]>([])

    /// What was logged so far.
    var text: String { kept.withLock { $0.joined(separator: "\n") } }

    /// A logger that writes here, down to trace level.
    var logger: Logger {
        var logger = Logger(label: "capture") { _ in Handler(capture: self) }
        logger.logLevel = .trace
        return logger
    }

    private func keep(_ line: String) { kept.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let capture: LogCapture
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            capture.keep("\(event.level) \(event.message) \(all)")
        }
    }
}
