import AuditModel
import Foundation

/// Words a result as events, one for each verdict about a resource, each rule that broke, and each finding of the
/// baseline that is gone.
struct OCSFEvents: Sendable {
    /// More names in one event help nobody.
    private static let maximumApplications = 20

    private let context: FindingContext
    private let result: AuditResult
    private let time: Int64
    private let run: UUID
    private let rules: [String: Rule]

    /// What all events of a rule say.
    private struct Rule: Sendable {
        let analytic: OCSFEvent.FindingInfo.Analytic
        let title: String
        let rationale: String
        let requirements: [String]?
        let standards: [String]?
        let remediation: OCSFEvent.Remediation
    }

    /// - Throws: `RenderingError` with code `notExpressible` when the result does not say when it was made.
    init(_ result: AuditResult) throws(RenderingError) {
        guard let evaluated = UTCTimestamp(result.snapshot.evaluatedAt) else {
            throw RenderingError(
                code: .notExpressible,
                place: "snapshot.evaluated_at",
                problem: "\"\(VisibleText.singleLine(result.snapshot.evaluatedAt))\" is no time",
                remedy: "Give a result whose time is in RFC 3339"
            )
        }
        self.result = result
        let context = FindingContext(result)
        self.context = context
        time = evaluated.microseconds / 1000
        run = UUID(
            named: [result.snapshot.evaluatedAt, result.snapshot.contentDigest ?? "", result.tool.rulesDigest],
            in: NamedUUID.lasting
        )
        rules = Dictionary(result.rules.map { ($0.metadata.id, Self.words($0.metadata, context)) }) { first, _ in first
        }
    }

    private static func words(_ rule: RuleMetadata, _ context: FindingContext) -> Rule {
        let controls = context.controls(of: rule)
        let requirements = controls.map { control in
            let title = control.title.map { ": \($0)" } ?? ""
            return VisibleText.singleLine("\(control.framework) \(control.id)\(title)")
        }
        let frameworks = rule.frameworks.keys.sorted().map {
            VisibleText.singleLine(context.index.framework($0))
        }
        let references = rule.references.compactMap(WebLink.init).map(\.address)
        return Rule(
            analytic: .init(
                name: VisibleText.singleLine(rule.title),
                uid: VisibleText.singleLine(rule.id),
                version: String(rule.version)
            ),
            title: VisibleText.singleLine(rule.title),
            rationale: VisibleText.prose(rule.rationale),
            requirements: requirements.isEmpty ? nil : requirements,
            standards: frameworks.isEmpty ? nil : frameworks,
            remediation: .init(
                desc: VisibleText.prose(rule.remediation.summary),
                references: references.isEmpty ? nil : references
            )
        )
    }

    /// Calls `body` with every event: findings, broken rules, passes by rule, then what became of the baseline.
    func forEach(_ body: (OCSFEvent) throws(RenderingError) -> Void) throws(RenderingError) {
        for finding in result.findings { try body(event(finding)) }
        for outcome in result.rules where outcome.status == .error { try body(event(brokenRule: outcome)) }
        for outcome in result.rules {
            for resource in outcome.passed { try body(event(resource, of: outcome.metadata)) }
        }
        for past in result.baseline?.resolved ?? [] { try body(event(past, isResolved: true)) }
        for past in result.baseline?.undecided ?? [] { try body(event(past, isResolved: false)) }
    }

    private func event(_ finding: Finding) -> OCSFEvent {
        let rule = rules[finding.ruleID]
        let isFail = finding.verdict == .fail
        let gaps = context.missing(finding)
        let details = gaps.map { VisibleText.singleLine($0.explanation) } + [finding.acceptance].compactMap { $0 }
        let digest = VisibleText.singleLine(finding.evidenceDigest)
        let needs = Set(gaps.map { VisibleText.singleLine($0.option ?? $0.permission) }).sorted()
        let waiver = finding.waiver.map { waiver in
            Acceptance(
                reason: VisibleText.singleLine(waiver.reason),
                owner: VisibleText.singleLine(waiver.owner),
                expires: VisibleText.singleLine(waiver.expires)
            )
        }
        var event = event(
            ruleID: finding.ruleID,
            accountID: finding.accountID,
            uid: VisibleText.singleLine(finding.fingerprint),
            otherUID: key(finding.ruleID, finding.accountID, finding.resource.id, finding.detailKey),
            message: finding.message,
            compliance: isFail ? (3, "Fail") : (2, "Warning"),
            severity: Self.severity(finding.severity),
            unmapped: .init(
                verdict: finding.verdict.rawValue,
                state: isFail ? finding.state : nil,
                change: finding.change,
                detailKey: finding.detailKey.map(VisibleText.singleLine),
                unknownReason: finding.unknownReason,
                waiver: waiver,
                missing: needs.isEmpty ? nil : needs
            )
        )
        event.activity = finding.change == nil || finding.change == .new ? .create : .update
        event.status = Self.status(finding)
        event.comment = finding.acceptance
        event.compliance.statusDetails = details.isEmpty ? nil : details
        event.findingInfo.desc = rule?.rationale
        event.remediation = rule?.remediation
        event.resources = resources(finding)
        event.evidences = finding.evidence.isEmpty ? nil : [.init(data: Self.visible(finding.evidence), uid: digest)]
        return event
    }

