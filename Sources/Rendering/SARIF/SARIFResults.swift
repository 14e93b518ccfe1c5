import AuditModel
import Foundation

/// The open fails of a run, the worst first, as many as GitHub takes.
struct SARIFResults {
    /// Most results of a run that GitHub keeps.
    static let maximumCount = 5000
    /// Most bytes of all results of a log, without white space.
    ///
    /// GitHub takes 10 MB after compression. What is less before has no need of it.
    static let maximumBytes = 8_000_000

    /// Most UTF-16 code units of a finding's own sentence, and of a value of its evidence.
    private static let sentenceLimit = 600
    private static let evidenceLimit = 500
    private static let evidenceCount = 40

    private let index: ResultIndex
    private let location: RepositoryPath
    let rules: [SARIFLog.Descriptor]
    let results: [SARIFLog.Result]
    /// Open fails that are left out, since there are too many.
    let cut: Int

    /// - Parameters:
    ///   - findings: Open fails, worst first.
    ///   - index: The whole result.
    ///   - taxonomies: The frameworks that the rules name.
    ///   - location: File that every result is shown in.
    ///   - bytes: Most bytes of the results together.
    /// - Throws: `RenderingError` with code `notExpressible`.
    init(
        _ findings: [Finding],
        _ index: ResultIndex,
        _ taxonomies: SARIFTaxonomies,
        at location: RepositoryPath,
        bytes: Int
    ) throws(RenderingError) {
        self.index = index
        self.location = location
        var rules = SARIFRules(index, taxonomies)
        var results: [SARIFLog.Result] = []
        var rest = bytes
        let encoder = DocumentEncoder()
        for finding in findings.prefix(Self.maximumCount) {
            let isFirst = results.isEmpty
            var extended = rules
            let result = Self.result(finding, extended.reference(finding), index, location)
            rest -= try encoder.data(of: result).count
            guard rest >= 0 || isFirst else { break }
            rules = extended
            results.append(result)
        }
        self.rules = rules.descriptors
        self.results = results
        cut = findings.count - results.count
    }

    private static func result(
        _ finding: Finding,
        _ rule: (id: String, place: Int),
        _ index: ResultIndex,
        _ location: RepositoryPath
    ) -> SARIFLog.Result {
        SARIFLog.Result(
            ruleID: rule.id,
            ruleIndex: rule.place,
            level: finding.severity.sarifLevel,
            message: message(finding, index),
            locations: [
                SARIFLog.Location(
                    physicalLocation: SARIFLog.PhysicalLocation(
                        artifactLocation: SARIFLog.ArtifactLocation(uri: location.uriReference),
                        region: SARIFLog.Region()
                    ),
                    logicalLocations: [SARIFLog.LogicalLocation(finding)]
                )
            ],
            // GitHub knows an alert again by the first one. Without it, uploading makes one from the line of the file,
            // which is the same for all.
            partialFingerprints: [
                "primaryLocationLineHash": "\(finding.fingerprint):1", "ztaudit/v1": finding.fingerprint,
            ],
            baselineState: finding.change.map(baselineState),
            properties: properties(finding)
        )
    }

    /// The finding's sentence, and which resource it is about: GitHub shows no logical location.
    private static func message(_ finding: Finding, _ index: ResultIndex) -> SARIFLog.Text {
        let title = index.outcome(finding.ruleID)?.metadata.title ?? ""
        let sentence = Words.sentence((finding.message.isEmpty ? title : finding.message).cut(to: sentenceLimit))
        return SARIFText.message("\(sentence) \(finding.subject(in: index)).")
    }

    private static func baselineState(_ change: FindingChange) -> String {
        switch change {
        case .new: "new"
        case .worse, .changed, .unwaived, .ruleChanged: "updated"
        case .known: "unchanged"
        }
    }

    private static func properties(_ finding: Finding) -> SARIFLog.ResultProperties {
        let facts = finding.sortedEvidence.prefix(evidenceCount).map { fact in
            (VisibleText.singleLine(fact.name).cut(to: ShortText.nameLimit), shown(fact.value))
        }
        return SARIFLog.ResultProperties(
            severity: finding.severity,
            accountID: ShortText.line(finding.accountID),
            resourceType: ShortText.line(finding.resource.type),
            resourceID: ShortText.line(finding.resource.id),
            detailKey: ShortText.line(finding.detailKey),
            change: finding.change,
            evidenceDigest: ShortText.line(finding.evidenceDigest),
            evidence: facts.isEmpty ? nil : Dictionary(facts) { first, _ in first }
        )
    }

    private static func shown(_ value: EvidenceValue) -> EvidenceValue {
        switch value {
        case .text(let text): .text(VisibleText.multiLine(text).cut(to: evidenceLimit))
        case .null, .integer, .real: value
        }
    }
}

extension SARIFLog.LogicalLocation {
    init(_ finding: Finding) {
        let resource = finding.resource
        let detail = finding.detailKey.map { [$0] } ?? []
        self.init(
            name: resource.label.cut(to: ShortText.nameLimit),
            fullyQualifiedName: ([finding.accountID, resource.type, resource.id] + detail)
                .map { URIText.encoded($0, keeping: "*:@") }.joined(separator: "/")
        )
    }
}
