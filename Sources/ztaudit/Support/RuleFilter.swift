import AuditModel
import RuleEngine

/// Which rules are listed; an empty list leaves all.
struct RuleFilter {
    let severities: [Severity]
    let areas: [String]
    let frameworks: [String]
    let controls: [String]

    /// Refuses a word that no rule and no framework has: a misspelt one must not look like an answer.
    ///
    /// - Throws: ``InputError``.
    func check(against pack: RulePack) throws(InputError) {
        let known = pack.frameworks.frameworks
        let named = pack.rules.map(\.metadata.frameworks)
        try check(areas, "--area", "rule is in the area", Set(pack.rules.map(\.area)))
        try check(
            frameworks,
            "--framework",
            "rule or file knows the framework",
            Set(known.map(\.id) + named.flatMap(\.keys))
        )
        try check(
            controls,
            "--control",
            "framework has the control",
            Set(
                known.filter { isWanted($0.id) }.flatMap(\.controls).map(\.id)
                    + named.flatMap { $0.filter { isWanted($0.key) }.values.flatMap(\.self) }
            )
        )
    }

    /// Whether a rule is listed.
    func matches(_ rule: Rule) -> Bool {
        let mapped = rule.metadata.frameworks.contains { framework, controls in
            isWanted(framework) && (self.controls.isEmpty || controls.contains { self.controls.contains($0) })
        }
        return (severities.isEmpty || severities.contains(rule.metadata.severity))
            && (areas.isEmpty || areas.contains(rule.area))
            && (frameworks.isEmpty && controls.isEmpty || mapped)
    }

    private func isWanted(_ framework: String) -> Bool { frameworks.isEmpty || frameworks.contains(framework) }

    private func check(_ words: [String], _ option: String, _ problem: String, _ known: Set<String>) throws(InputError)
    {
        guard let unknown = words.first(where: { !known.contains($0) }) else { return }
        let known = known.sorted()
        let suggestion = ClosestWord.to(unknown, among: known).map { "Did you mean '\($0)'? " } ?? ""
        throw InputError(
            path: option,
            problem: "no \(problem) '\(unknown)'",
            remedy: suggestion
                + (known.count > 20 ? "'ztaudit rules docs' lists them" : "Known are \(known.joined(separator: ", "))")
        )
    }
}
