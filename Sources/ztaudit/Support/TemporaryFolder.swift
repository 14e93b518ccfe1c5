import Foundation

/// A folder that only this user can read, for as long as it is needed.
struct TemporaryFolder {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "ztaudit-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: url,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw OutputError(path: url.path(), problem: "cannot be made (\(error.localizedDescription))")
        }
    }

    /// The folder itself.
    var directory: URL { url }

    /// Path of a file in it.
    func path(_ name: String) -> String { url.appending(path: name).path() }

    /// Removes it with all that is in it; what cannot be removed is left to the system's cleaning.
    func remove() {
        try? FileManager.default.removeItem(at: url)
    }
}
