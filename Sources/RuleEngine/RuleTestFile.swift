import AuditModel
import JSONModel
import SnapshotStore
import Yams

/// The cases of a `<rule>.test.yaml`.
package struct RuleTestFile: Sendable, Hashable {
    /// Path, for messages.
    package let file: String
    let cases: [Case]

    /// Objects, coverage and what the rule must say of them.
    struct Case: Sendable, Hashable {
        let name: String
        let now: UTCTimestamp
        let settings: ParameterSettings
        let context: AuditContext
        /// API objects by kind.
        let objects: [String: [JSONValue]]
        /// What an earlier snapshot had; `nil` when the case has none.
        let previous: [String: [JSONValue]]?
        /// What the remediation does to the objects, by kind; empty when the case does not show it.
        let remedy: [String: [JSONValue]]
        /// What was read of each kind, and with which token.
        let collection: TestedCollection
        /// What the remediation does to that.
        let remediedCollection: TestedCollection
        let expectations: [Expectation]
        /// Verdict of every row that no expectation names; `nil` when there must be no such row.
        let others: Verdict?

        /// Whether it shows what the remediation changes: objects, or the collection itself.
        var hasRemedy: Bool { !remedy.isEmpty || remediedCollection != collection }
    }

    /// One row that the rule must return.
    struct Expectation: Sendable, Hashable {
        let resource: String
        let verdict: Verdict
        let detailKey: String?
        let severity: Severity?
        /// Must be contained in the message.
        let message: String?
    }

    /// Time of evaluation unless a case says otherwise.
    private static let defaultNow = "2026-11-15T09:00:00Z"

    /// Reads a test file.
    ///
    /// - Throws: ``RuleFileError``.
    package init(file: String, text: String) throws(RuleFileError) {
        self.file = file
        let reader = YAMLReader(file: file)
        let root = try reader.root(of: text)
        try reader.checkKeys(of: root, allowed: ["cases"])
        guard let sequence = root["cases"]?.sequence, !sequence.isEmpty else {
            throw reader.failure(.missingKey, nil, "has no cases", "Write a list under 'cases'")
        }
        var cases: [Case] = []
        for node in sequence { cases.append(try Self.testCase(node, reader)) }
        self.cases = cases
    }

    private static func testCase(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) -> Case {
        guard let mapping = node.mapping else {
            throw reader.failure(.badValue, node, "has a case that is no mapping", "Write name, given and expect")
        }
        try reader.checkKeys(
            of: mapping,
            allowed: [
                "name", "as_of", "parameters", "tier_parameters", "configuration", "given", "previous", "snapshot",
                "coverage", "expect", "others", "remedy",
            ]
        )
        guard let now = UTCTimestamp(try reader.optionalText("as_of", in: mapping) ?? defaultNow) else {
            throw reader.failure(
                .badValue,
                mapping["as_of"],
                "has an 'as_of' that is no time",
                "Write 2026-11-15T09:00:00Z"
            )
        }
        let context = try reader.mapping("configuration", in: mapping) ?? [:]
        try reader.checkKeys(of: context, allowed: AuditContext.keys)
        let collection = try TestedCollection(in: mapping, reader)
        let remedy = try reader.mapping("remedy", in: mapping) ?? [:]
        guard let rows = mapping["expect"]?.sequence else {
            throw reader.failure(.missingKey, node, "has a case without a list under 'expect'", "Write [] for no rows")
        }
        let others = try reader.optionalText("others", in: mapping)
        guard others == nil || others.flatMap(Verdict.init(rawValue:)) != nil else {
            throw reader.failure(
                .badValue,
                mapping["others"],
                "expects an unknown verdict",
                "Use pass, fail or unknown"
            )
        }
        var expectations: [Expectation] = []
        for row in rows { expectations.append(try expectation(row, reader)) }
        return Case(
            name: try reader.text("name", in: mapping),
            now: now,
            settings: ParameterSettings(
                values: try ParameterSettings.values(mapping["parameters"], "parameters", reader),
                tiers: try ParameterSettings.tierValues("tier_parameters", in: mapping, reader)
            ),
            context: try AuditContext(in: context, reader),
            objects: try objects("given", in: mapping, reader),
            previous: mapping["previous"] == nil ? nil : try objects("previous", in: mapping, reader),
            remedy: try objects("remedy", in: mapping, reader),
            collection: collection,
            remediedCollection: collection.merging(try TestedCollection(in: remedy, reader)),
            expectations: expectations,
            others: others.flatMap(Verdict.init(rawValue:))
        )
    }

    private static func objects(
        _ key: String,
        in mapping: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> [String: [JSONValue]] {
        var objects: [String: [JSONValue]] = [:]
        for (key, value) in try reader.mapping(key, in: mapping) ?? [:]
        where !TestedCollection.keys.contains(key.string ?? "") {
            objects[try kind(key, reader)] = reader.json(value).arrayValue ?? [reader.json(value)]
        }
        return objects
    }

    static func kind(_ key: Node, _ reader: YAMLReader) throws(RuleFileError) -> String {
        let name = key.string ?? ""
        guard ResourceCatalogue.kinds.contains(where: { $0.name == name }) else {
            throw reader.failure(
                .badValue,
                key,
                "names the unknown resource kind '\(name)'",
                "Use one of \(ResourceCatalogue.kinds.map(\.name).joined(separator: ", "))"
            )
        }
        return name
    }

    private static func expectation(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) -> Expectation {
        guard let mapping = node.mapping else {
            throw reader.failure(
                .badValue,
                node,
                "expects something that is no row",
                "Write { resource: …, verdict: … }"
            )
        }
        try reader.checkKeys(of: mapping, allowed: ["resource", "verdict", "detail_key", "severity", "message"])
        guard let verdict = Verdict(rawValue: try reader.text("verdict", in: mapping)) else {
            throw reader.failure(
                .badValue,
                mapping["verdict"],
                "expects an unknown verdict",
                "Use pass, fail or unknown"
            )
        }
        var severity: Severity?
        if let word = try reader.optionalText("severity", in: mapping) {
            severity = Severity(rawValue: word)
            if severity == nil {
                throw reader.failure(.badValue, mapping["severity"], "expects an unknown severity", "Correct it")
            }
        }
        return Expectation(
            resource: try reader.text("resource", in: mapping),
            verdict: verdict,
            detailKey: try reader.optionalText("detail_key", in: mapping),
            severity: severity,
            message: try reader.optionalText("message", in: mapping)
        )
    }
}
