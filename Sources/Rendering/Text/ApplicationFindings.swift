import AuditModel

/// Which open findings concern which applications.
///
/// A finding concerns an application when its resource is the application or one of its policies, or when its evidence
/// names the application. Built in one pass over the applications and one over the findings; a policy that many
/// applications share is never multiplied by them.
struct ApplicationFindings: Sendable {
    /// An id within its account.
    private struct Key: Hashable {
        let accountID: String
        let id: String
    }

    /// Open findings in the order of the result.
    private struct Tally: Sendable {
        var places: [Int] = []
        var bySeverity = [Int](repeating: 0, count: Severity.allCases.count)

        mutating func add(_ finding: Finding, at place: Int) {
            places.append(place)
            bySeverity[finding.severity.rank] += 1
        }
    }

    private let result: AuditResult
    private let applications: [Key: Int]
    private let applicationsByPolicy: [Key: [Int]]
    private let tierByPolicy: [Key: ApplicationTier]
    private var own: [Int: Tally] = [:]
    private var ofPolicies: [Key: Tally] = [:]

    init(_ result: AuditResult) {
        self.result = result
        var applications: [Key: Int] = [:]
        var byPolicy: [Key: [Int]] = [:]
        var tiers: [Key: ApplicationTier] = [:]
        for (place, application) in result.applications.enumerated() {
            applications[Key(accountID: application.accountID, id: application.applicationID)] = place
            for id in Set(application.policyIDs) {
                let key = Key(accountID: application.accountID, id: id)
                byPolicy[key, default: []].append(place)
                tiers[key] = min(tiers[key] ?? application.tier, application.tier)
            }
        }
        self.applications = applications
        applicationsByPolicy = byPolicy
        tierByPolicy = tiers
        for (place, finding) in result.findings.enumerated() where finding.isOpenFail {
            let resource = Key(accountID: finding.accountID, id: finding.resource.id)
            if byPolicy[resource] != nil { ofPolicies[resource, default: Tally()].add(finding, at: place) }
            for application in named(finding) { own[application, default: Tally()].add(finding, at: place) }
        }
    }

    /// Places, in the result's list, of the applications that the finding concerns.
    func applications(of finding: Finding) -> [Int] {
        let shared = applicationsByPolicy[Key(accountID: finding.accountID, id: finding.resource.id)] ?? []
        let named = named(finding)
        return named.isEmpty ? shared : named + shared
    }

    /// The tier that matters most among them; `nil` when there are none.
    func tier(of finding: Finding) -> ApplicationTier? {
        let shared = tierByPolicy[Key(accountID: finding.accountID, id: finding.resource.id)]
        return (named(finding).map { result.applications[$0].tier } + (shared.map { [$0] } ?? [])).min()
    }

    /// How many open findings of each severity concern the application at `place`, worst severity first.
    func counts(of place: Int) -> [Int] {
        tallies(of: place).reduce([Int](repeating: 0, count: Severity.allCases.count)) { sum, tally in
            zip(sum, tally.bySeverity).map { $0 + $1 }
        }
    }

    /// Places of the worst open findings that concern the application at `place`.
    func findings(of place: Int, atMost limit: Int) -> [Int] {
        // Each list is in the order of the result, so that its beginning is enough.
        Array(tallies(of: place).flatMap { $0.places.prefix(limit) }.sorted().prefix(limit))
    }

    /// Applications that the finding concerns by itself, not by a policy.
    private func named(_ finding: Finding) -> [Int] {
        var places: [Int] = []
        if let place = applications[Key(accountID: finding.accountID, id: finding.resource.id)] {
            places.append(place)
        }
        if case .text(let id)? = finding.evidence["application_id"],
            let place = applications[Key(accountID: finding.accountID, id: id)],
            // Once is enough for an application that has the policy, or that the finding is about.
            !places.contains(place), !result.applications[place].policyIDs.contains(finding.resource.id)
        {
            places.append(place)
        }
        return places
    }

    private func tallies(of place: Int) -> [Tally] {
        let application = result.applications[place]
        let keys = Set(application.policyIDs.map { Key(accountID: application.accountID, id: $0) })
        return (own[place].map { [$0] } ?? []) + keys.compactMap { ofPolicies[$0] }
    }
}
