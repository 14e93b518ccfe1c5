package import JSONModel

/// Validates a document against the part of JSON Schema that the schemas in use need; any other keyword is a fault.
package struct JSONSchemaValidator: Sendable {
    /// How a schema is to be read.
    package enum Dialect: Sendable {
        /// JSON Schema 2020-12.
        case jsonSchema
        /// OpenAPI 3.0 as the API reference uses it: what is `nullable`, and any optional member, may be `null`.
        case openAPI
    }

    /// The document in which references are looked up.
    package let root: JSONValue
    /// How its schemas are to be read.
    package let dialect: Dialect

    /// - Parameters:
    ///   - root: The whole schema, or the document that holds the schemas.
    ///   - dialect: How its schemas are to be read.
    package init(root: JSONValue, dialect: Dialect = .jsonSchema) {
        self.root = root
        self.dialect = dialect
    }

    /// Looks for everything that is wrong with a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - schema: A schema inside the root; `nil` for the root itself.
    /// - Returns: What is wrong, each with its place.
    package func faults(in document: JSONValue, against schema: JSONValue? = nil) -> [String] {
        check(document, against: schema ?? root, at: "$")
    }

    private static let annotations: Set<String> = [
        "$schema", "$id", "$defs", "title", "description", "example", "nullable",
    ]

    private func check(_ value: JSONValue, against schema: JSONValue, at place: String) -> [String] {
        guard let keywords = schema.objectValue else { return ["\(place): the schema is no object"] }
        if dialect == .openAPI, value.isNull, keywords["nullable"] == true { return [] }
        return keywords.keys.sorted().flatMap { keyword -> [String] in
            guard let argument = keywords[keyword] else { return [] }
            switch keyword {
            case _ where Self.annotations.contains(keyword) || keyword.hasPrefix("x-"): return []
            case "$ref": return checkReference(value, argument, at: place)
            case "anyOf": return checkBranches(value, argument, at: place)
            case "oneOf":
                let fitting = (argument.arrayValue ?? []).count { check(value, against: $0, at: place).isEmpty }
                return fitting < 2 ? checkBranches(value, argument, at: place) : ["\(place): \(fitting) branches fit"]
            case "allOf": return (argument.arrayValue ?? []).flatMap { check(value, against: $0, at: place) }
            case "format": return checkFormat(value, argument, at: place)
            case "type": return checkType(value, argument, at: place)
            case "enum":
                return argument.arrayValue?.contains(value) == true
                    ? [] : ["\(place): \(Self.short(value)) is none of the words"]
            case "const": return value == argument ? [] : ["\(place): \(value) is not \(argument)"]
            case "minimum": return checkBound(value, argument, at: place, "less") { $0 >= $1 }
            case "maximum": return checkBound(value, argument, at: place, "more") { $0 <= $1 }
            case "minItems":
                let isLongEnough = value.arrayValue.map { $0.count >= argument.integerValue ?? 0 } ?? true
                return isLongEnough ? [] : ["\(place): has fewer than \(argument) elements"]
            case "maxItems":
                let isShortEnough = value.arrayValue.map { $0.count <= argument.integerValue ?? 0 } ?? true
                return isShortEnough ? [] : ["\(place): has more than \(argument) elements"]
            case "minLength", "maxLength":
                guard let text = value.stringValue, let bound = argument.integerValue else { return [] }
                let length = text.unicodeScalars.count
                let holds = keyword == "minLength" ? length >= bound : length <= bound
                return holds ? [] : ["\(place): a text of \(length) characters breaks \(keyword) \(bound)"]
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

    private static func short(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): "a list of \(elements.count)"
        case .object(let members): "an object with \(members.keys.sorted().joined(separator: ", "))"
        case .null, .bool, .integer, .number, .string: "\(value)"
        }
    }

    private func checkReference(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        guard let reference = argument.stringValue, reference.hasPrefix("#/"),
            let target = root[path: reference.dropFirst(2).split(separator: "/").map(String.init)]
        else { return ["\(place): the reference \(argument) leads nowhere"] }
        return check(value, against: target, at: place)
    }

    /// One branch has to fit; when none does, the one that fits best is most likely the one that was meant.
    private func checkBranches(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        var best: (distance: (Int, Int), faults: [String])?
        for branch in argument.arrayValue ?? [] {
            let faults = check(value, against: branch, at: place)
            guard !faults.isEmpty else { return [] }
            // A branch whose members do not fit was meant rather than one of another type altogether.
            let own = faults.count { $0.hasPrefix("\(place): ") && !$0.hasSuffix(" is missing") }
            if best.map({ (own, faults.count) < $0.distance }) ?? true { best = ((own, faults.count), faults) }
        }
        return best?.faults ?? ["\(place): the union has no branch"]
    }

    private func checkFormat(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        guard let text = value.stringValue else { return [] }
        guard argument == "date-time" else { return ["\(place): the validator does not know the format \(argument)"] }
        let isTime = text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)/) != nil
        return isTime ? [] : ["\(place): \(text) is no RFC 3339 time"]
    }

    private func checkType(_ value: JSONValue, _ argument: JSONValue, at place: String) -> [String] {
        let allowed = argument.arrayValue?.compactMap(\.stringValue) ?? [argument.stringValue].compactMap(\.self)
        let isAllowed = allowed.contains { Self.has(value, type: $0) }
        return isAllowed ? [] : ["\(place): \(Self.short(value)) is no \(allowed.joined(separator: " or "))"]
    }

    private static func has(_ value: JSONValue, type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }

    private func checkBound(
        _ value: JSONValue,
        _ argument: JSONValue,
        at place: String,
        _ word: String,
        _ holds: (Int64, Int64) -> Bool
    ) -> [String] {
        guard let number = value.integerValue else { return [] }
        guard let bound = argument.integerValue else { return ["\(place): the bound is no whole number"] }
        return holds(number, bound) ? [] : ["\(place): \(number) is \(word) than \(bound)"]
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
            let required = keywords["required"]?.arrayValue ?? []
            return (keywords["properties"]?.objectValue ?? [:]).sorted { $0.key < $1.key }.flatMap { name, schema in
                guard let member = value[name] else { return [String]() }
                let isOptional = dialect == .openAPI && !required.contains(.string(name))
                return member.isNull && isOptional ? [] : check(member, against: schema, at: "\(place).\(name)")
            }
        default:
            guard let rest = keywords["additionalProperties"] else { return [] }
            let known = keywords["properties"]?.objectValue ?? [:]
            if rest == true { return [] }
            return (value.objectValue ?? [:]).sorted { $0.key < $1.key }.filter { known[$0.key] == nil }
                .flatMap { name, member in
                    rest == false
                        ? ["\(place): \(name) is not allowed"] : check(member, against: rest, at: "\(place).\(name)")
                }
        }
    }
}
