import AuditModel

/// What formats for other programs say beside a finding: the controls that it is evidence for, and the applications that
/// it concerns.
struct FindingContext: Sendable {
    /// A control that a rule names.
    struct NamedControl: Sendable, Hashable {
        /// Id of the framework, such as `pci-dss-4.0.1`.
        let frameworkID: String
        /// Name of the framework, or its id where it is not known.
        let framework: String
        /// Id within the framework.
        let id: String
        /// `nil` when the control is not known.
        let title: String?
    }

    let index: ResultIndex
    private let controlTitles: [[String]: String]
    private let applications: ApplicationFindings

    init(_ result: AuditResult) {
        index = ResultIndex(result)
        controlTitles = Dictionary(
            result.frameworks.flatMap { framework in
                framework.controls.map { ([framework.id, $0.id], $0.title) }
            }
        ) { first, _ in first }
        applications = ApplicationFindings(result)
    }

    /// Controls that the rule is evidence for, sorted by framework, then as the rule lists them.
    func controls(of rule: RuleMetadata) -> [NamedControl] {
        rule.frameworks.sorted { $0.key < $1.key }.flatMap { frameworkID, ids in
            ids.map { id in
                NamedControl(
                    frameworkID: frameworkID,
                    framework: index.framework(frameworkID),
                    id: id,
                    title: controlTitles[[frameworkID, id]]
                )
            }
        }
    }

    /// The applications that the finding concerns; the one that it is about comes first.
    func applications(of finding: Finding) -> [ApplicationAccess] {
        applications.applications(of: finding).map { index.result.applications[$0] }
    }

    /// What keeps an unknown from being decided, a clause for each gap; empty for everything else.
    func missing(_ finding: Finding) -> [DataGap] {
        finding.unknownReason == .coverage ? index.gaps(of: finding) : []
    }
}
