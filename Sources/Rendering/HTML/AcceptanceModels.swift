import AuditModel

/// Findings that do not count: waived, or in the baseline.
struct AcceptedModel: Sendable {
    /// One such finding.
    struct Row: Sendable {
        let resourceName: String
        let resourceID: String
        let ruleTitle: String
        let severity: String
        let word: String
        let symbol: String
        let acceptedWhy: String
        let message: String
    }

    let acceptedCount: String
    let acceptedRows: [Row]
    /// What is left out; `nil` when nothing is.
    let acceptedCut: String?

    /// Gathers them; `nil` when there are none.
    init?(_ index: ResultIndex) {
        let findings = index.result.findings.filter { $0.verdict == .fail && $0.state != .open }
        guard !findings.isEmpty else { return nil }
        acceptedCount = Words.count(findings.count, "finding does", "findings do")
        acceptedCut = PageLimits.cut(findings.count - PageLimits.rows, "finding")
        acceptedRows = findings.prefix(PageLimits.rows).map { finding in
            let rule = index.outcome(finding.ruleID)?.metadata
            return Row(
                resourceName: finding.resource.label,
                resourceID: VisibleText.singleLine(finding.resource.id),
                ruleTitle: VisibleText.prose(rule?.title ?? finding.ruleID),
                severity: finding.severity.rawValue,
                word: finding.severity.word,
                symbol: finding.severity.symbol,
                acceptedWhy: finding.acceptance ?? finding.state.word,
                message: VisibleText.singleLine(PageLimits.text(finding.message))
            )
        }
    }
}

/// Every waiver, and those that somebody should look at.
struct WaiverTable: Sendable {
    /// One waiver.
    struct Row: Sendable {
        let waivedRule: String
        let waivedSubject: String
        let waiverReason: String
        let waiverOwner: String
        let expires: String
        let waiverWord: String
        let waiverText: String
        let waiverPlace: String
    }

    /// A box around the waivers that somebody should look at.
    struct Alerts: Sendable {
        let alertLead: String
        let alertRows: [Row]
    }

    let waiverCount: String
    let waiverAlerts: Alerts?
    let waiverRows: [Row]
    /// What is left out; `nil` when nothing is.
    let waiversCut: String?

    /// Gathers them; `nil` when there are none.
    init?(_ result: AuditResult) {
        guard !result.waivers.isEmpty, let counts = AcceptanceSentences(result).waivers else { return nil }
        let alerts = result.waivers.filter(\.status.needsAttention)
        waiverCount = "\(Words.count(result.waivers.count, "waiver")): \(counts)"
        waiverAlerts =
            alerts.isEmpty
            ? nil
            : Alerts(
                alertLead: Words.count(alerts.count, "waiver needs", "waivers need"),
                alertRows: alerts.prefix(PageLimits.rows).map(Self.row)
            )
        // Those that somebody should look at stand above, too.
        waiverRows = result.waivers.prefix(PageLimits.rows).map(Self.row)
        waiversCut = PageLimits.cut(result.waivers.count - PageLimits.rows, "waiver")
    }

    private static func row(_ outcome: WaiverOutcome) -> Row {
        let waiver = outcome.waiver
        return Row(
            waivedRule: VisibleText.singleLine(waiver.ruleID),
            waivedSubject: waiver.subject,
            waiverReason: VisibleText.singleLine(waiver.reason),
            waiverOwner: VisibleText.singleLine(waiver.owner),
            expires: VisibleText.singleLine(waiver.expires),
            waiverWord: outcome.status.word,
            waiverText: VisibleText.singleLine(outcome.message),
            waiverPlace: VisibleText.singleLine(waiver.place)
        )
    }
}

/// What became of the findings of the baseline that are no findings now.
struct PastModel: Sendable {
    /// One such finding.
    struct Row: Sendable {
        let resourceName: String
        let resourceID: String
        let ruleTitle: String
        let severity: String
        let word: String
        let symbol: String
        let fate: String
    }

    /// A box around the resolved ones.
    struct ResolvedTable: Sendable {
        let resolvedRows: [Row]
        let resolvedCut: String?
    }

    /// A box around those of which nothing can be told.
    struct LostTable: Sendable {
        let lostRows: [Row]
        let lostCut: String?
    }

    let pastLead: String
    let resolvedTable: ResolvedTable?
    let lostTable: LostTable?

    /// Gathers them; `nil` without a baseline.
    init?(_ index: ResultIndex) {
        guard let baseline = index.result.baseline, let sentence = AcceptanceSentences(index.result).baseline else {
            return nil
        }
        pastLead = sentence
        let resolved = baseline.resolved.prefix(PageLimits.rows).map { Self.row($0, index) }
        let lost = baseline.undecided.prefix(PageLimits.rows).map { Self.row($0, index) }
        resolvedTable =
            resolved.isEmpty
            ? nil
            : ResolvedTable(
                resolvedRows: resolved,
                resolvedCut: PageLimits.cut(baseline.resolved.count - resolved.count, "finding")
            )
        lostTable =
            lost.isEmpty
            ? nil
            : LostTable(lostRows: lost, lostCut: PageLimits.cut(baseline.undecided.count - lost.count, "finding"))
    }

    private static func row(_ past: PastFinding, _ index: ResultIndex) -> Row {
        Row(
            resourceName: past.resource.label,
            resourceID: VisibleText.singleLine(past.resource.id),
            ruleTitle: VisibleText.prose(index.outcome(past.ruleID)?.metadata.title ?? past.ruleID),
            severity: past.severity.rawValue,
            word: past.severity.word,
            symbol: past.severity.symbol,
            fate: VisibleText.singleLine(past.message)
        )
    }
}
