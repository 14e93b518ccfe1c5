import AuditModel
import SnapshotStore
import Yams

extension Rule {
    private static let keys = [
        "id", "version", "title", "severity", "resource", "rationale", "remediation", "references", "frameworks",
        "parameters", "fails_hold_without", "query",
    ]
    /// Far above any real rule; keeps a hostile file from costing memory.
    private static let maximumBytes = 256 << 10

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
        guard text.utf8.count <= Self.maximumBytes else {
            throw RuleFileError(
                code: .unreadable,
                file: file,
                line: nil,
                problem: "is larger than 256 KiB",
                remedy: "Split the rule"
            )
        }
        let root = try reader.root(of: text)
        try reader.checkKeys(of: root, allowed: Self.keys)
        self.file = file
        let parameters = try Self.parameters(in: root, reader)
        self.parameters = parameters
        failsHoldWithout = Set(try reader.texts("fails_hold_without", in: root))
        query = try reader.text("query", in: root)
        queryLine = Self.firstLine(of: root["query"])
        queryKeepsLines = root["query"]?.scalar?.style == .literal
        textDigest = Fingerprint.of([text])
        metadata = try Self.metadata(in: root, parameters: parameters, reader)
    }

    private static func metadata(
        in root: Node.Mapping,
        parameters: [String: RuleParameter],
        _ reader: YAMLReader
    ) throws(RuleFileError) -> RuleMetadata {
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
        guard let version = Int(try reader.text("version", in: root)), version > 0 else {
            throw reader.failure(.badValue, root["version"], "has no whole number under 'version'", "Begin with 1")
        }
        guard let severity = Severity(rawValue: try reader.text("severity", in: root)) else {
            throw reader.failure(
                .badValue,
                root["severity"],
                "has an unknown severity",
                "Use one of \(Severity.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        let references = try reader.texts("references", in: root)
        if let bad = references.first(where: { !$0.hasPrefix("https://") }) {
            throw reader.failure(.badValue, root["references"], "refers to '\(bad)'", "Use https links only")
        }
        var frameworks: [String: [String]] = [:]
        for (key, _) in try reader.mapping("frameworks", in: root) ?? [:] {
            let name = key.string ?? ""
            frameworks[name] = try reader.texts(name, in: try reader.mapping("frameworks", in: root) ?? [:])
        }
        return RuleMetadata(
            id: id,
            version: version,
            title: try reader.text("title", in: root),
            severity: severity,
            resource: try reader.text("resource", in: root),
            rationale: try reader.text("rationale", in: root),
            remediation: try remediation(in: root, reader),
            references: references,
            frameworks: frameworks,
            parameters: parameters.mapValues(\.defaultText)
        )
    }

    private static func remediation(
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

    private static func parameters(
        in root: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [String: RuleParameter] {
        var parameters: [String: RuleParameter] = [:]
        for (key, node) in try reader.mapping("parameters", in: root) ?? [:] {
            let name = key.string ?? ""
            guard let mapping = node.mapping else {
                throw reader.failure(
                    .badValue,
                    node,
                    "describes the parameter '\(name)' without a mapping",
                    "Write { type: duration, default: 24h, help: … }"
                )
            }
            try reader.checkKeys(of: mapping, allowed: ["type", "default", "help"])
            guard let type = RuleParameter.ParameterType(rawValue: try reader.text("type", in: mapping)) else {
                throw reader.failure(
                    .badValue,
                    mapping["type"],
                    "gives the parameter '\(name)' an unknown type",
                    "Use one of \(RuleParameter.ParameterType.allCases.map(\.rawValue).joined(separator: ", "))"
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
    private static func firstLine(of node: Node?) -> Int {
        guard let node, let scalar = node.scalar, let line = node.mark?.line else { return 1 }
        guard scalar.style == .literal || scalar.style == .folded else { return line }
        // The reader takes blank lines at the beginning away.
        return line + 1 + scalar.string.prefix { $0.isWhitespace }.count { $0.isNewline }
    }
}
