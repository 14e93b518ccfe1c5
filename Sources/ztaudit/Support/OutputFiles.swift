import ArgumentParser
import Foundation

/// A file that cannot be written.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    let problem: String

    var description: String { "\(path): \(problem). Check that the folder exists, is writable and has room." }
}

/// A file that the command reads, which nothing that it writes may replace.
struct KeptFile: Sendable {
    /// What it is to the user, such as `baseline`.
    let name: String
    let path: String

    /// `nil` for a path that is empty, or `-`, which is no file.
    init?(_ name: String, _ path: String?) {
        guard let path, !path.isEmpty, path != "-" else { return nil }
        (self.name, self.path) = (name, path)
    }

    /// - Throws: `ValidationError` when a document at `path`, which `option` gave, would replace this file.
    func check(_ path: String, of option: String) throws {
        // What is written replaces a link, and not what it leads to; what is read may be behind one.
        guard OutputFiles.areSame(path, self.path) || OutputFiles.areSame(path, OutputFiles.behindLinks(self.path))
        else { return }
        throw ValidationError("\(option) would replace the \(name) '\(self.path)'. Give another path.")
    }
}

/// Writes files so that an interruption leaves the old one or the new one, never half of it.
enum OutputFiles {
    /// Refuses a path that cannot be written, before minutes of work are spent on its content.
    static func check(_ path: String) throws(OutputError) {
        var isDirectory: ObjCBool = false
        let folder = PathText.folder(of: path)
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw OutputError(path: path, problem: "cannot be written: there is no folder \(folder)")
        }
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
            throw OutputError(path: path, problem: "cannot be written: it is a folder")
        }
        guard access(isStream(path) ? path : folder, W_OK) == 0 else {
            throw OutputError(path: path, problem: "cannot be written (\(reason()))")
        }
    }

    /// Refuses also what is no file: a snapshot is a database, which no device or pipe can hold.
    static func checkSnapshot(_ path: String) throws(OutputError) {
        try check(path)
        guard !isStream(path) else { throw OutputError(path: path, problem: "cannot be written: it is no file") }
    }

    /// Whether two paths lead to one file, also when it is not there yet.
    static func areSame(_ left: String, _ right: String) -> Bool {
        func resolved(_ path: String) -> URL {
            let url = URL(filePath: path).standardizedFileURL
            return url.deletingLastPathComponent().resolvingSymlinksInPath().appending(path: url.lastPathComponent)
        }
        return resolved(left) == resolved(right)
    }

    /// The file to which a path leads through symbolic links.
    static func behindLinks(_ path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    }

    /// Writes all documents, then puts all in place: none is, unless every one could be written.
    static func write(_ documents: [(path: String, text: String)]) throws(OutputError) {
        var written: [(temporary: String, path: String)] = []
        do throws(OutputError) {
            for document in documents where !isStream(document.path) {
                let temporary = "\(document.path).\(ProcessInfo.processInfo.processIdentifier).tmp"
                written.append((temporary, document.path))
                try write(document.text, to: temporary, path: document.path)
            }
            for file in written {
                guard rename(file.temporary, file.path) == 0 else {
                    throw OutputError(path: file.path, problem: "cannot be put in place (\(reason()))")
                }
            }
            for document in documents where isStream(document.path) {
                try write(document.text, to: document.path, path: document.path)
            }
        } catch {
            for file in written { unlink(file.temporary) }
            throw error
        }
    }

    /// Writes new files into a folder, which is made if need be: either all, or none because one is there already.
    static func create(_ documents: [(path: String, text: String)], in folder: String) throws(OutputError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw OutputError(path: folder, problem: "cannot be made (\(error.localizedDescription))")
        }
        var created: [String] = []
        do throws(OutputError) {
            for document in documents {
                let descriptor = open(document.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
                guard descriptor >= 0 else {
                    throw OutputError(path: document.path, problem: "cannot be created (\(reason()))")
                }
                close(descriptor)
                created.append(document.path)
            }
            try write(documents)
        } catch {
            for path in created { unlink(path) }
            throw error
        }
    }

    private static func write(_ text: String, to temporary: String, path: String) throws(OutputError) {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw OutputError(path: path, problem: "cannot be written (\(reason()))") }
        let isWritten = write(text, to: descriptor) && (fsync(descriptor) == 0 || errno == EINVAL)
        let failure = isWritten ? nil : reason()
        guard close(descriptor) == 0, failure == nil else {
            throw OutputError(path: path, problem: "cannot be written (\(failure ?? reason()))")
        }
    }

    /// Writes all of a text to an open file; when it cannot, `errno` says why.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
    }

    /// Whether there is a device or pipe, which is written to, never replaced by a file.
    static func isStream(_ path: String) -> Bool {
        // `/dev/stdout` is a link of the system to wherever output goes, which may be a file.
        let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path(percentEncoded: false)
        if ["/dev/", "/dev/fd/", "/proc/self/fd/"].contains(folder) { return true }
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return [S_IFCHR, S_IFIFO, S_IFBLK, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }

    /// What the system says of the last failure.
    static func reason() -> String { String(cString: strerror(errno)) }
}
