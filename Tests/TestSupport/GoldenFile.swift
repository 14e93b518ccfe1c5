package import Foundation

/// A recorded document beside the tests.
package struct GoldenFile: Sendable {
    private let url: URL

    /// - Parameters:
    ///   - name: Name of the file.
    ///   - folder: The `Golden` folder of a test target.
    package init(_ name: String, in folder: URL) {
        url = folder.appending(path: name)
    }

    /// Compares `text` with the file.
    ///
    /// With `RECORD_GOLDEN=1` the file is rewritten and that is reported as a difference, so that a recording run is
    /// never taken for a passing one.
    ///
    /// - Parameter text: The document of today.
    /// - Returns: How they differ; `nil` when they do not.
    /// - Throws: When the file cannot be read or written.
    package func difference(from text: String) throws -> String? {
        let name = url.lastPathComponent
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: url)
            return "recorded \(name); run again without RECORD_GOLDEN"
        }
        let golden = try Data(contentsOf: url)
        guard golden != Data(text.utf8) else { return nil }
        let old = String(decoding: golden, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line =
            zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        let shown = { (lines: [Substring]) in line < lines.count ? String(lines[line]) : "(end)" }
        return """
            \(name) differs from line \(line + 1) on
            golden: \(shown(old))
            now:    \(shown(new))
            If the change is wanted, run these tests again with RECORD_GOLDEN=1.
            """
    }
}
