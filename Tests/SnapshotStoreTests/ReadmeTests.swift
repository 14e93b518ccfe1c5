import Foundation
import SnapshotStore
import Testing

@Suite struct ReadmeTests {
    @Test func namesEveryPermissionThatAKindNeeds() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| ") }
        for kind in ResourceCatalogue.kinds {
            if kind.isOptional {
                #expect(readme.contains(kind.permission), "\(kind.permission)")
            } else {
                #expect(rows.contains { $0.hasPrefix("| \(kind.permission) |") }, "\(kind.permission)")
            }
        }
    }
}
