// The solver serves the analysis alone, so it is internal to its module.
@testable import AccessAnalysis
import TestSupport
import Testing

@Suite struct SatisfiabilityTests {
    /// Far more steps than any of the problems needs that have to be decided.
    private static let ample = 50_000_000

    /// A solver beside which every assignment of the first variables is tried.
    private struct Problem {
        var solver = SatisfiabilitySolver()
        var variables: [Literal] = []
        var clauses: [[Literal]] = []

        mutating func grow(by count: Int) {
            for _ in 0..<count {
                variables.append(solver.makeVariable())
            }
        }

        mutating func add(_ clause: [Literal]) {
            clauses.append(clause)
            solver.add(clause)
        }

        /// Literals of random variables, now and then a constant.
        func literals(upTo size: Int, using generator: inout SeededGenerator) -> [Literal] {
            (0..<Int.random(in: 0...size, using: &generator)).map { _ in
                let variable =
                    Int.random(in: 0..<30, using: &generator) == 0
                    ? .yes : variables.randomElement(using: &generator) ?? .yes
                return Bool.random(using: &generator) ? variable : !variable
            }
        }

        /// Whether the bits of a number, as values of the variables, make all clauses and assumptions true.
        private func holds(_ bits: Int, _ assumptions: [Literal]) -> Bool {
            let isTrue = { (literal: Literal) in
                literal.variable == 0
                    ? !literal.isNegated : (bits >> (literal.variable - 1) & 1 == 1) != literal.isNegated
            }
            return clauses.allSatisfy { $0.contains(where: isTrue) } && assumptions.allSatisfy(isTrue)
        }

        /// Expects the answer that trying all assignments gives, and a model that keeps its promise.
        mutating func expectTruth(assuming assumptions: [Literal], seed: UInt64) {
            var budget = ample
            let answer = solver.solve(assuming: assumptions, budget: &budget)
            let hasModel = (0..<(1 << variables.count)).contains { holds($0, assumptions) }
            #expect(answer == (hasModel ? .satisfiable : .unsatisfiable), "seed \(seed)")
            if answer == .satisfiable {
                let bits = variables.indices.reduce(0) { $0 | (solver.value(of: variables[$1]) ? 1 << $1 : 0) }
                #expect(holds(bits, assumptions), "seed \(seed)")
            }
        }
    }

    /// Pigeons that each need a hole of their own.
    private static func pigeons(_ pigeons: Int, holes: Int) -> SatisfiabilitySolver {
        var solver = SatisfiabilitySolver()
        let places = (0..<pigeons).map { _ in (0..<holes).map { _ in solver.makeVariable() } }
        for pigeon in places {
            solver.add(pigeon)
        }
        for hole in 0..<holes {
            solver.atMostOne(places.map { $0[hole] })
        }
        return solver
    }

    private static func solve(_ solver: inout SatisfiabilitySolver, _ assumptions: Literal...) -> Bool {
        var budget = ample
        let answer = solver.solve(assuming: assumptions, budget: &budget)
        #expect(answer != .undecided)
        return answer == .satisfiable
    }

    @Test func answersAsTryingAllAssignmentsDoes() {
        var problem = Problem()
        for seed in UInt64(0)..<4_000 {
            var generator = SeededGenerator(seed)
            // One solver for all of them shows that a reset forgets everything.
            problem.solver.reset()
            problem.variables = []
            problem.clauses = []
            problem.grow(by: .random(in: 1...7, using: &generator))
            for _ in 0..<Int.random(in: 0...(5 * problem.variables.count), using: &generator) {
                let clause = problem.literals(upTo: 4, using: &generator)
                if clause.count > 1 || Int.random(in: 0..<8, using: &generator) == 0 {
                    problem.add(clause)
                }
            }
            for _ in 0..<3 {
                let assumptions = problem.literals(upTo: 3, using: &generator)
                problem.expectTruth(assuming: assumptions, seed: seed)
            }
        }
    }

