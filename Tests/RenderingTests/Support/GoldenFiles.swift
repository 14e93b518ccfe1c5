import Foundation
import TestSupport
import Testing

/// Compares `text` with the file `name` in `Golden`, which `RECORD_GOLDEN=1` rewrites.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = GoldenFile(name, in: TestFiles.folder.appending(path: "Golden"))
    guard let difference = try file.difference(from: text) else { return }
    Issue.record("\(difference)", sourceLocation: sourceLocation)
}
