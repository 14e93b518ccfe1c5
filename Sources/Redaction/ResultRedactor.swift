package import AuditModel
import SnapshotStore

/// Makes results that can be shared.
///
/// What counts is that of the real audit: verdicts, severities, states, changes and counts. The words come from an audit
/// of the redacted snapshot, in which there is nothing to be found, or are left out.
package struct ResultRedactor: Sendable {
    private let pseudonyms: Pseudonyms
    private var counterpart: Counterpart

    /// Creates a redactor.
    ///
    /// - Parameters:
    ///   - pseudonyms: Those of the redacted snapshot.
    ///   - counterpart: What the audit of the redacted snapshot said; `nil` when there is no snapshot, so that messages
    ///     and texts of the evidence are left out.
    package init(_ pseudonyms: Pseudonyms, counterpart: AuditResult? = nil) {
        self.pseudonyms = pseudonyms
        self.counterpart = Counterpart(counterpart)
    }

    /// The result without what is to be replaced.
    package func redact(_ result: AuditResult) -> AuditResult {
        var redactor = self
        redactor.counterpart.add(result.rules)
        return redactor.redacted(result)
    }

    private func redacted(_ result: AuditResult) -> AuditResult {
        var redacted = result
        redacted.snapshot.apiBase = pseudonyms.apiBase(result.snapshot.apiBase)
        redacted.accounts = result.accounts.map(pseudonyms.account).sorted { $0.id < $1.id }
        redacted.coverage = result.coverage.map(pseudonyms.coverage)
            .sorted { [$0.accountID, $0.kind].lexicographicallyPrecedes([$1.accountID, $1.kind]) }
        redacted.rules = result.rules.map(redact)
        var withheld = 0
        redacted.findings = redact(result.findings, &withheld)
        redacted.applications = result.applications.map(redact).sorted { $0.isWeaker(than: $1) }
        redacted.waivers = result.waivers.map(redact)
        redacted.baseline = result.baseline.map(redact)
        let further = counterpart.isMissing ? ["messages and texts of the evidence, which are left out"] : []
        redacted.redaction = pseudonyms.note(withheld: withheld, further: further)
        return redacted
    }

    // MARK: Rules

    private func redact(_ outcome: RuleOutcome) -> RuleOutcome {
        var outcome = outcome
        let metadata = outcome.metadata
        outcome.metadata.parameters = pseudonyms.parameters(metadata.parameters)
        outcome.passed = outcome.passed.map { passed in
            var resource = Resource(type: metadata.resource, id: passed.id, name: passed.name)
            let key = Counterpart.Key(
                ruleID: metadata.id,
                accountID: pseudonyms.id(passed.accountID),
                resourceID: pseudonyms.id(passed.id, of: metadata.resource)
            )
            resource = redact(resource, known: counterpart.name(key))
            return PassedResource(
                accountID: key.accountID,
                id: resource.id,
                name: resource.name,
                detailKey: passed.detailKey.map(detailKey)
            )
        }.sorted { left, right in
            [left.accountID, left.id, left.detailKey ?? ""]
                .lexicographicallyPrecedes([right.accountID, right.id, right.detailKey ?? ""])
        }
        outcome.gaps = outcome.gaps.map { gap in
            var gap = gap
            gap.accountID = pseudonyms.id(gap.accountID)
            return gap
        }.sorted { [$0.accountID, $0.table].lexicographicallyPrecedes([$1.accountID, $1.table]) }
        // It can quote the account, and names a file.
        if outcome.error != nil { outcome.error = "the rule broke. \(Self.withheld)" }
        return outcome
    }

    // MARK: Findings

    private func redact(_ findings: [Finding], _ withheld: inout Int) -> [Finding] {
        var matches = counterpart
        let keys = findings.map(key)
        var found: [Finding?] = Array(repeating: nil, count: findings.count)
        // Those with the same detail key first, then those of which only one is left.
        for (index, finding) in findings.enumerated() {
            let candidates = finding.detailKey.map(detailKeys) ?? []
            found[index] = matches.take(keys[index], like: finding, detailKeys: candidates)
        }
        var open: [Counterpart.Key: [Int]] = [:]
        for index in findings.indices where found[index] == nil { open[keys[index], default: []].append(index) }
        for (key, indices) in open where indices.count == 1 {
            found[indices[0]] = matches.takeOnly(key, like: findings[indices[0]])
        }
        let redacted = zip(findings, found).map { finding, counterpart in redact(finding, counterpart) }
        withheld = found.count { $0 == nil }
        return redacted.sorted { $0.comesBefore($1) }
    }

    private func key(of finding: Finding) -> Counterpart.Key {
        Counterpart.Key(
            ruleID: finding.ruleID,
            accountID: pseudonyms.id(finding.accountID),
            resourceID: pseudonyms.id(finding.resource.id, of: finding.resource.type)
        )
    }

    private func redact(_ finding: Finding, _ counterpart: Finding?) -> Finding {
        var result = finding
        let key = key(of: finding)
        result.accountID = key.accountID
        result.waiver = finding.waiver.map(redact)
        if let counterpart {
            result.resource = counterpart.resource
            result.detailKey = counterpart.detailKey
            result.message = counterpart.message
            result.evidence = counterpart.evidence
            result.evidenceDigest = counterpart.evidenceDigest
        } else {
            result.resource = redact(finding.resource, known: self.counterpart.name(key))
            result.detailKey = finding.detailKey.map(detailKey)
            result.message =
                "\(self.counterpart.title(finding.ruleID) ?? "The rule has something to say"). \(Self.withheld)"
            result.evidence = finding.evidence.mapValues(redact)
            result.evidenceDigest = pseudonyms.digest(finding.evidenceDigest)
        }
        result.fingerprint = fingerprint(result.ruleID, result.accountID, result.resource, result.detailKey)
        return result
    }

    /// The fingerprint that an audit of the redacted snapshot gives: of pseudonyms, so that it confirms no guess.
    private func fingerprint(_ ruleID: String, _ accountID: String, _ resource: Resource, _ detailKey: String?)
        -> String
    {
        Fingerprint.of([ruleID, accountID, resource.id, detailKey ?? ""], length: 32)
    }

    private func redact(_ value: EvidenceValue) -> EvidenceValue {
        switch value {
        case .null, .integer, .real: value
        case .text(let text): pseudonyms.isTechnical(text) || text.isEmpty ? value : .text(Self.withheldValue)
        }
    }

    private func redact(_ resource: Resource, known name: String?) -> Resource {
        let id = pseudonyms.id(resource.id, of: resource.type)
        return Resource(
            type: resource.type,
            id: id,
            name: name
                ?? (resource.name == resource.id ? id : pseudonyms.resourceName(resource.name, of: resource.type))
        )
    }

    private func detailKey(_ text: String) -> String { detailKeys(text)[0] }

    /// What may stand for a detail key in an audit of the redacted snapshot, the likeliest first.
    private func detailKeys(_ text: String) -> [String] {
        if pseudonyms.isTechnical(text) { return [text] }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let place = parts.count == 2 ? "\(pseudonyms.host(parts[0])) \(pseudonyms.pathExpression(parts[1]))" : nil
        let position = parts.count == 2 && Int(parts[1]) != nil && parts[0] == "position" || text.hasPrefix("#")
        if position { return [text] }
        return [pseudonyms.isPublic && parts.count == 2 ? place ?? pseudonyms.id(text) : pseudonyms.id(text)]
            + [place, pseudonyms.structured(text), pseudonyms.url(text), pseudonyms.redacted(text)].compactMap(\.self)
    }

    // MARK: Applications

    private func redact(_ application: ApplicationAccess) -> ApplicationAccess {
        var result = application
        result.accountID = pseudonyms.id(application.accountID)
        result.applicationID = pseudonyms.id(application.applicationID)
        result.policyIDs = application.policyIDs.map { pseudonyms.id($0) }
        if let other = counterpart.application(result.accountID, result.applicationID) {
            (result.name, result.type, result.domain) = (other.name, other.type, other.domain)
            if other.reach == application.reach, other.weakest?.rank == application.weakest?.rank {
                (result.weakest, result.witness, result.doubts) = (other.weakest, other.witness, other.doubts)
                return result
            }
        } else {
            result.name =
                application.name == application.applicationID
                ? result.applicationID : pseudonyms.name(application.name, "Application")
            result.type =
                pseudonyms.isTechnical(application.type) ? application.type : pseudonyms.text(application.type)
            result.domain = application.domain.map(pseudonyms.url)
        }
        result.weakest = application.weakest.map { way in
            var way = way
            way.policyID = pseudonyms.id(way.policyID)
            way.policyName = pseudonyms.name(way.policyName, "Policy")
            way.conditions = Self.withheldValue
            return way
        }
        result.witness = nil
        result.doubts = application.doubts.map { _ in Self.withheldValue }
        return result
    }

    // MARK: Waivers and baseline

    private func redact(_ outcome: WaiverOutcome) -> WaiverOutcome {
        var outcome = outcome
        let waiver = outcome.waiver
        let type = counterpart.resourceType(waiver.ruleID) ?? ""
        outcome.waiver.resourceID = waiver.resourceID.map { pseudonyms.id($0, of: type) }
        outcome.waiver.resourceName = waiver.resourceName.map { pseudonyms.resourceName($0, of: type) }
        outcome.waiver.accountID = waiver.accountID.map { pseudonyms.id($0) }
        outcome.waiver.detailKey = waiver.detailKey.map(detailKey)
        outcome.waiver.owner = pseudonyms.person(waiver.owner)
        outcome.waiver.reason = reason(waiver.reason)
        outcome.waiver.evidenceDigest = waiver.evidenceDigest.map(pseudonyms.digest)
        outcome.waiver.place = String(waiver.place.split(separator: "/").last ?? "")
        return outcome
    }

    private func redact(_ acceptance: Acceptance) -> Acceptance {
        Acceptance(
            reason: reason(acceptance.reason),
            owner: pseudonyms.person(acceptance.owner),
            expires: acceptance.expires
        )
    }

    private func reason(_ text: String) -> String {
        pseudonyms.isPublic ? Self.withheldReason : pseudonyms.redacted(text)
    }

    private func redact(_ comparison: BaselineComparison) -> BaselineComparison {
        var comparison = comparison
        comparison.resolved = comparison.resolved.map(redact).sorted { $0.fingerprint < $1.fingerprint }
        comparison.undecided = comparison.undecided.map(redact).sorted { $0.fingerprint < $1.fingerprint }
        comparison.accountsWithoutBaseline = comparison.accountsWithoutBaseline.map { pseudonyms.id($0) }.sorted()
        return comparison
    }

    private func redact(_ finding: PastFinding) -> PastFinding {
        var finding = finding
        finding.accountID = pseudonyms.id(finding.accountID)
        finding.resource = redact(finding.resource, known: nil)
        finding.detailKey = finding.detailKey.map(detailKey)
        finding.fingerprint = fingerprint(finding.ruleID, finding.accountID, finding.resource, finding.detailKey)
        return finding
    }

    private static let withheld = "Details are withheld."
    private static let withheldValue = "withheld"
    private static let withheldReason = "The reason is withheld."
}

