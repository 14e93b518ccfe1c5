import AuditModel

/// What a reader of an alert is told of its rule: why it matters, how to mend it, where to read on.
struct SARIFHelp {
    /// Most UTF-16 code units of one part.
    private static let partLimit = 4000

    /// A heading with what stands below it.
    private struct Part {
        let heading: String
        let plain: String
        let markdown: String
    }

    private var parts: [Part] = []

    init(_ rule: RuleMetadata, _ known: [Framework]) {
        addProse("Why it matters", rule.rationale)
        addProse("What to do", rule.remediation.summary)
        addProse("In the dashboard", rule.remediation.dashboard)
        addSnippet("With Terraform", rule.remediation.terraform)
        addSnippet("With the API", rule.remediation.api)
        addFrameworks(rule, known)
        let links = rule.references.compactMap(WebLink.init)
        if !links.isEmpty {
            parts.append(
                Part(
                    heading: "Read on",
                    plain: links.map(\.address).joined(separator: "\n"),
                    markdown: links.map { "- \(MarkdownText.link($0))" }.joined(separator: "\n")
                )
            )
        }
        if parts.isEmpty { addProse("Rule", rule.title.isEmpty ? rule.id : rule.title) }
    }

    var text: SARIFLog.Text {
        SARIFLog.Text(
            text: parts.map { "\($0.heading):\n\($0.plain)" }.joined(separator: "\n\n"),
            markdown: parts.map { "**\($0.heading)**\n\n\($0.markdown)" }.joined(separator: "\n\n")
        )
    }

    private mutating func addProse(_ heading: String, _ text: String?) {
        guard let text, !VisibleText.prose(text).isEmpty else { return }
        parts.append(
            Part(
                heading: heading,
                plain: VisibleText.prose(text).cut(to: Self.partLimit),
                markdown: MarkdownText.prose(text, limit: Self.partLimit)
            )
        )
    }

    private mutating func addSnippet(_ heading: String, _ text: String?) {
        guard let text, let last = text.lastIndex(where: { !$0.isWhitespace }) else { return }
        let snippet = VisibleText.multiLine(String(text[...last])).cut(to: Self.partLimit)
        // Longer than any run of the sign inside, so that the snippet cannot end the block.
        let longest = snippet.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        parts.append(Part(heading: heading, plain: snippet, markdown: "\(fence)\n\(snippet)\n\(fence)"))
    }

    private mutating func addFrameworks(_ rule: RuleMetadata, _ known: [Framework]) {
        let lines = rule.frameworks.sorted { $0.key < $1.key }.map { id, controls in
            let framework = known.first { $0.id == id }
            let words = controls.map { control in
                framework?.title(ofControl: control).map { "\(control) (\($0))" } ?? control
            }
            return VisibleText.singleLine(
                "\(framework?.title ?? Words.framework(id)): \(words.joined(separator: "; "))"
            ).cut(to: Self.partLimit)
        }
        guard !lines.isEmpty else { return }
        parts.append(
            Part(
                heading: "Evidence for",
                plain: lines.joined(separator: "\n"),
                markdown: lines.map { "- \(MarkdownText.inline($0, limit: Self.partLimit))" }.joined(separator: "\n")
            )
        )
    }
}
