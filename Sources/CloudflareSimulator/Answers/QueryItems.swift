import Foundation

/// The query of a request, in the order in which it was sent.
struct QueryItems: Sendable {
    let items: [RecordedRequest.QueryItem]

    /// - Parameter query: The text behind the question mark; `nil` when there is none.
    init(_ query: String?) {
        items = (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return RecordedRequest.QueryItem(
                name: Self.decoded(parts[0]),
                value: parts.count > 1 ? Self.decoded(parts[1]) : ""
            )
        }
    }

    /// The value of the first item of that name.
    subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// A positive whole number; `standard` when the item is absent.
    func number(_ name: String, standard: Int, _ product: Endpoint.Product) throws(Refusal) -> Int {
        guard let text = self[name] else { return standard }
        guard let number = Int(text), number > 0 else { throw .invalidQuery(name, product) }
        return number
    }

    private static func decoded(_ text: Substring) -> String {
        let plain = text.replacing("+", with: " ")
        return String(plain).removingPercentEncoding ?? String(plain)
    }
}
