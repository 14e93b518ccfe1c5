/// How bad a finding is, worst first.
package enum Severity: String, CaseIterable, Codable, Sendable, Comparable {
    case critical, high, medium, low, info

    /// 0 for `critical` up to 4 for `info`; used for sorting only.
    package var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        case .info: 4
        }
    }

    /// A worse severity is *less*, so that sorting puts the worst first.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    /// Whether this is `threshold` or worse.
    package func isAtLeast(_ threshold: Severity) -> Bool { rank <= threshold.rank }
}

/// What a rule says of one resource.
///
/// Missing data is `unknown`, never a pass and never a fail.
package enum Verdict: String, CaseIterable, Codable, Sendable {
    case pass, fail, unknown
}

/// What became of a finding: only an `open` one can fail the gate.
package enum FindingState: String, CaseIterable, Codable, Sendable {
    case open
    /// An unexpired waiver matches.
    case waived
    /// Already in the baseline.
    case baseline
}
