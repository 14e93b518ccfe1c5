/// An answer that the configuration may not settle.
///
/// Ordered so that `min` is "and" and `max` is "or".
package enum Truth: Int, Comparable, Sendable {
    case no, unknown, yes

    /// As documents and tables spell it: `yes`, `no` or `unknown`.
    package var word: String {
        switch self {
        case .no: "no"
        case .unknown: "unknown"
        case .yes: "yes"
        }
    }

    package static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

    static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }

    init(_ value: Bool) {
        self = value ? .yes : .no
    }
}
