import AuditModel

/// Asks questions about all requesters of one application.
struct ReachSearch {
    let chain: PolicyChain
    var space: RequesterSpace
    private(set) var formula: ChainFormula
    private let admission: Node
    private let isWithoutSecondFactor: Literal
    private let isWithoutPosture: Literal
    private let isFromAnywhere: Literal
    /// What is left of the work that the questions asked now may cost.
    private var budget: Int
    private let allowance: Int

    /// Work that each half of an application's analysis may cost: about a second at most.
    static let budget = 40_000_000

    /// `nil` when the policies name more than can be searched.
    init?(_ chain: PolicyChain, budget: Int = ReachSearch.budget) {
        self.chain = chain
        guard var space = RequesterSpace([chain]) else { return nil }
        let formula = ChainFormula(side: 0, in: &space)
        admission = formula.admission(&space.solver)
        isWithoutSecondFactor = space.withoutSecondFactor()
        isWithoutPosture = space.withoutDevicePosture()
        isFromAnywhere = space.fromAnywhere()
        self.formula = formula
        self.space = space
        self.budget = budget
        allowance = budget
    }

    /// Grants the work anew, for other questions.
    mutating func renewBudget() { budget = allowance }

    /// Whether somebody exists for whom all the literals hold; `unknown` when the bound on the work is met.
    mutating func exists(_ literals: [Literal]) -> Truth {
        switch space.solver.solve(assuming: literals, budget: &budget) {
        case .satisfiable: .yes
        case .unsatisfiable: .no
        case .undecided: .unknown
        }
    }

    /// Whether somebody exists of whom something surely holds, or perhaps.
    mutating func exists(_ node: Node, among literals: [Literal]) -> Truth {
        if exists([node.isYes] + literals) == .yes { return .yes }
        return exists([!node.isNo] + literals) == .no ? .no : .unknown
    }

    /// Whether the bound on the work was met.
    var isExhausted: Bool { budget <= 0 }

    /// Whether anyone at all gets in.
    mutating func admitsAnybody() -> Truth { exists(admission, among: []) }

    mutating func answer(_ question: ReachQuestion) -> Truth {
        switch question {
        case .anonymous:
            return exists(admission, among: [space.limit(.none)])
        case .anyMailbox:
            return admitsStranger(.anyMailbox)
        case .consumerAccount:
            return admitsStranger(.consumerAccount)
        case .withoutMFA:
            let allow = formula.surely(.allow, &space.solver)
            return exists(
                Node(isYes: allow, isNo: !formula.outcomes[0][.allow]),
                among: [isWithoutSecondFactor]
            )
        case .withoutDevicePosture:
            return exists(admission, among: [isWithoutPosture])
        case .fromAnywhere:
            return exists(admission, among: [isFromAnywhere])
        }
    }

    /// Whether one gets in whose only credential is a login that shows no more than `assurance`.
    private mutating func admitsStranger(_ assurance: Assurance) -> Truth {
        let limit = space.limit(assurance)
        let isStranger = space.isLogin { $0.assurance == assurance }
        let answer = exists(admission, among: [limit, isStranger])
        guard answer == .no else { return answer }
        // A provider that was not read may be of that kind.
        let unlisted = space.logins.cells.filter { $0.value == .unlisted }.map(\.literal)
        return exists([!admission.isNo, limit, space.solver.or(unlisted)]) == .no ? .no : .unknown
    }

    // MARK: Policies

    /// Whether anybody matches a policy, were it the only one.
    mutating func canMatch(_ index: Int) -> Truth { exists(formula.matches[index], among: []) }

    /// The first earlier policy that alone covers one.
    mutating func firstCover(of index: Int) -> Int? {
        let isMatched = !formula.matches[index].isNo
        // Whoever matches it and not an earlier policy also shows that others do not cover it.
        // An action that is not known may also run later, so that it covers nothing.
        var open = (0..<index).filter { chain.policies[$0].action != nil }
        var next = 0
        while next < open.count {
            let earlier = open[next]
            switch exists([isMatched, !formula.matches[earlier].isYes]) {
            case .no: return earlier
            case .unknown: next += 1
            case .yes:
                open = open.filter { $0 > earlier && !space.solver.value(of: !formula.matches[$0].isYes) }
                next = 0
            }
        }
        return nil
    }

