import Yams

extension YAMLReader {
    /// The root mapping, empty when the file holds nothing but comments.
    func rootOrNothing(of text: String) throws(RuleFileError) -> Node.Mapping {
        let isEmpty = text.split(whereSeparator: \.isNewline).allSatisfy { line in
            let content = line.drop { $0.isWhitespace }
            return content.isEmpty || content.hasPrefix("#") || content == "---"
        }
        return isEmpty ? [:] : try root(of: text)
    }

    /// The mapping under a key, with no other keys than `allowed`; empty when the key is missing or has nothing.
    func section(_ key: String, in mapping: Node.Mapping, allowed: [String]) throws(RuleFileError) -> Node.Mapping {
        guard let node = mapping[key], node.null == nil, let section = try self.mapping(key, in: mapping) else {
            return [:]
        }
        try checkKeys(of: section, allowed: allowed)
        return section
    }

    /// The texts of the list under a key; `nil` when the key is missing.
    func configuredTexts(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> Configured<[String]>? {
        guard let node = mapping[key] else { return nil }
        let texts = try texts(key, in: mapping)
        if let index = texts.firstIndex(where: \.isEmpty) {
            let element = node.sequence?[index] ?? node
            throw failure(.badValue, element, "has an empty text in the list '\(key)'", "Fill it in, or take it away")
        }
        return Configured(texts, line: node.mark?.line)
    }

    /// The text under a key; `nil` when the key is missing.
    func configuredText(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> Configured<String>? {
        guard let node = mapping[key] else { return nil }
        return Configured(try text(key, in: mapping), line: node.mark?.line)
    }

    /// The text of a value that was found in a mapping.
    func text(_ key: String, in mapping: Node.Mapping, node: Node) throws(RuleFileError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw failure(.badValue, node, "has no text under '\(key)'", "Write a single value there")
        }
        return scalar.string
    }

    /// A whole number within bounds.
    func number(
        _ key: String,
        in range: ClosedRange<Int>,
        of mapping: Node.Mapping
    ) throws(RuleFileError) -> Configured<Int>? {
        guard let text = try configuredText(key, in: mapping) else { return nil }
        guard let number = Int(text.value), range.contains(number) else {
            throw failure(
                .badValue,
                mapping[key],
                "has '\(text.value)' under '\(key)'",
                "Write a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return Configured(number, line: text.line)
    }

    /// `true` or `false`.
    func flag(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> Configured<Bool>? {
        guard let node = mapping[key] else { return nil }
        guard let value = node.bool else {
            throw failure(.badValue, node, "has no truth value under '\(key)'", "Write true or false")
        }
        return Configured(value, line: node.mark?.line)
    }

    /// One of several words.
    func word(
        _ key: String,
        of words: [String],
        in mapping: Node.Mapping
    ) throws(RuleFileError) -> Configured<String>? {
        guard let text = try configuredText(key, in: mapping) else { return nil }
        guard words.contains(text.value) else {
            throw failure(
                .badValue,
                mapping[key],
                "has '\(text.value)' under '\(key)'",
                "Use one of \(words.joined(separator: ", "))"
            )
        }
        return text
    }
}
