/// How much an application matters to the organization that is audited.
package enum ApplicationTier: String, CaseIterable, Codable, Sendable, Comparable {
    /// Whoever gets in can administer systems, or reach what must never leak.
    case privileged
    /// Confidential or important data.
    case sensitive
    /// Everything else.
    case standard

    /// From 1 for the tier that matters most.
    package var rank: Int {
        switch self {
        case .privileged: 1
        case .sensitive: 2
        case .standard: 3
        }
    }

    package static func < (left: ApplicationTier, right: ApplicationTier) -> Bool { left.rank < right.rank }
}
