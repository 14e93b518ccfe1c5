/// The one list of document formats: the command line, the documentation and the golden tests all read it.
package enum ReportFormat: String, CaseIterable, Sendable {
    case html, junit
    case junitExtended = "junit-extended"
    case markdown
    case markdownSummary = "markdown-summary"
    case json, sarif
    case gitlabCodeQuality = "gitlab-code-quality"
    case github, csv, ocsf, oscal

    /// Usual ending of a file in this format, without the first dot; no two formats have the same.
    package var fileExtension: String {
        switch self {
        case .html: "html"
        case .junit: "junit.xml"
        case .junitExtended: "junit-extended.xml"
        case .markdown: "md"
        case .markdownSummary: "summary.md"
        case .json: "json"
        case .sarif: "sarif"
        case .gitlabCodeQuality: "gl-code-quality.json"
        case .github: "github.txt"
        case .csv: "csv"
        case .ocsf: "ocsf.jsonl"
        case .oscal: "oscal.json"
        }
    }

    /// What the format is good for, in one line.
    package var summary: String {
        switch self {
        case .html: "one self-contained page for auditors: findings, evidence, remediation, what was not evaluated"
        case .junit: "JUnit XML for CI systems: one test case per rule and examined resource"
        case .junitExtended: "JUnit XML with properties of each test case, for readers that take them"
        case .markdown: "the whole report for a wiki or a job summary"
        case .markdownSummary: "short report for a pull-request comment"
        case .json: "the whole result, as described by audit-result.schema.json"
        case .sarif: "SARIF 2.1.0 for GitHub code scanning"
        case .gitlabCodeQuality: "Code Quality report for GitLab merge requests"
        case .github: "workflow commands that annotate a GitHub Actions run"
        case .csv: "one line per finding, for spreadsheets"
        case .ocsf: "OCSF compliance findings as JSON Lines, for security data lakes"
        case .oscal: "OSCAL assessment results, for compliance tools"
        }
    }

    /// Creates the renderer of this format.
    ///
    /// - Parameters:
    ///   - templates: Files below `report-templates`; only HTML uses them.
    ///   - options: Wishes of the caller; each format takes those that mean something to it.
    /// - Returns: A renderer; a fault in the templates shows when it renders.
    package func makeRenderer(templates: ReportTemplates, options: RenderOptions) -> any Renderer {
        switch self {
        case .html: HTMLRenderer(templates: templates, options: options)
        case .junit: JUnitRenderer(flavour: .strict, options: options)
        case .junitExtended: JUnitRenderer(flavour: .extended, options: options)
        case .markdown: MarkdownRenderer(form: .full, options: options)
        case .markdownSummary: MarkdownRenderer(form: .summary, options: options)
        case .json: JSONRenderer()
        case .sarif: SARIFRenderer(options: options)
        case .gitlabCodeQuality: GitLabCodeQualityRenderer(options: options)
        case .github: GitHubRenderer(options: options)
        case .csv: CSVRenderer()
        case .ocsf: OCSFRenderer()
        case .oscal: OSCALRenderer(options: options)
        }
    }
}
