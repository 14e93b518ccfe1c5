import ArgumentParser
import AuditModel
import Foundation
import Logging
import Rendering

/// How log lines look.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

/// Least level of the log lines that are shown.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    var loggerLevel: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}

/// Writes log lines to standard error.
struct ConsoleLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { $1 }
        let pairs = merged.map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
        switch format {
        case .text:
            let time = UTCTimestamp.now.wholeSeconds
            let details = pairs.map { " \($0.0)=\($0.1)" }.joined()
            Console.note("\(time) \(event.level) \(event.message)\(details)")
        case .json:
            Console.json(level: "\(event.level)", message: "\(event.message)", Dictionary(pairs) { $1 })
        }
    }
}

extension UTCTimestamp {
    /// The time now.
    static var now: UTCTimestamp {
        UTCTimestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}
