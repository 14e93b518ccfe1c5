import ArgumentParser
import Logging

/// What is said on standard error.
struct LoggingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Least level of log lines: trace, debug, info, notice, warning, error.", valueName: "level")
    )
    var logLevel: LogLevel = .warning

    @Option(help: ArgumentHelp("Form of log lines: text or json.", valueName: "format"))
    var logFormat: LogFormat = .text

    @Flag(name: .customLong("no-progress"), help: "Say nothing about progress.")
    var hidesProgress = false

    /// A logger for `label`.
    func logger(_ label: String) -> Logger {
        let (level, format) = (logLevel, logFormat)
        return Logger(label: label) { ConsoleLogHandler(label: $0, format: format, logLevel: level.loggerLevel) }
    }

    /// Tells people, or whoever reads the log, how far a collection is.
    func progressDisplay() -> ProgressDisplay {
        if hidesProgress { return ProgressDisplay(.silent) }
        if logFormat == .json { return ProgressDisplay(.json) }
        return ProgressDisplay(Console.isInteractive ? .terminal : .lines)
    }
}
