import AuditModel
import SnapshotStore

/// Every way in of an application: for each policy that surely admits somebody, one for each kind of Include.
struct WaySearch {
    /// Ways of one policy beyond which they are told as one.
    private static let maximumBranches = 48

    private let words: ConditionText
    private let chain: PolicyChain

    init(_ chain: PolicyChain) {
        self.chain = chain
        words = ConditionText(chain.configuration)
    }

    /// A way with what it takes to search it again.
    struct Found {
        let way: WayIn
        /// Holds for those who surely get in this way.
        let certain: [Literal]
    }

    func ways(_ search: inout ReachSearch) -> [Found] {
        chain.policies.indices.flatMap { ways(by: $0, &search) }
    }

    private func ways(by index: Int, _ search: inout ReachSearch) -> [Found] {
        let policy = chain.policies[index]
        guard let action = policy.action, action != .block else { return [] }
        let entry = search.entry(by: index)
        let chance = search.chance(by: index)
        guard search.exists([entry]) == .yes else { return [] }
        var branches = Branches(chain, limit: Self.maximumBranches)
        branches.follow(policy.blocks, path: [])
        guard let found = branches.found else {
            let sets = policy.blocks.include
            let more = sets.count > 3 ? ["\(sets.count - 3) other things"] : []
            let who = ConditionText.list(sets.prefix(3).map { text($0, action) } + more, "or")
            return way(policy, who, path: [], certain: [entry], possible: [chance], &search).map { [$0] } ?? []
        }
        return found.compactMap { branch in
            let nodes = search.nodes(branch.set, of: branch.path, action.context)
            return way(
                policy,
                text(branch.set, action),
                path: branch.path,
                certain: [entry] + nodes.map(\.isYes),
                possible: [chance] + nodes.map { !$0.isNo },
                &search
            )
        }
    }

    /// `nil` when nobody surely gets in this way.
    private func way(
        _ policy: ChainedPolicy,
        _ who: String,
        path: [AccessGroup],
        certain: [Literal],
        possible: [Literal],
        _ search: inout ReachSearch
    ) -> Found? {
        guard let assurance = search.weakest(certain)?.assurance else { return nil }
        let isLogin = policy.action == .allow
        let mfa = isLogin ? search.isDemanded(.secondFactor, certain: certain, possible: possible) : .no
        return Found(
            way: WayIn(
                assurance: assurance,
                policyID: policy.id,
                policyName: policy.name,
                conditions: conditions(policy, who, path),
                mfa: mfa,
                devicePosture: search.isDemanded(.devicePosture, certain: certain, possible: possible),
                network: search.isDemanded(.network, certain: certain, possible: possible)
            ),
            certain: certain
        )
    }

    /// The weakest of some ways: the least assurance, then the fewest demands, then the first.
    static func weakest(_ ways: [Found]) -> Found? {
        ways.min { $0.way.rank.lexicographicallyPrecedes($1.way.rank) }
    }

    /// The way of a requester who gets in, where the work ended before every way was searched.
    func way(of requester: Requester, _ assurance: Assurance) -> WayIn? {
        let id = RequesterDecision(requester, for: chain).policyID
        guard let policy = chain.policies.first(where: { $0.id == id }), let action = policy.action else { return nil }
        let who = ConditionText.list(policy.blocks.include.prefix(3).map { text($0, action) }, "or")
        return WayIn(
            assurance: assurance,
            policyID: policy.id,
            policyName: policy.name,
            conditions: conditions(policy, who, []),
            mfa: action == .allow ? .unknown : .no,
            devicePosture: .unknown,
            network: .unknown
        )
    }

