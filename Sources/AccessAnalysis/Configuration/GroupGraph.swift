/// An account's Access groups, in an order in which what a group needs comes before it.
struct GroupGraph: Sendable {
    /// By id.
    let groups: [String: AccessGroup]
    /// Whether a group that is not here does not exist.
    let isComplete: Bool
    /// Why it is not, in a clause that names the permission.
    let gap: String?
    /// Groups that need each other have the same rank; all others that a group needs have a lower one.
    private let ranks: [String: Int]
    /// Ids of the groups that need themselves, directly or through others.
    let cyclic: Set<String>

    init(_ groups: [String: AccessGroup], isComplete: Bool, gap: String? = nil) {
        self.groups = groups
        self.gap = gap
        self.isComplete = isComplete
        var search = ComponentSearch(groups.mapValues(\.blocks.groupIDs))
        for id in groups.keys.sorted() { search.visit(id) }
        ranks = search.ranks
        cyclic = search.cyclic
    }

    subscript(id: String) -> AccessGroup? { groups[id] }

    /// The groups that blocks name, directly or through groups, in components of those that need each other.
    ///
    /// - Parameter blocks: Where to start.
    /// - Returns: What a component needs beside itself comes before it.
    func needed(by blocks: [RuleBlocks]) -> [[AccessGroup]] {
        var found: [String: AccessGroup] = [:]
        var open = blocks.flatMap(\.groupIDs)
        while let id = open.popLast() {
            guard found[id] == nil, let group = groups[id] else { continue }
            found[id] = group
            open += group.blocks.groupIDs
        }
        guard !found.isEmpty else { return [] }
        return Dictionary(grouping: found.values) { ranks[$0.id] ?? 0 }
            .sorted { $0.key < $1.key }
            .map { $0.value.sorted { $0.id < $1.id } }
    }
}

/// Tarjan's search for strongly connected components, without recursion: groups may nest as deep as they like.
private struct ComponentSearch {
    private(set) var ranks: [String: Int] = [:]
    private(set) var cyclic: Set<String> = []

    private let references: [String: [String]]
    private var indices: [String: Int] = [:]
    private var lowest: [String: Int] = [:]
    private var stack: [String] = []
    private var nextRank = 0

    init(_ references: [String: [String]]) {
        self.references = references
    }

    mutating func visit(_ start: String) {
        guard indices[start] == nil else { return }
        var path: [(id: String, next: Int)] = []
        enter(start, &path)
        while let (id, next) = path.last {
            let targets = references[id] ?? []
            guard next < targets.count else {
                path.removeLast()
                leave(id)
                if let parent = path.last?.id { lowest[parent] = min(lowest[parent] ?? 0, lowest[id] ?? 0) }
                continue
            }
            path[path.count - 1].next += 1
            let target = targets[next]
            if target == id { cyclic.insert(id) }
            guard references[target] != nil else { continue }
            if let index = indices[target] {
                if ranks[target] == nil { lowest[id] = min(lowest[id] ?? 0, index) }
            } else {
                enter(target, &path)
            }
        }
    }

    private mutating func enter(_ id: String, _ path: inout [(id: String, next: Int)]) {
        indices[id] = indices.count
        lowest[id] = indices[id]
        stack.append(id)
        path.append((id, 0))
    }

    /// Ends a component when `id` was the first of it that the search came to.
    private mutating func leave(_ id: String) {
        guard lowest[id] == indices[id] else { return }
        var members: [String] = []
        while let member = stack.popLast() {
            ranks[member] = nextRank
            members.append(member)
            if member == id { break }
        }
        nextRank += 1
        if members.count > 1 { cyclic.formUnion(members) }
    }
}
