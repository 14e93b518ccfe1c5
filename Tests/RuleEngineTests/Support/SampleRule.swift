import RuleEngine

/// The text of a rule file.
struct SampleRule: Sendable {
    var id = "sample"
    var version = 1
    var severity = "medium"
    var resource = "access_group"
    var references = "[]"
    /// Lines to stand before the query.
    var more = ""
    var query = SampleRule.everyGroup()

    /// Line of the file in which the query of a rule without `more` begins.
    static let queryLine = 11

    /// A query that gives every group a verdict.
    static func everyGroup(_ verdict: String = "'fail'", more: String = "") -> String {
        "SELECT id AS resource_id, COALESCE(name, id) AS resource_name, \(verdict) AS verdict, 'Says so.' AS message"
            + "\(more) FROM access_group"
    }

    var text: String {
        let lines = query.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        return """
            id: \(id)
            version: \(version)
            title: Sample
            severity: \(severity)
            resource: \(resource)
            rationale: Because.
            remediation:
              summary: Mend it.
            references: \(references)
            \(more.isEmpty ? "query: |" : more + "\nquery: |")
            \(lines.joined(separator: "\n"))
            """
    }

    var source: RuleSource { RuleSource(file: "rules/test/\(id).yaml", text: text) }

    /// The errors that loading it gives.
    func errors() throws -> [RuleFileError] {
        do {
            _ = try RulePack([source])
            return []
        } catch let error as RuleFileErrors {
            return error.errors
        }
    }
}
