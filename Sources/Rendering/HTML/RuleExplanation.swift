import AuditModel

/// What a rule says about itself: once per rule, however many findings it has.
struct RuleExplanation: Sendable {
    /// Controls of one framework.
    struct Framework: Sendable {
        let frameworkName: String
        let controlLinks: [ControlLink]
    }

    /// A link to a control, which stands with its title in the part about controls.
    struct ControlLink: Sendable {
        /// What stands before it.
        let controlSign: String
        let controlID: String
        let controlAnchor: String
    }

    /// A box around the frameworks.
    struct FrameworkList: Sendable {
        let frameworks: [Framework]
    }

    /// A box around the references.
    struct ReferenceList: Sendable {
        let addresses: [Address]
    }

    /// A link to a page.
    struct Address: Sendable {
        let address: String
        /// Without what most addresses begin with; the whole one is printed.
        let addressText: String
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
    ///   - plan: Where its controls stand.
    init(_ rule: RuleMetadata, _ plan: ControlPlan) {
        rationale = VisibleText.prose(rule.rationale)
        remedy = VisibleText.prose(rule.remediation.summary)
        dashboard = rule.remediation.dashboard.map(VisibleText.prose)
        let snippets = HowTo(
            terraform: rule.remediation.terraform.map(Self.snippet),
            api: rule.remediation.api.map(Self.snippet)
        )
        howTo = snippets.terraform == nil && snippets.api == nil ? nil : snippets
        let links = rule.references.compactMap(WebLink.init).map { link in
            Address(address: link.address, addressText: Self.addressText(link))
        }
        referenceList = links.isEmpty ? nil : ReferenceList(addresses: links)
        let frameworks = plan.sections.compactMap { section -> Framework? in
            guard let controls = rule.frameworks[section.id] else { return nil }
            return Framework(
                frameworkName: VisibleText.singleLine(section.framework?.title ?? Words.framework(section.id)),
                controlLinks: controls.enumerated().map { place, control in
                    ControlLink(
                        controlSign: place == 0 ? "" : ", ",
                        controlID: VisibleText.singleLine(control),
                        controlAnchor: plan.anchor(of: control, in: section.id)
                    )
                }
            )
        }
        frameworkList = frameworks.isEmpty ? nil : FrameworkList(frameworks: frameworks)
        let parameters = rule.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        parameterList =
            parameters.isEmpty
            ? nil : ParameterList(parameterText: VisibleText.singleLine(parameters.joined(separator: ", ")))
    }

    private static func addressText(_ link: WebLink) -> String {
        let docs = "https://developers.cloudflare.com/"
        return link.address.hasPrefix(docs) ? String(link.address.dropFirst(docs.count)) : link.address
    }

    private static func snippet(_ text: String) -> String {
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
        return VisibleText.multiLine(String(text[..<end]))
    }
}
