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
    private let frameworks: [String: String]
    private let controlTitles: [[String]: String]
    private let applications: [[String]: [ApplicationAccess]]

    init(_ result: AuditResult) {
        index = ResultIndex(result)
        frameworks = Dictionary(result.frameworks.map { ($0.id, $0.title) }) { first, _ in first }
        controlTitles = Dictionary(
            result.frameworks.flatMap { framework in
                framework.controls.map { ([framework.id, $0.id], $0.title) }
            }
        ) { first, _ in first }
        var applications: [[String]: [ApplicationAccess]] = [:]
        for application in result.applications {
            let account = application.accountID
            applications[[account, "access_application", application.applicationID], default: []].append(application)
            for policy in Set(application.policyIDs) {
                applications[[account, "access_policy", policy], default: []].append(application)
            }
        }
        self.applications = applications
    }

    /// Controls that the rule is evidence for, sorted by framework, then as the rule lists them.
    func controls(of rule: RuleMetadata) -> [NamedControl] {
        rule.frameworks.sorted { $0.key < $1.key }.flatMap { frameworkID, ids in
            ids.map { id in
                NamedControl(
                    frameworkID: frameworkID,
                    framework: title(ofFramework: frameworkID),
                    id: id,
                    title: controlTitles[[frameworkID, id]]
                )
            }
        }
    }

    /// Name of a framework, or its id where there is none.
    func title(ofFramework id: String) -> String { frameworks[id] ?? Words.framework(id) }

    /// The application that the resource is, or those that have it as a policy; in the order of the result.
    func applications(of finding: Finding) -> [ApplicationAccess] {
        applications[[finding.accountID, finding.resource.type, finding.resource.id]] ?? []
    }

    /// What keeps an unknown from being decided, a clause for each gap; empty for everything else.
    func missing(_ finding: Finding) -> [DataGap] {
        finding.unknownReason == .coverage ? index.gaps(of: finding) : []
    }
}
