import AuditModel

/// What documents say as pairs of names and values.
enum JUnitProperties {
    typealias Property = (name: String, value: String)

    /// Of every suite: what the result was made from.
    static func origin(_ result: AuditResult) -> [Property] {
        [
            ("tool.name", result.tool.name), ("tool.version", result.tool.version),
            ("rules.digest", result.tool.rulesDigest), ("snapshot.status", result.snapshot.status.rawValue),
            ("snapshot.digest", result.snapshot.contentDigest ?? "none"),
        ]
    }

    /// Of the first suite: the counts that every format shows, and what waivers and baseline did.
    ///
    /// The attributes of `testsuites` count the cases of the document instead, as readers expect.
    static func summary(_ result: AuditResult) -> [Property] {
        let summary = result.summary
        let states = FindingState.allCases.map { state in
            ("counts.fail.\(state.rawValue)", String(summary.failsByState[state.rawValue] ?? 0))
        }
        let severities = Severity.allCases.map { severity in
            ("counts.open.\(severity.rawValue)", String(summary.openBySeverity[severity.rawValue] ?? 0))
        }
        let broken = summary.rulesByStatus[RuleStatus.error.rawValue] ?? 0
        let sentences = AcceptanceSentences(result)
        let acceptance = [("waivers", sentences.waivers), ("baseline", sentences.baseline)].compactMap { name, value in
            value.map { (name, $0) }
        }
        let redaction = result.redaction.map { redaction in
            ("redaction", "for \(redaction.level.rawValue): \(Words.list(redaction.replaced)) were replaced")
        }
        let verdicts = [
            ("counts.pass", String(summary.verdicts.pass)), ("counts.fail", String(summary.verdicts.fail)),
            ("counts.unknown", String(summary.verdicts.unknown)),
        ]
        return verdicts + states + severities
            + [("counts.rules.broken", String(broken)), ("incomplete", String(summary.isIncomplete))] + acceptance
            + [redaction].compactMap(\.self)
    }

    /// Of a suite: the verdicts of its rule.
    static func verdicts(_ counts: VerdictCounts) -> [Property] {
        [
            ("rule.pass", String(counts.pass)), ("rule.fail", String(counts.fail)),
            ("rule.unknown", String(counts.unknown)),
        ]
    }

    /// Of a case about a finding.
    static func finding(_ finding: Finding, _ rule: RuleMetadata, _ index: ResultIndex) -> [Property] {
        var properties = self.rule(rule, finding.severity)
        properties += [
            ("verdict", finding.verdict.rawValue), ("state", finding.state.rawValue),
            ("resource.type", finding.resource.type), ("resource.id", finding.resource.id),
            ("resource.name", finding.resource.name), ("account.id", finding.accountID),
            ("account.name", index.account(finding.accountID)), ("fingerprint", finding.fingerprint),
            ("evidence.digest", finding.evidenceDigest),
        ]
        let optional = [
            ("detail.key", finding.detailKey), ("unknown.reason", finding.unknownReason?.rawValue),
            ("baseline.change", finding.change?.rawValue), ("waiver.reason", finding.waiver?.reason),
            ("waiver.owner", finding.waiver?.owner), ("waiver.expires", finding.waiver?.expires),
        ]
        return properties + optional.compactMap { name, value in value.map { (name, $0) } }
    }

    /// Of a case about a resource that passed.
    static func passed(_ resource: PassedResource, _ rule: RuleMetadata) -> [Property] {
        let detail = resource.detailKey.map { ("detail.key", $0) }
        return [
            ("rule.id", rule.id), ("rule.version", String(rule.version)), ("verdict", Verdict.pass.rawValue),
            ("resource.type", rule.resource), ("resource.id", resource.id), ("account.id", resource.accountID),
        ] + [detail].compactMap(\.self)
    }

    /// Of a case about a rule.
    static func rule(_ rule: RuleMetadata, _ severity: Severity) -> [Property] {
        let controls = rule.frameworks.sorted { $0.key < $1.key }.map { framework, controls in
            ("control.\(framework)", controls.joined(separator: ", "))
        }
        let references = rule.references.compactMap { WebLink($0)?.address }
        return [("rule.id", rule.id), ("rule.version", String(rule.version)), ("severity", severity.rawValue)]
            + controls + (references.isEmpty ? [] : [("references", references.joined(separator: " "))])
    }

    /// Of a case about a kind of data.
    static func coverage(_ entry: CoverageEntry) -> [Property] {
        [
            ("table", entry.table), ("status", entry.status.rawValue), ("rows", String(entry.rowCount)),
            ("permission", entry.permission), ("account.id", entry.accountID),
        ] + [entry.zoneID.map { ("zone.id", $0) }].compactMap(\.self)
    }

    /// Of a case about a waiver.
    static func waiver(_ outcome: WaiverOutcome) -> [Property] {
        let waiver = outcome.waiver
        return [
            ("rule.id", waiver.ruleID), ("status", outcome.status.rawValue), ("waiver.reason", waiver.reason),
            ("waiver.owner", waiver.owner), ("waiver.expires", waiver.expires), ("waiver.place", waiver.place),
            ("findings", String(outcome.findings)),
        ]
    }

    /// Of a case about a finding of the baseline.
    static func past(_ past: PastFinding) -> [Property] {
        [
            ("rule.id", past.ruleID), ("severity", past.severity.rawValue), ("resource.type", past.resource.type),
            ("resource.id", past.resource.id), ("account.id", past.accountID), ("fingerprint", past.fingerprint),
        ]
    }
}
