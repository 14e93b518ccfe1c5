import AuditModel

/// What a run says beside its results: what could not be decided, what does not count and why, what was cut.
///
/// GitHub makes an open alert of every result, also of those that are marked as suppressed or absent, so waived, known
/// and resolved findings are told here.
struct SARIFNotifications {
    /// Most notifications of a kind that name findings or waivers.
    private static let maximumCount = 200

    /// A kind of notification.
    private enum Kind: String, CaseIterable {
        case cut, collection, ruleError, missingData, undecided, resolved, pastUndecided, waived, known, waiver

        var id: String { "ztaudit/\(name)" }

        private var name: String {
            switch self {
            case .cut: "cut"
            case .collection: "collection-cut-short"
            case .ruleError: "rule-error"
            case .missingData: "missing-data"
            case .undecided: "undecided"
            case .resolved: "resolved"
            case .pastUndecided: "baseline-undecided"
            case .waived: "waived"
            case .known: "baseline"
            case .waiver: "waiver"
            }
        }

        var summary: String {
            switch self {
            case .cut: "Something is left out of this document, since there is too much of it."
            case .collection: "The collection of the account's data did not run to its end."
            case .ruleError: "A rule broke, and nothing is known from it."
            case .missingData: "Data that rules need was not read."
            case .undecided: "The data does not settle whether a resource passes a rule."
            case .resolved: "A finding of the baseline is none now."
            case .pastUndecided: "It cannot be told what became of a finding of the baseline."
            case .waived: "A finding is waived and does not count."
            case .known: "A finding is in the baseline and does not count."
            case .waiver: "A waiver needs attention."
            }
        }
    }

    /// Every kind, for the rules' component to declare.
    static let descriptors = Kind.allCases.map { kind in
        SARIFLog.Descriptor(id: kind.id, shortDescription: SARIFLog.Text(text: kind.summary))
    }

    private let index: ResultIndex
    private let scope: SARIFScope
    private var result: AuditResult { index.result }
    private var isOwn: (Finding) -> Bool { { scope.covers($0.accountID) } }

    /// - Parameters:
    ///   - index: The whole result.
    ///   - scope: What the run is about.
    init(_ index: ResultIndex, _ scope: SARIFScope) {
        self.index = index
        self.scope = scope
    }

    /// Conditions of the audit.
    ///
    /// - Parameter cut: Open fails that are left out.
    /// - Returns: Those of a kind stand together.
    func execution(cut: Int) -> [SARIFLog.Notification] {
        var notifications: [SARIFLog.Notification] = []
        if cut > 0 {
            let findings = Words.count(cut, "more open finding is", "more open findings are")
            notifications.append(
                notification(.cut, .warning, "\(findings) left out here, none worse than those shown. \(Self.whole)")
            )
        }
        if result.snapshot.status == .partial {
            let text = "The collection was cut short, so there may be more than was seen."
            notifications.append(notification(.collection, .warning, text))
        }
        notifications += result.rules.filter { $0.status == .error }.map { rule in
            let text = "\(title(rule.metadata.id)): the rule broke. \(Words.sentence(rule.error ?? ""))"
            return notification(.ruleError, .error, text, ruleID: rule.metadata.id)
        }
        notifications += missingData()
        notifications += limited(
            .undecided,
            result.findings.filter { $0.verdict == .unknown && $0.unknownReason != .coverage && isOwn($0) }
        ) { finding in
            let text = "\(title(finding.ruleID)): \(Words.sentence(finding.message)) \(finding.subject(in: index))."
            return notification(.undecided, .note, text, ruleID: finding.ruleID, about: finding)
        }
        if let baseline = result.baseline {
            notifications += past(.resolved, baseline.resolved)
            notifications += past(.pastUndecided, baseline.undecided)
        }
        return notifications
    }

