import Foundation
import Rendering

/// The terminal: documents go to standard output, everything else to standard error.
enum Console {
    /// Says what went wrong. Messages can quote the account's names, so control characters are made visible.
    static func error(_ message: String) {
        note("ztaudit: \(message)")
    }

    /// Says something beside the documents, a line or more.
    static func note(_ message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { VisibleText.logLine(String($0)) }.joined(separator: "\n")
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Writes a document to standard output.
    ///
    /// - Throws: ``OutputError`` when the reader is gone.
    static func output(_ document: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(document.utf8))
        } catch {
            throw OutputError(path: "standard output", problem: "cannot be written (\(error.localizedDescription))")
        }
    }

    /// Whether people watch standard error.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
}
