import Foundation

/// A place in a list, as text from which a client can tell nothing.
struct PageCursor {
    let position: Int
    /// Whether the request came without a cursor.
    let isFirst: Bool

    init(position: Int, isFirst: Bool = false) {
        self.position = position
        self.isFirst = isFirst
    }

    /// - Throws: `Refusal` for text that is no cursor of ours.
    init(_ text: String?, _ product: Endpoint.Product) throws(Refusal) {
        guard let text, !text.isEmpty else {
            self.init(position: 0, isFirst: true)
            return
        }
        guard let data = Data(base64Encoded: text),
            let position = Int(String(decoding: data, as: UTF8.self).dropFirst(Self.prefix.count)), position >= 0
        else { throw .invalidQuery("cursor", product) }
        self.init(position: position)
    }

    /// Base64, so it may hold `+`, `/` and `=`, which a client must escape.
    var text: String { Data("\(Self.prefix)\(position)".utf8).base64EncodedString() }

    private static let prefix = "position>>"
}
