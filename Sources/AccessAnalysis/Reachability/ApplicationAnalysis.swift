import AuditModel
import SnapshotStore

extension ApplicationAnalysis {
    /// Analyses an application by itself; what it is to other applications is added by ``AccountAnalysis``.
    ///
    /// - Parameters:
    ///   - chain: The application with its policies.
    ///   - budget: Work that the search may cost; where it is met, answers are `unknown`.
    init(_ chain: PolicyChain, budget: Int = ReachSearch.budget) {
        applicationID = chain.application.id
        applicationName = chain.application.name
        applicationType = chain.application.type
        guard var search = ReachSearch(chain, budget: budget) else {
            policies = chain.policies.indices.map { PolicySummary(unsearched: chain, at: $0) }
            reach = .unknown(["the policies name more than can be searched"])
            defects = ReferenceDefects(chain).found + [.unsearched]
            return
        }
        // Who gets in matters most, so it is asked first, and the rest has work of its own.
        var reach = ApplicationReach(chain, &search)
        search.renewBudget()
        let summaries = chain.policies.indices.map { PolicySummary(chain, at: $0, &search) }
        reach.doubts = Doubts(chain, summaries: summaries).found + reach.doubts
        self.reach = reach
        policies = summaries
        let found = Self.policyDefects(chain, summaries, &search) + ReferenceDefects(chain).found
        defects = found + (search.isExhausted ? [.unsearched] : [])
    }

    private static func policyDefects(
        _ chain: PolicyChain,
        _ summaries: [PolicySummary],
        _ search: inout ReachSearch
    ) -> [PolicyDefect] {
        guard chain.isTypeUnderstood else { return [] }
        var defects: [PolicyDefect] = []
        for (index, summary) in summaries.enumerated() {
            let policy = chain.policies[index]
            let name = "\"\(policy.name)\""
            func add(_ kind: PolicyDefect.Kind, _ message: String) {
                defects.append(PolicyDefect(kind: kind, policyID: policy.id, message: message))
            }
            if summary.canMatch == .no {
                let why =
                    policy.blocks.include.isEmpty
                    ? "its Include is empty" : "nobody can meet what it demands all at once"
                add(.neverMatches, "The policy \(name) never matches anybody: \(why).")
            } else if let cover = summary.shadowedBy {
                let other = chain.policies.first { $0.id == cover }?.name ?? cover
                add(.shadowed, "The policy \(name) never decides: whomever it matches, \"\(other)\" matches before it.")
            } else if policy.action != nil, search.isRedundant(index) {
                let what = "everybody gets the same answer without it, if perhaps another session"
                add(.redundant, "The policy \(name) can be removed: \(what).")
            }
            if policy.action == .block, search.letsInWithout(index) == .no {
                add(
                    .blockWithoutEffect,
                    "The Block policy \(name) keeps nobody out: whom it matches, nothing else lets in, or something does before it."
                )
            }
        }
        return defects
    }
}

extension PolicyDefect {
    /// Of an application in which more may be wrong than was found.
    fileprivate static let unsearched = PolicyDefect(
        kind: .notUnderstood,
        policyID: nil,
        message: "The policies name more than can be searched, so not every defect may have been found."
    )
}

extension ApplicationReach {
    /// Nothing is known.
    static func unknown(_ doubts: [String]) -> ApplicationReach {
        ApplicationReach(
            anybody: .unknown,
            answers: Dictionary(uniqueKeysWithValues: ReachQuestion.allCases.map { ($0, .unknown) }),
            ways: [],
            weakest: nil,
            witness: nil,
            doubts: doubts
        )
    }

