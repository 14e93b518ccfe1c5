import AuditModel

/// The reference of a set of rules, as Markdown.
package struct RuleReference {
    private let pack: RulePack
    private let tables: [String: TablesRead]

    /// Reads from the queries which data the rules need.
    ///
    /// - Throws: ``RuleFileError`` or ``StatementError`` when a query cannot be compiled.
    package init(_ pack: RulePack) throws {
        self.pack = pack
        let reader = try TableReader()
        tables = try Dictionary(uniqueKeysWithValues: pack.rules.map { ($0.metadata.id, try reader.tables(of: $0)) })
    }

    /// The whole document; the same for the same rules.
    package var markdown: String {
        var parts = ["# Rules", introduction]
        let areas = Dictionary(grouping: pack.rules, by: \.area).sorted { $0.key < $1.key }
        parts.append(
            MarkdownProse.table(
                ["Area", "Severity", "Rule", "What fails"],
                areas.flatMap { area, rules in
                    rules.map { rule in
                        [
                            MarkdownProse.inline(area), rule.metadata.severity.rawValue, link(to: rule),
                            MarkdownProse.inline(rule.metadata.title),
                        ]
                    }
                }
            )
        )
        for (area, rules) in areas {
            parts.append("## \(MarkdownProse.inline(area))")
            for rule in rules { parts += sections(of: rule) }
        }
        parts += index
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var introduction: String {
        MarkdownProse.paragraph(
            markdown: """
                Every rule with what it finds, why that matters, how to mend it and what it reads: \
                \(pack.rules.count) \(pack.rules.count == 1 ? "rule" : "rules"), by area, worst first. \
                `ztaudit rules docs` writes this file from the rule files; do not edit it. \
                `ztaudit rules show ID` prints a rule's query too.
                """
        ) + "\n\n"
            + MarkdownProse.paragraph(
                markdown: """
                    The severity is that of a failing resource unless the query says otherwise for a row. A rule says \
                    `unknown` where it lacks data: the permissions are those without which some of what it reads cannot \
                    be collected. What a rule says is evidence for the controls of frameworks that it names, never proof \
                    that they are met; the last sections list the rules by control.
                    """
            )
    }

    private func sections(of rule: Rule) -> [String] {
        let metadata = rule.metadata
        var parts = [
            "### \(MarkdownProse.inline(metadata.id))",
            "**\(MarkdownProse.inline(metadata.title))**",
            """
            Severity \(metadata.severity.rawValue), about `\(metadata.resource)`, version \(metadata.version), \
            \(MarkdownProse.code(rule.file)).
            """,
            MarkdownProse.paragraph(metadata.rationale),
            "#### What to do",
            MarkdownProse.paragraph(metadata.remediation.summary),
        ]
        let ways = [("Dashboard", metadata.remediation.dashboard), ("API", metadata.remediation.api)]
        let items = ways.compactMap { label, text in text.map { MarkdownProse.item("\(label): \($0)") } }
        if !items.isEmpty { parts.append(items.joined(separator: "\n")) }
        if let terraform = metadata.remediation.terraform {
            parts.append(MarkdownProse.block(terraform, language: "hcl"))
        }
        if !rule.parameters.isEmpty {
            parts += ["#### Parameters", parameters(of: rule)]
        }
        parts += ["#### Data", data(of: rule)]
        if !metadata.frameworks.isEmpty { parts += ["#### Evidence for", controls(of: metadata)] }
        let links = metadata.references.filter(Framework.isLink).map { "- \(Self.autolink($0))" }
        if !links.isEmpty { parts += ["#### References", links.joined(separator: "\n")] }
        return parts
    }

    private func parameters(of rule: Rule) -> String {
        MarkdownProse.table(
            ["Parameter", "Type", "Default", "What it is"],
            rule.parameters.sorted { $0.key < $1.key }.map { name, parameter in
                [
                    MarkdownProse.code(name), parameter.type.rawValue, MarkdownProse.code(parameter.defaultText),
                    MarkdownProse.inline(parameter.help),
                ]
            }
        )
    }

    private func data(of rule: Rule) -> String {
        let tables = tables[rule.metadata.id]
        func codes(_ names: [String]) -> String { names.map(MarkdownProse.code).joined(separator: ", ") }
        var lines = ["Reads \(codes(tables?.named ?? []))."]
        if let permissions = tables?.permissions, !permissions.isEmpty {
            lines.append("Needs \(permissions.map(MarkdownProse.inline).joined(separator: ", ")).")
        }
        if !rule.failsHoldWithout.isEmpty {
            lines.append("A fail holds without \(codes(rule.failsHoldWithout.sorted())).")
        }
        return lines.map { MarkdownProse.item(markdown: $0) }.joined(separator: "\n")
    }

    private func controls(of metadata: RuleMetadata) -> String {
        metadata.frameworks.sorted { $0.key < $1.key }.map { id, controls in
            let framework = pack.frameworks.framework(id)
            let texts = controls.map { control in
                framework?.title(ofControl: control).map { "\(control) (\($0))" } ?? control
            }
            return MarkdownProse.item("\(framework?.title ?? id): \(texts.joined(separator: "; "))")
        }.joined(separator: "\n")
    }

    /// The rules by control of each framework that is known.
    private var index: [String] {
        pack.frameworks.used(by: pack.rules).flatMap { framework in
            [
                "## \(MarkdownProse.inline(framework.title))",
                "Version \(MarkdownProse.inline(framework.version)), \(Self.autolink(framework.source)).",
                MarkdownProse.table(
                    ["Control", "Title", "Rules"],
                    framework.controls.map { control in
                        let rules = pack.rules.filter {
                            $0.metadata.frameworks[framework.id]?.contains(control.id) == true
                        }
                        return [
                            MarkdownProse.inline(control.id), MarkdownProse.inline(control.title),
                            rules.map(link).joined(separator: ", "),
                        ]
                    }
                ),
            ]
        }
    }

    /// A heading's anchor is its text where that is an id as rules should have it, which sites do not change.
    private func link(to rule: Rule) -> String {
        let id = rule.metadata.id
        return RuleID.isValid(id) ? "[\(id)](#\(id))" : MarkdownProse.inline(id)
    }

    private static func autolink(_ address: String) -> String {
        "<\(address.replacing("<", with: "%3C").replacing(">", with: "%3E").replacing(" ", with: "%20"))>"
    }
}
