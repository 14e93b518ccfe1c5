import AccessAnalysis
package import AuditModel
import Yams

/// The waivers of a configuration, and what it allows of them.
package struct WaiverSet: Sendable, Hashable {
    /// A waiver with its place in the file.
    struct Entry: Sendable, Hashable {
        let waiver: Waiver
        /// 1-based; `nil` when the reader does not know.
        let line: Int?
    }

    /// In the order of the configuration.
    let entries: [Entry]
    let policy: WaiverPolicy
    private let file: String

    /// What a configuration without waivers gives.
    package static let none = WaiverSet(entries: [], policy: WaiverPolicy(), file: "")

    private init(entries: [Entry], policy: WaiverPolicy, file: String) {
        self.entries = entries
        self.policy = policy
        self.file = file
    }

    /// Keys of a configuration's root that are read here.
    static let keys = ["waivers", "waiver_policy"]

    /// Reads `waivers` and `waiver_policy`; both may be missing.
    init(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) {
        file = reader.file
        policy = try WaiverPolicy(in: root, reader)
        guard let node = root["waivers"], node.null == nil else {
            entries = []
            return
        }
        guard let sequence = node.sequence else {
            throw reader.failure(.badValue, node, "has no list under 'waivers'", "Begin each waiver with '- rule: …'")
        }
        var entries: [Entry] = []
        for element in sequence {
            entries.append(Entry(waiver: try Waiver(element, reader), line: element.mark?.line))
        }
        self.entries = entries
    }

    /// Refuses what names no rule: a misspelt waiver would wait for ever, a misspelt prohibition forbid nothing.
    ///
    /// - Parameter knownRules: Ids of all rules, selected or not.
    /// - Throws: ``RuleFileError`` with the line.
    package func check(knownRules: [String]) throws(RuleFileError) {
        for entry in entries where !knownRules.contains(entry.waiver.ruleID) {
            throw unknownRule("waives the unknown rule '\(entry.waiver.ruleID)'", entry.waiver.ruleID, entry.line, knownRules)
        }
        for (pattern, line) in zip(policy.forbidden, policy.forbiddenLines)
        where !knownRules.contains(where: { Glob.matches($0, pattern) }) {
            throw unknownRule("forbids to waive '\(pattern)', which matches no rule", pattern, line, knownRules)
        }
    }

    private func unknownRule(_ problem: String, _ word: String, _ line: Int?, _ known: [String]) -> RuleFileError {
        let suggestion = ClosestWord.to(word, among: known).map { "Did you mean '\($0)'? " } ?? ""
        return RuleFileError(
            code: .unknownRule,
            file: file,
            line: line,
            problem: problem,
            remedy: suggestion + "'ztaudit rules list' shows all"
        )
    }
}

/// What a configuration allows of waivers.
package struct WaiverPolicy: Sendable, Hashable {
    /// Most days for which a waiver may be granted.
    var maximumDays = 365
    /// Days before its end from which on a waiver is reported.
    var warnDays = 30
    /// Patterns of rules that cannot be waived.
    var forbidden: [String] = []
    /// Line of each of them.
    var forbiddenLines: [Int?] = []

    /// A hundred years: more is a slip, or a way around the limit.
    private static let mostDays = 36_500

    /// Creates a policy of defaults.
    init() {}

    /// Reads `waiver_policy`; what is missing keeps its default.
    init(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) {
        guard let node = root["waiver_policy"], node.null == nil else { return }
        guard let mapping = node.mapping else {
            throw reader.failure(
                .badValue,
                node,
                "has no mapping under 'waiver_policy'",
                "Write 'maximum_days: 180' there, for example"
            )
        }
        try reader.checkKeys(of: mapping, allowed: ["maximum_days", "warn_days", "forbidden"])
        maximumDays = try Self.days("maximum_days", from: 1, in: mapping, reader) ?? maximumDays
        warnDays = try Self.days("warn_days", from: 0, in: mapping, reader) ?? warnDays
        forbidden = try reader.texts("forbidden", in: mapping)
        forbiddenLines = mapping["forbidden"]?.sequence?.map { $0.mark?.line } ?? []
    }

    /// Whether the rule must not be waived.
    func forbids(_ ruleID: String) -> Bool { forbidden.contains { Glob.matches(ruleID, $0) } }

    private static func days(
        _ key: String,
        from least: Int,
        in mapping: Node.Mapping,
        _ reader: YAMLReader
    ) throws(RuleFileError) -> Int? {
        guard let text = try reader.optionalText(key, in: mapping) else { return nil }
        guard let days = Int(text), (least...mostDays).contains(days) else {
            throw reader.failure(
                .badValue,
                mapping[key],
                "has no number of days under '\(key)', but '\(text)'",
                "Write a whole number from \(least) to \(mostDays)"
            )
        }
        return days
    }
}
