import RuleEngine
import Testing

@Suite struct RuleReferenceTests {
    private static func markdown(_ text: String, more: [RuleSource] = []) throws -> String {
        try RuleReference(RulePack([RuleSource(file: "rules/area/sample.yaml", text: text)] + more)).markdown
    }

    @Test func saysWhatARuleReadsAndNeeds() throws {
        let rule = SampleRule(query: SampleRule.everyGroup() + " WHERE id IN (SELECT policy_id FROM policy_tier)")
        let text = try Self.markdown(rule.text)
        #expect(text.contains("| area | medium | [sample](#sample) | Sample |"))
        #expect(text.contains("## area\n\n### sample\n\n**Sample**\n"))
        #expect(text.contains("- Reads `access_group`, `application_policy`, `application_tier`, `policy_tier`."))
        #expect(text.contains("- Needs Access: Apps and Policies Read, Access: Organizations, Identity Providers, "))
    }

    @Test func listsRulesByControl() throws {
        let framework = RuleSource(
            file: "frameworks/own-1.yaml",
            text: """
                id: own-1
                title: Own
                version: "3"
                source: https://example.com/own
                controls: { B: Second, A: First, C: Unused }
                """
        )
        let rule = SampleRule(more: "frameworks: { own-1: [A, B], else-2: [X] }")
        let text = try Self.markdown(rule.text, more: [framework])
        #expect(text.contains("- else-2: X\n- Own: A (First); B (Second)\n"))
        #expect(
            text.hasSuffix(
                """
                ## Own

                Version 3, <https://example.com/own>.

                | Control | Title | Rules |
                | --- | --- | --- |
                | B | Second | [sample](#sample) |
                | A | First | [sample](#sample) |

                """
            )
        )
    }

    @Test(arguments: [
        ("a | b", #"a \| b"#), ("<script>", #"\<script>"#), ("*a* _b_ c_d", #"\*a\* \_b\_ c_d"#), ("`x`", #"\`x\`"#),
        ("[a](javascript:x)", #"\[a\](javascript:x)"#), ("R&D &amp; &#65; & x", #"R\&D \&amp; \&#65; & x"#),
        (#"a\b"#, #"a\\b"#), ("~~a~~", #"\~\~a\~\~"#),
    ])
    func escapesTitles(title: String, markdown: String) throws {
        let quoted = "'\(title)'"
        let text = try Self.markdown(SampleRule().text.replacing("title: Sample", with: "title: \(quoted)"))
        #expect(text.contains("**\(markdown)**\n"), "\(text)")
        #expect(text.contains("| \(markdown) |\n"))
    }

    @Test(arguments: [
        ("- a", #"\- a"#), ("# a", "\\# a"), ("1. a", #"1\. a"#), ("> a", #"\> a"#), ("+ a", #"\+ a"#),
        ("--- a", #"\--- a"#), ("2 a", "2 a"),
    ])
    func startsNoBlockWithAText(rationale: String, markdown: String) throws {
        let text = try Self.markdown(SampleRule().text.replacing("Because.", with: "'\(rationale)'"))
        #expect(text.contains("\n\n\(markdown)\n\n"), "\(text)")
    }

    @Test func wrapsWithoutStartingABlock() throws {
        let words = Array(repeating: "word - 1. # >", count: 40).joined(separator: " ")
        let text = try Self.markdown(SampleRule().text.replacing("Because.", with: "'\(words)'"))
        let lines = text.split(separator: "\n").filter { $0.contains("word") }
        #expect(lines.count > 3)
        #expect(lines.allSatisfy { $0.hasPrefix("word") && $0.count < 140 })
    }

    @Test func fencesTextWithBackticks() throws {
        let text = try Self.markdown(
            SampleRule().text.replacing("  summary: Mend it.", with: "  summary: Mend it.\n  terraform: 'a ``` b'")
        )
        #expect(text.contains("````hcl\na ``` b\n````"))
    }
}
