/// The counts that every document shows.
package struct Summary: Codable, Sendable, Hashable {
    /// Verdicts over all rules and resources.
    package var verdicts: VerdictCounts
    /// Open fails by severity; every severity is present.
    package var openBySeverity: [String: Int]
    /// Fails by state; every state is present.
    package var failsByState: [String: Int]
    /// Unknowns because data could not be read.
    package var unknownForCoverage: Int
    /// Rules by status; every status is present.
    package var rulesByStatus: [String: Int]
    /// Resources read, by table, as the inventory shows them.
    package var inventory: [String: Int]
    /// Whether a rule broke, or lacked data that was to be read; what nobody asked for is a decision, and no failure.
    package var isIncomplete: Bool

    /// Counts what `rules` and `findings` say.
    ///
    /// - Parameters:
    ///   - rules: Outcome of every selected rule.
    ///   - findings: Their findings.
    ///   - inventory: Rows by table.
    package init(rules: [RuleOutcome], findings: [Finding], inventory: [String: Int]) {
        let fails = findings.filter { $0.verdict == .fail }
        let open = fails.filter { $0.state == .open }
        verdicts = VerdictCounts(
            pass: rules.reduce(0) { $0 + $1.counts.pass },
            fail: rules.reduce(0) { $0 + $1.counts.fail },
            unknown: rules.reduce(0) { $0 + $1.counts.unknown }
        )
        openBySeverity = Self.count(Severity.allCases) { severity in open.count { $0.severity == severity } }
        failsByState = Self.count(FindingState.allCases) { state in fails.count { $0.state == state } }
        unknownForCoverage = findings.count { $0.unknownReason == .coverage }
        rulesByStatus = Self.count(RuleStatus.allCases) { status in rules.count { $0.status == status } }
        self.inventory = inventory
        isIncomplete = rules.contains { rule in
            rule.status == .error || rule.gaps.contains { $0.optionalKind == nil }
        }
    }

    private static func count<Key: RawRepresentable>(_ keys: [Key], _ number: (Key) -> Int) -> [String: Int]
    where Key.RawValue == String {
        Dictionary(uniqueKeysWithValues: keys.map { ($0.rawValue, number($0)) })
    }

    private enum CodingKeys: String, CodingKey {
        case verdicts
        case openBySeverity = "open_by_severity"
        case failsByState = "fails_by_state"
        case unknownForCoverage = "unknown_for_coverage"
        case rulesByStatus = "rules_by_status"
        case inventory
        case isIncomplete = "is_incomplete"
    }
}

extension AuditResult {
    /// How the audit ended for a gate.
    package enum GateOutcome: Sendable, Hashable {
        /// Nothing at or above the threshold, and nothing missing.
        case passed
        /// Open findings at or above the threshold.
        case findings(Int)
        /// No such finding, but a rule broke or lacked data.
        case incomplete
    }

    /// Judges the result.
    ///
    /// - Parameters:
    ///   - threshold: Least severity that fails the gate; `nil` lets every finding through.
    ///   - allowIncomplete: Whether missing data is acceptable.
    /// - Returns: Findings win over incompleteness.
    package func gate(failOn threshold: Severity?, allowIncomplete: Bool) -> GateOutcome {
        let count = findings.count { finding in
            guard finding.verdict == .fail, finding.state == .open, let threshold else { return false }
            return finding.severity.isAtLeast(threshold)
        }
        if count > 0 { return .findings(count) }
        return summary.isIncomplete && !allowIncomplete ? .incomplete : .passed
    }
}
