import AuditModel
import Testing

@testable import Rendering

@Suite struct GitHubTests {
    /// What the runner would obey: a line that starts with `::`, after any white space.
    private static func commands(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.drop(while: \.isWhitespace).hasPrefix("::") }
    }

    @Test func writesNoCommandButItsOwn() throws {
        let text = try document(.github)
        let commands = Self.commands(text)
        let kinds = ["::error title=", "::warning title=", "::notice title=", "::group::", "::stop-commands::"]
        let token = try #require(commands.first { $0.hasPrefix("::stop-commands::") }).dropFirst(17)
        for command in commands.dropLast(2) { #expect(kinds.contains { command.hasPrefix($0) }, "\(command)") }
        #expect(commands.suffix(2) == ["::\(token)::", "::endgroup::"])
        // Azure Pipelines and older runners obey these anywhere in a line.
        #expect(!text.contains("##"))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func endsThePartWithoutCommandsByAWordThatIsNotInIt() throws {
        let lines = try document(.github).split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("::stop-commands::") })
        let token = lines[start].dropFirst(17)
        #expect(token.count > 64 && token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        #expect(lines.filter { $0.contains(token) }.count == 2)
        #expect(lines[(start + 1)...].firstIndex { $0.contains(token) } == lines.count - 3)
        // Who knows the word of one document does not know that of the next.
        let next = GitHubRenderer.token(for: ["\(token)"])
        #expect(next != String(token))
        #expect(GitHubRenderer.token(for: ["a"]) != GitHubRenderer.token(for: ["b"]))
        #expect(GitHubRenderer.token(for: ["a"]) == GitHubRenderer.token(for: ["a"]))
    }

    @Test func escapesAsTheToolkitDoes() {
        let command = WorkflowCommand(
            kind: .error,
            title: "a,b:c%0A::x",
            message: "100%, a:b, c\r\n::error::x ##[error]y",
            file: "a,b.yaml",
            line: 3
        )
        #expect(
            command.text
                == "::error title=a%2Cb%3Ac%250A%3A%3Ax,file=a%2Cb.yaml,line=3"
                + "::100%25, a:b, c⟨U+000D⟩⟨U+000A⟩::error::x # #[error]y"
        )
    }

    @Test func escapesSignsThatAMarkMakesAnotherCharacter() {
        let text = "\u{600}%0A\u{600}:\u{600},"
        let command = WorkflowCommand(kind: .error, title: text, message: text)
        #expect(
            command.text
                == "::error title=\u{600}%250A\u{600}%3A\u{600}%2C::\u{600}%250A\u{600}:\u{600},"
        )
    }

    @Test func cutsWhatNobodyReadsInAnAnnotation() {
        let long = String(repeating: "é,", count: 5000)
        let text = WorkflowCommand(kind: .notice, title: long, message: long).text
        #expect(text.utf8.count < 4000)
        #expect(text.hasSuffix("…"))
    }

    @Test(arguments: [
        (Severity.critical, "error"), (.high, "error"), (.medium, "warning"), (.low, "warning"), (.info, "notice"),
    ])
    func showsASeverityAsItsKind(severity: Severity, kind: String) throws {
        let rule = SampleResult.session.id
        let finding = SampleResult.finding(1, rule: rule, severity: severity, name: "a", message: "m")
        let text = try document(.github, of: SampleResult.result([finding]))
        #expect(
            text.contains(
                "::\(kind) title=\(severity.word)%3A Application session is too long,file=ztaudit.yaml,line=1::a: m ["
            )
        )
    }

    @Test func annotatesNoMoreThanGitHubShows() throws {
        let commands = Self.commands(try document(.github, of: SampleResult.make(findingsPerSeverity: 50)))
        for kind in ["error", "warning", "notice"] {
            #expect(commands.count { $0.hasPrefix("::\(kind) ") } == 10)
        }
        // The verdict, the rule that broke, then the worst.
        let errors = commands.filter { $0.hasPrefix("::error ") }
        #expect(errors[0].contains("are open, and the audit is incomplete"))
        #expect(errors[1].contains("title=1 rule broke::"))
        #expect(errors.dropFirst(2).allSatisfy { $0.contains("title=Critical%3A ") })
    }

    @Test func annotatesWhatIsNoFinding() throws {
        let commands = Self.commands(try document(.github))
        let titles = [
            "::error title=1 rule broke::", "::warning title=Not completely read::",
            "::warning title=2 verdicts are unknown::", "::warning title=7 waivers need attention::",
            "::notice title=Findings that do not count::1 finding is waived and 1 finding is known before;",
        ]
        for title in titles { #expect(commands.contains { $0.hasPrefix(title) }, "\(title)") }
        #expect(commands.contains { $0.contains("permission needed: Access: Service Tokens Read") })
    }

    @Test func saysThatAllIsWellInANotice() throws {
        let commands = Self.commands(try document(.github, of: SampleResult.empty))
        #expect(commands.count { $0.contains(" title=") } == 1)
        #expect(commands.first?.hasPrefix("::notice title=Cloudflare Access audit::No open findings. ") == true)
    }

    @Test func saysHowMuchTheLogLeavesOut() throws {
        let text = try document(.github, of: SampleResult.make(findingsPerSeverity: 400))
        #expect(text.contains("Open findings: 2009\n"))
        #expect(text.contains("… and 1009 more; the JSON report has all."))
    }
}
