import AuditModel

/// What `html/report.mustache` shows.
///
/// Its members, and those of the models in it, are the only tags that the templates
/// may use; names of optional members occur in one model only, because Mustache looks a missing one up further out.
struct ReportPage: Sendable {
    /// The verdict in words.
    struct Verdict: Sendable {
        /// Class of the style sheet.
        let tone: String
        let headline: String
        let numbers: String
        let completeness: String
        /// How the result compares with the baseline; `nil` without one.
        let comparison: String?
    }

    /// Open findings of one severity.
    struct SeverityCount: Sendable {
        /// Class of the style sheet, and end of the section's anchor.
        let severity: String
        let word: String
        let symbol: String
        let count: Int
        let hasFindings: Bool
    }

    /// A name with a value.
    struct Fact: Sendable {
        let label: String
        let value: String
    }

    let heading: String
    let styles: String
    let script: String
    let policy: String
    let accountList: String
    let evaluatedAt: String
    let verdict: Verdict
    let waiverTable: WaiverTable?
    let trust: TrustModel
    let severityCounts: [SeverityCount]
    let access: AccessModel?
    let undecided: UndecidedModel?
    let filter: FilterModel?
    let severitySections: [SeveritySection]
    let hasNoOpenFindings: Bool
    let accepted: AcceptedModel?
    let past: PastModel?
    let ruleTables: RuleTables?
    let inventory: [Fact]
    let versions: [Fact]

    init(_ result: AuditResult, heading: String, assets: PageAssets) {
        let index = ResultIndex(result)
        let sentences = VerdictSentences(result)
        self.heading = VisibleText.singleLine(heading)
        styles = assets.styles
        script = assets.script
        policy = assets.policy
        accountList = Words.list(result.accounts.map { VisibleText.singleLine($0.label) })
        evaluatedAt = Words.time(result.snapshot.evaluatedAt)
        verdict = Verdict(
            tone: sentences.tone.rawValue,
            headline: sentences.headline,
            numbers: sentences.numbers,
            completeness: sentences.completeness,
            comparison: AcceptanceSentences(result).baseline
        )
        waiverTable = WaiverTable(result)
        trust = TrustModel(index)
        severityCounts = Severity.allCases.map { severity in
            let count = result.summary.openBySeverity[severity.rawValue] ?? 0
            return SeverityCount(
                severity: severity.rawValue,
                word: severity.word,
                symbol: severity.symbol,
                count: count,
                hasFindings: count > 0
            )
        }
        access = AccessModel(index)
        undecided = UndecidedModel(index)
        filter = FilterModel(index)
        severitySections = SeveritySection.all(index)
        hasNoOpenFindings = severitySections.isEmpty
        accepted = AcceptedModel(index)
        past = PastModel(index)
        ruleTables = RuleTables(index)
        inventory = result.summary.inventory.sorted { $0.key < $1.key }
            .map { Fact(label: Words.table($0.key), value: String($0.value)) }
        versions = Self.versions(result)
    }

    private static func versions(_ result: AuditResult) -> [Fact] {
        let snapshot = result.snapshot
        let accounts = result.accounts.map { account in
            Fact(
                label: "Account",
                value: VisibleText.singleLine(account.name.map { "\($0) (\(account.id))" } ?? account.id)
            )
        }
        return accounts + [
            Fact(label: "Evaluated as of", value: Words.time(snapshot.evaluatedAt)),
            Fact(label: "Collection started", value: Words.time(snapshot.startedAt)),
            Fact(label: "Collection resumed", value: snapshot.resumedAt.map(Words.time) ?? "no, made in one go"),
            Fact(label: "Collection ended", value: snapshot.finishedAt.map(Words.time) ?? "did not end"),
            Fact(label: "Collected from", value: VisibleText.singleLine(snapshot.apiBase)),
            Fact(label: "Collected with version", value: VisibleText.singleLine(snapshot.toolVersion)),
            Fact(label: "Snapshot schema", value: String(snapshot.schemaVersion)),
            Fact(label: "Snapshot digest", value: snapshot.contentDigest ?? "none, the collection did not end"),
            Fact(label: "Evaluated with", value: VisibleText.singleLine("\(result.tool.name) \(result.tool.version)")),
            Fact(label: "Rules digest", value: VisibleText.singleLine(result.tool.rulesDigest)),
            Fact(label: "Result schema", value: String(result.schemaVersion)),
        ]
    }
}