    /// Conditions that follow from the configuration: waivers and the baseline.
    func configuration() -> [SARIFLog.Notification] {
        let accepted = result.findings.filter { $0.verdict == .fail && $0.state != .open && isOwn($0) }
        let waivers = result.waivers.filter { outcome in
            outcome.status.needsAttention && (outcome.waiver.accountID.map(scope.covers) ?? scope.isFirst)
        }
        return limited(.waiver, waivers) { outcome in
            let text = "\(outcome.waiver.place): the waiver of \(outcome.waiver.ruleID) for \(outcome.waiver.subject): "
            return notification(.waiver, .warning, text + Words.sentence(outcome.message))
        }
            + limited(.waived, accepted.filter { $0.state == .waived }) { acceptance(.waived, $0) }
            + limited(.known, accepted.filter { $0.state == .baseline }) { acceptance(.known, $0) }
    }

    private static let whole = "The JSON report has all of them."

    private func acceptance(_ kind: Kind, _ finding: Finding) -> SARIFLog.Notification {
        let text =
            "\(title(finding.ruleID)) (\(finding.severity.rawValue)): \(Words.sentence(finding.message)) "
            + "\(finding.subject(in: index)). \(finding.acceptance ?? "")"
        return notification(kind, .note, text, ruleID: finding.ruleID, about: finding)
    }

    /// One for each table that was not read, with the rules that lack it.
    private func missingData() -> [SARIFLog.Notification] {
        var gaps: [DataGap] = []
        var rules: [DataGap: [String]] = [:]
        for outcome in result.rules {
            for gap in outcome.gaps where scope.covers(gap.accountID) {
                if rules[gap] == nil { gaps.append(gap) }
                rules[gap, default: []].append(outcome.metadata.id)
            }
        }
        return gaps.map { gap in
            let lacking = rules[gap] ?? []
            let unknown = result.findings.count { finding in
                finding.unknownReason == .coverage && finding.accountID == gap.accountID
                    && lacking.contains(finding.ruleID)
            }
            let needs = Words.count(lacking.count, "rule needs", "rules need")
            let text =
                "Account \(index.account(gap.accountID).cut(to: 100)): \(gap.explanation). \(needs) it, with "
                + "\(Words.count(unknown, "verdict")) unknown for missing data: \(Words.list(lacking))."
            return notification(.missingData, gap.optionalKind == nil ? .warning : .note, text)
        }
    }

    private func past(_ kind: Kind, _ findings: [PastFinding]) -> [SARIFLog.Notification] {
        limited(kind, findings.filter { scope.covers($0.accountID) }) { finding in
            let prefix = kind == .resolved ? "Resolved since the baseline" : "In the baseline, and not decided now"
            let text =
                "\(prefix): \(title(finding.ruleID)) (\(finding.severity.rawValue)), \(finding.resource.words). "
                + Words.sentence(finding.message)
            return notification(kind, .note, text, ruleID: finding.ruleID)
        }
    }

    private func title(_ ruleID: String) -> String {
        ShortText.required(index.outcome(ruleID)?.metadata.title ?? "", else: ruleID, limit: ShortText.nameLimit)
    }

    private func limited<Element>(
        _ kind: Kind,
        _ elements: [Element],
        _ make: (Element) -> SARIFLog.Notification
    ) -> [SARIFLog.Notification] {
        let notifications = elements.prefix(Self.maximumCount).map(make)
        let rest = elements.count - notifications.count
        guard rest > 0 else { return notifications }
        let text = "\(Words.count(rest, "more notification")) of this kind left out here. \(Self.whole)"
        return notifications + [notification(kind, .note, text)]
    }

    private func notification(
        _ kind: Kind,
        _ level: SARIFLog.Level,
        _ text: String,
        ruleID: String? = nil,
        about finding: Finding? = nil
    ) -> SARIFLog.Notification {
        SARIFLog.Notification(
            descriptor: SARIFLog.DescriptorReference(id: kind.id, index: Kind.allCases.firstIndex(of: kind)),
            level: level,
            message: SARIFText.message(text.cut(to: 2000)),
            associatedRule: ShortText.line(ruleID).map { SARIFLog.DescriptorReference(id: $0) },
            locations: finding.map {
                [SARIFLog.Location(physicalLocation: nil, logicalLocations: [SARIFLog.LogicalLocation($0)])]
            }
        )
    }
}
