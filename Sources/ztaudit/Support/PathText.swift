/// Parts of a path as the user wrote it.
///
/// Foundation would make it absolute (`URL`), or crash on one of a single character (`NSString`, Swift 6.3 on Linux).
enum PathText {
    /// The folder that a path is in: `.` when it names none.
    static func folder(of path: String) -> String {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        // Slashes at the end do not count.
        while parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        parts.removeLast()
        while parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        guard let first = parts.first else { return "." }
        return parts.count == 1 && first.isEmpty ? "/" : parts.joined(separator: "/")
    }

    /// The path of a file in a folder.
    static func appending(_ name: String, to folder: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The path without its last ending: `a.test.yaml` gives `a.test`.
    static func withoutEnding(_ path: String) -> String {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
        return String(path[..<dot])
    }
}
