package import AuditModel

extension AuditResult {
    /// The result with what waivers keep from counting.
    ///
    /// Only fails are waived: what is `unknown` stays so, whatever a waiver names.
    ///
    /// - Parameters:
    ///   - waivers: Waivers of the configuration.
    ///   - now: Time by whose day in UTC they begin and expire.
    /// - Returns: The result with states, outcomes of the waivers and counts.
    package func applying(_ waivers: WaiverSet, at now: UTCTimestamp) -> AuditResult {
        var result = self
        let judge = WaiverJudge(result: self, policy: waivers.policy, today: now.day)
        var lastDays: [Int: Int64] = [:]
        result.waivers = waivers.waivers.map { configured in
            let waiver = configured.value
            let judgement = judge.judge(waiver)
            if judgement.status.isInForce {
                // Of several waivers, the one that lasts longest decides for how long the finding is waived.
                for index in judgement.matches where lastDays[index].map({ $0 < waiver.lastDay }) ?? true {
                    lastDays[index] = waiver.lastDay
                    result.findings[index].state = .waived
                    result.findings[index].waiver = Acceptance(
                        reason: waiver.reason,
                        owner: waiver.owner,
                        expires: waiver.expires
                    )
                }
            }
            return WaiverOutcome(
                waiver: waiver,
                status: judgement.status,
                findings: judgement.matches.count,
                message: judgement.message
            )
        }
        return result.countedAgain()
    }

    /// The result with counts that fit its findings.
    func countedAgain() -> AuditResult {
        var result = self
        result.summary = Summary(rules: rules, findings: findings, inventory: summary.inventory)
        return result
    }
}

/// Judges waivers by what failed.
private struct WaiverJudge {
    /// What becomes of a waiver.
    struct Judgement {
        let status: WaiverStatus
        let message: String
        /// Places of the fails that it matches.
        var matches: [Int] = []
    }

    private let findings: [Finding]
    private let places: [String: [Int]]
    private let rules: [String: RuleOutcome]
    private let accounts: Set<String>
    private let policy: WaiverPolicy
    /// Days from 1970-01-01.
    private let today: Int64

    init(result: AuditResult, policy: WaiverPolicy, today: Int64) {
        findings = result.findings
        places = Dictionary(grouping: result.findings.indices) { result.findings[$0].ruleID }
        rules = Dictionary(result.rules.map { ($0.metadata.id, $0) }) { first, _ in first }
        accounts = Set(result.accounts.map(\.id))
        self.policy = policy
        self.today = today
    }

    func judge(_ waiver: Waiver) -> Judgement {
        let named = (places[waiver.ruleID] ?? []).filter { waiver.names(findings[$0]) }
        let fails = named.filter { findings[$0].verdict == .fail }
        let matches = fails.filter { index in
            waiver.evidenceDigest.map { $0 == findings[index].evidenceDigest } ?? true
        }
        if let refusal = refusal(of: waiver, matches.count) {
            return Judgement(status: refusal.status, message: refusal.message, matches: matches)
        }
        guard matches.isEmpty else { return inForce(waiver, matches) }
        if let reason = notEvaluated(waiver) { return Judgement(status: .notEvaluated, message: reason) }
        if !fails.isEmpty {
            return Judgement(
                status: .evidenceChanged,
                message: "It was granted for other evidence than there is now. Look at the finding again."
            )
        }
        if !named.isEmpty {
            return Judgement(
                status: .undecided,
                message: "What it names is unknown at present, which no waiver can hide."
            )
        }
        if rules[waiver.ruleID]?.gaps.isEmpty == false {
            return Judgement(status: .undecided, message: "Its rule lacked data, so what it names may be missing.")
        }
        return Judgement(
            status: .unmatched,
            message: "It matches no finding. Take it away, or correct what it names."
        )
    }

    /// Why a waiver does not work whatever it names; `nil` when it may.
    private func refusal(of waiver: Waiver, _ count: Int) -> (status: WaiverStatus, message: String)? {
        if policy.forbids(waiver.ruleID) {
            return (.forbidden, "The configuration forbids waiving this rule\(Self.notWaived(count)).")
        }
        if waiver.lastDay < today {
            return (.expired, "It expired at the end of \(waiver.expires)\(Self.notWaived(count, " any more")).")
        }
        // Without a day on which it was granted, only the time that is left can be measured.
        let first = waiver.firstDay ?? today
        let days = waiver.lastDay - first
        guard days <= policy.maximumDays.value else {
            let length = waiver.granted == nil ? "It lasts \(days) days more" : "It is granted for \(days) days"
            let latest = UTCTimestamp(day: first + Int64(policy.maximumDays.value)).date
            return (
                .tooLong,
                "\(length), \(policy.maximumDays.value) are allowed\(Self.notWaived(count)). "
                    + "Let it expire on \(latest) or before."
            )
        }
        guard first <= today else {
            return (.pending, "It begins on \(UTCTimestamp(day: first).date)\(Self.notWaived(count, " until then")).")
        }
        return nil
    }

    private func inForce(_ waiver: Waiver, _ matches: [Int]) -> Judgement {
        let effect = "waives \(matches.count == 1 ? "1 finding" : "\(matches.count) findings")"
        let left = waiver.lastDay - today
        guard left <= policy.warnDays.value else {
            return Judgement(status: .active, message: "It \(effect).", matches: matches)
        }
        let end = left == 0 ? "today" : left == 1 ? "tomorrow" : "in \(left) days"
        return Judgement(
            status: .expiring,
            message: "It \(effect) and expires \(end), at the end of \(waiver.expires).",
            matches: matches
        )
    }

    /// Why nothing can be said of what a waiver names; `nil` when it was looked at.
    private func notEvaluated(_ waiver: Waiver) -> String? {
        if let account = waiver.accountID, !accounts.contains(account) { return "Its account was not audited." }
        switch rules[waiver.ruleID]?.status {
        case nil: return "Its rule was not selected."
        case .error: return "Its rule broke."
        case .evaluated, .nothingExamined: return nil
        }
    }

    /// What a waiver that does not work leaves as it is, as the end of a sentence.
    private static func notWaived(_ count: Int, _ words: String = "") -> String {
        switch count {
        case 0: ""
        case 1: ": 1 finding is not waived\(words)"
        default: ": \(count) findings are not waived\(words)"
        }
    }
}

extension Waiver {
    /// Whether `finding` is about a resource that this names.
    fileprivate func names(_ finding: Finding) -> Bool {
        guard accountID == nil || accountID == finding.accountID, detailKey == nil || detailKey == finding.detailKey
        else { return false }
        if let resourceID { return finding.resource.id == resourceID }
        return resourceName.map { Glob.matches(finding.resource.name, $0) } ?? false
    }
}
