import AuditModel

extension OSCALAssessment {
    /// Ids of the accounts of the result and of its findings, those of the result first.
    var accountIDs: [String] {
        let known = result.accounts.map(\.id)
        let all = Set(result.findings.map(\.accountID)).union(result.rules.flatMap { $0.passed.map(\.accountID) })
        return known + all.subtracting(known).sorted()
    }

    /// Fails and unknowns, rules that broke, passes of each rule and account in numbers, waivers that need attention.
    func observations() -> [OSCALDocument.Observation] {
        result.findings.map(observation)
            + result.rules.filter { $0.status == .error }.map(observation)
            + result.rules.flatMap(passes)
            + result.waivers.filter { $0.status.needsAttention }.map(observation)
    }

    /// Id of the observation of a finding.
    func id(_ finding: Finding) -> String { ids.observation(finding.fingerprint, finding.verdict.rawValue) }

    private func observation(_ finding: Finding) -> OSCALDocument.Observation {
        let gaps = context.missing(finding)
        let remarks =
            gaps.map { Words.sentence("Not decided: \($0.explanation)") } + [finding.acceptance].compactMap { $0 }
        let isUnread = finding.resource.id == Resource.unreadID
        let facts = finding.sortedEvidence.map { OSCALDocument.Property($0.name, $0.value.displayText) }
        return .init(
            uuid: id(finding),
            title: VisibleText.singleLine(context.index.outcome(finding.ruleID)?.metadata.title ?? finding.ruleID),
            description: VisibleText.singleLine(finding.message),
            props: properties(finding),
            subjects: [
                .init(
                    uuid: isUnread
                        ? ids.account(finding.accountID) : ids.resource(finding.resource, finding.accountID),
                    type: isUnread ? "component" : "inventory-item",
                    title: finding.resource.label
                )
            ],
            evidence: [
                .init(
                    href: "#\(ids.snapshot)",
                    description: "The facts on which the verdict rests.",
                    props: facts.isEmpty ? nil : facts
                )
            ],
            collected: collected,
            remarks: remarks.isEmpty ? nil : remarks.joined(separator: " ")
        )
    }

    private func properties(_ finding: Finding) -> [OSCALDocument.Property] {
        let isFail = finding.verdict == .fail
        let optional: [(name: String, value: String?)] = [
            ("state", isFail ? finding.state.rawValue : nil), ("change", finding.change?.rawValue),
            ("detail-key", finding.detailKey), ("unknown-reason", finding.unknownReason?.rawValue),
        ]
        return [
            .init("rule-id", finding.ruleID), .init("verdict", finding.verdict.rawValue),
            .init("severity", finding.severity.rawValue), .init("fingerprint", finding.fingerprint),
            .init("evidence-digest", finding.evidenceDigest),
        ] + optional.compactMap { item in item.value.map { .init(item.name, $0) } }
    }

    private func observation(_ outcome: RuleOutcome) -> OSCALDocument.Observation {
        let rule = outcome.metadata
        return .init(
            uuid: ids.observation("error", rule.id),
            title: VisibleText.singleLine(rule.title),
            description: "The rule broke, and nothing is known from it: "
                + VisibleText.prose(outcome.error ?? "no reason given"),
            props: [.init("rule-id", rule.id), .init("verdict", RuleStatus.error.rawValue)],
            collected: collected
        )
    }

    private func passes(_ outcome: RuleOutcome) -> [OSCALDocument.Observation] {
        let rule = outcome.metadata
        return Dictionary(grouping: outcome.passed, by: \.accountID).sorted { $0.key < $1.key }.map { account, passed in
            .init(
                uuid: passesID(rule.id, account),
                title: VisibleText.singleLine(rule.title),
                description: "\(Words.count(passed.count, "resource")) passed.",
                props: [
                    .init("rule-id", rule.id), .init("verdict", Verdict.pass.rawValue),
                    .init("count", String(passed.count)),
                ],
                subjects: [
                    .init(
                        uuid: ids.account(account),
                        type: "component",
                        title: VisibleText.singleLine(context.index.account(account))
                    )
                ],
                collected: collected
            )
        }
    }

    /// Id of the observation that tells how many resources of an account passed.
    func passesID(_ ruleID: String, _ accountID: String) -> String { ids.observation("passes", ruleID, accountID) }

    private func observation(_ outcome: WaiverOutcome) -> OSCALDocument.Observation {
        let waiver = outcome.waiver
        return .init(
            uuid: ids.observation("waiver", waiver.place, waiver.ruleID, waiver.subject),
            title: "Waiver: \(outcome.status.word)",
            description: outcome.notice,
            props: [.init("rule-id", waiver.ruleID), .init("waiver-status", outcome.status.rawValue)],
            methods: ["EXAMINE"],
            collected: collected
        )
    }
}
