import SnapshotStore

/// What the policies of an application answer, as formulas over all requesters of a space.
struct ChainFormula {
    let chain: PolicyChain
    /// What single conditions and groups are.
    var reader: ConditionFormula
    /// Whether each policy matches, in run order; for an Allow policy only with a login.
    private(set) var matches: [Node] = []
    /// Whether what each policy demands of Cloudflare's own MFA can be answered.
    private(set) var mfa: [Node] = []
    /// What may come of a requester that no policy before the one at an index stopped; the last entry is for nobody left.
    private(set) var outcomes: [Outcomes] = []
    /// Whether no policy before the one at an index surely stops a requester.
    private(set) var reaches: [Literal] = []

    /// What Access may answer.
    enum Answer: Int, CaseIterable {
        case bypass, serviceAuth, allow, block, deny
    }

    /// Which answers are possible, each as a formula.
    struct Outcomes {
        private var literals = [Literal](repeating: .no, count: Answer.allCases.count)

        static let anything = Outcomes(Dictionary(uniqueKeysWithValues: Answer.allCases.map { ($0, .yes) }))

        init(_ possible: [Answer: Literal] = [:]) {
            for (answer, literal) in possible { self[answer] = literal }
        }

        subscript(answer: Answer) -> Literal {
            get { literals[answer.rawValue] }
            set { literals[answer.rawValue] = newValue }
        }

        /// Those by which a requester gets in.
        var admitting: [Literal] { [self[.bypass], self[.serviceAuth], self[.allow]] }
    }

    /// Writes down the formulas of one side of a space.
    init(side: Int, in space: inout RequesterSpace) {
        chain = space.sides[side]
        reader = ConditionFormula(side: side, in: &space)
        for policy in chain.policies {
            matches.append(reader.matches(policy, in: &space))
            mfa.append(reader.meetsMFA(policy, in: &space))
        }
        var outcome = Outcomes([.deny: .yes])
        outcomes = [outcome]
        for index in chain.policies.indices.reversed() {
            outcome = Self.outcomes(of: chain.policies[index], matches[index], mfa[index], else: outcome, &space.solver)
            outcomes.append(outcome)
        }
        outcomes.reverse()
        var reached = Literal.yes
        for (policy, match) in zip(chain.policies, matches) {
            reaches.append(reached)
            // What only may run first stops nobody surely: it may also run last.
            if policy.action != nil { reached = space.solver.and([reached, !match.isYes]) }
        }
    }

    /// What may come of a requester at a policy.
    private static func outcomes(
        of policy: ChainedPolicy,
        _ match: Node,
        _ mfa: Node,
        else rest: Outcomes,
        _ solver: inout SatisfiabilitySolver
    ) -> Outcomes {
        let own = outcomes(of: policy, mfa)
        var result = Outcomes()
        for answer in Answer.allCases {
            let decides = solver.and([!match.isNo, own[answer]])
            let passes = solver.and([!match.isYes, rest[answer]])
            result[answer] = solver.or([decides, passes])
        }
        return result
    }

    /// What may come of a match.
    static func outcomes(of policy: ChainedPolicy, _ mfa: Node) -> Outcomes {
        switch policy.action {
        case .bypass: Outcomes([.bypass: .yes])
        case .serviceAuth: Outcomes([.serviceAuth: .yes])
        case .block: Outcomes([.block: .yes])
        case .allow: Outcomes([.allow: !mfa.isNo, .deny: !mfa.isYes])
        case nil: .anything
        }
    }

    /// Holds for those who surely get an answer.
    func surely(_ answer: Answer, _ solver: inout SatisfiabilitySolver) -> Literal {
        solver.and(Answer.allCases.filter { $0 != answer }.map { !outcomes[0][$0] })
    }

    /// Whether a requester gets in: surely by one kind of policy, or surely not.
    func admission(_ solver: inout SatisfiabilitySolver) -> Node {
        var sure: [Literal] = []
        for answer in [Answer.bypass, .serviceAuth, .allow] { sure.append(surely(answer, &solver)) }
        return Node(isYes: solver.or(sure), isNo: solver.and(outcomes[0].admitting.map { !$0 }))
    }
}
