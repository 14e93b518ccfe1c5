import AuditModel
import Foundation
import Rendering

/// The terminal: documents go to standard output, everything else to standard error.
enum Console {
    /// Says what went wrong.
    ///
    /// Messages can quote the account's names, so control characters are made visible.
    static func error(_ message: String) {
        note("ztaudit: \(message)")
    }

    /// Says something beside the documents, in one line: a newline in a name must not start another.
    static func note(_ message: String) {
        let line = Data((VisibleText.logLine(message) + "\n").utf8)
        // Whoever closed standard error does not want to know.
        try? FileHandle.standardError.write(contentsOf: line)
    }

    /// Writes to a terminal without ending the line; `text` is ours alone.
    static func status(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Writes a log line as JSON, with the time.
    static func json(level: String, message: String, _ details: [String: String]) {
        var line = details
        line["time"] = UTCTimestamp.now.wholeSeconds
        line["level"] = level
        line["message"] = message
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A dictionary of texts always encodes.
        if let data = try? encoder.encode(line) { note(String(decoding: data, as: UTF8.self)) }
    }

    /// Writes a document to standard output.
    ///
    /// - Throws: ``OutputError`` when the reader is gone.
    static func output(_ document: String) throws(OutputError) {
        guard OutputFiles.write(document, to: STDOUT_FILENO) else {
            throw OutputError(path: "standard output", problem: "cannot be written (\(OutputFiles.reason()))")
        }
    }

    /// Writes workflow commands beside a document that standard output is for.
    static func commands(_ document: String) {
        try? FileHandle.standardError.write(contentsOf: Data(document.utf8))
    }

    /// Whether people watch standard error.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
}