    private func event(brokenRule outcome: RuleOutcome) -> OCSFEvent {
        let problem = VisibleText.prose(outcome.error ?? "no reason given")
        var event = event(
            ruleID: outcome.metadata.id,
            accountID: result.accounts.count == 1 ? result.accounts[0].id : nil,
            uid: UUID(named: ["broken rule", outcome.metadata.id], in: NamedUUID.lasting).text,
            otherUID: nil,
            message: "The rule broke: \(problem)",
            compliance: (99, "Error"),
            severity: .unknown,
            unmapped: .init(verdict: RuleStatus.error.rawValue)
        )
        event.status = .new
        event.compliance.statusDetails = [problem]
        return event
    }

    /// A pass, with as little as tells which: there are many of them.
    private func event(_ resource: PassedResource, of rule: RuleMetadata) -> OCSFEvent {
        let key = key(rule.id, resource.accountID, resource.id, resource.detailKey)
        var event = event(
            ruleID: rule.id,
            accountID: resource.accountID,
            uid: key,
            otherUID: key,
            message: "The resource passed the rule \"\(rule.title)\".",
            compliance: (1, "Pass"),
            severity: .informational,
            unmapped: .init(
                verdict: Verdict.pass.rawValue,
                detailKey: resource.detailKey.map(VisibleText.singleLine)
            )
        )
        // A rule is titled by what fails it.
        event.findingInfo.title = "Passed: \(event.findingInfo.title)"
        // A pass of ours does not say that a control is met, so it names none.
        event.compliance.requirements = nil
        let target = Resource(type: rule.resource, id: resource.id, name: resource.name)
        event.resources = [Self.resource(target, tier: nil)]
        return event
    }

    private func event(_ past: PastFinding, isResolved: Bool) -> OCSFEvent {
        let word = isResolved ? "Resolved" : "Undecided"
        var event = event(
            ruleID: past.ruleID,
            accountID: past.accountID,
            uid: VisibleText.singleLine(past.fingerprint),
            otherUID: key(past.ruleID, past.accountID, past.resource.id, past.detailKey),
            message: past.message,
            compliance: (99, word),
            severity: Self.severity(past.severity),
            unmapped: .init(
                verdict: word.lowercased(),
                detailKey: past.detailKey.map(VisibleText.singleLine)
            )
        )
        event.activity = isResolved ? .close : .update
        event.status = isResolved ? .resolved : .inProgress
        event.resources = [Self.resource(past.resource, tier: nil)]
        return event
    }

    private func event(
        ruleID: String,
        accountID: String?,
        uid: String,
        otherUID: String?,
        message: String,
        compliance: (id: Int, status: String),
        severity: OCSFEvent.Severity,
        unmapped: OCSFEvent.Unmapped
    ) -> OCSFEvent {
        let rule = rules[ruleID]
        let id = VisibleText.singleLine(ruleID)
        return OCSFEvent(
            cloud: .init(account: accountID.map(account)),
            compliance: .init(
                control: id,
                requirements: rule?.requirements,
                standards: rule?.standards,
                status: compliance.status,
                statusID: compliance.id
            ),
            findingInfo: .init(
                analytic: rule?.analytic ?? .init(name: id, uid: id),
                title: rule?.title ?? id,
                uid: uid,
                otherUID: otherUID
            ),
            message: VisibleText.singleLine(message),
            metadata: .init(
                product: .init(name: result.tool.name, vendor: result.tool.name, version: result.tool.version),
                uid: UUID(named: [uid, unmapped.verdict], in: run).text
            ),
            severity: severity,
            time: time,
            unmapped: unmapped
        )
    }

    private func account(_ id: String) -> OCSFEvent.Cloud.Account {
        .init(name: VisibleText.singleLine(context.index.account(id)), uid: VisibleText.singleLine(id))
    }

    private func key(_ ruleID: String, _ accountID: String, _ resourceID: String, _ detailKey: String?) -> String {
        UUID(named: [ruleID, accountID, resourceID, detailKey ?? ""], in: NamedUUID.lasting).text
    }

    private func resources(_ finding: Finding) -> [OCSFEvent.Resource] {
        let applications = context.applications(of: finding)
        let isItself = finding.resource.type == "access_application"
        let affected = isItself ? [] : applications.prefix(Self.maximumApplications)
        return [Self.resource(finding.resource, tier: isItself ? applications.first?.tier : nil)]
            + affected.map { application in
                let resource = Resource(
                    type: "access_application",
                    id: application.applicationID,
                    name: application.name
                )
                return Self.resource(resource, tier: application.tier, role: .affected)
            }
    }

    private static func resource(
        _ resource: Resource,
        tier: ApplicationTier?,
        role: OCSFEvent.Resource.Role = .target
    ) -> OCSFEvent.Resource {
        .init(
            criticality: tier?.rawValue,
            name: resource.label,
            role: role,
            type: VisibleText.singleLine(resource.type),
            uid: VisibleText.singleLine(resource.id)
        )
    }

    private static func visible(_ evidence: [String: EvidenceValue]) -> [String: EvidenceValue] {
        evidence.mapValues { value in
            switch value {
            case .text(let text): .text(VisibleText.singleLine(text))
            case .null, .integer, .real: value
            }
        }
    }

    private static func status(_ finding: Finding) -> OCSFEvent.Status {
        guard finding.verdict == .fail else { return .new }
        switch finding.state {
        case .open: return .new
        case .baseline: return .inProgress
        case .waived: return .suppressed
        }
    }

    private static func severity(_ severity: Severity) -> OCSFEvent.Severity {
        switch severity {
        case .critical: .critical
        case .high: .high
        case .medium: .medium
        case .low: .low
        case .info: .informational
        }
    }
}
