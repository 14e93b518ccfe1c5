/// A Boolean variable or its negation.
struct Literal: Hashable, Comparable, Sendable {
    /// Twice the variable's number, plus one for its negation.
    let code: Int32

    /// The literal that is always true, whatever the clauses say.
    static let yes = Literal(code: 0)
    /// The literal that is always false.
    static let no = Literal(code: 1)

    var variable: Int { Int(code >> 1) }
    var isNegated: Bool { code & 1 == 1 }
    var index: Int { Int(code) }

    static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
    static func < (left: Literal, right: Literal) -> Bool { left.code < right.code }
}

/// A complete, repeatable search for values of Boolean variables that make every clause true.
///
/// Conflict-driven clause learning after MiniSat: two watched literals, first unique implication points, decisions by
/// activity, Luby restarts. It is made for very many small problems: `reset()` keeps the memory, and clauses live in
/// one array, each a header followed by its literals. The clauses that watch a literal form a list linked through the
/// headers, so that nothing is allocated while searching.
struct SatisfiabilitySolver: Sendable {
    /// What a search found out.
    enum Answer: Sendable {
        case satisfiable, unsatisfiable
        /// The budget was used up first.
        case undecided
    }

    /// Words of a clause before its first literal.
    enum Header {
        /// Twice the number of literals, plus one for a learned clause.
        static let size = 0
        /// Where the search for another literal to watch goes on; from the start each time, long clauses take
        /// quadratic time.
        static let resume = 1
        /// The next clauses in the lists of the first and of the second literal, which are the watched ones.
        static let links = 2
        static let length = 4
    }

    /// Instead of a clause: the end of a list, or no reason.
    static let none: Int32 = -1
    /// More learned clauses than this, and the older half is forgotten.
    private static let learnedClauses = 2_000

    var arena: ContiguousArray<Int32> = []
    /// For each literal, the first clause that watches it.
    var watches: ContiguousArray<Int32> = []
    /// For each literal, 1 when it is true, -1 when it is false, 0 when that is open.
    var values: ContiguousArray<Int8> = []
    /// The values of the last satisfiable answer.
    private var model: ContiguousArray<Int8> = []

    var levels: ContiguousArray<Int32> = []
    /// For each variable, the clause that forced its value.
    var reasons: ContiguousArray<Int32> = []
    var preferences: ContiguousArray<Bool> = []
    /// For each variable, a note that is 0 whenever no method runs.
    var marks: ContiguousArray<Int8> = []
    var order = VariableOrder()

    /// The literals made true, in this order.
    var trail: ContiguousArray<Literal> = []
    /// Where in `trail` each decision stands; empty between searches.
    var decisions: ContiguousArray<Int> = []
    /// How much of `trail` has been propagated.
    var propagated = 0

    /// The clause that is being put together.
    var draft: ContiguousArray<Literal> = []
    var isContradictory = false
    var learnedCount = 0
    var learnedLimit = Self.learnedClauses

    init() {
        reset()
    }

    /// Forgets all variables and clauses but keeps the memory for the next problem.
    mutating func reset() {
        arena.removeAll(keepingCapacity: true)
        watches.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        model.removeAll(keepingCapacity: true)
        levels.removeAll(keepingCapacity: true)
        reasons.removeAll(keepingCapacity: true)
        preferences.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
        order.removeAll()
        trail.removeAll(keepingCapacity: true)
        propagated = 0
        isContradictory = false
        learnedCount = 0
        learnedLimit = Self.learnedClauses
        appendVariable(preferring: true, waits: false)
        assign(.yes, because: Self.none)
        saveModel()
    }

    /// A new variable; where the clauses leave the choice, it takes the preferred value.
    ///
    /// Decisions never take another value first, so that models are small and the same every time.
    mutating func makeVariable(preferring value: Bool = false) -> Literal {
        let literal = Literal(code: Int32(values.count))
        appendVariable(preferring: value, waits: true)
        return literal
    }

    private mutating func appendVariable(preferring value: Bool, waits: Bool) {
        for _ in 0..<2 {
            values.append(0)
            watches.append(Self.none)
        }
        levels.append(0)
        reasons.append(Self.none)
        preferences.append(value)
        marks.append(0)
        order.append(waits: waits)
    }