    /// A requester who gets in by a way, and shows that it does not demand what it does not demand.
    static func witness(_ found: Found, _ search: inout ReachSearch) -> Requester? {
        var literals = found.certain + [search.limit(found.way.assurance)]
        guard search.exists(literals) == .yes else { return nil }
        var requester = search.requester()
        let demands: [(ReachSearch.Demand, Truth)] = [
            (.secondFactor, found.way.mfa), (.devicePosture, found.way.devicePosture), (.network, found.way.network),
        ]
        for (demand, isDemanded) in demands where isDemanded == .no {
            let tighter = literals + [search.literal(demand)]
            guard search.exists(tighter) == .yes else { continue }
            literals = tighter
            requester = search.requester()
        }
        return requester
    }

    // MARK: Words

    private func text(_ set: ConditionSet, _ action: PolicyAction) -> String {
        guard action == .allow else { return words.describe(set) }
        switch set.selector {
        case .everyone: return "any login by \(providers())"
        case .loginMethod, .anyValidServiceToken, .serviceToken, .linkedAppToken: return words.describe(set)
        default: return "a login with \(words.describe(set))"
        }
    }

    private func providers() -> String {
        // Those that anybody can use come first, because they are what makes the way weak.
        let names = chain.configuration.inventory.providers.elements.values.filter(chain.counts)
            .sorted { ($0.assurance, $0.name) < ($1.assurance, $1.name) }.map { "\"\($0.name)\"" }
        let rest = names.count > 4 ? ["\(names.count - 4) other identity providers"] : []
        return names.isEmpty ? "an identity provider" : ConditionText.list(names.prefix(4) + rest, "or")
    }

    private func conditions(_ policy: ChainedPolicy, _ who: String, _ path: [AccessGroup]) -> String {
        let via = path.isEmpty ? "" : " (of the Access group \"\(path.map(\.name).joined(separator: " > "))\")"
        let blocks = [policy.blocks] + path.map(\.blocks)
        let required = blocks.flatMap(\.require).filter { $0.selector != .everyone }
        let excluded = blocks.flatMap(\.exclude)
        var parts = [who + via] + required.prefix(6).map { "with \(words.describe($0))" }
        if required.count > 6 { parts.append("with \(required.count - 6) more demands") }
        parts += excluded.prefix(4).map { "without \(words.describe($0))" }
        if excluded.count > 4 { parts.append("without \(excluded.count - 4) more things") }
        let blocking = chain.policies.prefix { $0.id != policy.id }.filter { $0.action == .block }
            .map { "\"\($0.name)\"" }
        if policy.action == .allow, !blocking.isEmpty {
            let more = blocking.count > 3 ? ["\(blocking.count - 3) more"] : []
            parts.append("unless blocked by \(ConditionText.list(blocking.prefix(3) + more, "or"))")
        }
        if policy.action == .allow, policy.mfa.isDemanded == .yes {
            let methods = policy.mfa.authenticators.map(\.rawValue).sorted()
            parts.append("with Cloudflare's MFA\(methods.isEmpty ? "" : " (\(ConditionText.list(methods, "or")))")")
        }
        return parts.joined(separator: ", ")
    }
}

/// The conditions to which Include leads, through groups.
struct Branches {
    struct Branch {
        /// Outermost group first.
        let path: [AccessGroup]
        let set: ConditionSet
    }

    private let groups: GroupGraph
    private let limit: Int
    private var branches: [Branch] = []
    private var isTooMany = false
    private var steps = 0

    init(_ chain: PolicyChain, limit: Int) {
        groups = chain.configuration.groups
        self.limit = limit
    }

    /// `nil` when there are more than are told one by one.
    var found: [Branch]? { isTooMany ? nil : branches }

    mutating func follow(_ blocks: RuleBlocks, path: [AccessGroup]) {
        for set in blocks.include {
            steps += 1
            if branches.count > limit || path.count > limit || steps > 64 * limit { isTooMany = true }
            guard !isTooMany else { return }
            guard case .group(let id) = set.conditions.first else {
                branches.append(Branch(path: path, set: set))
                continue
            }
            guard let group = groups[id], !path.contains(where: { $0.id == id }) else { continue }
            follow(group.blocks, path: path + [group])
        }
    }
}
