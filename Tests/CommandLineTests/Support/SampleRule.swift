/// Rule files of a user's own.
enum SampleRule {
    static let query = """
        SELECT id AS resource_id, name AS resource_name, 'fail' AS verdict, 'There is a group.' AS message
        FROM access_group
        """

    /// Compiles, and fails at the first row.
    static let breaksWhileRunning = """
        SELECT id AS resource_id, name AS resource_name, 'fail' AS verdict, abs(-9223372036854775808) AS message
        FROM access_group
        """

    /// A rule with another query, or with lines added in front.
    static func text(id: String = "my-rule", query: String = query, added: String = "") -> String {
        """
        id: \(id)
        version: 1
        title: There is a group
        severity: low
        resource: access_group
        \(added.isEmpty ? "" : added + "\n")rationale: Groups are worth a look.
        remediation:
          summary: Look at it.
        query: |
        \(query.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))

        """
    }

    /// A test of that rule with one group.
    static func test(verdict: String = "fail") -> String {
        """
        cases:
          - name: a group
            given:
              access_groups:
                - { id: g1, name: Staff, include: [] }
            expect:
              - { resource: g1, verdict: \(verdict) }

        """
    }
}
