import Attestation
import Foundation

/// SHA-256 of files, whatever their size.
enum FileDigest {
    /// Looks at the place of a file; nothing but an ordinary file is opened, because a pipe would keep us waiting.
    static func find(_ path: String) -> FoundDocument {
        // Without waiting for a writer, should it be a pipe after all.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(String(cString: strerror(errno)))
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .unreadable("it is no file")
        }
        var digest = DigestBuilder()
        do {
            while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty { digest.update(data) }
        } catch {
            return .unreadable(error.localizedDescription)
        }
        return .file(digest: digest.hexadecimal)
    }
}
