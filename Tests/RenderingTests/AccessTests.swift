import AuditModel
import Testing

@testable import Rendering

@Suite struct AccessTests {
    private static func result(_ applications: [ApplicationAccess]) -> AuditResult {
        var result = SampleResult.small
        result.applications = applications
        return result
    }

    private static func way(
        _ assurance: Assurance,
        mfa: Truth = .no
    ) -> WayIn {
        WayIn(
            assurance: assurance,
            policyID: "p",
            policyName: "Staff",
            conditions: "a login",
            mfa: mfa,
            devicePosture: .no,
            network: .no
        )
    }

    @Test func sortsTheWeakestWayFirstAndTheClosedApplicationLast() {
        let sorted = [
            SampleResult.access(1, name: "closed", reach: .no),
            SampleResult.access(2, name: "doubtful", reach: .unknown),
            SampleResult.access(3, name: "named", reach: .yes, weakest: Self.way(.named)),
            SampleResult.access(4, name: "mailbox with MFA", reach: .yes, weakest: Self.way(.anyMailbox, mfa: .yes)),
            SampleResult.access(5, name: "mailbox", reach: .yes, weakest: Self.way(.anyMailbox)),
            SampleResult.access(6, name: "open", reach: .yes, weakest: Self.way(.none)),
        ].sorted { $0.isWeaker(than: $1) }
        #expect(sorted.map(\.name) == ["open", "mailbox", "mailbox with MFA", "named", "doubtful", "closed"])
    }

    @Test func countsStrangersInOneSentence() throws {
        let applications = [
            SampleResult.access(1, name: "a", reach: .yes, weakest: Self.way(.none)),
            SampleResult.access(2, name: "b", reach: .yes, weakest: Self.way(.consumerAccount)),
            SampleResult.access(3, name: "c", reach: .yes, weakest: Self.way(.directory)),
            SampleResult.access(4, name: "d", reach: .unknown),
        ]
        let sentence =
            "2 of 4 applications let strangers in: 1 without a credential and 1 with any account of a public provider; "
            + "of 1 it is not known."
        #expect(AccessSentences(Self.result(applications))?.strangers == sentence)
        for text in [
            try terminalSummary(of: Self.result(applications)), try document(.html, of: Self.result(applications)),
            try document(.markdown, of: Self.result(applications)),
        ] { #expect(text.contains(sentence)) }
        let closed = Self.result([SampleResult.access(1, name: "a", reach: .no)])
        #expect(AccessSentences(closed)?.strangers == "None of 1 application lets strangers in.")
    }

    @Test func saysNothingWithoutApplications() throws {
        let result = Self.result([])
        #expect(!(try document(.html, of: result)).contains("Who can get in"))
        #expect(!(try document(.markdown, of: result)).contains("Who can get in"))
        #expect(!(try terminalSummary(of: result)).contains("strangers"))
    }

    @Test func tellsClosedFromNotKnown() throws {
        let page = try document(.html)
        #expect(page.contains("<strong>Nobody</strong>"))
        #expect(page.contains("<strong>Not known</strong>"))
        #expect(page.contains("the selector &quot;&lt;i&gt;&quot; is not understood."))
    }

    @Test func leavesOutWhatAPageCannotHold() throws {
        let applications = (0..<10_000).map { number in
            SampleResult.access(number, name: "Application \(number)", reach: .yes, weakest: Self.way(.named))
        }
        let page = try document(.html, of: Self.result(applications))
        #expect(page.contains("9920 applications whose way in demands as much or more are left out here"))
        #expect(page.utf8.count < 300_000)
        let text = try document(.markdownSummary, of: Self.result(applications))
        #expect(text.contains("… and 9975 more"))
    }

    @Test func hidesRulesWithoutFindingsWhereEveryRuleHasSome() throws {
        var result = SampleResult.small
        result.rules.removeAll { $0.status != .evaluated || $0.counts.fail + $0.counts.unknown == 0 }
        #expect(!(try document(.html, of: result)).contains("Rules without findings"))
        #expect(try document(.html).contains("Rules without findings"))
    }
}