/// What an audit of the redacted snapshot says, by what it says it of.
private struct Counterpart: Sendable {
    struct Key: Hashable {
        let ruleID: String
        let accountID: String
        let resourceID: String
    }

    let isMissing: Bool
    private var findings: [Key: [Finding]]
    private let names: [Key: String]
    private let applications: [[String]: ApplicationAccess]
    private var rules: [String: RuleMetadata] = [:]

    init(_ result: AuditResult?) {
        isMissing = result == nil
        var names: [Key: String] = [:]
        findings = Dictionary(grouping: result?.findings ?? []) { finding in
            Key(ruleID: finding.ruleID, accountID: finding.accountID, resourceID: finding.resource.id)
        }
        for (key, findings) in findings { names[key] = findings.first?.resource.name }
        for rule in result?.rules ?? [] {
            for passed in rule.passed {
                names[Key(ruleID: rule.metadata.id, accountID: passed.accountID, resourceID: passed.id)] = passed.name
            }
        }
        self.names = names
        applications = Dictionary(
            (result?.applications ?? []).map { ([$0.accountID, $0.applicationID], $0) }
        ) { first, _ in first }
        rules = Dictionary((result?.rules ?? []).map { ($0.metadata.id, $0.metadata) }) { first, _ in first }
    }

    /// Adds what only the real result says of the rules.
    mutating func add(_ outcomes: [RuleOutcome]) {
        for outcome in outcomes where rules[outcome.metadata.id] == nil {
            rules[outcome.metadata.id] = outcome.metadata
        }
    }

