/// An answer that the configuration may not settle.
///
/// Ordered so that `min` is "and" and `max` is "or".
package enum Truth: String, CaseIterable, Codable, Sendable, Comparable {
    case no, unknown, yes

    /// 0 for `no` up to 2 for `yes`.
    package var rank: Int {
        switch self {
        case .no: 0
        case .unknown: 1
        case .yes: 2
        }
    }

    package static func < (left: Truth, right: Truth) -> Bool { left.rank < right.rank }

    package static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }

    /// `yes` or `no`.
    package init(_ value: Bool) {
        self = value ? .yes : .no
    }
}
