import AuditModel
import Yams

/// How a rule's texts are written.
extension RuleLook {
    private static let longestTitle = 80

    mutating func inspectStyle(of root: Node.Mapping) {
        inspectID(root["id"])
        inspectTitle(root["title"])
        inspectSentence(root["rationale"], "the rationale")
        guard let remediation = root["remediation"]?.mapping else { return }
        inspectSentence(remediation["summary"], "the remediation's summary")
        for part in ["dashboard", "terraform", "api"] where (remediation[part]?.scalar?.string ?? "").isEmpty {
            note(
                .style,
                remediation[part] ?? root["remediation"],
                "has no '\(part)' under 'remediation'",
                "Say how it is done there too"
            )
        }
    }

    private mutating func inspectID(_ node: Node?) {
        guard let id = node?.scalar?.string, !id.isEmpty, !RuleID.isValid(id) else { return }
        note(.style, node, "has the id '\(id)'", RuleID.form)
    }

    private mutating func inspectTitle(_ node: Node?) {
        guard let title = node?.scalar?.string, let first = title.first else { return }
        if title.hasSuffix(".") {
            note(.style, node, "has a title that ends with a full stop", "Leave it out: a title is no sentence")
        }
        // A name such as mTLS begins as it always does.
        if !first.isUppercase, !title.prefix(while: { !$0.isWhitespace }).contains(where: \.isUppercase) {
            note(.style, node, "has a title that does not begin with a capital letter", "Begin with one")
        }
        if title.count > Self.longestTitle {
            note(
                .style,
                node,
                "has a title of \(title.count) characters",
                "Keep to \(Self.longestTitle): tables and test names show it"
            )
        }
        inspectSpacing(node, "the title")
    }

    /// Looks whether a text ends as sentences do; one that is not there is somebody else's business.
    mutating func inspectSentence(_ node: Node?, _ name: String) {
        guard let text = node?.scalar?.string, !text.allSatisfy(\.isWhitespace) else { return }
        if text.last(where: { !$0.isWhitespace }) != "." {
            note(.style, node, "\(name) does not end with a full stop", "Write sentences")
        }
        inspectSpacing(node, name)
    }

    private mutating func inspectSpacing(_ node: Node?, _ name: String) {
        guard let text = node?.scalar?.string else { return }
        if text.contains("\t") || text.contains("  ") {
            note(.style, node, "\(name) has a tab or two spaces in a row", "Write one space between words")
        }
        if text.contains("http://") {
            note(.style, node, "\(name) has a link without encryption", "Use https links only")
        }
    }

    mutating func inspectReferences(of root: Node.Mapping) {
        let nodes = root["references"]?.sequence ?? []
        if nodes.isEmpty, root["references"]?.sequence != nil || root["references"] == nil {
            note(.style, root["references"], "has no references", "Link a page that says more")
        }
        var seen: Set<String> = []
        for node in nodes {
            guard let link = node.scalar?.string else { continue }
            if !link.hasPrefix("https://") {
                note(.badValue, node, "refers to '\(link)'", "Use https links only")
            } else if !Framework.isLink(link) {
                note(.style, node, "refers to '\(link)', which is no link", "Correct it")
            }
            if !seen.insert(link).inserted {
                note(.style, node, "refers to '\(link)' twice", "Remove one of the two")
            }
        }
    }

    mutating func inspectFrameworks(of root: Node.Mapping) {
        for (key, value) in root["frameworks"]?.mapping ?? [:] {
            let id = key.string ?? ""
            guard let framework = frameworks.framework(id) else {
                let known = frameworks.frameworks.map(\.id)
                note(
                    .unknownFramework,
                    key,
                    "names the unknown framework '\(id)'",
                    "\(YAMLReader.suggestion(id, known))Known are \(known.joined(separator: ", ")); a file in a folder "
                        + "'frameworks' beside the rules adds one"
                )
                continue
            }
            guard let nodes = value.sequence else { continue }
            if nodes.isEmpty {
                note(.style, key, "names no control of '\(id)'", "Name one, or leave the framework out")
            }
            inspectControls(nodes, of: framework)
        }
    }

    private mutating func inspectControls(_ nodes: Node.Sequence, of framework: Framework) {
        var seen: Set<String> = []
        for node in nodes {
            guard let control = node.scalar?.string else { continue }
            if framework.title(ofControl: control) == nil {
                note(
                    .unknownControl,
                    node,
                    "names '\(control)', which is no control of '\(framework.id)' that is known",
                    "\(suggestion(control, framework))Correct it, or add it with its title to the framework's file"
                )
            }
            if !seen.insert(control).inserted {
                note(.style, node, "names the control '\(control)' twice", "Remove one of the two")
            }
        }
    }

    /// Numbers are all close to one another, so that only words tell what was meant.
    private func suggestion(_ control: String, _ framework: Framework) -> String {
        YAMLReader.suggestion(control, framework.controls.map(\.id).filter { $0.count > 10 })
    }
}
