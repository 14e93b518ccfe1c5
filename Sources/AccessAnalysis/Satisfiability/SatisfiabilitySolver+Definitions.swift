extension SatisfiabilitySolver {
    /// Up to so many literals, one clause for each pair is smaller than the ladder.
    private static let mostLiteralsInPairs = 6

    /// Requires that at most one of the literals is true; a literal that is listed twice counts twice.
    mutating func atMostOne(_ literals: [Literal]) {
        let open = literals.filter { assignedValue(of: $0) != false }
        guard open.count > Self.mostLiteralsInPairs else {
            for (index, first) in open.enumerated() {
                for second in open[(index + 1)...] {
                    add([!first, !second])
                }
            }
            return
        }
        // Each step of the ladder says whether a literal up to here is true, so the size stays linear.
        var step: Literal?
        for (index, literal) in open.enumerated() {
            if let step {
                add([!literal, !step])
            }
            guard index < open.count - 1 else { break }
            let next = makeVariable()
            add([!literal, next])
            if let step {
                add([!step, next])
            }
            step = next
        }
    }

    /// A literal that is true exactly when all the given ones are; `.yes` when there are none.
    mutating func and(_ literals: [Literal]) -> Literal {
        !disjunction(of: literals, negated: true)
    }

    /// A literal that is true exactly when one of the given ones is; `.no` when there are none.
    mutating func or(_ literals: [Literal]) -> Literal {
        disjunction(of: literals, negated: false)
    }

    /// Defines "or" of the literals, or of their negations, which is the negation of their "and".
    private mutating func disjunction(of literals: [Literal], negated: Bool) -> Literal {
        guard gather(literals, negated: negated) else { return .yes }
        guard let first = draft.first else { return .no }
        guard draft.count > 1 else { return first }
        // What is defined prefers to be false: "or" itself, and for "and" the negation of what is defined here.
        let result = makeVariable(preferring: negated)
        for index in draft.indices {
            storeClause(!draft[index], result)
        }
        draft.append(!result)
        storeDraft()
        return result
    }
}
