import AuditModel

extension Finding {
    /// Why it does not count, in a sentence or two; `nil` for one that does, and for an unknown.
    var acceptance: String? {
        guard verdict == .fail else { return nil }
        switch state {
        case .open: return nil
        case .waived:
            guard let waiver else { return "Waived: a waiver that has not expired matches this finding." }
            return "Waived until \(VisibleText.singleLine(waiver.expires)) by \(VisibleText.singleLine(waiver.owner)): "
                + Words.sentence(waiver.reason)
        case .baseline where change == .ruleChanged:
            return "Not compared: the meaning of the rule changed since the baseline."
        case .baseline: return "Known before: this finding is in the baseline."
        }
    }
}

extension FindingChange {
    /// How an open finding compares with the baseline, in a few words.
    var word: String {
        switch self {
        case .new: "New"
        case .worse: "Worse than before"
        case .changed: "Changed since"
        case .unwaived: "Waiver ended"
        case .known: "Known before"
        case .ruleChanged: "Rule changed"
        }
    }

    /// The word for a number of findings, as in `3 new`.
    fileprivate var countedWord: String {
        switch self {
        case .new: "new"
        case .worse: "worse"
        case .changed: "changed"
        case .unwaived: "no longer waived"
        case .known: "as before"
        case .ruleChanged: "of rules whose meaning changed"
        }
    }
}

extension WaiverStatus {
    /// The status in words for people.
    var word: String {
        switch self {
        case .active: "in force"
        case .expiring: "expires soon"
        case .expired: "expired"
        case .pending: "not begun"
        case .unmatched: "matches nothing"
        case .evidenceChanged: "evidence changed"
        case .undecided: "undecided"
        case .notEvaluated: "not evaluated"
        case .forbidden: "forbidden"
        case .tooLong: "too long"
        }
    }
}

extension Waiver {
    /// What it names, on one line.
    package var subject: String {
        let resource = resourceID ?? resourceName.map { "\"\($0)\"" } ?? ""
        let detail = detailKey.map { " [\($0)]" } ?? ""
        let account = accountID.map { " in \($0)" } ?? ""
        return VisibleText.singleLine(resource + detail + account)
    }
}

extension WaiverOutcome {
    /// Place, status and message on one line, for a log.
    package var notice: String {
        VisibleText.singleLine("\(waiver.place): waiver of \(waiver.ruleID) for \(waiver.subject): \(message)")
    }
}

/// What waivers and baseline did, in the words that every format says.
struct AcceptanceSentences: Sendable {
    /// How many waivers there are in each status, such as `2 in force, 1 expired`; `nil` without waivers.
    let waivers: String?
    /// How the result compares with the baseline, one sentence or more; `nil` without one.
    let baseline: String?

    init(_ result: AuditResult) {
        let statuses = WaiverStatus.allCases.map { status in
            (count: result.waivers.count { $0.status == status }, word: status.word)
        }
        let present = statuses.filter { $0.count > 0 }.map { "\($0.count) \($0.word)" }
        waivers = present.isEmpty ? nil : present.joined(separator: ", ")
        baseline = result.baseline.map { Self.sentence($0, result) }
    }

    private static func sentence(_ comparison: BaselineComparison, _ result: AuditResult) -> String {
        let always: [FindingChange] = [.new, .known]
        let changes = FindingChange.allCases.filter { $0 != .ruleChanged }.compactMap { change in
            let count = comparison.failsByChange[change.rawValue] ?? 0
            return count > 0 || always.contains(change) ? "\(count) \(change.countedWord)" : nil
        }
        let parts = changes + ["\(comparison.resolved.count) resolved"]
        var text = "Since the baseline of \(Words.time(comparison.evaluatedAt)): \(parts.joined(separator: ", "))."
        if !comparison.undecided.isEmpty {
            text += " What became of \(Words.count(comparison.undecided.count, "further finding")) cannot be told."
        }
        let changed = comparison.failsByChange[FindingChange.ruleChanged.rawValue] ?? 0
        if changed > 0 {
            let findings = Words.count(changed, "finding is", "findings are")
            text +=
                " \(findings) \(FindingChange.ruleChanged.countedWord) since: they do not count until there is a "
                + "new baseline, so look at them."
        }
        let index = ResultIndex(result)
        let accounts = comparison.accountsWithoutBaseline.map { VisibleText.singleLine(index.account($0)) }
        if !accounts.isEmpty {
            let noun = accounts.count == 1 ? "account" : "accounts"
            text += " The baseline does not have the \(noun) \(Words.list(accounts)), so everything there is new."
        }
        return text
    }
}
