import AuditModel

/// What the verdicts say about each control that a rule names.
struct ControlTally: Sendable {
    /// A control with the verdicts of the rules that name it.
    struct Control: Sendable, Hashable {
        let id: String
        /// `nil` when the framework's list does not have it.
        let title: String?
        var rules = 0
        /// Rules that broke.
        var broken = 0
        /// Fails that count.
        var open = 0
        /// Fails that are waived or in the baseline.
        var accepted = 0
        var unknown = 0
        var passed = 0
    }

    /// A framework with those of its controls that rules name.
    struct Framework: Sendable, Hashable {
        let title: String
        /// In the framework's own order; those that it does not list come last, sorted by id.
        let controls: [Control]
    }

    /// Sorted by id.
    let frameworks: [Framework]

    init(_ result: AuditResult) {
        let index = ResultIndex(result)
        var open: [String: Int] = [:]
        for finding in result.findings where finding.isOpenFail { open[finding.ruleID, default: 0] += 1 }
        var tallies: [String: [String: Control]] = [:]
        for rule in result.rules {
            let ownOpen = open[rule.metadata.id] ?? 0
            for (framework, controls) in rule.metadata.frameworks {
                let known = index.knownFramework(framework)
                for id in Set(controls) {
                    var control = tallies[framework]?[id] ?? Control(id: id, title: known?.title(ofControl: id))
                    control.rules += 1
                    control.broken += rule.status == .error ? 1 : 0
                    control.open += ownOpen
                    control.accepted += rule.counts.fail - ownOpen
                    control.unknown += rule.counts.unknown
                    control.passed += rule.counts.pass
                    tallies[framework, default: [:]][id] = control
                }
            }
        }
        frameworks = tallies.sorted { $0.key < $1.key }.map { id, controls in
            let listed = (index.knownFramework(id)?.controls ?? []).compactMap { controls[$0.id] }
            let rest = Set(controls.keys).subtracting(listed.map(\.id)).sorted().compactMap { controls[$0] }
            return Framework(title: index.framework(id), controls: listed + rest)
        }
    }
}