    @Test func staysRightWhileTheProblemGrows() {
        for seed in UInt64(0)..<300 {
            var generator = SeededGenerator(seed)
            var problem = Problem()
            problem.grow(by: 3)
            for _ in 0..<20 {
                if problem.variables.count < 9, Int.random(in: 0..<3, using: &generator) == 0 {
                    problem.grow(by: 1)
                }
                let clause = problem.literals(upTo: 3, using: &generator) + problem.literals(upTo: 2, using: &generator)
                if clause.count > 1 {
                    problem.add(clause)
                }
                // A search that was cut off must leave nothing behind.
                var little = Int.random(in: 0..<20, using: &generator)
                _ = problem.solver.solve(
                    assuming: problem.literals(upTo: 3, using: &generator),
                    budget: &little
                )
                problem.expectTruth(assuming: problem.literals(upTo: 4, using: &generator), seed: seed)
            }
        }
    }

    @Test func staysRightWhenLearnedClausesAreForgotten() {
        for seed in UInt64(0)..<150 {
            var generator = SeededGenerator(seed)
            var problem = Problem()
            problem.solver.learnedLimit = 2
            problem.grow(by: 10)
            for _ in 0..<42 {
                let variables = problem.variables.shuffled(using: &generator).prefix(3)
                problem.add(variables.map { Bool.random(using: &generator) ? $0 : !$0 })
            }
            for _ in 0..<4 {
                problem.expectTruth(assuming: problem.literals(upTo: 3, using: &generator), seed: seed)
            }
        }
    }

    @Test func givesTheSameModelEveryTime() {
        func model() -> [Bool] {
            var generator = SeededGenerator(7)
            var problem = Problem()
            problem.grow(by: 60)
            for _ in 0..<200 {
                let variables = problem.variables.shuffled(using: &generator).prefix(3)
                problem.add(variables.map { Bool.random(using: &generator) ? $0 : !$0 })
            }
            #expect(SatisfiabilityTests.solve(&problem.solver))
            return problem.variables.map { problem.solver.value(of: $0) }
        }
        #expect(model() == model())
    }

    @Test func prefersTheValuesAskedFor() {
        var solver = SatisfiabilitySolver()
        let (first, second) = (solver.makeVariable(), solver.makeVariable(preferring: true))
        let (third, fourth) = (solver.makeVariable(), solver.makeVariable())
        solver.add([third, fourth])
        #expect(Self.solve(&solver))
        #expect([first, second, third, fourth].map { solver.value(of: $0) } == [false, true, false, true])
        #expect(Self.solve(&solver, first, !second))
        #expect([first, !second].allSatisfy { solver.value(of: $0) })
        #expect(Self.solve(&solver))
        #expect([first, second, third, fourth].map { solver.value(of: $0) } == [false, true, false, true])
    }

    @Test func knowsItsConstants() {
        var solver = SatisfiabilitySolver()
        #expect(solver.value(of: .yes) && !solver.value(of: .no))
        #expect(Self.solve(&solver, .yes))
        #expect(!Self.solve(&solver, .no))
        solver.add([.no])
        #expect(!Self.solve(&solver))
        solver.reset()
        #expect(Self.solve(&solver))
        solver.add([])
        #expect(!Self.solve(&solver))
    }

    @Test(arguments: 2...40) func letsAtMostOneBeTrue(count: Int) {
        var solver = SatisfiabilitySolver()
        let literals = (0..<count).map { _ in solver.makeVariable(preferring: true) }
        solver.atMostOne(literals)
        #expect(Self.solve(&solver))
        #expect(literals.count { solver.value(of: $0) } == 1)
        for (index, literal) in literals.enumerated() {
            #expect(Self.solve(&solver, literal))
            #expect(literals.filter { solver.value(of: $0) } == [literal])
            for other in literals[..<index] {
                #expect(!Self.solve(&solver, literal, other))
            }
        }
        var budget = Self.ample
        #expect(solver.solve(assuming: literals.map { !$0 }, budget: &budget) == .satisfiable)
    }

    @Test(arguments: [3, 12]) func countsConstantsAndRepetitionsAmongAtMostOne(count: Int) {
        var solver = SatisfiabilitySolver()
        let literals = (0..<count).map { _ in solver.makeVariable() }
        solver.atMostOne(literals + [.no, literals[0]])
        #expect(!Self.solve(&solver, literals[0]))
        #expect(Self.solve(&solver, literals[1]))
        solver.atMostOne(literals + [.yes])
        #expect(!Self.solve(&solver, literals[1]))
        #expect(Self.solve(&solver))
    }

