import Testing

@testable import Rendering

@Suite struct TextTests {
    @Test(arguments: [
        ("a\u{202E}b", "a⟨U+202E⟩b"), ("\u{0}\u{1B}[31m", "⟨U+0000⟩⟨U+001B⟩[31m"), ("a\nb\tc", "a⟨U+000A⟩b⟨U+0009⟩c"),
        ("\r\n", "⟨U+000D⟩⟨U+000A⟩"), ("a\u{200B}b\u{FEFF}", "a⟨U+200B⟩b⟨U+FEFF⟩"), ("a\u{200D}b", "a⟨U+200D⟩b"),
        ("👩\u{200D}💻 ❤\u{FE0F}", "👩\u{200D}💻 ❤\u{FE0F}"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("x\u{E0041}y\u{2028}z", "x⟨U+E0041⟩y⟨U+2028⟩z"), ("é ü 日本 שלום", "é ü 日本 שלום"), ("e\u{301}", "e\u{301}"),
    ])
    func showsDeceptiveCharacters(text: String, visible: String) {
        #expect(VisibleText.singleLine(text) == visible)
        #expect(VisibleText.singleLine(visible) == visible)
    }

    @Test(arguments: [
        ("::error::x", ": :error::x"), ("  ::error::x", "  : :error::x"), ("a ::error::x", "a ::error::x"),
        ("##vso[x]", "# #vso[x]"), ("a\n::error::x", "a⟨U+000A⟩::error::x"), ("", ""), ("::", ": :"),
        ("###[error]x", "# # #[error]x"), (":::error::x", ": : :error::x"),
        // Marks that make one `Character` of themselves and a sign.
        ("\u{600}##[error]x", "\u{600}# #[error]x"), ("##\u{301}", "# #\u{301}"), ("::\u{301}x", ": :\u{301}x"),
    ])
    func keepsCIFromObeyingALine(text: String, line: String) {
        #expect(VisibleText.logLine(text) == line)
    }

    @Test func keepsLinesWhereAsked() {
        #expect(VisibleText.multiLine("a\n\tb\u{7}") == "a\n\tb⟨U+0007⟩")
        #expect(VisibleText.prose(" a\n  b ") == "a b")
    }

    @Test(arguments: [
        "javascript:alert(1)", "ftp://x.example", "//x.example", "https://", "https:///path", "https://a b.example",
        "https://x.example/\"onclick", "https://user@x.example/", "https://x.example/<", "data:text/html,x",
        "https://é.example",
        " https://x.example", "http://?q",
    ])
    func linksNowhereElse(text: String) {
        #expect(WebLink(text) == nil)
    }

    @Test(arguments: ["https://x.example/a?b=c&d#e", "HTTP://x.example", "https://x.example/@user"])
    func linksToTheWeb(text: String) {
        #expect(WebLink(text)?.address == text)
    }

    @Test func wordsLists() {
        #expect(Words.list(["a", "b", "c"]) == "a, b and c")
        #expect(Words.table("mcp_server") == "MCP server")
        #expect(Words.count(1, "finding") == "1 finding")
    }

    @Test func findsTagsWithTheirLines() {
        let tags = TemplateTag.all(in: "{{a}}\n{{#b}}\n{{{c}}}{{/b}}{{> d}}")
        #expect(tags.map(\.name) == ["a", "b", "c", "b", "d"])
        #expect(tags.map(\.line) == [1, 2, 3, 3, 3])
        #expect(tags.map(\.kind) == [.variable, .section, .unescaped, .end, .partial])
    }
}
