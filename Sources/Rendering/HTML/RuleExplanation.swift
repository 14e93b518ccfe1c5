import AuditModel

/// What a rule says about itself: once per rule, however many findings it has.
struct RuleExplanation: Sendable {
    /// Controls of one framework.
    struct Framework: Sendable {
        let frameworkName: String
        let controls: String
    }

    /// A box around the frameworks.
    struct FrameworkList: Sendable {
        let frameworks: [Framework]
    }

    /// A box around the references.
    struct ReferenceList: Sendable {
        let addresses: [String]
    }

    /// A box around the parameters.
    struct ParameterList: Sendable {
        let parameterText: String
    }

    /// A box around the ways to mend it that need more room.
    struct HowTo: Sendable {
        let terraform: String?
        let api: String?
    }

    let rationale: String
    let remedy: String
    let dashboard: String?
    let howTo: HowTo?
    let referenceList: ReferenceList?
    let frameworkList: FrameworkList?
    let parameterList: ParameterList?

    /// - Parameters:
    ///   - rule: The rule.
    ///   - known: Frameworks whose titles are known.
    init(_ rule: RuleMetadata, frameworks known: [AuditModel.Framework]) {
        rationale = VisibleText.prose(rule.rationale)
        remedy = VisibleText.prose(rule.remediation.summary)
        dashboard = rule.remediation.dashboard.map(VisibleText.prose)
        let snippets = HowTo(
            terraform: rule.remediation.terraform.map(Self.snippet),
            api: rule.remediation.api.map(Self.snippet)
        )
        howTo = snippets.terraform == nil && snippets.api == nil ? nil : snippets
        let links = rule.references.compactMap(WebLink.init).map(\.address)
        referenceList = links.isEmpty ? nil : ReferenceList(addresses: links)
        let frameworks = rule.frameworks.sorted { $0.key < $1.key }.map { id, controls in
            let framework = known.first { $0.id == id }
            return Framework(
                frameworkName: VisibleText.singleLine(framework?.title ?? Words.framework(id)),
                controls: VisibleText.singleLine(
                    controls.map { control in
                        framework?.title(ofControl: control).map { "\(control) (\($0))" } ?? control
                    }.joined(separator: "; ")
                )
            )
        }
        frameworkList = frameworks.isEmpty ? nil : FrameworkList(frameworks: frameworks)
        let parameters = rule.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        parameterList =
            parameters.isEmpty
            ? nil : ParameterList(parameterText: VisibleText.singleLine(parameters.joined(separator: ", ")))
    }

    private static func snippet(_ text: String) -> String {
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
        return VisibleText.multiLine(String(text[..<end]))
    }
}