    func name(_ key: Key) -> String? { names[key] }

    func title(_ ruleID: String) -> String? { rules[ruleID]?.title }

    func resourceType(_ ruleID: String) -> String? { rules[ruleID]?.resource }

    func application(_ accountID: String, _ id: String) -> ApplicationAccess? { applications[[accountID, id]] }

    /// A finding with the same verdict and one of the detail keys; each is given once.
    mutating func take(_ key: Key, like finding: Finding, detailKeys: [String]) -> Finding? {
        guard let candidates = findings[key] else { return nil }
        let keys: [String?] = finding.detailKey == nil ? [nil] : detailKeys
        for detailKey in keys {
            let index = candidates.firstIndex {
                $0.detailKey == detailKey && $0.verdict == finding.verdict && $0.severity == finding.severity
            }
            if let index { return findings[key]?.remove(at: index) }
        }
        return nil
    }

    /// The only finding that is left with the same verdict.
    mutating func takeOnly(_ key: Key, like finding: Finding) -> Finding? {
        let indices = (findings[key] ?? []).indices.filter { findings[key]?[$0].verdict == finding.verdict }
        return indices.count == 1 ? findings[key]?.remove(at: indices[0]) : nil
    }
}

extension Pseudonyms {
    /// The name of a resource of a table.
    func resourceName(_ text: String, of table: String) -> String {
        switch table {
        case "access_user", "account_member", "scim_user": person(text)
        case "device", "device_registration": keepsAsIs(text) ? text : label("Device", text.lowercased())
        case "zone", "infrastructure_target", "mtls_hostname_setting", "hostname_route": host(text)
        case "gateway_list_item": item(text)
        case "access_tag": tag(text)
        case "coverage", "snapshot_info": id(text, of: table)
        default: name(text, MemberKind.labels[table] ?? "Resource")
        }
    }
}
