import SnapshotStore

/// The files of a new rule: a small one that works as it stands, to be changed into what is wanted.
package struct RuleTemplate: Sendable, Hashable {
    private let id: String
    private let kind: ResourceKind

    /// Creates the template of a rule about a table.
    ///
    /// - Parameters:
    ///   - id: The rule's id.
    ///   - resource: Table that the verdicts are about.
    /// - Throws: ``RuleTemplateError`` when no rule can have that id or that resource.
    package init(id: String, resource: String) throws(RuleTemplateError) {
        guard RuleID.isValid(id) else {
            throw RuleTemplateError(problem: "'\(id)' cannot be the id of a rule", remedy: RuleID.form)
        }
        // A list's table is shorter to write a test for than that of a kind of which there is one.
        let kinds = ResourceCatalogue.kinds.filter { $0.table == resource }
        guard let kind = kinds.first(where: { $0.listing.paging != .object }) ?? kinds.first else {
            throw RuleTemplateError(unknown: resource)
        }
        self.id = id
        self.kind = kind
    }

    /// Text of the rule's file.
    package var rule: String {
        """
        # The id is the file's name, and permanent: it says what a failing resource is.
        id: \(id)
        # Raised when the meaning changes, not the wording.
        version: 1
        # What a failing resource is, in plain words, without a full stop.
        title: Name that does not say who owns the resource
        severity: low
        # The table that the verdicts are about. 'ztaudit schema \(kind.table)' shows its columns.
        resource: \(kind.table)
        # Why it matters; also what is not examined, and why.
        rationale: >
          When something goes wrong, whoever sees a resource must know whom to ask. A name that begins with its owner
          says so wherever the name is shown.
        remediation:
          summary: Put the owner in front of the name.
          dashboard: Zero Trust > (where the resource is listed) > (resource) > Edit > Name
          terraform: |
            name = "payments/wiki"
          api: The update call of the resource, with name
        # Pages that say more; https only.
        references:
          - https://developers.cloudflare.com/cloudflare-one/
        # What a verdict is evidence for, never proof of. Leave out a framework that has no such control.
        frameworks:
          nist-800-53-r5: ["CM-8"]
          iso-27001-2022: ["A.5.9"]
        # Values that configuration can change: duration, days, integer, text or list. The query has them as :name.
        parameters:
          owner_sign:
            type: text
            default: "/"
            help: What stands between the owner and the rest of a name; a slash, because names seldom have another one.
        # One SELECT with a row per examined resource. A resource to which the rule does not apply gets no row, and
        # whatever is missing or not understood is 'unknown', never 'pass'. Any other column is evidence.
        query: |
          SELECT id AS resource_id, COALESCE(name, id) AS resource_name,
                 CASE WHEN name IS NULL THEN 'unknown'
                      WHEN instr(name, :owner_sign) > 1 THEN 'pass'
                      ELSE 'fail' END AS verdict,
                 CASE WHEN name IS NULL THEN 'What the resource is called is not known.'
                      WHEN instr(name, :owner_sign) > 1 THEN 'The name "' || name || '" says who owns it.'
                      ELSE 'The name "' || name || '" has no owner before a "' || :owner_sign || '".' END AS message,
                 name
          FROM \(kind.table)

        """
    }

    /// Text of the test's file.
    package var test: String {
        """
        # Each case says what the API would send ('given') and exactly the rows that the rule must return ('expect').
        # 'ztaudit rules test' runs them.
        cases:
          - name: a name without an owner fails
            given:
              \(kind.name):
                - \(object(id: "r1", name: "wiki"))
            expect:
              - { resource: \(row(id: "r1", name: "wiki")), verdict: fail, message: "wiki" }
            # What the remediation changes: afterwards nothing may fail.
            remedy:
              \(kind.name):
                - { id: r1, name: "payments/wiki" }

          - name: a name that begins with its owner passes
            given:
              \(kind.name):
                - \(object(id: "r1", name: "payments/wiki"))
            expect:
              - { resource: \(row(id: "r1", name: "payments/wiki")), verdict: pass }

          - name: a resource without a name is unknown
            given:
              \(kind.name):
                - \(object(id: "r1", name: nil))
            expect:
              - { resource: r1, verdict: unknown }

          - name: configuration can choose another sign
            parameters: { owner_sign: ":" }
            given:
              \(kind.name):
                - \(object(id: "r1", name: "payments:wiki"))
            expect:
              - { resource: \(row(id: "r1", name: "payments:wiki")), verdict: pass }

          - name: an incomplete list says that there may be more
            given:
              \(kind.name):
                - \(object(id: "r1", name: "payments/wiki"))
            coverage: { \(kind.name): partial }
            expect:
              - { resource: \(row(id: "r1", name: "payments/wiki")), verdict: pass }
              - { resource: "*", verdict: unknown }

          - name: without such a resource there is nothing to examine
            given: {}
            expect: []

        """
    }

    private func object(id: String, name: String?) -> String {
        let parent = kind.parentColumn == nil ? "" : "$parent: p1, "
        return "{ \(parent)id: \(id)\(name.map { ", name: \"\($0)\"" } ?? "") }"
    }

    /// The id under which the snapshot has such an object: a few kinds have no other than their name.
    private func row(id: String, name: String) -> String {
        kind.identifier == ["name"] ? "\"\(name)\"" : id
    }
}

/// A rule that cannot be started.
package struct RuleTemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    package var description: String { "\(problem). \(remedy)." }

    fileprivate init(problem: String, remedy: String) {
        self.problem = problem
        self.remedy = remedy
    }

    fileprivate init(unknown resource: String) {
        let parents = ResourceCatalogue.kinds(filling: resource).map(\.table)
        problem =
            parents.isEmpty
            ? "there is no table '\(resource)' of resources"
            : "'\(resource)' holds lists inside other resources, not resources of its own"
        remedy =
            parents.isEmpty
            ? "\(YAMLReader.suggestion(resource, ResourceCatalogue.kinds.map(\.table)))'ztaudit schema' lists the tables"
            : "Give \(Set(parents).sorted().joined(separator: " or "))"
    }
}
