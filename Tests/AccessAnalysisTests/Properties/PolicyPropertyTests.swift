import AuditModel
import Testing

// Configurations are built in memory, and single policies are asked about requesters.
@testable import AccessAnalysis

/// What single policies do, against asking everybody and against removing them.
@Suite struct PolicyPropertyTests {
    @Test func findsWhatAPolicyCanMatchAndWhatCoversIt() {
        PropertyCases.forEach(500, from: 5) { generated, people in
            let chain = generated.chain
            let policies = ApplicationAnalysis(chain).policies
            return policies.indices.flatMap { index -> [String] in
                var wrong: [String] = []
                let summary = policies[index]
                let canMatch = people.canMatch(index)
                if summary.canMatch != canMatch {
                    wrong.append(
                        "\(summary.policyID) can match: \(summary.canMatch.rawValue), not \(canMatch.rawValue)"
                    )
                }
                let cover = people.firstCover(of: index).map { chain.policies[$0].id }
                if summary.shadowedBy != cover {
                    wrong.append("\(summary.policyID) is shadowed by \(summary.shadowedBy ?? "-"), not \(cover ?? "-")")
                }
                guard summary.shadowedBy != nil else { return wrong }
                let isNoticed = people.people.contains { people.outcomes($0) != people.outcomes($0, without: index) }
                return isNoticed ? wrong + ["somebody notices that \(summary.policyID) is gone"] : wrong
            }
        }
    }

    @Test func callsRedundantOrWithoutEffectWhatNobodyMissesWhenItIsRemoved() {
        PropertyCases.forEach(500, from: 6) { generated, people in
            let chain = generated.chain
            guard chain.isTypeUnderstood else { return [] }
            let analysis = ApplicationAnalysis(chain)
            func isCalled(_ kind: PolicyDefect.Kind, _ id: String) -> Bool {
                analysis.defects.contains { $0.kind == kind && $0.policyID == id }
            }
            return chain.policies.indices.flatMap { index -> [String] in
                let policy = chain.policies[index]
                var wrong: [String] = []
                let isMissed = people.people.contains { people.decision($0) != people.decision($0, without: index) }
                let isRedundant = isCalled(.redundant, policy.id)
                let isOtherwiseDead =
                    analysis.policies[index].canMatch == .no || analysis.policies[index].shadowedBy != nil
                if isRedundant, isMissed { wrong.append("\(policy.id) is called redundant") }
                if people.isDecided, !isMissed, !isRedundant, !isOtherwiseDead {
                    wrong.append("\(policy.id) is not called redundant")
                }
                let letsIn = people.people.contains { person in
                    let before = people.outcomes(person)
                    return people.outcomes(person, without: index).contains { $0.admits && !before.contains($0) }
                }
                let isWithoutEffect = isCalled(.blockWithoutEffect, policy.id)
                if isWithoutEffect, policy.action != .block || letsIn {
                    wrong.append("\(policy.id) is called without effect")
                }
                if people.isDecided, policy.action == .block, !letsIn, !isWithoutEffect {
                    wrong.append("\(policy.id) is not called without effect")
                }
                return wrong
            }
        }
    }
}
