import AuditModel

/// The controls that rules give evidence for, and the anchors of their rows.
struct ControlPlan: Sendable {
    /// A framework.
    struct Section: Sendable {
        let id: String
        /// `nil` for one that is not known.
        let framework: Framework?
        let anchor: String
        let controls: [Entry]
    }

    /// A control.
    struct Entry: Sendable {
        let id: String
        /// Empty where it is not known.
        let title: String
        let anchor: String
        let rules: [RuleOutcome]
    }

    /// What is known in the order of the result and the frameworks, then the rest by id.
    let sections: [Section]
    private let anchors: [String: [String: String]]

    /// - Parameters:
    ///   - result: What the audit found out.
    ///   - names: Hands out the anchors: short ones, since every rule links to several.
    init(_ result: AuditResult, _ names: inout AnchorNames) {
        var rules: [String: [String: [RuleOutcome]]] = [:]
        for outcome in result.rules {
            for (framework, controls) in outcome.metadata.frameworks {
                for control in Set(controls) { rules[framework, default: [:]][control, default: []].append(outcome) }
            }
        }
        var sections: [Section] = []
        var anchors: [String: [String: String]] = [:]
        let known = result.frameworks.filter { rules[$0.id] != nil }
        let unknown = Set(rules.keys).subtracting(known.map(\.id)).sorted()
        for (id, framework) in known.map({ ($0.id, Optional($0)) }) + unknown.map({ ($0, nil) }) {
            let members = rules[id] ?? [:]
            let titled = (framework?.controls ?? []).filter { members[$0.id] != nil }
            let untitled = Set(members.keys).subtracting(titled.map(\.id)).sorted()
            let entries = (titled + untitled.map { Framework.Control(id: $0, title: "") }).map { control in
                Entry(
                    id: control.id,
                    title: control.title,
                    anchor: names.unique("c"),
                    rules: members[control.id] ?? []
                )
            }
            anchors[id] = Dictionary(entries.map { ($0.id, $0.anchor) }) { first, _ in first }
            let anchor = names.unique("framework-\(AnchorNames.safe(id))")
            sections.append(Section(id: id, framework: framework, anchor: anchor, controls: entries))
        }
        self.sections = sections
        self.anchors = anchors
    }

    /// Anchor of the control's row.
    func anchor(of control: String, in framework: String) -> String { anchors[framework]?[control] ?? "controls" }
}
