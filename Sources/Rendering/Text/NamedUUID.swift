import Crypto
import Foundation

/// UUIDs that follow from names (RFC 9562, version 5), so that equal results give equal ids.
enum NamedUUID {
    /// Namespace of everything that is the same thing in every result, such as a resource.
    static let lasting = UUID(named: ["ztaudit"], in: urls)

    /// The namespace for names that are URLs, which RFC 9562 fixes.
    private static let urls = UUID(
        uuid: (0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8)
    )
}

extension UUID {
    /// The UUID of a name of several parts, told apart by their lengths so that no two lists share one.
    init(named parts: [String], in namespace: UUID) {
        self.init(named: parts.map { "\($0.utf8.count):\($0)" }.joined(), in: namespace)
    }

    /// The version 5 UUID of a name.
    init(named name: String, in namespace: UUID) {
        // SHA-1 is what the version demands; nothing here relies on it for secrecy.
        var hash = Insecure.SHA1()
        withUnsafeBytes(of: namespace.uuid) { hash.update(bufferPointer: $0) }
        hash.update(data: Data(name.utf8))
        var bytes = Array(hash.finalize().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        self.init(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9],
                bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            )
        )
    }

    /// The usual form in small letters.
    var text: String { uuidString.lowercased() }
}