    /// Whether a policy can be removed without anybody noticing.
    mutating func isRedundant(_ index: Int) -> Bool {
        let own = ChainFormula.outcomes(of: chain.policies[index], formula.mfa[index])
        let rest = outcomes(without: index)
        var differences: [Literal] = []
        for answer in ChainFormula.Answer.allCases {
            for other in ChainFormula.Answer.allCases where other != answer {
                differences.append(space.solver.and([own[answer], rest[other]]))
            }
        }
        return exists([!formula.matches[index].isNo, formula.reaches[index], space.solver.or(differences)]) == .no
    }

    /// What may come of whoever reaches a policy, were it not there.
    private mutating func outcomes(without index: Int) -> ChainFormula.Outcomes {
        var rest = formula.outcomes[index + 1]
        for earlier in 0..<index where chain.policies[earlier].action == nil {
            // It may also run behind the policy, and do anything.
            for answer in ChainFormula.Answer.allCases {
                rest[answer] = space.solver.or([rest[answer], !formula.matches[earlier].isNo])
            }
        }
        return rest
    }

    /// Whether somebody may get in once a policy is removed whom it keeps out now.
    mutating func letsInWithout(_ index: Int) -> Truth {
        let rest = outcomes(without: index)
        let isIn = space.solver.or(rest.admitting)
        return exists([!formula.matches[index].isNo, formula.reaches[index], isIn])
    }

    /// Whether a policy alone admits somebody who can prove no second factor, with Cloudflare's MFA or without it.
    mutating func admitsWithoutSecondFactor(_ index: Int, countingOwnMFA: Bool) -> Truth {
        let match = formula.matches[index]
        let node = countingOwnMFA ? space.solver.and([match, formula.mfa[index]]) : match
        return exists(node, among: [isWithoutSecondFactor])
    }

    // MARK: Ways in

    /// Those who surely get in although no policy before this one surely stops them, and whom this one surely matches.
    mutating func entry(by index: Int) -> Literal {
        space.solver.and([formula.matches[index].isYes, formula.reaches[index], admission.isYes])
    }

    /// Those who perhaps get in, and whom this policy perhaps matches.
    mutating func chance(by index: Int) -> Literal {
        space.solver.and([!formula.matches[index].isNo, formula.reaches[index], !admission.isNo])
    }

    /// The least that somebody shows of whom all the literals hold, and who that is.
    ///
    /// - Returns: `nil` when there is nobody, or the bound on the work was met before the least was found.
    mutating func weakest(_ literals: [Literal]) -> (assurance: Assurance, requester: Requester)? {
        var result: (assurance: Assurance, requester: Requester)?
        // Each answer is a requester, who is often weaker than what was asked for.
        var limit = Assurance.named
        while true {
            switch exists(literals + [space.limit(limit)]) {
            case .unknown: return nil
            case .no: return result
            case .yes:
                let found = space.strongestCredential()
                result = (found, space.requester())
                guard let next = Assurance.allCases.last(where: { $0 < found }) else { return result }
                limit = next
            }
        }
    }

    /// The least that anybody shows who surely gets in, and who that is; `nil` when there is nobody, or it is not known.
    mutating func weakestOfAll() -> (assurance: Assurance, requester: Requester)? { weakest([admission.isYes]) }

    /// Whether everybody of whom the literals hold must meet something: nobody gets in without it.
    mutating func isDemanded(_ demand: Demand, certain: [Literal], possible: [Literal]) -> Truth {
        let without = literal(demand)
        if exists(certain + [without]) == .yes { return .no }
        return exists(possible + [without]) == .no ? .yes : .unknown
    }

    /// What a way in may demand beside who somebody is.
    enum Demand {
        case secondFactor, devicePosture, network
    }

    /// Holds for those who do not meet a demand.
    func literal(_ demand: Demand) -> Literal {
        switch demand {
        case .secondFactor: isWithoutSecondFactor
        case .devicePosture: isWithoutPosture
        case .network: isFromAnywhere
        }
    }

    /// Holds for requesters who show no more than `assurance`.
    mutating func limit(_ assurance: Assurance) -> Literal { space.limit(assurance) }

    /// Whether the requester meets a set of conditions, and is in each of some groups, as a policy of an action reads them.
    mutating func nodes(_ set: ConditionSet, of path: [AccessGroup], _ context: RuleContext) -> [Node] {
        [formula.reader.node(set, context, &space)] + path.map { formula.reader.group($0.id, context) }
    }

    /// The requester of the last answer.
    func requester() -> Requester { space.requester() }
}
