import JSONModel

/// Makes objects from a schema, so many that each branch of every union occurs.
///
/// Every text is a marker of its own, except words of an enumeration and times, for which there is a choice.
struct SchemaGenerator {
    /// Which members an object gets.
    enum Filling: String, CaseIterable, Sendable {
        case allMembers
        /// All, and those that were seen in answers without being declared.
        case observedMembers
        /// All, and members that the schema does not have, and words that its enumerations do not have.
        case unknownMembers
        case requiredMembers
        /// Every block, and in it only what is required.
        case requiredMembersOfEveryBlock
        /// `null` for everything that may be.
        case nullMembers
        /// Every block, and in it `null` for every other member that may be.
        case nullMembersOfEveryBlock
    }

    /// What a text is.
    enum Text: Sendable {
        case plausible, markersOnly
    }

    let reference: APIReference
    let filling: Filling
    let text: Text
    private var count = 0
    /// What ``choices(in:)`` found for references.
    private var known: [String: Int] = [:]

    init(_ reference: APIReference, _ filling: Filling, _ text: Text = .plausible) {
        self.reference = reference
        self.filling = filling
        self.text = text
    }

    /// Objects of a schema; together they have each branch of every union.
    mutating func values(of schema: JSONValue) throws -> [JSONValue] {
        var values: [JSONValue] = []
        for choice in 0..<(try choices(in: schema)) { values.append(try value(of: schema, choice)) }
        return values
    }

    /// A text that occurs nowhere else, and no other begins with it.
    mutating func marker() -> String {
        count += 1
        return "mk\(String(count + 1_000_000).dropFirst())q"
    }

    /// How many objects it takes to have each branch once.
    private mutating func choices(in schema: JSONValue) throws -> Int {
        if let name = schema["$ref"]?.stringValue {
            if let count = known[name] { return count }
            let count = try choices(in: reference.schema(name))
            known[name] = count
            return count
        }
        if let branches = schema["anyOf"]?.arrayValue {
            return try Self.realBranches(branches).reduce(0) { try $0 + choices(in: $1) }
        }
        // An array has each branch of its elements at once.
        let parts = (schema["allOf"]?.arrayValue ?? []) + (schema["properties"]?.objectValue ?? [:]).values
        return try parts.reduce(1) { try max($0, choices(in: $1)) }
    }

    private mutating func value(of schema: JSONValue, _ choice: Int) throws -> JSONValue {
        if let name = schema["$ref"]?.stringValue { return try value(of: reference.schema(name), choice) }
        if let branches = schema["anyOf"]?.arrayValue {
            var choice = choice % (try choices(in: schema))
            for branch in Self.realBranches(branches) {
                let count = try choices(in: branch)
                if choice < count { return try value(of: branch, choice) }
                choice -= count
            }
        }
        if let parts = schema["allOf"]?.arrayValue {
            var members: [String: JSONValue] = [:]
            for part in parts { members.merge(try value(of: part, choice).objectValue ?? [:]) { $1 } }
            return .object(members)
        }
        switch schema["type"]?.stringValue {
        case "string": return string(schema)
        case "integer": return plain(schema) { .integer(Int64($0)) }
        case "number": return plain(schema) { .number(Double($0) + 0.5) }
        case "boolean": return plain(schema) { .bool($0.isMultiple(of: 2)) }
        case "array": return .array(try values(of: schema["items"] ?? [:]))
        default: return .object(try members(of: schema, choice))
        }
    }

    private mutating func members(of schema: JSONValue, _ choice: Int) throws -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        guard let properties = schema["properties"]?.objectValue else {
            let kept = schema["additionalProperties"] ?? ["type": "string"]
            members[marker()] = kept.objectValue == nil ? .string(marker()) : try value(of: kept, choice)
            return members
        }
        let required = schema["required"]?.arrayValue ?? []
        for (name, member) in properties.sorted(by: { $0.key < $1.key }) {
            let isRequired = required.contains(.string(name))
            let isNullable = try !isRequired || isNullable(member)
            let goesDown = try filling.hasEveryBlock && isBlock(member)
            switch filling {
            case .requiredMembers where !isRequired, .requiredMembersOfEveryBlock where !isRequired && !goesDown:
                continue
            case .nullMembers where isNullable, .nullMembersOfEveryBlock where isNullable && !goesDown:
                members[name] = .null
            default: members[name] = try value(of: member, choice)
            }
        }
        if filling == .unknownMembers {
            members["unheard of \(marker())"] = [["list": [.string(marker()), 1.5, nil, true]], .string(marker())]
        }
        return members
    }

    private mutating func string(_ schema: JSONValue) -> JSONValue {
        let marker = marker()
        guard text == .plausible else { return .string(marker) }
        if let words = schema["enum"]?.arrayValue, filling != .unknownMembers { return words[count % words.count] }
        if schema["format"] == "date-time" { return .string(Spelling.time(count)) }
        return .string(marker)
    }

    private mutating func plain(_ schema: JSONValue, _ make: (Int) -> JSONValue) -> JSONValue {
        count += 1
        guard let values = schema["enum"]?.arrayValue, filling != .unknownMembers else { return make(count) }
        return values[count % values.count]
    }

    private func isNullable(_ schema: JSONValue) throws -> Bool {
        if let name = schema["$ref"]?.stringValue { return try isNullable(reference.schema(name)) }
        return schema["nullable"] == true || schema["anyOf"]?.arrayValue?.contains(where: Self.isNull) == true
    }

    /// Whether a member has members of its own.
    private func isBlock(_ schema: JSONValue) throws -> Bool {
        if let name = schema["$ref"]?.stringValue { return try isBlock(reference.schema(name)) }
        let parts = (schema["anyOf"] ?? schema["allOf"])?.arrayValue ?? []
        return try schema["properties"] != nil || schema["items"].map(isBlock) ?? parts.contains(where: isBlock)
    }

    private static func realBranches(_ branches: [JSONValue]) -> [JSONValue] { branches.filter { !isNull($0) } }

    private static func isNull(_ schema: JSONValue) -> Bool { schema["$ref"] == "#/components/schemas/null-value" }
}

extension SchemaGenerator.Filling {
    fileprivate var hasEveryBlock: Bool {
        self == .requiredMembersOfEveryBlock || self == .nullMembersOfEveryBlock
    }
}
