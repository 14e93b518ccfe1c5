import AuditModel
import Foundation

/// Words a result as one OSCAL result.
///
/// What is assessed is the rule, as an objective of its own: a verdict is evidence for controls, and no status of ours
/// says that one of them is satisfied. Each fail and each unknown is an observation, each fail a risk too, and each rule
/// one finding in each account in which it came to a verdict.
struct OSCALAssessment {
    let context: FindingContext
    let result: AuditResult
    let title: String
    let ids: OSCALIDs
    /// When the data was read.
    let collected: String
    private let started: String
    private let finished: String?
    private let evaluated: String

    /// - Throws: `RenderingError` with code `notExpressible` when a time of the result has no form in OSCAL.
    init(_ result: AuditResult, title: String) throws(RenderingError) {
        context = FindingContext(result)
        self.result = result
        self.title = title
        ids = OSCALIDs(result, title: title)
        started = try Self.time(result.snapshot.startedAt, at: "snapshot.started_at")
        evaluated = try Self.time(result.snapshot.evaluatedAt, at: "snapshot.evaluated_at")
        var finished: String?
        if let time = result.snapshot.finishedAt { finished = try Self.time(time, at: "snapshot.finished_at") }
        self.finished = finished
        collected = finished ?? started
    }

    private static func time(_ text: String, at place: String) throws(RenderingError) -> String {
        // The schema knows the years 1900 to 2999.
        guard let time = UTCTimestamp(text)?.wholeSeconds, "1900" <= time, time < "3000" else {
            throw RenderingError(
                code: .notExpressible,
                place: place,
                problem: "\"\(VisibleText.singleLine(text))\" is no time of the years 1900 to 2999, as OSCAL wants it",
                remedy: "Give a result or an --as-of time of these years"
            )
        }
        return time
    }

    func document() -> OSCALDocument {
        OSCALDocument(
            results: .init(
                uuid: ids.document.text,
                metadata: .init(
                    title: VisibleText.singleLine(title),
                    lastModified: evaluated,
                    version: OSCALText.string(evaluated)
                ),
                plan: .init(href: "#\(ids.plan)"),
                results: [assessment()],
                backMatter: .init(resources: [
                    .init(
                        uuid: ids.plan,
                        title: "No assessment plan",
                        description: "There is no assessment plan: the rules in the results say what was assessed."
                    ),
                    .init(
                        uuid: ids.snapshot,
                        title: "Snapshot of the configuration",
                        description: "The configuration as the Cloudflare API gave it. SHA-256 of its content: "
                            + VisibleText.singleLine(result.snapshot.contentDigest ?? "none, it is not complete") + "."
                    ),
                ])
            )
        )
    }

    private func assessment() -> OSCALDocument.Result {
        let sentences = VerdictSentences(result)
        let acceptance = AcceptanceSentences(result)
        let remarks = [
            "A verdict is evidence for the controls that its rule names. It never shows that a control is met.",
            acceptance.waivers.map { "Waivers: \($0)." }, acceptance.baseline,
        ]
        let items = OSCALItems(self)
        let observations = observations()
        let risks = risks()
        let findings = findings()
        return .init(
            uuid: ids.result,
            title: VisibleText.singleLine(title),
            description: "\(sentences.headline). \(sentences.completeness) \(sentences.numbers)",
            start: started,
            end: finished,
            props: properties(),
            localDefinitions: .init(
                components: items.components,
                inventoryItems: items.inventory.isEmpty ? nil : items.inventory
            ),
            reviewedControls: OSCALReview(self).selections,
            observations: observations.isEmpty ? nil : observations,
            risks: risks.isEmpty ? nil : risks,
            findings: findings.isEmpty ? nil : findings,
            remarks: remarks.compactMap { $0 }.joined(separator: " ")
        )
    }

    /// The counts that every format shows, and what the result was made from.
    private func properties() -> [OSCALDocument.Property] {
        let summary = result.summary
        let states = FindingState.allCases.map { state in
            OSCALDocument.Property("fail-\(state.rawValue)", String(summary.failsByState[state.rawValue] ?? 0))
        }
        return [
            .init("pass", String(summary.verdicts.pass)), .init("fail", String(summary.verdicts.fail)),
            .init("unknown", String(summary.verdicts.unknown)),
            .init("rule-error", String(summary.rulesByStatus[RuleStatus.error.rawValue] ?? 0)),
        ] + states + [
            .init("incomplete", String(summary.isIncomplete)), .init("evaluated-at", result.snapshot.evaluatedAt),
            .init("rules-digest", result.tool.rulesDigest),
            .init("snapshot-digest", result.snapshot.contentDigest ?? "none"),
            .init("snapshot-status", result.snapshot.status.rawValue),
        ]
    }
}

/// Ids of the parts of a document, which follow from the result.
struct OSCALIDs {
    /// Differs between any two results.
    let document: UUID
    let result: String
    let plan: String
    let snapshot: String
    let tool: String

    init(_ result: AuditResult, title: String) {
        let findings = result.findings.map { "\($0.fingerprint) \($0.evidenceDigest) \($0.state.rawValue)" }
        let run = [
            title, result.tool.version, result.tool.rulesDigest, result.snapshot.startedAt,
            result.snapshot.evaluatedAt, result.snapshot.contentDigest ?? "", result.redaction?.keyID ?? "",
            result.redaction?.level.rawValue ?? "",
        ]
        document = UUID(named: ["document"] + run + findings, in: NamedUUID.lasting)
        self.result = UUID(named: ["result"], in: document).text
        plan = UUID(named: ["plan"], in: document).text
        snapshot = UUID(named: ["snapshot"], in: document).text
        tool = UUID(named: ["tool", result.tool.name, result.tool.version], in: NamedUUID.lasting).text
    }

    /// The same in every document: it is the same account.
    func account(_ id: String) -> String { UUID(named: ["account", id], in: NamedUUID.lasting).text }

    /// The same in every document: it is the same resource.
    func resource(_ resource: Resource, _ accountID: String) -> String {
        UUID(named: ["resource", accountID, resource.type, resource.id], in: NamedUUID.lasting).text
    }

    /// The same in every document: a risk lasts until it is closed.
    func risk(_ fingerprint: String) -> String { UUID(named: ["risk", fingerprint], in: NamedUUID.lasting).text }

    /// An observation, made once.
    func observation(_ parts: String...) -> String { UUID(named: ["observation"] + parts, in: document).text }

    /// A finding, made once.
    func finding(_ ruleID: String, _ accountID: String) -> String {
        UUID(named: ["finding", ruleID, accountID], in: document).text
    }
}
