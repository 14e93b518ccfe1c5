import AuditModel
import Rendering
import RuleEngine

/// A rule as people read it.
struct RuleDescription {
    let rule: Rule
    let frameworks: FrameworkCatalogue
    let tables: TablesRead
    /// `nil` when there is none.
    let test: RuleTestFile?

    /// The whole description; control characters are made visible, so that a rule cannot steer the terminal.
    var text: String {
        let metadata = rule.metadata
        let parts: [String?] = [
            metadata.title,
            """
            id          \(metadata.id), version \(metadata.version)
            severity    \(metadata.severity.rawValue)
            area        \(rule.area)
            resource    \(metadata.resource)
            file        \(rule.file)
            test        \(test.map { "\($0.file), \($0.caseCount) \($0.caseCount == 1 ? "case" : "cases")" } ?? "none")
            """,
            part("Why it matters", metadata.rationale),
            part("What to do", metadata.remediation.summary),
            part("Dashboard", metadata.remediation.dashboard),
            part("Terraform", metadata.remediation.terraform),
            part("API", metadata.remediation.api),
            part("Parameters", parameters),
            part("Reads", tables.named.joined(separator: ", ")),
            part("Needs the permissions", tables.permissions.joined(separator: ", ")),
            part("A fail holds without", rule.failsHoldWithout.sorted().joined(separator: ", ")),
            part("Evidence for", controls),
            part("References", metadata.references.joined(separator: "\n")),
            part("Query", rule.query),
        ]
        return VisibleText.multiLine(parts.compactMap(\.self).joined(separator: "\n\n")) + "\n"
    }

    private var parameters: String {
        rule.parameters.sorted { $0.key < $1.key }.map { name, parameter in
            "\(name) (\(parameter.type.rawValue), default \(parameter.defaultText)): \(parameter.help)"
        }.joined(separator: "\n")
    }

    private var controls: String {
        rule.metadata.frameworks.sorted { $0.key < $1.key }.map { id, controls in
            let framework = frameworks.framework(id)
            let width = controls.map(\.count).max() ?? 0
            let lines = controls.map { control in
                guard let title = framework?.title(ofControl: control) else { return "  \(control)" }
                return "  \(control)\(String(repeating: " ", count: width - control.count))  \(title)"
            }
            return (["\(framework?.title ?? id) [\(id)]"] + lines).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// A heading with the text indented below it; `nil` when there is no text.
    private func part(_ heading: String, _ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
        return "\(heading)\n\(lines.joined(separator: "\n"))"
    }
}
