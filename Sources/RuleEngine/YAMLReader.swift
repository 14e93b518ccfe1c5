import AuditModel
import JSONModel
import Yams

/// Reads a YAML file's mappings, with the line of whatever is wrong.
struct YAMLReader {
    let file: String
    /// Where the form of the file is described, a clause.
    var guide = "rules/README.md describes the form"

    static let maximumBytes = 4 << 20
    private static var anchor: Regex<(Substring, Substring)> { /(?:^|[\s,\[\]{}:?-])(&[^\s,\[\]{}]+)/ }
    private static var alias: Regex<Substring> { /(?:^|[\s,\[\]{}:?-])\*[^\s,\[\]{}]+/ }

    /// The document's root mapping.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - maximumBytes: A longer text is refused, which keeps a hostile file from costing memory.
    /// - Returns: The mapping.
    /// - Throws: ``RuleFileError``, also when the document is no mapping.
    func root(of text: String, maximumBytes: Int = YAMLReader.maximumBytes) throws(RuleFileError) -> Node.Mapping {
        guard text.utf8.count <= maximumBytes else {
            throw failure(.unreadable, nil, "is larger than \(maximumBytes >> 10) KiB", "Split the file")
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
        if let error = unknownKeys(of: mapping, allowed: allowed).first { throw error }
    }

    /// An error for each key that is not among `allowed`.
    func unknownKeys(of mapping: Node.Mapping, allowed: [String]) -> [RuleFileError] {
        mapping.filter { !allowed.contains($0.key.string ?? "") }.map { key, _ in
            let name = key.string ?? ""
            return failure(
                .unknownKey,
                key,
                "has the unknown key '\(name)'",
                "\(Self.suggestion(name, allowed))Known keys are \(allowed.joined(separator: ", "))"
            )
        }
    }

    /// The question whether a known word was meant, with a space behind it; empty when none is similar.
    static func suggestion(_ word: String, _ known: [String]) -> String {
        ClosestWord.to(word, among: known).map { "Did you mean '\($0)'? " } ?? ""
    }

    /// The text under a key that must be there.
    func text(_ key: String, in mapping: Node.Mapping) throws(RuleFileError) -> String {
        guard let text = try optionalText(key, in: mapping), !text.isEmpty else {
            throw RuleFileError(
                code: .missingKey,
                file: file,
                line: (mapping[key]?.mark ?? mapping.mark)?.line,
                problem: mapping[key] == nil ? "lacks the key '\(key)'" : "has nothing under '\(key)'",
                remedy: mapping[key] == nil ? "Add it; \(guide)" : "Fill it in; \(guide)"
            )
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
        case .reader(let text, let offset, _, let yaml):
            line = offset.map { offset in yaml.utf8.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1 }
            problem = text
        case .duplicatedKeysInMapping(let keys, let context):
            line = Self.repetition(of: keys.first ?? "", from: context.mark.line, in: context.text)
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

    /// The line on which a key of a block stands for the second time.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - first: Line of the one that is known.
    ///   - text: The whole file.
    /// - Returns: `first` when no other line begins with the key.
    private static func repetition(of key: String, from first: Int, in text: String) -> Int {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(first - 1) else { return first }
        let indentation = lines[first - 1].prefix { $0 == " " }
        let next = lines.indices.dropFirst(first).first { lines[$0].hasPrefix("\(indentation)\(key):") }
        return next.map { $0 + 1 } ?? first
    }

    private func trimmed(_ text: String) -> String {
        var view = text[...]
        while let last = view.last, last.isWhitespace { view.removeLast() }
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        return String(view)
    }
}
