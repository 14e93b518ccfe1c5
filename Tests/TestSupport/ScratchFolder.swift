package import Foundation

/// A folder of its own for one test, removed when the test is over.
package struct ScratchFolder: Sendable {
    /// The folder.
    package let url: URL

    /// Path of a file in the folder.
    package func path(_ name: String) -> String { url.appending(path: name).path() }

    /// Runs `body` with a new folder.
    ///
    /// - Throws: What `body` throws.
    package static func with<Value>(_ body: (ScratchFolder) async throws -> Value) async throws -> Value {
        let url = FileManager.default.temporaryDirectory.appending(path: "ztaudit-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        // What cannot be removed is left to the system's cleaning.
        defer { try? FileManager.default.removeItem(at: url) }
        return try await body(ScratchFolder(url: url))
    }
}

/// The repository that the tests belong to.
package enum Repository {
    /// Its root.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
