import AuditModel
import Testing

// Configurations are built in memory, and single policies are asked about requesters.
@testable import AccessAnalysis

/// What a change to a configuration can do to who gets in.
@Suite struct ChangePropertyTests {
    @Test func neverShrinksWithAnAllowAppendedLast() {
        PropertyCases.forEach(250, from: 7) { generated, _ in
            compare(generated.chain, generated.appending("allow").chain) { $0 <= $1 }
        }
    }

    @Test func neverGrowsWithARuleMoreInExcludeOfTheLastAllow() {
        PropertyCases.forEach(250, from: 8) { generated, _ in
            generated.excludingMore().map { compare(generated.chain, $0.chain) { $0 >= $1 } } ?? []
        }
    }

    @Test func staysTheSameWithABlockAppendedLast() {
        PropertyCases.forEach(250, from: 9) { generated, _ in
            compare(generated.chain, generated.appending("deny").chain) { $0 == $1 }
        }
    }

    @Test func findsTheDifferenceThatAskingEverybodyFinds() {
        PropertyCases.forEach(150, from: 14) { generated, _ in
            let changes = [generated.appending("allow"), generated.appending("deny"), generated.excludingMore()]
            return changes.compactMap { $0?.chain }.flatMap { other in
                differences(generated.chain, other) + differences(other, generated.chain)
            }
        }
    }

    /// What the semantic difference of two versions says otherwise than asking everybody.
    private func differences(_ before: PolicyChain, _ after: PolicyChain) -> [String] {
        guard before.isTypeUnderstood, uncertainNames(after) == uncertainNames(before) else { return [] }
        let names = before.namedConditions.count >= after.namedConditions.count ? before : after
        guard let requesters = EveryRequester(names).all(limit: PropertyCases.limit) else { return [] }
        let (old, new) = (BruteForce(before, requesters), BruteForce(after, requesters))
        let admissions = zip(old.people, new.people).map { (old: admission(old, $0), new: admission(new, $1)) }
        let isGained = admissions.contains { $0.old == .no && $0.new == .yes }
        let isLost = admissions.contains { $0.old == .yes && $0.new == .no }
        let isSame = admissions.allSatisfy { $0.old == $0.new && $0.old != .unknown }
        let difference = SemanticDifference(from: before, to: after)
        var wrong: [String] = []
        func check(_ isRight: Bool, _ what: String) {
            if !isRight { wrong.append("\(difference.relation): \(what)") }
        }
        check(!isSame || difference.relation == .equal, "everybody gets the same answer")
        check((difference.admittedOnlyByNew != nil) == isGained, "somebody gained: \(isGained)")
        check((difference.admittedOnlyByOld != nil) == isLost, "somebody lost: \(isLost)")
        let possible: [SemanticDifference.Relation] =
            switch (isGained, isLost) {
            case (false, false): [.equal, .unknown]
            case (true, false): [.larger, .unknown]
            case (false, true): [.smaller, .unknown]
            case (true, true): [.incomparable]
            }
        check(possible.contains(difference.relation), "not one of \(possible)")
        for (witness, admitting, refusing) in [
            (difference.admittedOnlyByNew, after, before), (difference.admittedOnlyByOld, before, after),
        ] {
            guard let witness else { continue }
            check(RequesterDecision(witness, for: admitting).decision.admits, "\(witness) is not admitted")
            let refusal = RequesterDecision(witness, for: refusing).decision
            check([.block, .deny, .unknown].contains(refusal), "\(witness) is admitted by both")
        }
        return Array(wrong.prefix(2))
    }

    private func admission(_ people: BruteForce, _ person: BruteForce.Person) -> Truth {
        if people.decision(person).admits { return .yes }
        return people.outcomes(person).contains(where: \.admits) ? .unknown : .no
    }

    /// Compares who gets in before and after a change, one by one and by the answers about all.
    private func compare(
        _ before: PolicyChain,
        _ after: PolicyChain,
        _ isRight: (Truth, Truth) -> Bool
    ) -> [String] {
        // What a policy names says who exists, and here adds somebody of whom nothing certain can be said.
        guard uncertainNames(after).isSubset(of: uncertainNames(before)) else { return [] }
        // Whoever the longer of the two can tell apart, the shorter can judge.
        let names = before.namedConditions.count >= after.namedConditions.count ? before : after
        guard let requesters = EveryRequester(names).all(limit: PropertyCases.limit) else { return [] }
        let (old, new) = (BruteForce(before, requesters), BruteForce(after, requesters))
        var wrong: [String] = []
        for (left, right) in zip(old.people, new.people) where !isRight(admission(old, left), admission(new, right)) {
            wrong.append(
                "\(left.requester): \(admission(old, left).rawValue) becomes \(admission(new, right).rawValue)"
            )
        }
        let (first, second) = (ApplicationAnalysis(before).reach, ApplicationAnalysis(after).reach)
        for question in ReachQuestion.allCases {
            let (old, new) = (first.answers[question] ?? .unknown, second.answers[question] ?? .unknown)
            if !isRight(old, new) { wrong.append("\(question): \(old.rawValue) becomes \(new.rawValue)") }
        }
        return Array(wrong.prefix(3))
    }

    /// Names that make more unknown than the condition that has them.
    private func uncertainNames(_ chain: PolicyChain) -> Set<AccessCondition> {
        let inventory = chain.configuration.inventory
        let named = Set(chain.namedConditions)
        func isOpen(_ condition: AccessCondition) -> Bool {
            if case .ipList(let id) = condition { inventory.lists[id]?.isComplete != true } else { false }
        }
        func isWhole(_ condition: AccessCondition) -> Bool {
            if case .ip(let range) = condition { range.prefixLength == 0 } else { false }
        }
        // A token that does not exist, which somebody may have nevertheless (point 11).
        let tokens = named.filter { condition in
            if case .serviceToken(let id) = condition { inventory.serviceTokens[id] == nil } else { false }
        }
        // Nobody knows of which family the address is that a list leaves out of which not all is known (point 20).
        let places = named.contains(where: isOpen) ? named.filter(isWhole) : []
        return tokens.union(places)
    }
}
