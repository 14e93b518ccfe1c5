import AuditModel

/// Writes a Code Quality report as GitLab takes it: an entry for each open fail.
///
/// There is no place in it for anything else, so what is waived, known or undecided is left to the other formats.
struct GitLabCodeQualityRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let index = ResultIndex(result)
        let entries = result.findings.filter(\.isOpenFail).map { Entry($0, index, options.location) }
        output.write(try JSONDocument.text(encoding: entries))
    }

    /// What is wrong with one resource.
    private struct Entry: Encodable {
        struct Location: Encodable {
            struct Lines: Encodable {
                let begin = 1
            }

            /// From the top of the repository.
            let path: String
            let lines = Lines()
        }

        let description: String
        let checkName: String
        /// GitLab shows entries with the same one only once.
        let fingerprint: String
        let severity: String
        let location: Location

        init(_ finding: Finding, _ index: ResultIndex, _ location: RepositoryPath) {
            let rule = ShortText.line(finding.ruleID) ?? "unnamed"
            let title = ShortText.required(
                index.outcome(finding.ruleID)?.metadata.title ?? "",
                else: rule,
                limit: ShortText.nameLimit
            )
            let message = finding.message.isEmpty ? "" : " \(Words.sentence(finding.message.cut(to: 600)))"
            description = VisibleText.singleLine("\(title): \(finding.subject(in: index)).\(message)")
            checkName = rule
            fingerprint = finding.fingerprint
            severity =
                switch finding.severity {
                case .critical: "blocker"
                case .high: "critical"
                case .medium: "major"
                case .low: "minor"
                case .info: "info"
                }
            self.location = Location(path: location.text)
        }

        private enum CodingKeys: String, CodingKey {
            case description
            case checkName = "check_name"
            case fingerprint, severity, location
        }
    }
}