    @Test func definesAndAndOrByTheirTruthTables() {
        for count in 0...4 {
            // Operands may be any of three variables, their negations and the constants.
            var generator = SeededGenerator(UInt64(count))
            for _ in 0..<100 {
                var solver = SatisfiabilitySolver()
                let variables = (0..<3).map { _ in solver.makeVariable() }
                let choice = variables + variables.map { !$0 } + [.yes, .no]
                let operands = (0..<count).map { _ in choice.randomElement(using: &generator) ?? .yes }
                let (and, or) = (solver.and(operands), solver.or(operands))
                for row in 0..<8 {
                    let inputs = variables.indices.map { row >> $0 & 1 == 1 ? variables[$0] : !variables[$0] }
                    let isTrue = { (operand: Literal) in operand == .yes || inputs.contains(operand) }
                    let expectations = [
                        operands.allSatisfy(isTrue) ? and : !and, operands.contains(where: isTrue) ? or : !or,
                    ]
                    for expected in expectations {
                        var budget = Self.ample
                        #expect(solver.solve(assuming: inputs + [expected], budget: &budget) == .satisfiable)
                        #expect(solver.value(of: expected))
                        #expect(solver.solve(assuming: inputs + [!expected], budget: &budget) == .unsatisfiable)
                    }
                }
            }
        }
    }

    @Test func foldsDefinitionsThatNeedNoVariable() {
        var solver = SatisfiabilitySolver()
        let (first, second, settled) = (solver.makeVariable(), solver.makeVariable(), solver.makeVariable())
        solver.add([settled])
        #expect(solver.and([Literal]()) == .yes && solver.or([Literal]()) == .no)
        #expect(solver.and([first, .yes, first, settled]) == first && solver.or([!first, .no, !settled]) == !first)
        #expect(solver.and([first, second, .no]) == .no && solver.or([first, second, settled]) == .yes)
        #expect(solver.and([first, second, !first]) == .no && solver.or([first, second, !first]) == .yes)
        #expect(solver.makeVariable().variable == settled.variable + 1)
    }

    @Test func provesThatSevenPigeonsNeedSevenHoles() {
        var solver = Self.pigeons(7, holes: 6)
        var budget = 2_000_000
        #expect(solver.solve(assuming: [], budget: &budget) == .unsatisfiable)
        #expect(budget > 0)
        var enough = Self.pigeons(7, holes: 7)
        #expect(Self.solve(&enough))
    }

    @Test func stopsWhenTheBudgetIsSpent() {
        var solver = Self.pigeons(12, holes: 11)
        var budget = 100_000
        #expect(solver.solve(assuming: [], budget: &budget) == .undecided)
        #expect(budget == 0)
        #expect(solver.solve(assuming: [], budget: &budget) == .undecided)
    }

    /// Written out, the expression at the top would have 2^50 parts.
    @Test func sharesDefinitionsThatAreUsedTwice() {
        var solver = SatisfiabilitySolver()
        let inputs = (0..<50).map { _ in solver.makeVariable() }
        // Each level is true when exactly one of its input and of the level below is.
        let top = inputs.reduce(solver.makeVariable()) { below, input in
            let (left, right) = (solver.and([below, !input]), solver.and([!below, input]))
            return solver.or([left, right])
        }
        var budget = 1_000_000
        for value in [top, !top] {
            #expect(solver.solve(assuming: [value], budget: &budget) == .satisfiable)
            #expect(solver.value(of: value))
        }
    }

    @Test func walksLongClausesOnce() {
        var solver = SatisfiabilitySolver()
        let literals = (0..<20_000).map { _ in solver.makeVariable() }
        solver.add(literals)
        solver.atMostOne(literals)
        _ = solver.or(literals)
        var budget = 1_000_000
        #expect(solver.solve(assuming: [], budget: &budget) == .satisfiable)
        #expect(literals.count { solver.value(of: $0) } == 1)
    }
}