    /// Answers with no other doubt than that the bound on the work was met.
    init(_ chain: PolicyChain, _ search: inout ReachSearch) {
        guard chain.isTypeUnderstood else {
            self = .unknown([])
            return
        }
        let anybody = search.admitsAnybody()
        var answers: [ReachQuestion: Truth] = [:]
        for question in ReachQuestion.allCases { answers[question] = search.answer(question) }
        let least = search.weakestOfAll()
        let ways = WaySearch(chain)
        let found = ways.ways(&search)
        let weakest = WaySearch.weakest(found.filter { $0.way.assurance == least?.assurance })
        let unsearched = weakest == nil ? least.flatMap { ways.way(of: $0.requester, $0.assurance) } : nil
        let witness = weakest.flatMap { WaySearch.witness($0, &search) } ?? least?.requester
        self.init(
            anybody: anybody,
            answers: answers,
            ways: found.map(\.way) + [unsearched].compactMap(\.self),
            weakest: weakest?.way ?? unsearched,
            witness: witness,
            doubts: search.isExhausted ? ["the bound on the work was met before every question was answered"] : []
        )
    }
}

extension PolicySummary {
    init(_ chain: PolicyChain, at index: Int, _ search: inout ReachSearch) {
        let canMatch = search.canMatch(index)
        self.init(
            chain,
            at: index,
            canMatch: canMatch,
            shadowedBy: canMatch == .no ? nil : search.firstCover(of: index).map { chain.policies[$0].id },
            mfa: PolicyMFA(chain, at: index, canMatch: canMatch, &search)
        )
    }

    /// Of a policy that could not be searched.
    init(unsearched chain: PolicyChain, at index: Int) {
        let mfa =
            chain.policies[index].action == .allow
            ? PolicyMFA(state: .unknown, source: .none, explanation: "The policies name more than can be searched.")
            : .notAsked
        self.init(chain, at: index, canMatch: .unknown, shadowedBy: nil, mfa: mfa)
    }

    private init(_ chain: PolicyChain, at index: Int, canMatch: Truth, shadowedBy: String?, mfa: PolicyMFA) {
        let policy = chain.policies[index]
        self.init(
            policyID: policy.id,
            policyName: policy.policy?.name,
            decision: policy.policy?.decision,
            precedence: policy.link.precedence,
            order: index + 1,
            mfa: mfa,
            session: PolicySession(of: policy, in: chain),
            canMatch: canMatch,
            shadowedBy: shadowedBy
        )
    }
}

extension PolicyMFA {
    /// Of what is no Allow policy.
    static let notAsked = PolicyMFA(
        state: .notRequired,
        source: .none,
        explanation: "The policy is no Allow policy, so nobody logs in for it."
    )

    init(_ chain: PolicyChain, at index: Int, canMatch: Truth, _ search: inout ReachSearch) {
        let policy = chain.policies[index]
        if let doubt = PolicyDoubt.sentence(policy) {
            self.init(state: .unknown, source: .none, explanation: doubt)
            return
        }
        guard policy.action == .allow else {
            self = .notAsked
            return
        }
        guard chain.isTypeUnderstood else {
            let type = chain.application.type
            let text = "What policies mean for the application type \"\(type)\" is not known."
            self.init(state: .unknown, source: .none, explanation: text)
            return
        }
        guard canMatch != .no else {
            self.init(state: .notRequired, source: .none, explanation: "The policy never matches anybody.")
            return
        }
        let own = policy.mfa
        let level = Source(rawValue: own.source.rawValue) ?? .none
        switch search.admitsWithoutSecondFactor(index, countingOwnMFA: true) {
        case .yes:
            self.init(state: .notRequired, source: level, explanation: own.explanation)
        case .no:
            if search.admitsWithoutSecondFactor(index, countingOwnMFA: false) == .no {
                let text = "The policy requires a second factor reported by the identity provider."
                self.init(state: .required, source: .selector, explanation: text)
            } else {
                self.init(state: .required, source: level, explanation: own.explanation)
            }
        case .unknown:
            if own.isDemanded == .unknown {
                self.init(state: .unknown, source: level, explanation: own.explanation)
            } else {
                let text =
                    "The policy's rules may demand a second factor: "
                    + (Doubts(chain, of: policy).found.first ?? "the bound on the work was met") + "."
                self.init(state: .unknown, source: .selector, explanation: text)
            }
        }
    }
}
