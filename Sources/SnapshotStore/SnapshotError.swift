/// A snapshot that cannot be read or written.
package struct SnapshotError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; callers compare this, never the text.
    package enum Code: Sendable {
        case notFound, notASnapshot, truncated, newerSchema, olderSchema, unreadable, notWritable, diskFull,
            notResumable
    }

    package let code: Code
    /// Path of the snapshot.
    package let path: String
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    /// Creates an error from its members.
    package init(code: Code, path: String, problem: String, remedy: String) {
        self.code = code
        self.path = path
        self.problem = problem
        self.remedy = remedy
    }

    package var description: String { "\(path): \(problem). \(remedy)." }
}
