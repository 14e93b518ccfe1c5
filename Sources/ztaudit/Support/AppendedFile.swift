import Foundation

/// A file to which text is added, all or nothing.
struct AppendedFile {
    private let path: String
    private let descriptor: Int32
    /// Bytes that it had when it was opened.
    let size: Int

    /// Opens a file, or makes it.
    init(_ path: String) throws(OutputError) {
        // A pipe that nobody reads would wait for ever.
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Foundation.close(descriptor)
            throw OutputError(path: path, problem: "cannot be written: it is no file")
        }
        (self.path, self.descriptor, size) = (path, descriptor, Int(status.st_size))
    }

    /// Adds a text; when not all of it can be written, the file is as before.
    func append(_ text: String) throws(OutputError) {
        var text = text
        let isWritten = text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
        guard isWritten else {
            let failure = Self.failure(path)
            ftruncate(descriptor, off_t(size))
            throw failure
        }
    }

    func close() { _ = Foundation.close(descriptor) }

    private static func failure(_ path: String) -> OutputError {
        OutputError(path: path, problem: "cannot be written (\(String(cString: strerror(errno))))")
    }
}