    /// Requires for good that one of the literals is true.
    mutating func add(_ clause: [Literal]) {
        if gather(clause, negated: false) {
            storeDraft()
        }
    }

    /// The value in the model of the last satisfiable answer; `false` for a variable made since.
    func value(of literal: Literal) -> Bool {
        literal.index < model.count ? model[literal.index] > 0 : literal.isNegated
    }

    /// The value assigned so far; between searches, that is one that all models have in common.
    func assignedValue(of literal: Literal) -> Bool? {
        switch values[literal.index] {
        case 0: nil
        case let value: value > 0
        }
    }

    mutating func saveModel() {
        model.removeAll(keepingCapacity: true)
        model.append(contentsOf: values)
    }

    mutating func assign(_ literal: Literal, because reason: Int32) {
        values[literal.index] = 1
        values[(!literal).index] = -1
        levels[literal.variable] = Int32(decisions.count)
        reasons[literal.variable] = reason
        trail.append(literal)
    }
}

// MARK: - Clauses

extension SatisfiabilitySolver {
    /// Fills `draft` with those of the literals, or of their negations, that are open, each once.
    ///
    /// False when one is true already or two are opposites: their disjunction then says nothing.
    mutating func gather(_ literals: [Literal], negated: Bool) -> Bool {
        draft.removeAll(keepingCapacity: true)
        var saysSomething = true
        for given in literals {
            let literal = negated ? !given : given
            guard let value = assignedValue(of: literal) else {
                let mark: Int8 = literal.isNegated ? 2 : 1
                if marks[literal.variable] == 0 {
                    marks[literal.variable] = mark
                    draft.append(literal)
                } else if marks[literal.variable] != mark {
                    saysSomething = false
                }
                continue
            }
            if value {
                saysSomething = false
            }
        }
        for index in draft.indices {
            marks[draft[index].variable] = 0
        }
        return saysSomething
    }

    /// Requires that one of the open literals in `draft` is true.
    mutating func storeDraft() {
        guard let first = draft.first else {
            isContradictory = true
            return
        }
        guard draft.count > 1 else {
            assign(first, because: Self.none)
            return
        }
        storeClause(learned: false)
    }

    /// Stores two open literals of different variables as a clause.
    mutating func storeClause(_ first: Literal, _ second: Literal) {
        let clause = arena.count
        appendHeader(size: 2, learned: false)
        arena.append(first.code)
        arena.append(second.code)
        watch(clause)
    }

    /// Stores `draft`, of two literals or more, as a clause that watches the first two.
    @discardableResult
    mutating func storeClause(learned: Bool) -> Int32 {
        let clause = arena.count
        appendHeader(size: draft.count, learned: learned)
        for index in draft.indices {
            arena.append(draft[index].code)
        }
        watch(clause)
        return Int32(clause)
    }

    private mutating func appendHeader(size: Int, learned: Bool) {
        arena.append(Int32(2 * size + (learned ? 1 : 0)))
        arena.append(Int32(Header.length + 1))
        arena.append(Self.none)
        arena.append(Self.none)
    }

    private mutating func watch(_ clause: Int) {
        for position in 0..<2 {
            let literal = Int(arena[clause + Header.length + position])
            arena[clause + Header.links + position] = watches[literal]
            watches[literal] = Int32(clause)
        }
    }

    /// Forgets the older half of the learned clauses when there are too many; before any decision only.
    ///
    /// The limit grows each time, without which a long search could go round in circles.
    mutating func forgetLearnedClauses() {
        guard learnedCount > learnedLimit else { return }
        learnedLimit += learnedLimit / 10 + 1
        var toForget = learnedCount / 2
        learnedCount -= toForget
        for index in watches.indices {
            watches[index] = Self.none
        }
        var (from, to) = (0, 0)
        while from < arena.count {
            let header = Int(arena[from])
            let length = Header.length + header / 2
            if header & 1 == 1, toForget > 0 {
                toForget -= 1
            } else {
                for offset in 0..<length {
                    arena[to + offset] = arena[from + offset]
                }
                watch(to)
                to += length
            }
            from += length
        }
        arena.removeSubrange(to...)
    }
}
