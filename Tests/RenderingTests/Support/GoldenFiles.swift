import Foundation
import Testing

/// Compares `text` with the file `name` in `Golden`.
///
/// With `RECORD_GOLDEN=1` the file is rewritten and the test fails,
/// so that a recording run is never taken for a passing one.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = TestFiles.folder.appending(path: "Golden").appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(name); run again without RECORD_GOLDEN", sourceLocation: sourceLocation)
        return
    }
    let golden = try Data(contentsOf: file)
    guard golden != Data(text.utf8) else { return }
    let old = String(decoding: golden, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
    let shown = { (lines: [Substring]) in line < lines.count ? String(lines[line]) : "(end)" }
    Issue.record(
        """
        \(name) differs from line \(line + 1) on
        golden: \(shown(old))
        now:    \(shown(new))
        If the change is wanted: RECORD_GOLDEN=1 swift test --filter RenderingTests
        """,
        sourceLocation: sourceLocation
    )
}
