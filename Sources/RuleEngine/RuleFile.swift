import AuditModel
import SnapshotStore
import Yams

extension Rule {
    static let keys = [
        "id", "version", "title", "severity", "resource", "rationale", "remediation", "references", "frameworks",
        "parameters", "fails_hold_without", "query",
    ]
    /// Far above any real rule; keeps a hostile file from costing memory.
    static let maximumBytes = 256 << 10

    /// Reads a rule file.
    ///
    /// The query is not looked at; ``RuleChecker`` does that.
    ///
    /// - Parameters:
    ///   - file: Path, for messages; its name without ending must be the rule's id.
    ///   - text: The whole file.
    /// - Throws: ``RuleFileError``.
    package init(file: String, text: String) throws(RuleFileError) {
        let reader = YAMLReader(file: file)
        let root = try reader.root(of: text, maximumBytes: Self.maximumBytes)
        try reader.checkKeys(of: root, allowed: Self.keys)
        self.file = file
        let parameters = try Self.parameters(in: root, reader)
        self.parameters = parameters
        failsHoldWithout = Set(try reader.texts("fails_hold_without", in: root))
        query = try reader.text("query", in: root)
        queryLine = Self.firstLine(of: root["query"])
        queryKeepsLines = root["query"]?.scalar?.style == .literal
        keyLines = Self.lines(of: root)
        textDigest = Fingerprint.of([text])
        metadata = try Self.metadata(in: root, parameters: parameters, reader)
    }

    private static func metadata(
        in root: Node.Mapping,
        parameters: [String: RuleParameter],
        _ reader: YAMLReader
    ) throws(RuleFileError) -> RuleMetadata {
        let id = try Self.id(in: root, reader)
        let version = try Self.version(in: root, reader)
        let severity = try Self.severity(in: root, reader)
        return RuleMetadata(
            id: id,
            version: version,
            title: try reader.text("title", in: root),
            severity: severity,
            resource: try reader.text("resource", in: root),
            rationale: try reader.text("rationale", in: root),
            remediation: try remediation(in: root, reader),
            references: try references(in: root, reader),
            frameworks: try frameworks(in: root, reader),
            parameters: parameters.mapValues(\.defaultText)
        )
    }

    static func id(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) -> String {
        let id = try reader.text("id", in: root)
        let slug = reader.file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) }
        guard id == slug else {
            throw reader.failure(
                .badValue,
                root["id"],
                "has the id '\(id)', but the file is called '\(slug ?? "")'",
                "Give both the same name: the id is permanent"
            )
        }
        return id
    }

    static func version(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) -> Int {
        guard let version = Int(try reader.text("version", in: root)), version > 0 else {
            throw reader.failure(.badValue, root["version"], "has no whole number under 'version'", "Begin with 1")
        }
        return version
    }

    static func severity(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) -> Severity {
        let word = try reader.text("severity", in: root)
        guard let severity = Severity(rawValue: word) else {
            let words = Severity.allCases.map(\.rawValue)
            throw reader.failure(
                .badValue,
                root["severity"],
                "has an unknown severity",
                "\(YAMLReader.suggestion(word, words))Use one of \(words.joined(separator: ", "))"
            )
        }
        return severity
    }

    static func references(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) -> [String] {
        let references = try reader.texts("references", in: root)
        for (index, reference) in references.enumerated() where !reference.hasPrefix("https://") {
            let node = root["references"]?.sequence?[index] ?? root["references"]
            throw reader.failure(.badValue, node, "refers to '\(reference)'", "Use https links only")
        }
        return references
    }

    static func frameworks(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) -> [String: [String]] {
        let mapping = try reader.mapping("frameworks", in: root) ?? [:]
        var frameworks: [String: [String]] = [:]
        for (key, _) in mapping {
            let name = key.string ?? ""
            frameworks[name] = try reader.texts(name, in: mapping)
        }
        return frameworks
    }

    static func remediation(
        in root: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> Remediation {
        guard let mapping = try reader.mapping("remediation", in: root) else {
            throw reader.failure(.missingKey, nil, "lacks the key 'remediation'", "Say how to mend what the rule finds")
        }
        try reader.checkKeys(of: mapping, allowed: ["summary", "dashboard", "terraform", "api"])
        return Remediation(
            summary: try reader.text("summary", in: mapping),
            dashboard: try reader.optionalText("dashboard", in: mapping),
            terraform: try reader.optionalText("terraform", in: mapping),
            api: try reader.optionalText("api", in: mapping)
        )
    }

    static func parameters(
        in root: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [String: RuleParameter] {
        var parameters: [String: RuleParameter] = [:]
        for (key, node) in try reader.mapping("parameters", in: root) ?? [:] {
            let name = key.string ?? ""
            guard name != "now" else {
                throw reader.failure(
                    .badValue,
                    key,
                    "has a parameter 'now', which is the time of the audit in every query",
                    "Give it another name"
                )
            }
            guard let mapping = node.mapping else {
                throw reader.failure(
                    .badValue,
                    node,
                    "describes the parameter '\(name)' without a mapping",
                    "Write { type: duration, default: 24h, help: … }"
                )
            }
            try reader.checkKeys(of: mapping, allowed: ["type", "default", "help"])
            let word = try reader.text("type", in: mapping)
            guard let type = RuleParameter.ParameterType(rawValue: word) else {
                let words = RuleParameter.ParameterType.allCases.map(\.rawValue)
                throw reader.failure(
                    .badValue,
                    mapping["type"],
                    "gives the parameter '\(name)' an unknown type",
                    "\(YAMLReader.suggestion(word, words))Use one of \(words.joined(separator: ", "))"
                )
            }
            let parameter = RuleParameter(
                type: type,
                defaultText: try reader.parameterText("default", of: type, in: mapping),
                help: try reader.text("help", in: mapping)
            )
            guard parameter.value(of: parameter.defaultText) != nil else {
                throw reader.failure(
                    .badValue,
                    mapping["default"],
                    "gives the parameter '\(name)' a default that is no \(type.rawValue)",
                    "Correct one of the two"
                )
            }
            parameters[name] = parameter
        }
        return parameters
    }

    /// A block scalar's mark stands at its `|`; the text begins a line below.
    static func firstLine(of node: Node?) -> Int {
        guard let node, let scalar = node.scalar, let line = node.mark?.line else { return 1 }
        guard scalar.style == .literal || scalar.style == .folded else { return line }
        // The reader takes blank lines at the beginning away.
        return line + 1 + scalar.string.prefix { $0.isWhitespace }.count { $0.isNewline }
    }

    private static func lines(of root: Node.Mapping) -> [String: Int] {
        var lines: [String: Int] = [:]
        for (key, value) in root { lines[key.string ?? ""] = value.mark?.line }
        return lines
    }
}
