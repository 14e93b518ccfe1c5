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
        /// How the result compares with the baseline; `nil` without one.
        let comparison: String?
    }

    let heading: String
    let styles: String
    let script: String
    let policy: String
    let accountList: String
    let evaluatedAt: String
    let trust: TrustModel
    let verdict: Verdict
    let severities: SeverityModel
    let waiverTable: WaiverTable?
    let first: FirstModel?
    let filter: FilterModel?
    let severitySections: [SeveritySection]
    let hasNoOpenFindings: Bool
    let undecided: UndecidedModel?
    let access: AccessModel?
    let controls: ControlsModel?
    let accountTable: AccountsModel?
    let accepted: AcceptedModel?
    let past: PastModel?
    let ruleTables: RuleTables?
    let inventory: [TrustModel.Fact]

    init(_ result: AuditResult, heading: String, assets: PageAssets) {
        let index = ResultIndex(result)
        let applications = ApplicationFindings(result)
        let plan = PagePlan(result, applications)
        let sentences = VerdictSentences(result)
        self.heading = VisibleText.singleLine(heading)
        styles = assets.styles
        script = assets.script
        policy = assets.policy
        accountList = Self.accountList(result)
        evaluatedAt = Words.time(result.snapshot.evaluatedAt)
        trust = TrustModel(index)
        verdict = Verdict(
            tone: sentences.tone.rawValue,
            headline: sentences.headline,
            numbers: sentences.numbers,
            comparison: AcceptanceSentences(result).baseline
        )
        severities = SeverityModel(result)
        waiverTable = WaiverTable(result)
        first = FirstModel(index, plan, applications)
        filter = FilterModel(index, plan)
        severitySections = SeveritySection.all(index, plan, applications)
        hasNoOpenFindings = severitySections.isEmpty
        undecided = UndecidedModel(index, plan)
        access = AccessModel(index, plan, applications)
        controls = ControlsModel(index, plan)
        accountTable = AccountsModel(index)
        accepted = AcceptedModel(index)
        past = PastModel(index)
        ruleTables = RuleTables(index, plan)
        inventory = result.summary.inventory.sorted { $0.key < $1.key }
            .map { TrustModel.Fact(label: Words.table($0.key), value: String($0.value)) }
    }

    private static func accountList(_ result: AuditResult) -> String {
        let shown = 3
        let more = result.accounts.count - shown
        let names = result.accounts.prefix(more > 0 ? shown : result.accounts.count)
        return Words.list(
            names.map { VisibleText.singleLine($0.label) } + (more > 0 ? [Words.count(more, "more account")] : [])
        )
    }
}
