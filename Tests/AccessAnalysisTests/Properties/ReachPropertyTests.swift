import AuditModel
import Testing

// Configurations are built in memory, and single policies are asked about requesters.
@testable import AccessAnalysis

/// Who can get in, against asking everybody.
@Suite struct ReachPropertyTests {
    @Test func answersEveryReachQuestionAsAskingEverybodyDoes() {
        PropertyCases.forEach(600, from: 1) { generated, people in
            let reach = ApplicationAnalysis(generated.chain).reach
            return ReachQuestion.allCases.compactMap { question in
                let expected = people.answer(question)
                let answer = reach.answers[question]
                return answer == expected
                    ? nil : "\(question) is \(answer?.rawValue ?? "missing"), not \(expected.rawValue)"
            }
        }
    }

    @Test func findsTheWeakestWayAndSomebodyWhoTakesIt() {
        PropertyCases.forEach(600, from: 2) { generated, people in
            let chain = generated.chain
            let reach = ApplicationAnalysis(chain).reach
            guard reach.weakest?.assurance == people.weakest else {
                return [
                    "the weakest is \(reach.weakest?.assurance.rawValue ?? "none")"
                        + ", not \(people.weakest?.rawValue ?? "nobody")"
                ]
            }
            guard let weakest = reach.weakest else { return reach.witness == nil ? [] : ["a witness of nothing"] }
            guard let witness = reach.witness else { return ["no witness"] }
            let decision = RequesterDecision(witness, for: chain)
            let policy = chain.policies.first { $0.id == weakest.policyID }
            let expected: Decision? =
                switch policy?.action {
                case .bypass: .bypass
                case .serviceAuth: .serviceAuth
                case .allow: .allow
                case .block, nil: nil
                }
            var wrong: [String] = []
            if decision.decision != expected { wrong.append("the witness gets \(decision.decision)") }
            if decision.trace.first(where: { $0.policyID == weakest.policyID })?.match != .yes {
                wrong.append("the witness does not match the weakest way's policy")
            }
            let shown = Credentials(chain).strongest(of: witness)
            if shown != weakest.assurance { wrong.append("the witness shows \(shown), not \(weakest.assurance)") }
            return wrong
        }
    }

    @Test func givesEveryRequesterTheAnswerThatThePoliciesInOrderGive() {
        PropertyCases.forEach(100, from: 3) { generated, people in
            people.people.enumerated().compactMap { index, person in
                guard index.isMultiple(of: 13) else { return nil }
                let decision = RequesterDecision(person.requester, for: people.chain).decision
                let expected = people.decision(person)
                return decision == expected ? nil : "\(person.requester) gets \(decision), not \(expected)"
            }
        }
    }

    @Test func analysesTheSameConfigurationTwiceWithTheSameResult() {
        PropertyCases.forEach(100, from: 4) { generated, _ in
            let chain = generated.chain
            return ApplicationAnalysis(chain) == ApplicationAnalysis(chain) ? [] : ["two results"]
        }
    }
}
