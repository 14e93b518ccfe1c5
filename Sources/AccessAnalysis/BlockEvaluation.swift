import SnapshotStore

/// Evaluates blocks of access rules, groups included, for one class of requesters.
///
/// Each group is evaluated once for each sense (admitting, excluding), so the work is linear in what is configured.
struct BlockEvaluation {
    let groups: [String: AccessGroup]
    let requester: RequesterClass

    private var known: [Reference: Truth] = [:]
    private var open: [Reference: Int] = [:]
    /// Depth of the outermost open group that the last answers came back to; their caching waits for it.
    private var outermostReturn = Int.max
    /// Groups in a cycle are evaluated anew for every way in, which must not take for ever.
    private var remainingSteps: Int

    private static let maximumDepth = 200

    /// What ``doubt(in:)`` says of an external evaluation.
    static let externalDoubt = "an external evaluation"

    private struct Reference: Hashable {
        let group: String
        let isExcluding: Bool
    }

    init(groups: [String: AccessGroup], requester: RequesterClass) {
        self.groups = groups
        self.requester = requester
        remainingSteps = 10_000 + 100 * groups.count
    }

    /// Any Include, every Require, no Exclude; an empty Include matches nobody.
    mutating func matches(_ blocks: RuleBlocks, isExcluding: Bool = false) -> Truth {
        var include = blocks.isRead ? Truth.no : .unknown
        for rule in blocks.include { include = max(include, matches(rule, isExcluding: isExcluding)) }
        guard include > .no else { return .no }
        var result = include
        for rule in blocks.require { result = min(result, matches(rule, isExcluding: isExcluding)) }
        for rule in blocks.exclude { result = min(result, !matches(rule, isExcluding: !isExcluding)) }
        return result
    }

    /// Whether the class matches a rule, which may be a group.
    mutating func matches(_ rule: StoredRule, isExcluding: Bool = false) -> Truth {
        guard rule.selector == .group else { return requester.matches(rule, isExcluding: isExcluding) }
        guard let id = rule.value, let group = groups[id] else { return .unknown }
        let reference = Reference(group: id, isExcluding: isExcluding)
        if let answer = known[reference] { return answer }
        if let depth = open[reference] {
            outermostReturn = min(outermostReturn, depth)
            return .unknown
        }
        let depth = open.count
        guard depth < Self.maximumDepth, remainingSteps > 0 else { return .unknown }
        remainingSteps -= 1
        let outerReturn = outermostReturn
        outermostReturn = .max
        open[reference] = depth
        let answer = matches(group.blocks, isExcluding: isExcluding)
        open[reference] = nil
        // What came back to a group that is still open holds only for this way in.
        if outermostReturn >= depth { known[reference] = answer }
        outermostReturn = min(outerReturn, outermostReturn >= depth ? .max : outermostReturn)
        return answer
    }

    /// The names of the groups through which Include lets the class in, outermost first, and the rule at the end.
    mutating func wayIn(through blocks: RuleBlocks, depth: Int = 0) -> (groups: [String], rule: StoredRule)? {
        guard depth < Self.maximumDepth else { return nil }
        for rule in blocks.include where matches(rule) == .yes {
            guard rule.selector == .group else { return ([], rule) }
            guard let group = rule.value.flatMap({ groups[$0] }),
                let inner = wayIn(through: group.blocks, depth: depth + 1)
            else { continue }
            return ([group.name] + inner.groups, inner.rule)
        }
        return nil
    }

    /// What keeps the answer open, in words; `nil` when nothing is found.
    mutating func doubt(in blocks: RuleBlocks) -> String? {
        var visited: Set<String> = []
        return doubt(in: blocks, visited: &visited)
    }

    private mutating func doubt(in blocks: RuleBlocks, visited: inout Set<String>) -> String? {
        guard blocks.isRead else { return "an Include that was in no answer of the API" }
        let all = [(blocks.include, false), (blocks.require, false), (blocks.exclude, true)]
        for (rules, isExcluding) in all {
            for rule in rules where matches(rule, isExcluding: isExcluding) == .unknown {
                guard rule.selector == .group else {
                    return rule.selector == .externalEvaluation
                        ? Self.externalDoubt : "a rule that is not understood (\(rule.type ?? "no type"))"
                }
                guard let id = rule.value, let group = groups[id] else {
                    return "an unresolved Access group (\(rule.value ?? "no id"))"
                }
                guard visited.count < Self.maximumDepth, visited.insert(id).inserted else {
                    return "a cycle of Access groups (\(group.name))"
                }
                if let inner = doubt(in: group.blocks, visited: &visited) { return inner }
            }
        }
        return nil
    }
}
