import JSONModel
import Yams

/// Reads a YAML file's mappings, with the line of whatever is wrong.
struct YAMLReader {
    let file: String
    /// Where the form of the file is described, a clause.
    var guide = "rules/README.md describes the form"

    private static let maximumBytes = 4 << 20
    // A regular expression is compiled from a literal that does not change: it is safe to share.
    nonisolated(unsafe) private static let anchor = /(?:^|[\s,\[\]{}:?-])(&[^\s,\[\]{}]+)/
    nonisolated(unsafe) private static let alias = /(?:^|[\s,\[\]{}:?-])\*[^\s,\[\]{}]+/

    /// The document's root mapping.
    func root(of text: String) throws(RuleFileError) -> Node.Mapping {
        guard text.utf8.count <= Self.maximumBytes else {
            throw failure(.unreadable, nil, "is larger than \(Self.maximumBytes >> 20) MiB", "Split the file")
        }
        // A few aliases of aliases stand for more values than fit into memory.
        if let anchor = text.firstMatch(of: Self.anchor), text.contains(Self.alias) {
            throw RuleFileError(
                code: .malformedYAML,
                file: file,
                line: text[..<anchor.range.upperBound].count { $0.isNewline } + 1,
                problem: "has the YAML anchor '\(anchor.output.1)'",
                remedy: "Write out what it stands for"
            )
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw malformed(error)
        } catch {
            throw RuleFileError(
                code: .malformedYAML,
                file: file,
                line: nil,
                problem: "is not YAML (\(error))",
                remedy: "Correct the file"
            )
        }
        guard let node, let mapping = node.mapping else {
            throw failure(
                .malformedYAML,
                node,
                "is not a YAML mapping",
                "Begin with a line 'key: …'; \(guide)"
            )
        }
        return mapping
    }

    /// Checks that a mapping has no other keys than `allowed`.
    func checkKeys(of mapping: Node.Mapping, allowed: [String]) throws(RuleFileError) {
        for (key, _) in mapping {
            let name = key.string ?? ""
            guard !allowed.contains(name) else { continue }
            let closest = allowed.first { $0.hasPrefix(name.prefix(3)) }
            throw failure(
                .unknownKey,
                key,
                "has the unknown key '\(name)'",
                closest.map { "Did you mean '\($0)'? Known keys are \(allowed.joined(separator: ", "))" }
                    ?? "Known keys are \(allowed.joined(separator: ", "))"
            )
        }
    }

    /// The text under a key that must be there.
    func text(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> String {
        guard let text = try optionalText(key, in: mapping), !text.isEmpty else {
            throw failure(.missingKey, nil, "lacks the key '\(key)'", "Add it; \(guide)")
        }
        return text
    }

    /// The text under a key that may be missing, without white space at its ends.
    func optionalText(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> String? {
        guard let node = mapping[key] else { return nil }
        guard let scalar = node.scalar else {
            throw failure(.badValue, node, "has no text under '\(key)'", "Write a single value there")
        }
        return trimmed(scalar.string)
    }

    /// The texts of the list under a key; empty when the key is missing.
    func texts(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> [String] {
        guard let node = mapping[key] else { return [] }
        return try texts(of: node, key)
    }

    private func texts(of node: Node, _ key: String) throws(RuleFileError) -> [String] {
        guard let sequence = node.sequence else {
            throw failure(.badValue, node, "has no list under '\(key)'", "Write a list: [a, b]")
        }
        var texts: [String] = []
        for element in sequence {
            guard let scalar = element.scalar else {
                throw failure(
                    .badValue,
                    element,
                    "has something other than text in the list '\(key)'",
                    "Write texts only"
                )
            }
            texts.append(scalar.string)
        }
        return texts
    }

    /// A parameter's text: of a list, the elements separated by commas.
    func parameterText(
        _ key: String,
        of type: RuleParameter.ParameterType,
        in mapping: Node.Mapping
    ) throws(RuleFileError) -> String {
        guard type == .list else { return try text(key, in: mapping) }
        guard mapping[key] != nil else { return try text(key, in: mapping) }
        return try parameterText(of: mapping[key], key)
    }

    /// The same where the type is not known yet.
    func parameterText(of node: Node?, _ name: String) throws(RuleFileError) -> String {
        guard let node else { return "" }
        if let scalar = node.scalar { return trimmed(scalar.string) }
        let elements = try texts(of: node, name)
        guard let bad = elements.first(where: { $0.contains(",") }) else { return elements.joined(separator: ", ") }
        throw failure(.badValue, node, "has a comma in '\(bad)' under '\(name)'", "Write an element for each text")
    }

    /// The mapping under a key; `nil` when the key is missing.
    func mapping(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> Node.Mapping? {
        guard let node = mapping[key] else { return nil }
        guard let inner = node.mapping else {
            throw failure(.badValue, node, "has no mapping under '\(key)'", "Write 'name: value' lines there")
        }
        return inner
    }

    /// An error at a node.
    func failure(
        _ code: RuleFileError.Code,
        _ node: Node?,
        _ problem: String,
        _ remedy: String
    ) -> RuleFileError {
        RuleFileError(code: code, file: file, line: node?.mark?.line, problem: problem, remedy: remedy)
    }

    /// A YAML value as the JSON it stands for.
    func json(_ node: Node) -> JSONValue {
        switch node {
        case .mapping(let mapping):
            return .object(Dictionary(mapping.map { ($0.key.string ?? "", json($0.value)) }) { _, last in last })
        case .sequence(let sequence):
            return .array(sequence.map(json))
        default:
            if node.null != nil { return .null }
            guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else {
                return .string(node.string ?? "")
            }
            if let value = node.bool { return .bool(value) }
            if let value = node.int { return .integer(Int64(value)) }
            if let value = node.float { return .number(value) }
            return .string(scalar.string)
        }
    }

    private func malformed(_ error: YamlError) -> RuleFileError {
        var line: Int?
        var problem = "\(error)"
        switch error {
        case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
            line = mark.line
            problem = text
        case .duplicatedKeysInMapping(let keys, _):
            problem = "a key stands twice: \(keys.joined(separator: ", "))"
        default:
            break
        }
        return RuleFileError(
            code: .malformedYAML,
            file: file,
            line: line,
            problem: "is not valid YAML: \(problem)",
            remedy: "Correct the indentation or quoting there"
        )
    }

    private func trimmed(_ text: String) -> String {
        var view = text[...]
        while let last = view.last, last.isWhitespace { view.removeLast() }
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        return String(view)
    }
}
