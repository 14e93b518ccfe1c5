import Foundation

/// A terminal for a program to write to.
struct Terminal: Sendable {
    /// Path under which the program opens it.
    let path: String
    private let master: Int32
    /// Kept open until the program has ended, since the reader takes the last closing for the end.
    private let slave: Int32

    init() throws {
        var ends: (master: Int32, slave: Int32) = (-1, -1)
        guard openpty(&ends.master, &ends.slave, nil, nil, nil) == 0, let name = ttyname(ends.slave) else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        (master, slave) = ends
        path = String(cString: name)
    }

    /// Lets ``text()`` come to its end.
    func close() { Foundation.close(slave) }

    /// All that was written to it until it was closed.
    func text() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4096)
                while case let count = read(master, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
                Foundation.close(master)
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
