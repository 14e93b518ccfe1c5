package import JSONModel

/// Validates a document against the part of JSON Schema 2020-12 that our schema uses; any other keyword is a fault.
package struct JSONSchemaValidator: Sendable {
    /// The whole schema.
    package let root: JSONValue

    /// - Parameter root: The whole schema.
    package init(root: JSONValue) {
        self.root = root
    }

    /// Everything that is wrong with `document`, with its place.
    package func faults(in document: JSONValue) -> [String] { check(document, against: root, at: "$") }

    private static let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

    private func check(_ value: JSONValue, against schema: JSONValue, at place: String) -> [String] {
        guard let keywords = schema.objectValue else { return ["\(place): the schema is no object"] }
        return keywords.keys.sorted().flatMap { keyword -> [String] in
            guard let argument = keywords[keyword] else { return [] }
            switch keyword {
            case _ where Self.annotations.contains(keyword): return []
            case "$ref": return checkReference(value, argument, at: place)
            case "type": return checkType(value, argument, at: place)
            case "enum":
                return argument.arrayValue?.contains(value) == true ? [] : ["\(place): \(value) is none of the words"]
            case "const": return value == argument ? [] : ["\(place): \(value) is not \(argument)"]
            case "minimum": return checkMinimum(value, argument, at: place)
            case "pattern": return checkPattern(value, argument, at: place)
            case "required":
                return (argument.arrayValue ?? []).compactMap(\.stringValue)
                    .filter { value.objectValue != nil && value[$0] == nil }.map { "\(place): \($0) is missing" }
            case "properties", "additionalProperties", "items":
                return checkParts(value, keywords, keyword, at: place)
            default: return ["\(place): the validator does not know the keyword \(keyword)"]
            }
        }
    }

    private func checkReference(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        let prefix = "#/$defs/"
        guard let reference = argument.stringValue, reference.hasPrefix(prefix),
            let target = root[path: ["$defs", String(reference.dropFirst(prefix.count))]]
        else { return ["\(place): the reference \(argument) leads nowhere"] }
        return check(value, against: target, at: place)
    }

    private func checkType(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        let allowed = argument.arrayValue?.compactMap(\.stringValue) ?? [argument.stringValue].compactMap(\.self)
        let isAllowed = allowed.contains { Self.has(value, type: $0) }
        return isAllowed ? [] : ["\(place): \(value) is no \(allowed.joined(separator: " or "))"]
    }

    private static func has(_ value: JSONValue, type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }

    private func checkMinimum(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        guard let number = value.integerValue else { return [] }
        guard let least = argument.integerValue else { return ["\(place): the minimum is no whole number"] }
        return number >= least ? [] : ["\(place): \(number) is less than \(least)"]
    }

    private func checkPattern(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        guard let text = value.stringValue else { return [] }
        guard let pattern = argument.stringValue, let expression = try? Regex(pattern) else {
            return ["\(place): the pattern is no regular expression"]
        }
        return text.contains(expression) ? [] : ["\(place): \(text) does not match \(pattern)"]
    }

    private func checkParts(
        _ value: JSONValue,
        _ keywords: [String: JSONValue],
        _ keyword: String,
        at place: String
    ) -> [String] {
        switch keyword {
        case "items":
            guard let items = keywords["items"] else { return [] }
            return (value.arrayValue ?? []).enumerated().flatMap { check($1, against: items, at: "\(place)[\($0)]") }
        case "properties":
            return (keywords["properties"]?.objectValue ?? [:]).sorted { $0.key < $1.key }.flatMap { name, schema in
                value[name].map { check($0, against: schema, at: "\(place).\(name)") } ?? []
            }
        default:
            guard let rest = keywords["additionalProperties"] else { return [] }
            let known = keywords["properties"]?.objectValue ?? [:]
            return (value.objectValue ?? [:]).sorted { $0.key < $1.key }.filter { known[$0.key] == nil }
                .flatMap { name, member in
                    rest == false
                        ? ["\(place): \(name) is not allowed"] : check(member, against: rest, at: "\(place).\(name)")
                }
        }
    }
}
