import AuditModel

/// A three-valued answer as formulas over a requester: when it is surely yes, and when surely no.
///
/// Where neither holds, the configuration does not say.
struct Node: Hashable {
    let isYes: Literal
    let isNo: Literal

    static let yes = Node(isYes: .yes, isNo: .no)
    static let no = Node(isYes: .no, isNo: .yes)
    static let unknown = Node(isYes: .no, isNo: .no)

    /// What a requester decides alone.
    static func known(_ literal: Literal) -> Node { Node(isYes: literal, isNo: !literal) }

    init(isYes: Literal, isNo: Literal) {
        self.isYes = isYes
        self.isNo = isNo
    }

    init(_ truth: Truth) {
        switch truth {
        case .no: self = .no
        case .unknown: self = .unknown
        case .yes: self = .yes
        }
    }

    static prefix func ! (node: Node) -> Node { Node(isYes: node.isNo, isNo: node.isYes) }
}

extension SatisfiabilitySolver {
    mutating func and(_ nodes: [Node]) -> Node {
        let isYes = and(nodes.map(\.isYes))
        if nodes.allSatisfy({ $0.isNo == !$0.isYes }) { return .known(isYes) }
        return Node(isYes: isYes, isNo: or(nodes.map(\.isNo)))
    }

    mutating func or(_ nodes: [Node]) -> Node { !and(nodes.map { !$0 }) }
}
