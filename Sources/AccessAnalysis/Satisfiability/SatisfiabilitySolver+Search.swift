extension SatisfiabilitySolver {
    /// Conflicts before the first restart, and the unit of the later ones.
    private static let conflictsPerRestart = 100

    /// Searches for values that make all clauses and all assumptions true.
    ///
    /// Unsatisfiable means under these assumptions; the next search may make others. The budget counts steps (values
    /// propagated, clauses and literals looked at), is lowered by those taken, and ends the search when it reaches 0.
    mutating func solve(assuming assumptions: [Literal], budget: inout Int) -> Answer {
        defer {
            backtrack(to: 0)
            budget = max(budget, 0)
        }
        forgetLearnedClauses()
        var conflicts = 0
        var luby = (1, 1)
        while !isContradictory {
            guard budget > 0 else { return .undecided }
            let conflict = propagate(&budget)
            if conflict != Self.none {
                conflicts += 1
                resolve(conflict, &budget)
            } else if conflicts >= luby.1 * Self.conflictsPerRestart || learnedCount > learnedLimit {
                // Knuth's "reluctant doubling": the second numbers are 1, 1, 2, 1, 1, 2, 4, 1, …
                luby = luby.0 & -luby.0 == luby.1 ? (luby.0 + 1, 1) : (luby.0, 2 * luby.1)
                conflicts = 0
                backtrack(to: 0)
                forgetLearnedClauses()
            } else if decisions.count < assumptions.count {
                let assumption = assumptions[decisions.count]
                guard assignedValue(of: assumption) != false else { return .unsatisfiable }
                decisions.append(trail.count)
                if assignedValue(of: assumption) == nil {
                    assign(assumption, because: Self.none)
                }
            } else {
                guard let variable = nextOpenVariable() else {
                    saveModel()
                    return .satisfiable
                }
                decisions.append(trail.count)
                let literal = Literal(code: Int32(2 * variable))
                assign(preferences[variable] ? literal : !literal, because: Self.none)
            }
        }
        return .unsatisfiable
    }

    /// How many decisions had been taken when the literal's variable got its value.
    private func level(of literal: Literal) -> Int { Int(levels[literal.variable]) }

    private mutating func nextOpenVariable() -> Int? {
        while let variable = order.popFirst() {
            if values[2 * variable] == 0 {
                return variable
            }
        }
        return nil
    }

    /// Takes back all values of later decisions than the given number of them.
    private mutating func backtrack(to level: Int) {
        guard decisions.count > level else { return }
        let start = decisions[level]
        // Forwards, because the variables that were decided first go to the top of the order anyway.
        for index in start..<trail.count {
            let literal = trail[index]
            values[literal.index] = 0
            values[(!literal).index] = 0
            order.insert(literal.variable)
        }
        trail.removeSubrange(start...)
        decisions.removeSubrange(level...)
        // Less when a value that holds in all models has just been added.
        propagated = min(propagated, start)
    }

    /// Draws all conclusions from the values on the trail; the result is a clause that became false, if one did.
    private mutating func propagate(_ budget: inout Int) -> Int32 {
        while propagated < trail.count {
            let falsified = !trail[propagated]
            propagated += 1
            budget -= 1
            /// The link that leads to `clause`, unless it is the first of the list.
            var previous: Int?
            var clause = watches[falsified.index]
            while clause != Self.none {
                budget -= 1
                let literals = Int(clause) + Header.length
                let watched = arena[literals] == falsified.code ? 0 : 1
                let link = Int(clause) + Header.links + watched
                let next = arena[link]
                let other = Literal(code: arena[literals + 1 - watched])
                if values[other.index] <= 0, let place = unfalsifiedPlace(in: Int(clause), &budget) {
                    let replacement = arena[place]
                    arena[literals + watched] = replacement
                    arena[place] = falsified.code
                    if let previous {
                        arena[previous] = next
                    } else {
                        watches[falsified.index] = next
                    }
                    arena[link] = watches[Int(replacement)]
                    watches[Int(replacement)] = clause
                } else {
                    if values[other.index] < 0 {
                        return clause
                    }
                    if values[other.index] == 0 {
                        assign(other, because: clause)
                    }
                    previous = link
                }
                clause = next
            }
        }
        return Self.none
    }

    /// Where in the arena an unwatched literal of the clause stands that is not false.
    private mutating func unfalsifiedPlace(in clause: Int, _ budget: inout Int) -> Int? {
        let size = Int(arena[clause + Header.size] / 2)
        var offset = Int(arena[clause + Header.resume])
        for _ in 2..<size {
            offset = offset + 1 < Header.length + size ? offset + 1 : Header.length + 2
            budget -= 1
            if values[Int(arena[clause + offset])] >= 0 {
                arena[clause + Header.resume] = Int32(offset)
                return clause + offset
            }
        }
        return nil
    }

    /// Learns from a clause that became false, and goes back to where the learned clause forces a value.
    private mutating func resolve(_ conflict: Int32, _ budget: inout Int) {
        guard !decisions.isEmpty else {
            isContradictory = true
            return
        }
        analyze(conflict, &budget)
        order.age()
        guard draft.count > 1 else {
            backtrack(to: 0)
            assign(draft[0], because: Self.none)
            return
        }
        var latest = 1
        for index in draft.indices.dropFirst(2) where level(of: draft[index]) > level(of: draft[latest]) {
            latest = index
        }
        draft.swapAt(1, latest)
        backtrack(to: level(of: draft[1]))
        learnedCount += 1
        assign(draft[0], because: storeClause(learned: true))
    }

    /// Fills `draft` with the clause to learn, the literal that it forces first.
    ///
    /// Replaces values of the last decision by the clauses that forced them, until a single one is left.
    private mutating func analyze(_ conflict: Int32, _ budget: inout Int) {
        draft.removeAll(keepingCapacity: true)
        draft.append(.no)
        var clause = Int(conflict)
        var index = trail.count
        /// Marked values of the last decision that are still to be replaced.
        var pending = 0
        repeat {
            let literals = clause + Header.length
            for place in literals..<(literals + Int(arena[clause + Header.size] / 2)) {
                budget -= 1
                let literal = Literal(code: arena[place])
                let variable = literal.variable
                // The forced literal is the one that is true; it is what the clause replaces.
                guard marks[variable] == 0, level(of: literal) > 0, values[literal.index] < 0 else { continue }
                marks[variable] = 1
                order.bump(variable)
                if level(of: literal) == decisions.count {
                    pending += 1
                } else {
                    draft.append(literal)
                }
            }
            repeat {
                index -= 1
            } while marks[trail[index].variable] == 0
            marks[trail[index].variable] = 0
            pending -= 1
            clause = Int(reasons[trail[index].variable])
        } while pending > 0
        draft[0] = !trail[index]
        for index in draft.indices.dropFirst() {
            marks[draft[index].variable] = 0
        }
    }
}
