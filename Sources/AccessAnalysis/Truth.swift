/// An answer that the configuration may not settle.
///
/// Ordered so that `min` is "and" and `max` is "or".
enum Truth: Int, Comparable {
    case no, unknown, yes

    static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

    static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }
}
