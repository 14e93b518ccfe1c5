import ArgumentParser
import AuditModel
import Collecting
import Logging

/// What is said on standard error.
struct LoggingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Least level of log lines: trace, debug, info, notice, warning, error.", valueName: "level")
    )
    var logLevel: LogLevel = .warning

    @Option(help: ArgumentHelp("Form of log lines: text or json.", valueName: "format"))
    var logFormat: LogFormat = .text

    @Flag(name: .customLong("no-progress"), help: "Say nothing about progress. It is shown on a terminal only.")
    var hidesProgress = false

    /// A logger for `label`.
    func logger(_ label: String) -> Logger {
        let (level, format) = (logLevel, logFormat)
        return Logger(label: label) { ConsoleLogHandler(label: $0, format: format, logLevel: level.loggerLevel) }
    }

    /// Tells people at a terminal how far a collection is.
    func progress() -> @Sendable (CollectionEvent) -> Void {
        guard !hidesProgress, Console.isInteractive else { return { _ in } }
        return { event in
            switch event {
            case .accounts(let accounts):
                Console.note("Collecting from \(accounts.map(\.label).joined(separator: ", "))")
            case .finished(let entry):
                let count = "\(entry.rowCount) \(entry.rowCount == 1 ? "row" : "rows")"
                let end = entry.reason.map { " (\(entry.status.rawValue): \($0))" } ?? ""
                Console.note("  \(entry.kind): \(count)\(end)")
            }
        }
    }
}
