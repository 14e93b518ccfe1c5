package import AuditModel
import Yams

/// The waivers of a configuration, and what it allows of them.
package struct WaiverSet: Sendable, Hashable {
    /// In the order of the configuration.
    package let waivers: [Configured<Waiver>]
    /// What the configuration allows.
    package let policy: WaiverPolicy
    private let file: String

    /// What a configuration without waivers gives.
    package static let none = WaiverSet()

    private init() {
        (waivers, policy, file) = ([], WaiverPolicy(), "")
    }

    /// Keys of a configuration's root that are read here.
    static let keys = ["waivers", "waiver_policy"]
    /// Keys of a waiver.
    package static let waiverKeys = [
        "rule", "resource", "resource_name", "account", "detail_key", "reason", "owner", "granted", "expires",
        "evidence_digest",
    ]
    /// Keys of `waiver_policy`.
    package static let policyKeys = ["maximum_days", "warn_days", "forbidden"]

    /// Reads `waivers` and `waiver_policy`; both may be missing.
    init(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) {
        file = reader.file
        policy = try WaiverPolicy(in: root, reader)
        guard let node = root["waivers"], node.null == nil else {
            waivers = []
            return
        }
        guard let sequence = node.sequence else {
            throw reader.failure(.badValue, node, "has no list under 'waivers'", "Begin each waiver with '- rule: …'")
        }
        var waivers: [Configured<Waiver>] = []
        for element in sequence {
            waivers.append(Configured(try Waiver(element, reader), line: element.mark?.line))
        }
        self.waivers = waivers
    }

    /// What names no rule: a misspelt waiver would wait for ever, a misspelt prohibition forbid nothing.
    ///
    /// - Parameter knownRules: Ids of all rules, selected or not.
    /// - Returns: An error with its line for each.
    func errors(knownRules: [String]) -> [RuleFileError] {
        let patterns = waivers.map { Configured($0.value.ruleID, line: $0.line) } + policy.forbidden
        return patterns.filter { pattern in !knownRules.contains { Glob.matches($0, pattern.value) } }.map { pattern in
            RuleFileError(
                code: .badValue,
                file: file,
                line: pattern.line,
                problem: "names the rule '\(pattern.value)', which does not exist",
                remedy: RuleSelectionError.advice(pattern.value, knownRules)
            )
        }
    }
}

/// What a configuration allows of waivers.
package struct WaiverPolicy: Sendable, Hashable {
    /// Most days for which a waiver may be granted.
    package let maximumDays: Configured<Int>
    /// Days before its end from which on a waiver is reported.
    package let warnDays: Configured<Int>
    /// Patterns of rules that cannot be waived.
    package let forbidden: [Configured<String>]

    private static let defaultMaximum = Configured(365, line: nil)
    private static let defaultWarning = Configured(30, line: nil)
    /// A hundred years: more is a slip, or a way around the limit.
    private static let mostDays = 36_500

    /// Nothing but defaults.
    init() {
        (maximumDays, warnDays, forbidden) = (Self.defaultMaximum, Self.defaultWarning, [])
    }

    /// Reads `waiver_policy`; what is missing keeps its default.
    init(in root: Node.Mapping, _ reader: YAMLReader) throws(RuleFileError) {
        let policy = try reader.section("waiver_policy", in: root, allowed: WaiverSet.policyKeys)
        maximumDays = try reader.number("maximum_days", in: 1...Self.mostDays, of: policy) ?? Self.defaultMaximum
        warnDays = try reader.number("warn_days", in: 0...Self.mostDays, of: policy) ?? Self.defaultWarning
        let lines = policy["forbidden"]?.sequence?.map { $0.mark?.line } ?? []
        forbidden = zip(try reader.texts("forbidden", in: policy), lines).map { Configured($0, line: $1) }
    }

    /// Whether the rule must not be waived.
    func forbids(_ ruleID: String) -> Bool { forbidden.contains { Glob.matches(ruleID, $0.value) } }
}
