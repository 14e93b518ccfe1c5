import Foundation
import Synchronization

/// Listens on a loopback port, keeps the head of every request and answers each with the same bytes.
///
/// It stands for a proxy, and for a server that stops in the middle of an answer, or comes to no end with it: connections
/// stay open until the end.
final class TCPListener: Sendable {
    /// The port.
    let port: Int
    private let descriptor: Int32
    private let received = Mutex<[String]>([])

    /// The heads of the requests so far.
    var heads: [String] { received.withLock { $0 } }

    /// Runs `body` against a listener; behind an endless answer follows a space every 100 ms.
    static func with<R>(
        answer: String,
        isEndless: Bool = false,
        _ body: (TCPListener) async throws -> R
    ) async throws -> R {
        let listener = try TCPListener()
        Thread.detachNewThread { listener.serve(answer, isEndless: isEndless) }
        defer { shutdown(listener.descriptor, Int32(SHUT_RDWR)) }
        return try await body(listener)
    }

    /// Runs `body` with a port at which nobody listens, and nobody else can meanwhile.
    static func withClosedPort<R>(_ body: (Int) async throws -> R) async throws -> R {
        let listener = try TCPListener(isListening: false)
        defer { close(listener.descriptor) }
        return try await body(listener.port)
    }

    private init(isListening: Bool = true) throws {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && (!isListening || listen(descriptor, 16) == 0)
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Ends when the listening socket is shut down.
    private func serve(_ answer: String, isEndless: Bool) {
        var connections: [Int32] = []
        while true {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { break }
            let head = Self.readHead(connection)
            received.withLock { $0.append(head) }
            _ = answer.withCString { write(connection, $0, strlen($0)) }
            if isEndless {
                Thread.detachNewThread { Self.drip(connection) }
            } else {
                connections.append(connection)
            }
        }
        for connection in connections { close(connection) }
        close(descriptor)
    }

    /// Ends when the other side has closed the connection.
    private static func drip(_ connection: Int32) {
        while write(connection, " ", 1) == 1 { usleep(100_000) }
        close(connection)
    }

    private static func readHead(_ connection: Int32) -> String {
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: head, as: UTF8.self).contains("\r\n\r\n") {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { break }
            head += buffer[..<count]
        }
        return String(decoding: head, as: UTF8.self)
    }
}
