import JSONModel

/// Copies objects of the demo account under ids of their own, so that references between the copies hold.
struct ObjectCopier {
    /// How often the object with an id is copied, the original included.
    private var copies: [String: Int] = [:]

    /// Members that hold an object's own id; the API has one for each product.
    private static let identifiers = ["id", "uid", "policy_id", "network_id", "test_id"]

    /// Makes the ids of a list known; what is known already stays.
    ///
    /// - Parameters:
    ///   - templates: The list in the demo account.
    ///   - count: How many elements it is to have, made from the templates in turn.
    mutating func learn(_ templates: [JSONValue], count: Int) {
        for (position, template) in templates.enumerated() {
            for id in Self.identifiers.compactMap({ template[$0]?.stringValue }) where copies[id] == nil {
                copies[id] = max(1, (count - position + templates.count - 1) / templates.count)
            }
        }
    }

    /// A copy, whose references lead to the copies with the same number, as far as there are so many.
    ///
    /// Copy 0 is the original.
    func copy(_ object: JSONValue, number: Int) -> JSONValue {
        guard number > 0 else { return object }
        let copy = rewritten(object, number)
        guard case .object(var members) = copy, let name = members["name"]?.stringValue else { return copy }
        members["name"] = .string("\(name) \(number)")
        return .object(members)
    }

    private func rewritten(_ value: JSONValue, _ number: Int) -> JSONValue {
        switch value {
        case .string(let text): copies[text].map { .string(Self.identifier(text, number % $0)) } ?? value
        case .array(let elements): .array(elements.map { rewritten($0, number) })
        case .object(let members): .object(members.mapValues { rewritten($0, number) })
        case .null, .bool, .integer, .number: value
        }
    }

    /// The id of a copy: of the same form as the original's, and scattered, since real ids come in no order.
    private static func identifier(_ id: String, _ number: Int) -> String {
        guard number > 0 else { return id }
        guard id.utf8.count >= 32, let first = UInt32(id.prefix(8), radix: 16) else { return "\(id)-\(number)" }
        // Multiplying by an odd number maps no two numbers to one.
        let scattered = String(first ^ (UInt32(number) &* 0x9e37_79b1), radix: 16)
        return String(repeating: "0", count: 8 - scattered.count) + scattered + id.dropFirst(8)
    }
}
